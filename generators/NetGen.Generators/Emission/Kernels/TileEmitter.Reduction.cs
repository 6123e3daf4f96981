using NetGen.Generators.Collections;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>The accumulators and the loops over the reduced axes that fill them.</summary>
internal sealed partial class TileEmitter
{
    private void WriteAccumulators()
    {
        var accumulators = new List<(string Name, string Value)>();
        string nothing = _dialect.NoSum;
        foreach ((int sum, int r, int v) in SumsOfTile())
        {
            for (int chain = 0; chain < _tile.Chains; chain++)
            {
                bool startsFromBias = chain == 0 && !_sumsLanes && _kernel.Start is not null && !_tile.StartsLast;
                string name = Accumulator(r, v, chain, sum);
                accumulators.Add((name, startsFromBias ? Start(r, v) : nothing));
                if (!startsFromBias && _dialect.CallsForNoSum && nothing == _dialect.NoSum)
                    nothing = name;
            }
        }

        _writer.Declare(_dialect.SumType, accumulators);
    }

    /// <summary>What the sum of a row and a vector starts from. Rows that start from the same bias load it once.</summary>
    private string Start(int row, int vector)
    {
        KernelOperand bias = _kernel.Start!;
        string text = ReadSum(bias, _cursor[bias], row, vector, 0, _block.Counter);
        bool isShared = _rows.Count > 1 && _tile.Rows.Any(rows => bias.Strides[rows.Axis] == 0);
        if (!isShared && !(_tile.StartsLast && _tile.Vectors > 1 && IsBroadcast(bias)))
            return text;
        if (!_starts.TryGetValue(text, out string? local))
        {
            _starts[text] = local = _names.Unique($"{bias.Name}{_starts.Count}");
            _writer.Line($"{_dialect.SumType} {local} = {text};");
        }

        return local;
    }

    private void WriteHeldFactors()
    {
        if (_block.HeldRows is null)
            return;
        _writer.Declare("nuint", [..
            from factor in _kernel.Factors
            let stride = factor.Strides[_tile.Rows[0].Axis]
            where stride != 0
            from r in Enumerable.Range(1, _rows.Count - 1)
            select (HeldFactor(factor, r), $"{_block.HeldRows}{r} * {stride}")]);
    }

    private void WriteReduction()
    {
        int[] reduced = [.. Enumerable.Range(0, _kernel.Axes.Count).Where(a =>
            _kernel.Axes[a].IsReduced && a != _tile.VectorAxis && a != _tile.SlidingAxis && _kernel.Axes[a].Extent != 1)];
        KernelOperand[] factors = [.. _kernel.Factors.Where(factor => !_kernel.IsHeld(factor)), .. _kernel.Passing.Select(result => result.Operand)];
        WriteHeldTerms();
        Dictionary<KernelOperand, string> starts = factors.ToDictionary(factor => factor, factor => _cursor[factor]);
        if (WindowStart is < 0 and var below)
        {
            // The window's taps go backwards: it starts at the last.
            string name = starts[_kernel.Left!] = _names.Unique($"{_kernel.Left!.Name}Window");
            _writer.Line($"ref float {name} = ref Unsafe.Add(ref {_cursor[_kernel.Left]}, {below});");
        }

        StartAhead(reduced);
        StartAskingForPixels(reduced);
        WriteReduction(reduced, 0, factors, new Cursor(starts), _block.Counter);
    }

    /// <summary>Where the lowest tap of a sliding window lies in the left factor, seen from the first.</summary>
    private int WindowStart => _tile.SlidingAxis < 0
        ? 0
        : Math.Min(0, _kernel.Left!.Strides[_tile.SlidingAxis] * (_kernel.Axes[_tile.SlidingAxis].Extent - 1));

