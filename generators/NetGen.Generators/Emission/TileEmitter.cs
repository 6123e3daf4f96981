using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission;

/// <summary>Writes one register tile: accumulators, the reduction that fills them, and the epilogue that stores them.</summary>
/// <remarks>
/// The vectors of a parallel axis have an accumulator each. Those of a reduced axis follow one another into the same
/// accumulator, whose lanes are added up at the end.
/// </remarks>
internal sealed partial class TileEmitter
{
    private readonly SourceWriter _writer;
    private readonly Kernel _kernel;
    private readonly Tile _tile;
    private readonly VectorDialect _dialect;
    private readonly Cursor _cursor;
    private readonly VectorBlock _block;
    private readonly int[] _counts;
    private readonly List<int[]> _rows;
    private readonly int _firstRow;
    private readonly LocalNames _names;
    private readonly bool _sumsLanes;

    private TileEmitter(
        SourceWriter writer, Kernel kernel, Tile tile, VectorDialect dialect, Cursor cursor, int[] counts, VectorBlock block, int firstRow)
    {
        _writer = writer;
        _kernel = kernel;
        _tile = tile;
        _dialect = dialect;
        _cursor = cursor;
        _block = block;
        _counts = counts;
        _rows = Combinations(counts);
        _firstRow = firstRow;
        _sumsLanes = tile.VectorAxis >= 0 && kernel.Axes[tile.VectorAxis].IsReduced;
        _names = new LocalNames(
        [
            "lanes", "from", "to", "count",
            .. kernel.Operands.Select(operand => operand.Name),
            .. kernel.Operands.Select(operand => cursor[operand]),
            .. kernel.Axes.Select(axis => axis.Name),
            .. _rows.SelectMany((_, r) => Vectors.SelectMany(v => Enumerable.Range(0, tile.Chains).Select(chain => Accumulator(r, v, chain)))),
        ]);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="tile">The tile at its full size.</param>
    /// <param name="dialect">The vectors.</param>
    /// <param name="cursor">Where the operands of its first row stand.</param>
    /// <param name="counts">The rows of this one along each of the tile's row axes.</param>
    /// <param name="block">Where its vectors lie.</param>
    /// <param name="firstRow">Where its rows begin, for one that leaves out lines of zeros.</param>
    public static void Write(
        SourceWriter writer, Kernel kernel, Tile tile, VectorDialect dialect, Cursor cursor, int[] counts, VectorBlock block, int firstRow)
    {
        var emitter = new TileEmitter(writer, kernel, tile, dialect, cursor, counts, block, firstRow);
        if (kernel.Combine != Combine.None)
        {
            emitter.WriteAccumulators();
            emitter.WriteReduction();
            emitter.JoinChains();
        }

        if (emitter._sumsLanes)
            emitter.SumLanes();

        emitter.WriteEpilogue();
    }

    /// <summary>The same tile where nothing behind the end of the vector axis may be touched.</summary>
    private TileEmitter AtRaggedEnd() =>
        new(_writer, _kernel, _tile, _dialect, _cursor, _counts, _block with { IsRagged = true }, _firstRow);

    private IEnumerable<int> Vectors => Enumerable.Range(0, _sumsLanes ? 1 : _tile.Vectors);

    /// <summary>What an operand holds for a row and a vector, seen from a reference that may be ahead by so many elements.</summary>
    private string Load(KernelOperand operand, string reference, int row, int vector, int ahead, string? counter)
    {
        int offset = Offset(operand, row) + ahead;
        if (IsBroadcast(operand))
            return _dialect.Broadcast(ScalarAt(reference, offset));
        return _block.IsRagged
            ? _dialect.LoadBefore(reference, _dialect.Place(counter, offset, vector), $"{offset + _kernel.Axes[_tile.VectorAxis].Extent}")
            : _dialect.Load(reference, _dialect.Place(counter, offset, vector));
    }

    private bool IsBroadcast(KernelOperand operand) => _tile.VectorAxis < 0 || operand.Strides[_tile.VectorAxis] == 0;

    private int Offset(KernelOperand operand, int row)
    {
        int offset = 0;
        for (int i = 0; i < _rows[row].Length; i++)
            offset += operand.Strides[_tile.Rows[i].Axis] * _rows[row][i];
        return offset;
    }

    private static string ScalarAt(string reference, int offset) =>
        offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    private string Accumulator(int row, int vector, int chain)
    {
        string name = _sumsLanes ? $"lanes{row}" : _tile.Vectors == 1 ? $"z{row}" : $"z{row}_{vector}";
        return _tile.Chains == 1 ? name : name + ChainSuffix(chain);
    }

    private static string ChainSuffix(int chain) => $"{(char)('a' + chain)}";

    private static List<int[]> Combinations(int[] counts)
    {
        List<int[]> rows = [[]];
        foreach (int count in counts)
            rows = [.. rows.SelectMany(row => Enumerable.Range(0, count).Select(i => row.Append(i).ToArray()))];
        return rows;
    }
}
