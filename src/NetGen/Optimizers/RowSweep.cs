namespace NetGen.Optimizers;

/// <summary>
/// Applies a rule to a stretch of a table whose gradient is zero but for some rows: to these alone where zeros change nothing, or to all of it.
/// </summary>
internal struct RowSweep : IRuleKernel
{
    public required UpdateSweep Whole;
    public required GradientRows Table;

    public readonly void Run<TRule>(TRule rule) where TRule : struct, IUpdateRule
    {
        if (!TRule.RestsWithoutGradient || !Whole.Terms.OnlyScales)
        {
            Whole.Run(rule);
            return;
        }

        UpdateSweep sweep = Whole;
        int from = (int)Whole.From, to = (int)Whole.To;
        foreach (int row in Table.Rows)
        {
            // Workers share the block where they like, within rows too.
            int start = Math.Max(from, Table.Offset + (row * Table.Stride)), end = Math.Min(to, Table.Offset + ((row + 1) * Table.Stride));
            if (start >= end)
                continue;
            (sweep.From, sweep.To) = ((nuint)start, (nuint)end);
            sweep.Run(rule);
        }
    }
}
