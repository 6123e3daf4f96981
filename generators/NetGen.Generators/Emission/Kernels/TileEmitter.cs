using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

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
    private readonly string[,,,] _accumulators;
    private readonly bool _sumsLanes;
    private readonly ExpressionEmitter _terms;
    private readonly Dictionary<string, string> _starts = [];
    private Dictionary<(KernelOperand Term, int Row, int Vector), string> _heldTerms = [];

    private TileEmitter(
        SourceWriter writer, Kernel kernel, Tile tile, VectorDialect dialect, Cursor cursor, int[] counts, VectorBlock block, int firstRow,
        LocalNames? names = null)
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
        _accumulators = new string[kernel.SumCount, _rows.Count, _sumsLanes ? 1 : tile.Vectors, tile.Chains];
        foreach ((int sum, int row, int vector) in SumsOfTile())
        {
            for (int chain = 0; chain < tile.Chains; chain++)
                _accumulators[sum, row, vector, chain] = NameOfAccumulator(sum, row, vector, chain);
        }

        _names = names ?? new LocalNames(
        [
            "lanes", "from", "to", "count", "first", "last", Ahead,
            .. tile.Stretch is { Axis: >= 0 } stretch ? [stretch.CounterOf(kernel)] : Array.Empty<string>(),
            .. tile.Pixels is { } pixels ? [pixels.First(kernel), pixels.Last(kernel)] : Array.Empty<string>(),
            .. block.HeldRows is { } held ? _rows.Select((_, r) => $"{held}{r}") : [],
            .. kernel.Operands.Select(operand => operand.Name),
            .. kernel.Operands.Select(operand => cursor[operand]),
            .. kernel.Axes.Select(axis => axis.Name),
            .. _accumulators.Cast<string>(),
        ]);
        _terms = new ExpressionEmitter(dialect, _names);
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
            emitter.WriteHeldFactors();
            if (kernel.Passing.Any())
                emitter.WriteInsidesOfVectors();
            emitter.WriteAccumulators();
            emitter.WriteReduction();
            emitter.JoinChains();
        }

        if (emitter._sumsLanes)
            emitter.SumLanes();
        emitter.AddEarlierStretches();
        emitter.WriteEpilogue();
    }

    /// <summary>The same tile where nothing behind the end of the vector axis may be touched.</summary>
    private TileEmitter AtRaggedEnd() =>
        new(_writer, _kernel, _tile, _dialect, _cursor, _counts, _block with { IsRagged = true }, _firstRow, _names) { _heldTerms = _heldTerms };

    private IEnumerable<int> Vectors => Enumerable.Range(0, _sumsLanes ? 1 : _tile.Vectors);

    /// <summary>What an operand holds for a row and a vector, seen from a reference that may be ahead by so many elements.</summary>
    private string Load(KernelOperand operand, string reference, int row, int vector, int ahead, string? counter)
    {
        if (IsBroadcast(operand))
            return _dialect.Broadcast(Scalar(operand, reference, row, ahead));
        string place = Place(operand, row, vector, ahead, counter);
        return _block.IsRagged ? LoadBefore(operand, reference, place, row, ahead) : _dialect.Load(reference, place);
    }

    /// <summary>The same as a factor, or as the beginning of a sum.</summary>
    private string ReadSum(KernelOperand operand, string reference, int row, int vector, int ahead, string? counter)
    {
        if (IsBroadcast(operand))
            return _dialect.BeginSum(Scalar(operand, reference, row, ahead));
        string place = Place(operand, row, vector, ahead, counter);
        // Behind the end of a row stands another, or room: whatever it is, the other factor has zeros there.
        if (StepOf(operand) is > 1 and var step)
            return _dialect.ToSum(_dialect.LoadStrided(reference, place, step));
        return _block.IsRagged
            ? _dialect.ToSum(LoadBefore(operand, reference, place, row, ahead))
            : _dialect.ReadSum(reference, place);
    }

    private string Place(KernelOperand operand, int row, int vector, int ahead, string? counter) =>
        Behind(Held(operand, row), _dialect.Place(Counted(operand, counter), Offset(operand, row) + ahead, vector * StepOf(operand)));

    /// <summary>How far an operand is read where a loop along the vectors stands.</summary>
    private string? Counted(KernelOperand operand, string? counter) =>
        counter is null || StepOf(operand) == 1 ? counter : $"{counter} * {StepOf(operand)}";

    /// <summary>How far apart the floats are that lie along a vector.</summary>
    private int StepOf(KernelOperand operand) => operand == _kernel.Left && !IsBroadcast(operand) ? operand.Strides[_tile.VectorAxis] : 1;

    /// <summary>The elements before the end of the vector axis: those of a last step where vectors follow one another along it.</summary>
    private string LoadBefore(KernelOperand operand, string reference, string place, int row, int ahead)
    {
        string end = Behind(Held(operand, row), $"{Offset(operand, row) + ahead + _kernel.Axes[_tile.VectorAxis].Extent}");
        return _sumsLanes ? _dialect.LoadPart(reference, place, end) : _dialect.LoadBefore(reference, place, end);
    }

    /// <summary>One float of an operand, for a row.</summary>
    private string Scalar(KernelOperand operand, string reference, int row, int ahead = 0) =>
        Behind(Held(operand, row), $"{Offset(operand, row) + ahead}") is not "0" and var place ? $"Unsafe.Add(ref {reference}, {place})" : reference;

    /// <summary>How far a row lies behind the first where that depends on how many samples there are; null where it does not.</summary>
    private string? Held(KernelOperand operand, int row)
    {
        if (_block.HeldRows is not { } rows || row == 0 || operand.Strides[_tile.Rows[0].Axis] is not (not 0 and var stride))
            return null;
        return _kernel.Factors.Contains(operand) ? HeldFactor(operand, row) : $"{rows}{row} * {stride}";
    }

    // The inner loop's distances are computed ahead of it.
    private string HeldFactor(KernelOperand factor, int row) => $"{factor.Name}{_block.HeldRows!.Capitalised()}{row}";

    private static string Behind(string? distance, string place) =>
        distance is null ? place : place == "0" ? distance : $"{place} + {distance}";

    private bool IsBroadcast(KernelOperand operand) => _tile.VectorAxis < 0 || operand.Strides[_tile.VectorAxis] == 0;

    private int Offset(KernelOperand operand, int row)
    {
        int offset = 0;
        for (int i = 0; i < _rows[row].Length && _block.HeldRows is null; i++)
            offset += operand.Strides[_tile.Rows[i].Axis] * _rows[row][i];
        return offset;
    }

    private IEnumerable<int> Sums => Enumerable.Range(0, _kernel.SumCount);

    private IEnumerable<(int Sum, int Row, int Vector)> SumsOfTile() =>
        from sum in Sums from row in Enumerable.Range(0, _rows.Count) from vector in Vectors select (sum, row, vector);

    private string Accumulator(int row, int vector, int chain, int sum = 0) => _accumulators[sum, row, vector, chain];

    private string NameOfAccumulator(int sum, int row, int vector, int chain)
    {
        string name = _sumsLanes ? $"lanes{Kernel.SumSuffix(sum)}{row}" : $"{Kernel.SumName(sum)}{row}{(_tile.Vectors == 1 ? "" : $"_{vector}")}";
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
