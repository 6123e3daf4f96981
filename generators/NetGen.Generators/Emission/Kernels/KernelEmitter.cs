using NetGen.Generators.Collections;
using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes a text of a kernel: loops over what lies outside the register tile, and in them the tile, once. The last tile of an
/// axis that is not divided begins so early that it ends with the axis, and computes some results again, to the same bits; or a
/// smaller one follows, where the tile says so.
/// </summary>
internal sealed class KernelEmitter
{
    private readonly SourceWriter _writer;
    private readonly ScheduledKernel _scheduled;
    private readonly Kernel _kernel;
    private readonly Tile _tile;
    private readonly VectorDialect _dialect;

    // What the last few elements are written with, where these have a text of their own.
    private static readonly VectorDialect s_shortEnd = VectorDialect.Four;

    private KernelEmitter(SourceWriter writer, ScheduledKernel scheduled, KernelText text)
    {
        _writer = writer;
        _scheduled = scheduled;
        _kernel = scheduled.Kernel;
        _tile = text.Tile;
        _dialect = Dialects.Of(text.Form);
    }

    /// <summary>Writes the body of a method whose parameters are the operands, <c>from</c>, <c>to</c> and <c>count</c>.</summary>
    public static void WriteBody(SourceWriter writer, ScheduledKernel scheduled, KernelText text)
    {
        var emitter = new KernelEmitter(writer, scheduled, text);
        var cursor = new Cursor(scheduled.Kernel.Operands.ToDictionary(operand => operand, operand => operand.Name));
        if (scheduled.Transposed is { } axes)
        {
            int[] outer = [.. Enumerable.Range(0, scheduled.Kernel.Axes.Count).Where(a => a != axes.Target && a != axes.Source)];
            emitter.WriteOuter(outer, cursor, moved => emitter.WriteTransposition(moved, axes));
            return;
        }

        if (emitter._dialect.Width is null)
            writer.Line($"nuint lanes = (nuint){emitter._dialect.Type}.Count;");
        if (text.Tile.Stretch is { } stretch)
            emitter.WriteStretches(stretch, cursor);
        else
            emitter.WriteTiles(cursor);
    }

    // What the cache holds goes through all tiles, then what comes next.
    private void WriteStretches(SumStretch stretch, Cursor cursor)
    {
        int few = stretch.Samples;
        using (_writer.Open(few == 1 ? "for (int first = 0; first < count; first++)" : $"for (int first = 0; first < count; first += {few})"))
        {
            if (few > 1)
                _writer.Line($"int last = Math.Min(first + {few}, count);");
            Cursor moved = Advance(cursor, _kernel.SummedSamples, "first");
            if (stretch.Axis < 0)
            {
                WriteTiles(moved);
                return;
            }

            KernelAxis axis = _kernel.Axes[stretch.Axis];
            string counter = stretch.CounterOf(_kernel);
            using (_writer.Open($"for (int {counter} = 0; {counter} < {axis.Extent}; {counter} += {stretch.Steps})"))
                WriteTiles(Advance(moved, stretch.Axis, counter));
        }
    }

    private void WriteTiles(Cursor cursor)
    {
        IReadOnlyList<int> around = _tile.OuterAxes(_kernel);
        if (_tile.Pixels is { } pixels)
            WritePixelBlocks(pixels, around, cursor);
        else if (_tile.RowsLead)
            WriteRowTiles(0, cursor, (moved, size) => WriteOuter(around, moved, at => WriteVectorBlocks(at, [size])));
        else
            WriteOuter(around, cursor, at => WriteVectorBlocks(at, []));
    }

    // Pixels that the cache holds go through all panels, then the next.
    private void WritePixelBlocks(PixelBlock pixels, IReadOnlyList<int> around, Cursor cursor)
    {
        string first = pixels.First(_kernel);
        int extent = _kernel.Axes[pixels.Axis].Extent;
        WriteOuter([.. around.Where(a => _kernel.Axes[a].IsDynamic)], cursor, moved =>
        {
            using (_writer.Open($"for (int {first} = 0; {first} < {extent}; {first} += {pixels.Count})"))
            {
                if (!pixels.Divides(_kernel))
                    _writer.Line($"int {pixels.Last(_kernel)} = Math.Min({first} + {pixels.Count}, {extent});");
                WriteOuter([.. around.Where(a => !_kernel.Axes[a].IsDynamic)], moved, at => WriteVectorBlocks(at, []));
            }
        });
    }

