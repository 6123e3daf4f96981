using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Differentiation;

/// <summary>
/// Σ a · x = a · Σ x, where a is the same for all that is summed: the products need not be there for a sum over the batch, and often nobody else
/// wants them.
/// </summary>
internal static class MultiplesOfSums
{
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations)
    {
        var uses = new Uses([.. operations]);
        return [.. operations.SelectMany(operation => operation is Reduce sum && uses.ProducerOf(sum.Source.Value) is Map product
            ? Behind(sum, product) ?? [sum]
            : [operation])];
    }

    private static Operation[]? Behind(Reduce sum, Map product)
    {
        Value result = sum.Output;
        MapOperand[] summed = [.. product.Operands.Where(operand => operand.Value.IsPerSample)];
        if (result.IsPerSample || !sum.Source.IsWhole || summed.Length != 1 || product.Operands.Count == 1
            || !summed[0].Value.Shape.Equals(product.Output.Shape))
        {
            return null;
        }

        // The dimensions that the sum keeps.
        int[] kept = [.. sum.Target.Indices.Select(index => sum.Source.Indices.ToList().IndexOf(index))];
        Variable x = Functions.Variable(summed[0].Variable);
        Expression multiple = Derivative.Of(product.Body, x);
        if (multiple.Contains(x) || Simplifier.Simplify(product.Body.Replace(x, Functions.Constant(0))) is not Constant { Value: 0 }
            || !product.Operands.Except(summed).All(operand => operand.Dimensions.SequenceEqual(kept) && operand.Value.Shape.Equals(result.Shape)))
        {
            return null;
        }

        MapOperand[] factors = [.. product.Operands.Except(summed).Select(operand => MapOperand.Same(operand.Variable, operand.Value))];
        Value total = result.Sibling($"{summed[0].Value.Name}Total", result.Shape);
        string name = product.Operands.Any(operand => operand.Variable == "z") ? summed[0].Variable : "z";
        return
        [
            new Reduce(sum.Layer, sum.Target with { Value = total }, sum.Source with { Value = summed[0].Value }, 1),
            new Map(sum.Layer, result, Simplifier.Simplify(Functions.Variable(name) * multiple * sum.Scale),
                [MapOperand.Same(name, total), .. factors]),
        ];
    }
}
