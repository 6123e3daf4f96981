using NetGen.Generators.Expressions;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>Sums of more than one thing: of what elements differ by from a mean, of its squares, of its products.</summary>
internal sealed partial class TileEmitter
{
    /// <summary>What is the same at all steps of a sum is read before them, once for all rows and vectors that share it.</summary>
    private void WriteHeldTerms()
    {
        if (_kernel.Term is null)
            return;
        foreach (KernelOperand term in _kernel.Terms.Where(_kernel.IsHeld))
        {
            var locals = new Dictionary<string, string>();
            for (int r = 0; r < _rows.Count; r++)
            {
                foreach (int v in Vectors)
                {
                    string text = Load(term, _cursor[term], r, v, 0, _block.Counter);
                    if (!locals.TryGetValue(text, out string? local))
                    {
                        locals[text] = local = _names.Unique($"{term.Name}{locals.Count}");
                        _writer.Line($"{_dialect.Type} {local} = {text};");
                    }

                    _heldTerms[(term, r, v)] = local;
                }
            }
        }
    }

    /// <summary>Adds a term in what is read at a step, or, behind the end of what a vector goes through, nothing.</summary>
    private void AddTerm(string sum, int row, int vector, IReadOnlyDictionary<string, string> read, string? counter)
    {
        var variables = read.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (KernelOperand term in _kernel.Terms.Where(_kernel.IsHeld))
            variables[term.Name] = _heldTerms[(term, row, vector)];
        bool endsWithin = _sumsLanes && _block.IsRagged;
        if (_kernel.Term is Multiply && !endsWithin)
        {
            variables[Kernel.Sum] = sum;
            EmittedCode product = _terms.Emit(variables, Functions.Variable(Kernel.Sum) + _kernel.Term);
            _writer.Lines(product.Statements);
            _writer.Line($"{sum} = {product.Values[0]};");
            return;
        }

        // A difference is rounded before it is added: as a part of the sum it would lose what the sum has no digits for.
        EmittedCode code = _terms.Emit(variables, _kernel.Term!);
        _writer.Lines(code.Statements);
        string added = endsWithin
            ? _dialect.KeepBefore(code.Values[0], _dialect.Place(counter, 0, 0), $"{_kernel.Axes[_tile.VectorAxis].Extent}")
            : code.Values[0];
        _writer.Line($"{sum} += {added};");
    }
}
