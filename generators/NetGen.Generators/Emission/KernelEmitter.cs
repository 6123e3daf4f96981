using NetGen.Generators.Expressions;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>
/// Writes a kernel for one instruction set: loops over what lies outside the register tile, and in them the tile, once for
/// whole tiles and once for each smaller one at an end.
/// </summary>
internal sealed class KernelEmitter
{
    private readonly SourceWriter _writer;
    private readonly Kernel _kernel;
    private readonly Tile _tile;
    private readonly VectorDialect _dialect;

    private KernelEmitter(SourceWriter writer, Kernel kernel, Tile tile, VectorDialect dialect)
    {
        _writer = writer;
        _kernel = kernel;
        _tile = tile;
        _dialect = tile.VectorAxis < 0 ? VectorDialect.Scalar : dialect;
    }

    /// <summary>Writes the body of a method whose parameters are the operands, <c>from</c>, <c>to</c> and <c>count</c>.</summary>
    public static void WriteBody(SourceWriter writer, Kernel kernel, Tile tile, VectorDialect dialect)
    {
        var emitter = new KernelEmitter(writer, kernel, tile, dialect);
        var cursor = new Cursor(kernel.Operands.ToDictionary(operand => operand, operand => operand.Name));
        if (Transposed(kernel) is { } axes)
            emitter.WriteTransposition([.. Enumerable.Range(0, kernel.Axes.Count).Where(a => a != axes.Target && a != axes.Source)], cursor, axes);
        else
            emitter.WriteLoops(emitter.OuterAxes(), cursor);
    }

