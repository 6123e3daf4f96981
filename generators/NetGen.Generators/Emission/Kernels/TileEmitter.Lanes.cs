using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>Sums along vectors, whose lanes are added up at the end.</summary>
internal sealed partial class TileEmitter
{
    /// <summary>
    /// The steps along a reduced vector axis: as many vectors at a time as there are partial sums, whole vectors into the first of these, and what
    /// is left with zeros behind it.
    /// </summary>
    private void WriteLaneSteps(Cursor cursor, KernelOperand[] factors)
    {
        KernelAxis axis = _kernel.Axes[_tile.VectorAxis];
        string j = axis.Name;
        (int, Func<KernelOperand, int>)[] rows = [.. Rows()];
        int span = _kernel.Span(_tile.VectorAxis), group = _tile.Chains * Layout.Lanes;
        int grouped = _tile.Chains == 1 ? 0 : span / group * group;
        // The last vector ends in zeros; short ones have fewer of them, or none.
        bool endsInZeros = span % Layout.Lanes == 0;
        if (!endsInZeros)
            _writer.Line($"nuint {j} = 0;");
        if (grouped > 0)
        {
            string step = _dialect.Width is { } width ? $"{_tile.Chains * width}" : $"{_tile.Chains} * {_dialect.Lanes}";
            using (_writer.Open(Loop(0, $"{j} < {grouped}", step)))
            {
                for (int chain = 0; chain < _tile.Chains; chain++)
                    WriteStep(cursor, factors, chain, rows, j);
            }

            if (grouped >= axis.Extent)
                return;
        }

        if (endsInZeros)
        {
            using (_writer.Open(Loop(grouped, $"{j} < {axis.Extent}", _dialect.Lanes)))
                WriteStep(cursor, factors, chain: 0, rows, j);
            return;
        }

        if (_dialect.Width is not { } lanes || span - grouped >= lanes)
        {
            using (_writer.Open(Loop(grouped, $"{j} + {_dialect.Lanes} <= {span}", _dialect.Lanes)))
                WriteStep(cursor, factors, chain: 0, rows, j);
        }

        // No element may count twice, and none behind the last at all.
        using (_writer.Open($"if ({j} < {span})"))
            AtRaggedEnd().WriteStep(cursor, factors, chain: 0, rows, j);

        string Loop(int start, string condition, string step) =>
            $"for ({(endsInZeros ? $"nuint {j} = {start}" : "")}; {condition}; {j} += {step})";
    }

    /// <summary>One number per row of what the lanes hold, and of what it starts from.</summary>
    private void SumLanes()
    {
        _writer.Declare("float", [.. Sums.SelectMany(sum => _rows.Select((_, r) =>
        {
            string total = _dialect.Total(Accumulator(r, 0, 0, sum));
            return ($"{Kernel.SumName(sum)}{r}", _kernel.Start is { } start ? $"{Scalar(start, _cursor[start], r)} + {total}" : total);
        }))]);
    }
}
