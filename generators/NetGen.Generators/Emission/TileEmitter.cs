using NetGen.Generators.Expressions;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>Writes one register tile: accumulators, the reduction that fills them, and the epilogue that stores them.</summary>
/// <remarks>
/// The vectors of a parallel axis have an accumulator each. Those of a reduced axis follow one another into the same
/// accumulator, of which there is one per width, and its lanes are added up at the end.
/// </remarks>
internal sealed partial class TileEmitter
{
    private readonly SourceWriter _writer;
    private readonly Kernel _kernel;
    private readonly Tile _tile;
    private readonly Cursor _cursor;
    private readonly Piece[] _pieces;
    private readonly List<int[]> _rows;
    private readonly int _firstRow;
    private readonly LocalNames _names;
    private readonly bool _sumsLanes;
    private readonly VectorDialect[] _widths;

    private TileEmitter(SourceWriter writer, Kernel kernel, Tile tile, Cursor cursor, int[] counts, Piece[] pieces, int firstRow)
    {
        _writer = writer;
        _kernel = kernel;
        _tile = tile;
        _cursor = cursor;
        _pieces = pieces;
        _rows = Combinations(counts);
        _firstRow = firstRow;
        _sumsLanes = tile.VectorAxis >= 0 && kernel.Axes[tile.VectorAxis].IsReduced;
        _widths = [.. pieces.Select(piece => piece.Dialect).Distinct()];
        _names = new LocalNames(
        [
            .. kernel.Operands.Select(operand => operand.Name),
            .. kernel.Operands.Select(operand => cursor[operand]),
            .. kernel.Axes.Select(axis => axis.Name),
            .. _rows.SelectMany((_, r) => pieces.SelectMany((_, p) => Enumerable.Range(0, tile.Chains).Select(chain => Accumulator(r, p, chain)))),
        ]);
    }

    /// <param name="writer">Where to.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="tile">The tile at its full size.</param>
    /// <param name="cursor">Where the operands of its first element stand.</param>
    /// <param name="counts">The rows of this one along each of the tile's row axes.</param>
    /// <param name="pieces">Its vectors.</param>
    /// <param name="firstRow">Where its rows begin, for one that leaves out lines of zeros.</param>
    public static void Write(SourceWriter writer, Kernel kernel, Tile tile, Cursor cursor, int[] counts, Piece[] pieces, int firstRow)
    {
        var emitter = new TileEmitter(writer, kernel, tile, cursor, counts, pieces, firstRow);
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

    private string Load(KernelOperand operand, string reference, int[] row, Piece piece, int ahead)
    {
        bool isVector = _tile.VectorAxis >= 0 && operand.Strides[_tile.VectorAxis] != 0;
        return isVector
            ? piece.Dialect.Load(reference, OffsetText(operand, row, piece, ahead))
            : piece.Dialect.Broadcast(ScalarAt(reference, Offset(operand, row, 0, ahead)));
    }

    private string OffsetText(KernelOperand operand, int[] row, Piece piece, int ahead) => $"{Offset(operand, row, piece.Offset, ahead)}";

    private int Offset(KernelOperand operand, int[] row, int along, int ahead)
    {
        int offset = ahead + (_tile.VectorAxis < 0 ? 0 : operand.Strides[_tile.VectorAxis] * along);
        for (int i = 0; i < row.Length; i++)
            offset += operand.Strides[_tile.Rows[i].Axis] * row[i];
        return offset;
    }

    private static string ScalarAt(string reference, int offset) =>
        offset == 0 ? reference : $"Unsafe.Add(ref {reference}, {offset})";

    private string Accumulator(int r, int p, int chain)
    {
        string name = _pieces.Length == 1 || _sumsLanes ? $"z{r}" : $"z{r}_{p}";
        return _tile.Chains == 1 ? name : name + ChainSuffix(chain);
    }

    private string LaneSum(int r, int width) => width == 0 ? $"lanes{r}" : $"lanes{r}_{_widths[width].Width}";

    private static string ChainSuffix(int chain) => $"{(char)('a' + chain)}";

    private static List<int[]> Combinations(int[] counts)
    {
        List<int[]> rows = [[]];
        foreach (int count in counts)
            rows = [.. rows.SelectMany(row => Enumerable.Range(0, count).Select(i => row.Append(i).ToArray()))];
        return rows;
    }
}
