using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>Sums along vectors, whose lanes are added up at the end.</summary>
internal sealed partial class TileEmitter
{
    private const int Four = 4;

    private RowGroup[]? _groups;

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

    /// <summary>Rows whose lanes are added up at once.</summary>
    /// <param name="First">The first of them.</param>
    /// <param name="Count">How many they are, up to four.</param>
    /// <param name="IsVector">Whether they are one vector for the epilogue: four, with all that it reads and writes side by side.</param>
    private readonly record struct RowGroup(int First, int Count, bool IsVector)
    {
        public IEnumerable<int> Rows => Enumerable.Range(First, Count);
    }

    private RowGroup[] Groups => _groups ??= [.. GroupsOfRows()];

    private IEnumerable<RowGroup> GroupsOfRows()
    {
        KernelOperand[] results = [.. _kernel.Results.Where(result => !result.IsPassing).Select(result => result.Operand)];
        KernelOperand[] reads = _kernel.Start is { } start ? [.. _kernel.Reads, start] : [.. _kernel.Reads];
        int count = _dialect.HasTotals ? Four : 1;
        for (int first = 0; first < _rows.Count; first += count)
        {
            var group = new RowGroup(first, Math.Min(count, _rows.Count - first), IsVector: false);
            yield return group with { IsVector = group.Count == Four && _block.HeldRows is null && IsSideBySide(group, results, reads) };
        }
    }

    /// <summary>What the epilogue takes at once: vectors of rows, and rows.</summary>
    private IEnumerable<RowGroup> PartsOfRows => Groups.SelectMany(group =>
        group.IsVector ? [group] : group.Rows.Select(row => new RowGroup(row, 1, IsVector: false)));

    // What is read alone may be the same for all of them.
    private bool IsSideBySide(RowGroup group, KernelOperand[] results, KernelOperand[] reads) =>
        Array.TrueForAll(results, operand => AreApart(operand, group, by: 1)) &&
        Array.TrueForAll(reads, operand => AreApart(operand, group, by: 1) || AreApart(operand, group, by: 0));

    private bool AreApart(KernelOperand operand, RowGroup group, int by)
    {
        int first = Offset(operand, group.First);
        for (int i = 1; i < group.Count; i++)
        {
            if (Offset(operand, group.First + i) != first + i * by)
                return false;
        }

        return true;
    }

    /// <summary>What an operand of the epilogue holds for the rows of a part.</summary>
    private string ReadRows(KernelOperand operand, RowGroup part) =>
        !part.IsVector ? Scalar(operand, _cursor[operand], part.First)
        : AreApart(operand, part, by: 0) ? VectorDialect.Vector128.Broadcast(Scalar(operand, _cursor[operand], part.First))
        : VectorDialect.Vector128.Load(_cursor[operand], $"{Offset(operand, part.First)}");

    /// <summary>What the lanes of each row hold, and what it starts from.</summary>
    private void SumLanes()
    {
        var vectors = new List<(string, string)>();
        var numbers = new List<(string, string)>();
        foreach (int sum in Sums)
        {
            foreach (RowGroup group in Groups)
            {
                if (group.Count == 1)
                {
                    numbers.Add(Started(sum, group, _dialect.Total(Accumulator(group.First, 0, 0, sum))));
                    continue;
                }

                // Fewer than four have the last one again.
                string totals = _dialect.Totals(
                    [.. Enumerable.Range(0, Four).Select(i => Accumulator(group.First + Math.Min(i, group.Count - 1), 0, 0, sum))]);
                if (group.IsVector)
                {
                    vectors.Add(Started(sum, group, totals));
                    continue;
                }

                string name = _names.Unique($"{Kernel.SumName(sum)}From{group.First}");
                vectors.Add((name, totals));
                numbers.AddRange(group.Rows.Select(row => Started(sum, new RowGroup(row, 1, IsVector: false), $"{name}[{row - group.First}]")));
            }
        }

        _writer.Declare(VectorDialect.Vector128.Type, vectors);
        _writer.Declare(VectorDialect.Scalar.Type, numbers);

        (string, string) Started(int sum, RowGroup part, string total) =>
            (NameOfRow(sum, part.First), _kernel.Start is { } start ? $"{ReadRows(start, part)} + {total}" : total);
    }

    private static string NameOfRow(int sum, int row) => $"{Kernel.SumName(sum)}{row}";

    /// <summary>What becomes of the sums of each row.</summary>
    private void WriteEpilogueOfRows()
    {
        ExpressionEmitter vectors = new(VectorDialect.Vector128, _names), numbers = new(VectorDialect.Scalar, _names);
        foreach (RowGroup part in PartsOfRows)
            _writer.Line(WriteEpilogue(part.IsVector ? vectors : numbers, part.First, vector: 0, _rows.Count > 1 ? part.First : 0, part));
    }

    private static VectorDialect DialectOf(RowGroup part) => part.IsVector ? VectorDialect.Vector128 : VectorDialect.Scalar;

    private string StoreRows(KernelOperand target, string value, RowGroup part) =>
        DialectOf(part).Store(value, _cursor[target], Behind(Held(target, part.First), $"{Offset(target, part.First)}"));
}