    private void WriteReduction(int[] reduced, int level, KernelOperand[] factors, Cursor cursor, string? counter)
    {
        if (level == reduced.Length)
        {
            if (_sumsLanes)
                WriteLaneSteps(cursor, factors);
            else
                WriteStep(cursor, factors, chain: 0, [.. Window()], counter);
            return;
        }

        int a = reduced[level];
        KernelAxis axis = _kernel.Axes[a];
        Cursor walkers = Walkers(factors, cursor, axis.Name, counter);
        int chains = level == reduced.Length - 1 && !_sumsLanes ? _tile.Chains : 1;
        int extent = _tile.Stretch is { } some && some.Axis == a ? some.Steps : axis.Extent;
        (string start, string end) = !axis.IsDynamic ? ("0", $"{extent}") : _tile.Stretch is null ? ("0", "count") : ("first", "last");
        if (chains == 1 && axis.IsDynamic && _tile.Stretch is { Samples: 1 })
        {
            WriteReduction(reduced, level + 1, factors, cursor, counter);
            return;
        }

        if (chains == 1)
        {
            using (_writer.Open($"for (int {axis.Name} = {start}; {axis.Name} < {end}; {axis.Name}++)"))
            {
                if (level == reduced.Length - 1)
                {
                    AskForWeights(walkers, a);
                    AskForImage(walkers);
                }

                WriteReduction(reduced, level + 1, factors, walkers, null);
                AskAhead(level);
                if (level == reduced.Length - 1)
                {
                    AskForPixels();
                    AskForNextStretch(factors, walkers);
                }

                Step(factors, walkers, a, 1);
            }

            return;
        }

        int whole = extent / chains * chains;
        using (_writer.Open($"for (int {axis.Name} = 0; {axis.Name} < {whole}; {axis.Name} += {chains})"))
        {
            AskForWeights(walkers, a);
            for (int chain = 0; chain < chains; chain++)
            {
                int ahead = chain;
                WriteStep(walkers, factors, chain, [.. Rows(operand => operand.Strides[a] * ahead)], null);
            }

            Step(factors, walkers, a, chains);
        }

        for (int k = 0; k < extent - whole; k++)
        {
            int ahead = k;
            WriteStep(walkers, factors, k, [.. Rows(operand => operand.Strides[a] * ahead)], null, suffix: "End");
        }
    }