    private void WriteTransposition(Cursor cursor, Transposed axes)
    {
        KernelOperand y = _kernel.Results[0].Operand;
        KernelOperand x = _kernel.Reads[0];
        (int targets, int sources) = (_kernel.Axes[axes.Target].Extent, _kernel.Axes[axes.Source].Extent);
        _writer.Line(
            $"Transposition.Copy(ref {cursor[y]}, {y.Strides[axes.Source]}, ref {cursor[x]}, {x.Strides[axes.Target]}, {targets}, {sources});");
    }

    private void WriteOuter(IReadOnlyList<int> outer, Cursor cursor, Action<Cursor> writeBody)
    {
        if (outer.Count == 0)
        {
            writeBody(cursor);
            return;
        }

        KernelAxis axis = _kernel.Axes[outer[0]];
        int[] inner = [.. outer.Skip(1)];
        // A loop of one step is none.
        if (axis is { Extent: 1, IsRanged: false })
        {
            WriteOuter(inner, cursor, writeBody);
            return;
        }

        (string start, string end) = Range(axis);
        using (_writer.Open($"for (int {axis.Name} = {start}; {axis.Name} < {end}; {axis.Name}++)"))
            WriteOuter(inner, Advance(cursor, outer[0], axis.Name), writeBody);
    }

    private (string Start, string End) Range(KernelAxis axis) => _tile.Pixels is { } pixels && _kernel.Axes[pixels.Axis] == axis
        ? (pixels.First(_kernel), pixels.Divides(_kernel) ? $"{pixels.First(_kernel)} + {pixels.Count}" : pixels.Last(_kernel))
        : axis.IsRanged ? ("from", "to") : ("0", axis.IsDynamic ? "count" : $"{axis.Extent}");

    private void WriteVectorBlocks(Cursor cursor, int[] counts)
    {
        if (_tile.VectorAxis < 0 || _kernel.Axes[_tile.VectorAxis].IsReduced)
        {
            WriteRows(counts.Length, cursor, counts, VectorBlock.Whole);
            return;
        }

        KernelAxis axis = _kernel.Axes[_tile.VectorAxis];
        int widest = _dialect.MostLanes;
        int span = _kernel.Span(_tile.VectorAxis);
        int block = _tile.Vectors * widest;
        string step = _dialect.Width is { } width ? $"{_tile.Vectors * width}" : _tile.Vectors == 1 ? "lanes" : $"{_tile.Vectors} * lanes";
        bool isRagged = _kernel.IsExact && span < widest;
        bool keepsZeros = _kernel.Tail == Tail.Zeros && axis.Extent % Layout.Lanes != 0;
        if (_dialect.Width is not null && axis.Extent <= block)
        {
            WriteRows(counts.Length, cursor, counts, new VectorBlock(null, isRagged, keepsZeros));
            return;
        }

        if (_tile.EndsShort)
        {
            int whole = axis.Extent / widest * widest;
            bool isShorter = axis.Extent - whole < s_shortEnd.Width;
            var end = new VectorBlock($"{whole}", _kernel.IsExact && isShorter, _kernel.Tail == Tail.Zeros && isShorter);
            TileEmitter.WriteWithEnd(
                _writer, _kernel, _tile, cursor,
                (_dialect, new VectorBlock(axis.Name, IsRagged: false, KeepsZeros: false),
                    $"for (nuint {axis.Name} = 0; {axis.Name} < {whole}; {axis.Name} += {step})"),
                (s_shortEnd, end));
            return;
        }

        // Short copies are over before a loop around them pays.
        if (_dialect.Width is { } lanes && _kernel.Combine == Combine.None)
        {
            for (int start = 0; start < axis.Extent; start += lanes)
                WriteRows(counts.Length, cursor, counts, new VectorBlock($"{Math.Min(start, span - lanes)}", isRagged, keepsZeros));
            return;
        }

        bool divides = isRagged || span % block == 0;
        string counter = divides ? axis.Name : $"{axis.Name}Next";
        using (_writer.Open($"for (nuint {counter} = 0; {counter} < {axis.Extent}; {counter} += {step})"))
        {
            if (!divides)
                _writer.Line($"nuint {axis.Name} = Math.Min({counter}, {(_dialect.Width is null ? $"{span} - {step}" : $"{span - block}")});");
            WriteRows(counts.Length, cursor, counts, new VectorBlock(axis.Name, isRagged, keepsZeros));
        }
    }

