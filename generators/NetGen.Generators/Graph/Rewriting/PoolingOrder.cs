namespace NetGen.Generators.Graph.Rewriting;

/// <summary>
/// Moves activations that never fall behind the maximum pooling that follows them: the largest of f(x) is f of the largest
/// x, of which there are fewer. Where several elements share the maximum only after the activation has flattened them, its
/// slope there is zero, so that gradients agree too.
/// </summary>
internal static class PoolingOrder
{
    /// <param name="operations">A program.</param>
    /// <param name="kept">The tensors that are wanted as they are.</param>
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations, HashSet<Value> kept)
    {
        var result = operations.ToList();
        for (int i = 0; i + 1 < result.Count; i++)
        {
            if (result[i] is not Map { Activation.IsMonotone: true } map ||
                result[i + 1] is not Window { Kind: WindowKind.Max } window || window.Source != map.Output || kept.Contains(map.Output) ||
                result.Count(operation => operation.Inputs.Contains(map.Output)) != 1)
            {
                continue;
            }

            Value source = map.Operands[0].Value;
            var largest = new Value($"largest{window.Layer}", window.Output.Shape, ValueKind.Activation);
            result[i] = new Window(window.Layer, largest, source, window.Kind, window.Geometry);
            result[i + 1] = new Map(map.Layer, window.Output, map.Body, [MapOperand.Same(map.Operands[0].Variable, largest)])
            {
                Activation = map.Activation,
            };
        }

        return result;
    }
}
