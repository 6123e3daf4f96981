using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>What becomes of the sums: the epilogue's expressions on each, and the stores.</summary>
internal sealed partial class TileEmitter
{
    private void WriteEpilogue()
    {
        VectorDialect dialect = _sumsLanes ? VectorDialect.Scalar : _dialect;
        var expressions = new ExpressionEmitter(dialect, _names);
        Expression[] values = [.. _kernel.Results.Select(result => result.Value)];
        IReadOnlyDictionary<string, double> occurrences = Expression.Occurrences(values);
        for (int r = 0; r < _rows.Count; r++)
        {
            foreach (int v in Vectors)
            {
                var variables = new Dictionary<string, string> { [Kernel.Sum] = _sumsLanes ? $"z{r}" : Accumulator(r, v, 0) };
                foreach (KernelOperand read in _kernel.Reads)
                {
                    string text = _sumsLanes ? Scalar(read, _cursor[read], r) : Load(read, _cursor[read], r, v, 0, _block.Counter);
                    if (occurrences.TryGetValue(read.Name, out double times) && times > 1)
                    {
                        string local = _names.Unique($"{read.Name}{(_rows.Count * _tile.Vectors > 1 ? r * _tile.Vectors + v : 0)}");
                        _writer.Line($"{dialect.Type} {local} = {text};");
                        text = local;
                    }

                    variables[read.Name] = text;
                }

                EmittedCode code = expressions.Emit(variables, values);
                _writer.Lines(code.Statements);
                for (int i = 0; i < _kernel.Results.Count; i++)
                    _writer.Line(Store(_kernel.Results[i].Operand, code.Values[i], r, v) + ";");
            }
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
        // Where the loop is not unrolled any vector may be the last, which ends in zeros.
        bool endsInside = _block.Counter is null && _dialect.Width is { } width && (vector + 1) * width <= extent;
        return _dialect.Store(
            _block.KeepsZeros && !endsInside ? _dialect.KeepBefore(value, _dialect.Place(_block.Counter, 0, vector), $"{extent}") : value,
            reference, place);
    }
}