    /// <summary>References that move with a loop, beginning where the enclosing ones stand.</summary>
    private Cursor Walkers(KernelOperand[] factors, Cursor cursor, string axis, string? counter)
    {
        var walkers = new Dictionary<KernelOperand, string>();
        foreach (KernelOperand factor in factors)
        {
            string name = _names.Unique($"{factor.Name}Along{axis.Capitalised()}");
            _writer.Line(counter is null || factor.Strides[_tile.VectorAxis] == 0
                ? $"ref float {name} = ref {cursor[factor]};"
                : $"ref float {name} = ref Unsafe.Add(ref {cursor[factor]}, {Counted(factor, counter)});");
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
            let read = Offset(_kernel.Left!, row.Row) + row.Ahead(_kernel.Left!)
            orderby read
            select row;
    }

    /// <summary>A multiply-add for every accumulator of a chain; what several of them use is loaded once.</summary>
    private void WriteStep(
        Cursor walkers, KernelOperand[] moving, int chain, IReadOnlyList<(int Row, Func<KernelOperand, int> Ahead)> rows,
        string? counter, string suffix = "")
    {
        KernelOperand[] factors = [.. moving.Where(operand => _kernel.Passing.All(result => result.Operand != operand))];
        int vectors = Vectors.Count();
        // The factor that is the same along the vector, if there is one.
        int shared = _kernel.Combine == Combine.SumOfProducts ? Array.FindIndex(factors, IsBroadcast) : -1;
        var loads = new string[rows.Count * vectors, factors.Length];
        Dictionary<string, int> uses = [];
        for (int i = 0; i < loads.GetLength(0); i++)
        {
            (int row, Func<KernelOperand, int> ahead) = rows[i / vectors];
            for (int f = 0; f < factors.Length; f++)
            {
                KernelOperand factor = factors[f];
                string text = loads[i, f] = f == shared
                    ? _dialect.Factor(Scalar(factor, walkers[factor], row, ahead(factor)))
                    : ReadSum(factor, walkers[factor], row, _sumsLanes ? chain : i % vectors, ahead(factor), counter);
                int times = _kernel.Term is null ? 1 : (int)_kernel.StepValues.Sum(value => value.Occurrences(factor.Name));
                uses[text] = uses.TryGetValue(text, out int n) ? n + times : times;
            }
        }

        var locals = new Dictionary<string, string>();
        var numbers = new int[factors.Length];
        for (int i = 0; i < loads.GetLength(0); i++)
        {
            (int row, Func<KernelOperand, int> ahead) = rows[i / vectors];
            string sum = Accumulator(row, i % vectors, chain);
            if (_kernel.Term is not null)
            {
                Dictionary<string, string> read = factors.Select((factor, f) => (factor.Name, Text: Value(i, f))).ToDictionary(
                    pair => pair.Name, pair => pair.Text);
                int vector = i % vectors;
                string[] values = AddTerms(row, vector, chain, read, counter);
                foreach ((KernelResult result, string value) in _kernel.Passing.Zip(values, (result, value) => (result, value)))
                {
                    string stored = Store(
                        result.Operand, value, walkers[result.Operand], row, _sumsLanes ? chain : vector, ahead(result.Operand), counter);
                    _writer.Line($"{stored};");
                }

                continue;
            }

            if (_kernel.Combine == Combine.Sum)
            {
                _writer.Line($"{sum} += {Value(i, 0)};");
                continue;
            }

            if (shared >= 0 && uses[loads[i, shared]] == 1)
            {
                string scalar = Scalar(factors[shared], walkers[factors[shared]], row, ahead(factors[shared]));
                _writer.Line($"{sum} = {_dialect.AddProducts(scalar, Value(i, 1 - shared), sum)};");
                continue;
            }

            string left = Value(i, 0), right = Value(i, 1);
            string added = shared < 0 ? _dialect.AddProduct(left, right, sum) : _dialect.AddProducts(left, right, sum, isRight: shared == 1);
            _writer.Line($"{sum} = {added};");
        }

        string Value(int i, int factor)
        {
            string text = loads[i, factor];
            if (uses[text] == 1 && !(_kernel.Term is not null && _block.IsRagged))
                return text;
            if (!locals.TryGetValue(text, out string? local))
            {
                locals[text] = local = $"{factors[factor].Name}{numbers[factor]++}{(_tile.Chains > 1 ? ChainSuffix(chain) : "")}{suffix}";
                _writer.Line($"{_dialect.SumType} {local} = {text};");
            }

            return local;
        }
    }

    private void JoinChains()
    {
        if (_tile.Chains == 1)
            return;
        foreach ((int sum, int r, int v) in SumsOfTile())
            _writer.Line($"{_dialect.Join([.. Enumerable.Range(0, _tile.Chains).Select(chain => Accumulator(r, v, chain, sum))])};");
    }

    /// <summary>Adds to the sums of this stretch what the results have of those before.</summary>
    private void AddEarlierStretches()
    {
        if (_tile.Stretch is not { } stretch)
            return;
        KernelOperand result = _kernel.Results[0].Operand;
        using (_writer.Open(stretch.Axis < 0 ? "if (first > 0)" : $"if (first + {stretch.CounterOf(_kernel)} > 0)"))
        {
            if (_sumsLanes)
            {
                foreach (RowGroup group in PartsOfRows)
                    _writer.Line($"{NameOfRow(0, group.First)} += {ReadRows(result, group)};");
                return;
            }

            for (int r = 0; r < _rows.Count; r++)
            {
                foreach (int v in Vectors)
                    _writer.Line($"{_dialect.Join([Accumulator(r, v, 0), ReadSum(result, _cursor[result], r, v, 0, _block.Counter)])};");
            }
        }
    }
}