    /// <summary>
    /// The axes along which a copy's target and its source are contiguous, where these are two: then it is a transposition.
    /// </summary>
    public static (int Target, int Source)? Transposed(Kernel kernel)
    {
        if (kernel.Combine != Combine.None || kernel.Results.Count != 1 || kernel.Reads.Count != 1 || TilePlanner.VectorAxis(kernel) >= 0 ||
            kernel.Results[0].Value is not Variable)
        {
            return null;
        }

        int Along(KernelOperand operand) => Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => operand.Strides[a] == 1 && kernel.Axes[a] is { IsDynamic: false, IsRanged: false })
            .DefaultIfEmpty(-1)
            .First();
        int target = Along(kernel.Results[0].Operand);
        int source = Along(kernel.Reads[0]);
        return target >= 0 && source >= 0 && target != source ? (target, source) : null;
    }

    private void WriteTransposition(IReadOnlyList<int> outer, Cursor cursor, (int Target, int Source) axes)
    {
        if (outer.Count > 0)
        {
            WriteLoop(outer[0], cursor, moved => WriteTransposition([.. outer.Skip(1)], moved, axes));
            return;
        }

        KernelOperand y = _kernel.Results[0].Operand;
        KernelOperand x = _kernel.Reads[0];
        _writer.Line($"global::NetGen.CompilerServices.Transposition.Copy(ref {cursor[y]}, {y.Strides[axes.Source]}, ref {cursor[x]}, {x.Strides[axes.Target]}, {_kernel.Axes[axes.Target].Extent}, {_kernel.Axes[axes.Source].Extent});");
    }

    /// <summary>The parallel axes outside the tile: the batch, then panels, which hold weights in the cache, then the rest.</summary>
    private List<int> OuterAxes() => [.. Enumerable.Range(0, _kernel.Axes.Count)
        .Where(a => !_kernel.Axes[a].IsReduced && a != _tile.VectorAxis && _tile.Rows.All(row => row.Axis != a))
        .OrderBy(a => _kernel.Axes[a].IsDynamic ? 0 : _kernel.Left?.Strides[a] == 0 ? 1 : 2)];

    private void WriteLoops(IReadOnlyList<int> outer, Cursor cursor)
    {
        if (outer.Count == 0)
        {
            WriteVectorBlocks(cursor);
            return;
        }

        WriteLoop(outer[0], cursor, moved => WriteLoops([.. outer.Skip(1)], moved));
    }

    private void WriteLoop(int a, Cursor cursor, Action<Cursor> writeBody)
    {
        KernelAxis axis = _kernel.Axes[a];
        string header = axis.IsRanged
            ? $"for (int {axis.Name} = from; {axis.Name} < to; {axis.Name}++)"
            : $"for (int {axis.Name} = 0; {axis.Name} < {(axis.IsDynamic ? "count" : axis.Extent.ToString())}; {axis.Name}++)";
        using (_writer.Open(header))
            writeBody(Advance(cursor, a, axis.Name));
    }

    private void WriteVectorBlocks(Cursor cursor)
    {
        if (_tile.VectorAxis < 0)
        {
            WriteRows(0, cursor, [], [new Piece(0, _dialect)]);
            return;
        }

        if (_kernel.Axes[_tile.VectorAxis].IsReduced)
        {
            WriteRows(0, cursor, [], [.. ReducedPieces(_kernel.Axes[_tile.VectorAxis].Extent)]);
            return;
        }

        KernelAxis axis = _kernel.Axes[_tile.VectorAxis];
        int lanes = _dialect.Width;
        int vectors = _kernel.IsExact ? axis.Extent / lanes : (axis.Extent + lanes - 1) / lanes;
        int blocks = vectors / _tile.Vectors;
        // A last vector that must end in zeros is no longer like the others, and cannot share a loop with them.
        bool endsApart = _kernel.Tail == Tail.Zeros && axis.Extent % lanes != 0;
        if (endsApart && blocks > 1 && blocks * _tile.Vectors == vectors)
            blocks--;
        int blockLength = _tile.Vectors * lanes;
        Piece[] whole = [.. Enumerable.Range(0, _tile.Vectors).Select(v =>
            new Piece(v * lanes, _dialect, IsLast: blocks == 1 && v == vectors - 1))];
        if (blocks == 1)
        {
            using (blocks * blockLength < axis.Extent ? _writer.Open() : default(IDisposable))
                WriteRows(0, cursor, [], whole);
        }
        else if (blocks > 1)
        {
            using (_writer.Open($"for (int {axis.Name} = 0; {axis.Name} < {blocks * blockLength}; {axis.Name} += {blockLength})"))
                WriteRows(0, Advance(cursor, _tile.VectorAxis, axis.Name), [], whole);
        }

        (int start, Piece[] rest) = Rest(axis.Extent, blocks * blockLength, vectors - blocks * _tile.Vectors);
        if (rest.Length == 0)
            return;
        using (blocks > 0 ? _writer.Open() : default(IDisposable))
            WriteRows(0, AdvanceBy(cursor, _tile.VectorAxis, start, "Rest"), [], rest);
    }

    /// <summary>
    /// What covers the end of the vector axis: whole vectors and, where nothing behind may be touched, one that reaches
    /// back over elements already done, or smaller ones where there is no room to reach back.
    /// </summary>
    private (int Start, Piece[] Pieces) Rest(int extent, int done, int vectors)
    {
        int lanes = _dialect.Width;
        var pieces = new List<Piece>();
        for (int v = 0; v < vectors; v++)
            pieces.Add(new Piece(v * lanes, _dialect, IsLast: v == vectors - 1));
        int left = extent - done - vectors * lanes;
        if (!_kernel.IsExact || left <= 0)
            return (done, [.. pieces]);
        if (extent >= lanes)
        {
            // Start at the reaching-back vector if it is the only one.
            if (vectors == 0)
                return (extent - lanes, [new Piece(0, _dialect)]);
            pieces.Add(new Piece(extent - lanes - done, _dialect));
            return (done, [.. pieces]);
        }

        VectorDialect[] smaller = [.. VectorDialect.All.Where(dialect => dialect.Width < lanes && dialect.Width <= extent)];
        VectorDialect largest = smaller[0];
        if (largest.IsScalar)
            return (0, [.. Enumerable.Range(0, extent).Select(element => new Piece(element, largest))]);
        for (int at = 0; at < extent; at += largest.Width)
            pieces.Add(new Piece(Math.Min(at, extent - largest.Width), largest));
        return (0, [.. pieces]);
    }

    /// <summary>The vectors along a reduced axis: none may count an element twice.</summary>
    private IEnumerable<Piece> ReducedPieces(int extent)
    {
        int lanes = _dialect.Width;
        int whole = _kernel.IsExact ? extent / lanes * lanes : Layout.RoundUp(extent, lanes);
        int at = 0;
        for (; at < whole; at += lanes)
            yield return new Piece(at, _dialect);
        foreach (VectorDialect dialect in VectorDialect.All.Where(dialect => dialect.Width < lanes))
        {
            for (; at + dialect.Width <= extent; at += dialect.Width)
                yield return new Piece(at, dialect);
        }
    }

    private void WriteRows(int level, Cursor cursor, int[] counts, Piece[] pieces, int firstRow = 0)
    {
        if (level == _tile.Rows.Count)
        {
            TileEmitter.Write(_writer, _kernel, _tile, cursor, counts, pieces, firstRow);
            return;
        }

        (int a, int size) = _tile.Rows[level];
        KernelAxis axis = _kernel.Axes[a];
        if (axis.IsRanged || axis.IsDynamic)
        {
            WriteDynamicRows(level, cursor, counts, pieces, a, size);
            return;
        }

        if (_tile.Skipped is { } lines && lines.Row == axis.Name && axis.Extent > size)
        {
            for (int row = 0; row < axis.Extent; row += size)
            {
                int last = Math.Min(row + size, axis.Extent);
                _writer.Line($"// {axis.Name} from {row} to {last - 1}.");
                using (_writer.Open())
                    WriteRows(level + 1, AdvanceBy(cursor, a, row, Capitalised($"{axis.Name}{row}")), [.. counts, last - row], pieces, row);
            }

            return;
        }

        int whole = axis.Extent / size;
        int rest = axis.Extent % size;
        if (whole == 1 && rest == 0)
        {
            WriteRows(level + 1, cursor, [.. counts, size], pieces);
            return;
        }

        using (_writer.Open($"for (int {axis.Name} = 0; {axis.Name} < {whole * size}; {axis.Name} += {size})"))
            WriteRows(level + 1, Advance(cursor, a, axis.Name), [.. counts, size], pieces);
        if (rest == 0)
            return;
        _writer.Line($"// The last {rest} of {axis.Extent}.");
        using (_writer.Open())
            WriteRows(level + 1, AdvanceBy(cursor, a, whole * size, "End"), [.. counts, rest], pieces);
    }

    // A range of unknown length: whole tiles, then one of half the size, a quarter, and so on down to single rows.
    private void WriteDynamicRows(int level, Cursor cursor, int[] counts, Piece[] pieces, int a, int size)
    {
        KernelAxis axis = _kernel.Axes[a];
        (string start, string end) = axis.IsRanged ? ("from", "to") : ("0", "count");
        _writer.Line($"int {axis.Name} = {start};");
        using (_writer.Open($"for (; {axis.Name} <= {end} - {size}; {axis.Name} += {size})"))
            WriteRows(level + 1, Advance(cursor, a, axis.Name), [.. counts, size], pieces);
        for (int rest = LargestPowerBelow(size); rest > 0; rest /= 2)
        {
            _writer.Line();
            using (_writer.Open($"if ({axis.Name} <= {end} - {rest})"))
            {
                WriteRows(level + 1, Advance(cursor, a, axis.Name), [.. counts, rest], pieces);
                if (rest > 1)
                    _writer.Line($"{axis.Name} += {rest};");
            }
        }
    }

    private static int LargestPowerBelow(int size)
    {
        int power = 1;
        while (power * 2 < size)
            power *= 2;
        return size == 1 ? 0 : power;
    }

    /// <summary>References moved to the position of a loop's counter, for every operand that the loop moves.</summary>
    private Cursor Advance(Cursor cursor, int axis, string counter)
    {
        var moved = new Dictionary<KernelOperand, string>();
        foreach (KernelOperand operand in _kernel.Operands)
        {
            moved[operand] = cursor[operand];
            int stride = operand.Strides[axis];
            if (stride == 0)
                continue;
            string name = moved[operand] = cursor[operand] + Capitalised(counter);
            string distance = stride == 1 ? counter : _kernel.Axes[axis].IsDynamic ? $"(nint){counter} * {stride}" : $"{counter} * {stride}";
            _writer.Line($"ref float {name} = ref Unsafe.Add(ref {cursor[operand]}, {distance});");
        }

        return new Cursor(moved);
    }

    private Cursor AdvanceBy(Cursor cursor, int axis, int steps, string suffix)
    {
        var moved = new Dictionary<KernelOperand, string>();
        foreach (KernelOperand operand in _kernel.Operands)
        {
            moved[operand] = cursor[operand];
            int distance = operand.Strides[axis] * steps;
            if (distance == 0)
                continue;
            moved[operand] = cursor[operand] + suffix;
            _writer.Line($"ref float {moved[operand]} = ref Unsafe.Add(ref {cursor[operand]}, {distance});");
        }

        return new Cursor(moved);
    }

    private static string Capitalised(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}

/// <summary>A vector of a tile: how far along the vector axis, and how wide.</summary>
/// <param name="Offset">Elements along the vector axis.</param>
/// <param name="Dialect">Its width.</param>
/// <param name="IsLast">Whether it is the one that reaches the end of the axis, and possibly beyond.</param>
internal readonly record struct Piece(int Offset, VectorDialect Dialect, bool IsLast = false);

/// <summary>The name of the reference that stands at the current position of each operand.</summary>
internal sealed class Cursor(IReadOnlyDictionary<KernelOperand, string> references)
{
    public string this[KernelOperand operand] => references[operand];
}
