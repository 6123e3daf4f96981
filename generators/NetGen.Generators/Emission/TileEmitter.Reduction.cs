using NetGen.Generators.Expressions;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>The accumulators and the loops over the reduced axes that fill them.</summary>
internal sealed partial class TileEmitter
{
    // A reduced axis of more vectors than this is looped over.
    private const int MostUnrolledVectors = 2;

    private void WriteAccumulators()
    {
        // The rows of a tile start from the same bias, which is loaded once.
        var starts = new Dictionary<string, string>();
        for (int r = 0; r < _rows.Count; r++)
        {
            if (_sumsLanes)
            {
                _writer.Lines(_widths.Select((width, w) => $"{width.Type} {LaneSum(r, w)} = {width.Zero};"));
                continue;
            }

            for (int p = 0; p < _pieces.Length; p++)
            {
                for (int chain = 0; chain < _tile.Chains; chain++)
                {
                    string start = chain == 0 && _kernel.Start is { } bias ? Start(bias, r, p) : _pieces[p].Dialect.Zero;
                    _writer.Line($"{_pieces[p].Dialect.Type} {Accumulator(r, p, chain)} = {start};");
                }
            }
        }

        string Start(KernelOperand bias, int r, int p)
        {
            string text = Load(bias, _cursor[bias], _rows[r], _pieces[p], 0);
            if (_rows.Count == 1)
                return text;
            if (!starts.TryGetValue(text, out string? local))
            {
                starts[text] = local = _names.Unique($"{bias.Name}{starts.Count}");
                _writer.Line($"{_pieces[p].Dialect.Type} {local} = {text};");
            }

            return local;
        }
    }

    private void WriteReduction()
    {
        int[] reduced = [.. Enumerable.Range(0, _kernel.Axes.Count).Where(a =>
            _kernel.Axes[a].IsReduced && a != _tile.VectorAxis && a != _tile.SlidingAxis)];
        KernelOperand[] factors = [.. new[] { _kernel.Left, _kernel.Right }.OfType<KernelOperand>()];
        Dictionary<KernelOperand, string> starts = factors.ToDictionary(factor => factor, factor => _cursor[factor]);
        if (WindowStart is < 0 and var below)
        {
            // The window's taps go backwards: it starts at the last.
            string name = starts[_kernel.Left!] = _names.Unique($"{_kernel.Left!.Name}Window");
            _writer.Line($"ref float {name} = ref Unsafe.Add(ref {_cursor[_kernel.Left]}, {below});");
        }

        WriteReduction(reduced, factors, new Cursor(starts));
    }

    /// <summary>Where the lowest tap of a sliding window lies in the left factor, seen from the first.</summary>
    private int WindowStart => _tile.SlidingAxis < 0
        ? 0
        : Math.Min(0, _kernel.Left!.Strides[_tile.SlidingAxis] * (_kernel.Axes[_tile.SlidingAxis].Extent - 1));

    private void WriteReduction(int[] reduced, KernelOperand[] factors, Cursor cursor)
    {
        if (reduced.Length == 0)
        {
            if (_sumsLanes)
                WriteLaneSteps(cursor, factors);
            else
                WriteStep(cursor, factors, _pieces, chain: 0, [.. Window()]);
            return;
        }

        int a = reduced[0];
        KernelAxis axis = _kernel.Axes[a];
        Cursor walkers = Walkers(factors, cursor, axis.Name);
        bool isInner = reduced.Length == 1;
        int chains = isInner ? _tile.Chains : 1;
        string end = axis.IsDynamic ? "count" : $"{axis.Extent}";
        string counter = axis.Name;
        if (chains == 1)
        {
            using (_writer.Open($"for (int {counter} = 0; {counter} < {end}; {counter}++)"))
            {
                WriteReduction([.. reduced.Skip(1)], factors, walkers);
                Step(factors, walkers, a, 1);
            }

            return;
        }

        int whole = axis.Extent / chains * chains;
        using (_writer.Open($"for (int {counter} = 0; {counter} < {whole}; {counter} += {chains})"))
        {
            for (int chain = 0; chain < chains; chain++)
            {
                int ahead = chain;
                WriteStep(walkers, factors, _pieces, chain, [.. Rows(operand => operand.Strides[a] * ahead)]);
            }

            Step(factors, walkers, a, chains);
        }

        if (whole < axis.Extent)
        {
            using (_writer.Open($"for (int {counter} = {whole}; {counter} < {axis.Extent}; {counter}++)"))
            {
                WriteStep(walkers, factors, _pieces, chain: 0, [.. Rows()]);
                Step(factors, walkers, a, 1);
            }
        }
    }

    /// <summary>The steps along a reduced vector axis: its vectors, and what is left in smaller ones.</summary>
    private void WriteLaneSteps(Cursor cursor, KernelOperand[] factors)
    {
        VectorDialect widest = _widths[0];
        int whole = _pieces.Count(piece => piece.Dialect == widest);
        if (whole <= MostUnrolledVectors)
        {
            WriteStep(cursor, factors, _pieces, chain: 0, [.. Rows()]);
            return;
        }

        string axis = _kernel.Axes[_tile.VectorAxis].Name;
        Cursor walkers = Walkers(factors, cursor, axis);
        using (_writer.Open($"for (int {axis} = 0; {axis} < {whole * widest.Width}; {axis} += {widest.Width})"))
        {
            WriteStep(walkers, factors, [_pieces[0]], chain: 0, [.. Rows()]);
            Step(factors, walkers, _tile.VectorAxis, widest.Width);
        }

        if (whole == _pieces.Length)
            return;
        using (_writer.Open())
            WriteStep(cursor, factors, [.. _pieces.Skip(whole)], chain: 0, [.. Rows()]);
    }

