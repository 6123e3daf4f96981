using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>What becomes of the sums: the epilogue's expressions on each, and the stores.</summary>
internal sealed partial class TileEmitter
{
    // The masks of the lanes before the end, of vectors that have one.
    private readonly Dictionary<int, string> _insides = [];

    private void WriteEpilogue()
    {
        VectorDialect dialect = _sumsLanes ? VectorDialect.Scalar : _dialect;
        var expressions = new ExpressionEmitter(dialect, _names);
        Expression[] values = [.. _kernel.Results.Select(result => result.Value)];
        IReadOnlyDictionary<string, double> occurrences = Expression.Occurrences(values);
        if (!_sumsLanes && _tile.VectorAxis >= 0)
            WriteInsides();
        for (int r = 0; r < _rows.Count; r++)
        {
            foreach (int v in Vectors)
            {
                int number = _rows.Count * _tile.Vectors > 1 ? r * _tile.Vectors + v : 0;
                string sum = _sumsLanes ? $"z{r}" : Accumulator(r, v, 0);
                var variables = new Dictionary<string, string>
                {
                    [Kernel.Sum] = _sumsLanes || _dialect.OfSum(sum) == sum ? sum : Once(Kernel.Sum, "sum", number, _dialect.OfSum(sum)),
                };
                foreach (KernelOperand read in _kernel.Reads)
                {
                    string text = _sumsLanes ? Scalar(read, _cursor[read], r) : Load(read, _cursor[read], r, v, 0, _block.Counter);
                    variables[read.Name] = Once(read.Name, read.Name, number, text);
                }

                EmittedCode code = expressions.Emit(variables, values);
                _writer.Lines(code.Statements);
                for (int i = 0; i < _kernel.Results.Count; i++)
                    _writer.Line(Store(_kernel.Results[i].Operand, code.Values[i], r, v) + ";");
            }
        }

        // What expressions read more than once gets a name.
        string Once(string variable, string stem, int number, string text)
        {
            if (!occurrences.TryGetValue(variable, out double times) || times <= 1)
                return text;
            string local = _names.Unique($"{stem}{number}");
            _writer.Line($"{dialect.Type} {local} = {text};");
            return local;
        }
    }

    private string Store(KernelOperand target, string value, int row, int vector)
    {
        string reference = _cursor[target];
        int offset = Offset(target, row);
        string? held = Held(target, row);
        if (_sumsLanes || _tile.VectorAxis < 0)
            return VectorDialect.Scalar.Store(value, reference, Behind(held, $"{offset}"));

        int extent = _kernel.Axes[_tile.VectorAxis].Extent;
        string place = Behind(held, _dialect.Place(_block.Counter, offset, vector));
        if (_block.IsRagged)
            return _dialect.StoreBefore(value, reference, place, Behind(held, $"{offset + extent}"));
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