    private void WriteRows(int level, Cursor cursor, int[] counts, VectorBlock block, int firstRow = 0)
    {
        if (level == _tile.Rows.Count)
        {
            TileEmitter.Write(_writer, _kernel, _tile, _dialect, cursor, counts, block, firstRow);
            return;
        }

        (int a, int size, int rest) = _tile.Rows[level];
        KernelAxis axis = _kernel.Axes[a];
        if (axis.IsDynamic)
        {
            if (rest > 0)
                WriteDynamicRowsAndRest(level, cursor, counts, block, _tile.Rows[level]);
            else
                WriteDynamicRows(level, cursor, counts, block, a, size);
            return;
        }

        if (!axis.IsRanged && axis.Extent == size)
        {
            WriteRows(level + 1, cursor, [.. counts, size], block);
            return;
        }

        if (_tile.Skipped is { } lines && lines.Row == axis.Name)
        {
            for (int row = 0; row < axis.Extent; row += size)
            {
                int first = row, last = Math.Min(row + size, axis.Extent) - 1;
                _writer.Line($"// {axis.Name} from {first} to {last}.");
                using (_writer.Open())
                    WriteRows(level + 1, AdvanceBy(cursor, a, first, $"{axis.Name}{first}"), [.. counts, last - first + 1], block, first);
            }

            return;
        }

        if (rest > 0)
        {
            int whole = axis.Extent - rest;
            using (_writer.Open($"for (int {axis.Name} = 0; {axis.Name} < {whole}; {axis.Name} += {size})"))
                WriteRows(level + 1, Advance(cursor, a, axis.Name), [.. counts, size], block);
            _writer.Line($"// {axis.Name} from {whole} to {axis.Extent - 1}.");
            using (_writer.Open())
                WriteRows(level + 1, AdvanceBy(cursor, a, whole, $"{axis.Name}{whole}"), [.. counts, rest], block);
            return;
        }

        WriteRowTiles(level, cursor, (moved, rows) => WriteRows(level + 1, moved, [.. counts, rows], block));
    }

    /// <summary>Writes the loop over tiles of rows along an axis that is known to have several, the last of which may reach back.</summary>
    private void WriteRowTiles(int level, Cursor cursor, Action<Cursor, int> writeBody)
    {
        (int a, int size, _) = _tile.Rows[level];
        KernelAxis axis = _kernel.Axes[a];
        bool divides = axis.Extent % size == 0 && (!axis.IsRanged || _scheduled.Granularity % size == 0);
        WriteTiledLoop(axis, size, divides ? null : $"{axis.Extent - size}", () => writeBody(Advance(cursor, a, axis.Name), size));
    }

    private void WriteTiledLoop(KernelAxis axis, int size, string? lastStart, Action writeBody)
    {
        (string start, string end) = Range(axis);
        string counter = lastStart is null ? axis.Name : $"{axis.Name}Next";
        using (_writer.Open($"for (int {counter} = {start}; {counter} < {end}; {counter} += {size})"))
        {
            if (lastStart is not null)
                _writer.Line($"int {axis.Name} = Math.Min({counter}, {lastStart});");
            writeBody();
        }
    }

