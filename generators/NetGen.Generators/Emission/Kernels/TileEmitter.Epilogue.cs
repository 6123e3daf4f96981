using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>What becomes of the sums: the epilogue's expressions on each, and the stores.</summary>
internal sealed partial class TileEmitter
{
    // The masks of the lanes before the end, of vectors that have one.
    private readonly Dictionary<int, string> _insides = [];

    /// <summary>
    /// Writes a map over whole vectors and over fewer elements behind them. These are begun first, and finished last: of either there is a
    /// long chain of operations, and a processor that looks some way ahead then has both to work on.
    /// </summary>
    /// <param name="writer">Where to.</param>
    /// <param name="kernel">The kernel, a map.</param>
    /// <param name="tile">The tile of one vector.</param>
    /// <param name="cursor">Where the operands stand.</param>
    /// <param name="whole">The whole vectors, and the loop that goes through them.</param>
    /// <param name="end">The vector behind them.</param>
    public static void WriteWithEnd(
        SourceWriter writer, Kernel kernel, Tile tile, Cursor cursor,
        (VectorDialect Dialect, VectorBlock Block, string Loop) whole, (VectorDialect Dialect, VectorBlock Block) end)
    {
        var behind = new TileEmitter(writer, kernel, tile, end.Dialect, cursor, [], end.Block, firstRow: 0);
        behind.WriteInsides();
        string last = behind.WriteEpilogue(behind.Expressions(), row: 0, vector: 0, number: 1);
        using (writer.Open(whole.Loop))
            new TileEmitter(writer, kernel, tile, whole.Dialect, cursor, [], whole.Block, firstRow: 0, behind._names).WriteEpilogue();
        writer.Line(last);
    }

    private void WriteInsidesOfVectors()
    {
        if (!_sumsLanes && _tile.VectorAxis >= 0)
            WriteInsides();
    }

    private void WriteEpilogue()
    {
        if (_sumsLanes)
        {
            WriteEpilogueOfRows();
            return;
        }

        if (!_kernel.Passing.Any())
            WriteInsidesOfVectors();
        ExpressionEmitter expressions = Expressions();
        for (int r = 0; r < _rows.Count; r++)
        {
            foreach (int v in Vectors)
                _writer.Line(WriteEpilogue(expressions, r, v, _rows.Count * _tile.Vectors > 1 ? r * _tile.Vectors + v : 0));
        }
    }

    private ExpressionEmitter Expressions() => new(_dialect, _names);

    /// <summary>Writes what becomes of one vector of sums, but for the last store, which it returns.</summary>
    private string WriteEpilogue(ExpressionEmitter expressions, int row, int vector, int number, RowGroup? part = null)
    {
        VectorDialect dialect = part is { } rows ? DialectOf(rows) : _dialect;
        KernelResult[] results = [.. _kernel.Results.Where(result => !result.IsPassing)];
        Expression[] values = [.. results.Select(result => _tile.StartsLast ? WithStart(result.Value) : result.Value)];
        IReadOnlyDictionary<string, double> occurrences = Expression.Occurrences(values);
        var variables = new Dictionary<string, string>();
        foreach (int i in Sums)
        {
            (string name, string sum) = (Kernel.SumName(i), part is null ? Accumulator(row, vector, 0, i) : NameOfRow(i, row));
            variables[name] = dialect.OfSum(sum) == sum ? sum : Once(name, "sum", dialect.OfSum(sum));
        }

        if (_tile.StartsLast)
            variables[_kernel.Start!.Name] = Start(row, vector);
        foreach (KernelOperand read in _kernel.Reads)
        {
            string text = part is { } some ? ReadRows(read, some) : Load(read, _cursor[read], row, vector, 0, _block.Counter);
            variables[read.Name] = Once(read.Name, read.Name, text);
        }

        EmittedCode code = expressions.Emit(variables, values);
        _writer.Lines(code.Statements);
        string[] stores = [.. results.Select((result, i) =>
            (part is { } some ? StoreRows(result.Operand, code.Values[i], some) : Store(result.Operand, code.Values[i], row, vector)) + ";")];
        _writer.Lines(stores.Take(stores.Length - 1));
        return stores[stores.Length - 1];

        // What expressions read more than once gets a name.
        string Once(string variable, string stem, string text)
        {
            if (!occurrences.TryGetValue(variable, out double times) || times <= 1)
                return text;
            string local = _names.Unique($"{stem}{number}");
            _writer.Line($"{dialect.Type} {local} = {text};");
            return local;
        }
    }

    private Expression WithStart(Expression value) => value.Substitute(new Dictionary<string, Expression>
    {
        [Kernel.Sum] = Functions.Variable(Kernel.Sum) + Functions.Variable(_kernel.Start!.Name),
    });

    private string Store(KernelOperand target, string value, int row, int vector) =>
        Store(target, value, _cursor[target], row, vector, 0, _block.Counter);

    /// <summary>A vector of results, seen from a reference that may be ahead by so many elements.</summary>
    private string Store(KernelOperand target, string value, string reference, int row, int vector, int ahead, string? counter)
    {
        int offset = Offset(target, row) + ahead;
        string? held = Held(target, row);
        if (_tile.VectorAxis < 0)
            return VectorDialect.Scalar.Store(value, reference, Behind(held, $"{offset}"));

        int extent = _kernel.Axes[_tile.VectorAxis].Extent;
        string place = Behind(held, _dialect.Place(counter, offset, vector));
        // A reference that has moved along the vectors is so much nearer to their end.
        string moved = !_sumsLanes && counter is null && _block.Counter is { } by ? $" - {by}" : "";
        if (_block.IsRagged)
            return _dialect.StoreBefore(value, reference, place, Behind(held, $"{offset + extent}{moved}"));
        string kept = !KeepsZeros(vector) ? value
            : _insides.TryGetValue(vector, out string? inside) ? _dialect.Keep(inside, value)
            : _dialect.KeepBefore(value, _dialect.Place(_block.Counter, 0, vector), $"{extent}");
        return _dialect.Store(kept, reference, place);
    }

    // Where the loop is not unrolled any vector may be the last, which ends in zeros.
    private bool KeepsZeros(int vector) => _block.KeepsZeros &&
        (_block.Counter is not null || _dialect.Width is not { } width || (vector + 1) * width > _kernel.Axes[_tile.VectorAxis].Extent);

    private void WriteInsides()
    {
        foreach (int v in Vectors.Where(KeepsZeros))
        {
            if (_dialect.Inside(_dialect.Place(_block.Counter, 0, v), $"{_kernel.Axes[_tile.VectorAxis].Extent}") is not { } mask)
                continue;
            _insides[v] = _names.Unique($"inside{v}");
            _writer.Line($"{_dialect.Type} {_insides[v]} = {mask};");
        }
    }
}