    /// <summary>References that move with a loop, beginning where the enclosing ones stand.</summary>
    private Cursor Walkers(KernelOperand[] factors, Cursor cursor, string axis)
    {
        var walkers = new Dictionary<KernelOperand, string>();
        foreach (KernelOperand factor in factors)
        {
            string name = _names.Unique($"{factor.Name}Along{char.ToUpperInvariant(axis[0])}{axis.Substring(1)}");
            _writer.Line($"ref float {name} = ref {cursor[factor]};");
            walkers[factor] = name;
        }

        return new Cursor(walkers);
    }

    private void Step(KernelOperand[] factors, Cursor walkers, int axis, int steps)
    {
        foreach (KernelOperand factor in factors.Where(factor => factor.Strides[axis] != 0))
            _writer.Line($"{walkers[factor]} = ref Unsafe.Add(ref {walkers[factor]}, {factor.Strides[axis] * steps});");
    }

    /// <summary>A multiply-add for each row: of which row, and how far along the reduced axes its factors lie.</summary>
    private IEnumerable<(int Row, Func<KernelOperand, int> Ahead)> Rows(Func<KernelOperand, int>? ahead = null) =>
        _rows.Select((_, r) => (r, ahead ?? (static _ => 0)));

    /// <summary>
    /// The rows of a tile, each with the whole of the window that slides along them, in the order in which they meet what
    /// they read: it is loaded once and needed no more after the last row that it is part of.
    /// </summary>
    private IEnumerable<(int Row, Func<KernelOperand, int> Ahead)> Window()
    {
        int axis = _tile.SlidingAxis;
        if (axis < 0)
            return Rows();
        return
            from place in Enumerable.Range(0, _kernel.Axes[axis].Extent)
            from row in Rows(operand => operand.Strides[axis] * place - (operand == _kernel.Left ? WindowStart : 0))
            where _tile.Skipped?.IsZero(_firstRow + _rows[row.Row].Last(), place) != true
            let read = Offset(_kernel.Left!, _rows[row.Row], 0, row.Ahead(_kernel.Left!))
            orderby read
            select row;
    }

    /// <summary>A multiply-add for every accumulator of a chain; what several of them use is loaded once.</summary>
    private void WriteStep(
        Cursor walkers, KernelOperand[] factors, Piece[] pieces, int chain, IReadOnlyList<(int Row, Func<KernelOperand, int> Ahead)> rows)
    {
        Dictionary<string, int> uses = [];
        foreach ((int row, Func<KernelOperand, int> ahead) in rows)
        {
            foreach (Piece piece in pieces)
            {
                foreach (KernelOperand factor in factors)
                {
                    string text = Load(factor, walkers[factor], _rows[row], piece, ahead(factor));
                    uses[text] = uses.TryGetValue(text, out int n) ? n + 1 : 1;
                }
            }
        }

        var locals = new Dictionary<string, string>();
        foreach ((int row, Func<KernelOperand, int> ahead) in rows)
        {
            for (int p = 0; p < pieces.Length; p++)
            {
                string[] values = [.. factors.Select(factor =>
                    Value(factor, pieces[p], Load(factor, walkers[factor], _rows[row], pieces[p], ahead(factor))))];
                string sum = _sumsLanes ? LaneSum(row, Array.IndexOf(_widths, pieces[p].Dialect)) : Accumulator(row, p, chain);
                _writer.Line(_kernel.Combine == Combine.Sum
                    ? $"{sum} += {values[0]};"
                    : $"{sum} = {pieces[p].Dialect.MultiplyAdd(values[0], values[1], sum)};");
            }
        }

        string Value(KernelOperand factor, Piece piece, string text)
        {
            if (uses[text] == 1)
                return text;
            if (!locals.TryGetValue(text, out string? local))
            {
                int number = locals.Values.Count(name => name.StartsWith(factor.Name) && char.IsDigit(name[factor.Name.Length]));
                local = $"{factor.Name}{number}{(_tile.Chains > 1 ? ChainSuffix(chain) : "")}";
                locals[text] = local;
                _writer.Line($"{piece.Dialect.Type} {local} = {text};");
            }

            return local;
        }
    }

    private void JoinChains()
    {
        if (_tile.Chains == 1)
            return;
        for (int r = 0; r < _rows.Count; r++)
        {
            for (int p = 0; p < _pieces.Length; p++)
            {
                string[] sums = [.. Enumerable.Range(0, _tile.Chains).Select(chain => Accumulator(r, p, chain))];
                _writer.Line(sums.Length == 2
                    ? $"{sums[0]} += {sums[1]};"
                    : $"{sums[0]} = ({sums[0]} + {sums[1]}) + ({sums[2]} + {sums[3]});");
            }
        }
    }

    /// <summary>One number per row of what the lanes hold, and of what it starts from.</summary>
    private void SumLanes()
    {
        for (int r = 0; r < _rows.Count; r++)
        {
            IEnumerable<string> sums = _widths.Select((width, w) => width.IsScalar ? LaneSum(r, w) : $"{width.Class}.Sum({LaneSum(r, w)})");
            if (_kernel.Start is { } start)
                sums = sums.Prepend(ScalarAt(_cursor[start], Offset(start, _rows[r], 0, 0)));
            _writer.Line($"float {Accumulator(r, 0, 0)} = {string.Join(" + ", sums)};");
        }
    }
}
