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

    /// <summary>
    /// Adds terms in what is read at a step, or, behind the end of what a vector goes through, nothing; and returns what is written in passing.
    /// </summary>
    private string[] AddTerms(int row, int vector, int chain, IReadOnlyDictionary<string, string> read, string? counter)
    {
        var variables = read.ToDictionary(pair => pair.Key, pair => pair.Value);
        foreach (KernelOperand term in _kernel.Terms.Where(_kernel.IsHeld))
            variables[term.Name] = _heldTerms[(term, row, vector)];
        bool endsWithin = _sumsLanes && _block.IsRagged;
        // A difference is rounded before it is added: as a part of the sum it would lose what the sum has no digits for.
        bool[] areProducts = [.. _kernel.SumTerms.Select(term => term is Multiply && !endsWithin)];
        string[] sums = [.. Sums.Select(sum => Accumulator(row, vector, chain, sum))];
        foreach (int sum in Sums)
            variables[Kernel.SumName(sum)] = sums[sum];
        IEnumerable<Expression> terms = _kernel.SumTerms.Select((term, i) => areProducts[i] ? Functions.Variable(Kernel.SumName(i)) + term : term);
        EmittedCode code = _terms.Emit(variables, [.. terms, .. _kernel.Passing.Select(result => result.Value)]);
        _writer.Lines(code.Statements);
        foreach (int sum in Sums)
        {
            string value = code.Values[sum];
            string added = endsWithin
                ? _dialect.KeepBefore(value, _dialect.Place(counter, 0, 0), $"{_kernel.Axes[_tile.VectorAxis].Extent}")
                : value;
            _writer.Line($"{sums[sum]} {(areProducts[sum] ? "=" : "+=")} {added};");
        }

        return [.. code.Values.Skip(sums.Length)];
    }
}