    // As many rows as callers have: whole tiles, or single rows where there are too few for one. Both add in the same order.
    private void WriteDynamicRows(int level, Cursor cursor, int[] counts, VectorBlock block, int a, int size)
    {
        KernelAxis axis = _kernel.Axes[a];
        (string start, string end) = Range(axis);
        string name = axis.Name;
        _writer.Line($"int {name}Tiled = {(start == "0" ? end : $"{end} - {start}")} < {size} ? {start} : {end};");
        using (_writer.Open($"for (int {name}Next = {start}; {name}Next < {name}Tiled; {name}Next += {size})"))
        {
            _writer.Line($"int {name} = Math.Min({name}Next, {end} - {size});");
            WriteRows(level + 1, Advance(cursor, a, name), [.. counts, size], block with { AreSamples = true });
        }

        using (_writer.Open($"for (int {name} = {name}Tiled; {name} < {end}; {name}++)"))
            WriteRows(level + 1, Advance(cursor, a, name), [.. counts, 1], block);
    }

    // The same where a smaller tile takes what whole ones leave, of which a batch may have any number of rows.
    private void WriteDynamicRowsAndRest(int level, Cursor cursor, int[] counts, VectorBlock block, TileRows rows)
    {
        KernelAxis axis = _kernel.Axes[rows.Axis];
        (string start, string end) = Range(axis);
        string name = axis.Name;
        _writer.Line($"int {name}Tiled = {end} - {(start == "0" ? end : $"({end} - {start})")} % {rows.Count};");
        using (_writer.Open($"for (int {name} = {start}; {name} < {name}Tiled; {name} += {rows.Count})"))
            WriteRows(level + 1, Advance(cursor, rows.Axis, name), [.. counts, rows.Count], block with { AreSamples = true });
        using (_writer.Open($"for (int {name} = {name}Tiled; {name} < {end}; {name} += {rows.Rest})"))
        {
            IEnumerable<string> held = Enumerable.Range(1, rows.Rest - 1).Select(r => $"{name}{r} = (nuint)Math.Min({r}, {end} - 1 - {name})");
            _writer.Line($"nuint {string.Join(", ", held)};");
            WriteRows(level + 1, Advance(cursor, rows.Axis, name), [.. counts, rows.Rest], block with { HeldRows = name });
        }
    }

    /// <summary>References moved to the position of a loop's counter, for every operand that the loop moves.</summary>
    private Cursor Advance(Cursor cursor, int axis, string counter) => Move(cursor, axis, counter, stride =>
        stride == 1 ? counter : _kernel.Axes[axis].IsDynamic ? $"(nint){counter} * {stride}" : $"{counter} * {stride}");

    private Cursor AdvanceBy(Cursor cursor, int axis, int steps, string suffix) =>
        steps == 0 ? cursor : Move(cursor, axis, suffix, stride => $"{stride * steps}");

    private Cursor Move(Cursor cursor, int axis, string suffix, Func<int, string> distance)
    {
        var moved = new Dictionary<KernelOperand, string>();
        foreach (KernelOperand operand in _kernel.Operands)
        {
            moved[operand] = cursor[operand];
            int stride = operand.Strides[axis];
            if (stride == 0)
                continue;
            string name = moved[operand] = cursor[operand] + suffix.Capitalised();
            _writer.Line($"ref float {name} = ref Unsafe.Add(ref {cursor[operand]}, {distance(stride)});");
        }

        return new Cursor(moved);
    }
}

/// <summary>Where the vectors of a tile lie along their axis.</summary>
/// <param name="Counter">The loop's counter, where the first of them begins; null where there is no loop.</param>
/// <param name="IsRagged">Whether nothing behind the end of the axis may be touched.</param>
/// <param name="KeepsZeros">Whether zeros must stay behind the end of the axis.</param>
/// <param name="HeldRows">
/// What the variables are called, with a row's number behind, that say how far a row of a batch is from the first: rows behind the last
/// sample are held there. Null where rows follow one another.
/// </param>
/// <param name="AreSamples">Whether its rows are a tile of samples, of which the loop has several.</param>
internal readonly record struct VectorBlock(string? Counter, bool IsRagged, bool KeepsZeros, string? HeldRows = null, bool AreSamples = false)
{
    public static readonly VectorBlock Whole = new(null, false, false);
}

/// <summary>The name of the reference that stands at the current position of each operand.</summary>
internal sealed class Cursor(IReadOnlyDictionary<KernelOperand, string> references)
{
    public string this[KernelOperand operand] => references[operand];
}
