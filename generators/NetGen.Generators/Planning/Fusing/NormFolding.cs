using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Fusing;

/// <summary>
/// A normalisation that predicts with running statistics multiplies each channel by one number and adds another. Behind a
/// product these go into its weight and bias: w' = s · w, b' = s · b + t, which are computed when parameters have changed.
/// </summary>
internal static class NormFolding
{
    /// <summary>The operations of a prediction, and those that only read what is stored.</summary>
    public static (IReadOnlyList<Operation> Prediction, IReadOnlyList<Operation> Deriving) Rewrite(IReadOnlyList<Operation> operations)
    {
        List<Operation> deriving = [.. operations.Where(operation => operation.Output.Kind == ValueKind.Derived)];
        List<Operation> prediction = [.. operations.Where(operation => operation.Output.Kind != ValueKind.Derived)];
        var uses = new Uses(prediction);
        foreach (Contract product in operations.OfType<Contract>())
        {
            if (product.Right.Value is not Parameter weight || !product.Right.Indices[0].Equals(product.Target.Indices[0]))
                continue;
            Map? bias = OnlyReader(uses, product.Output) is Map map && map.IsBias() ? map : null;
            Value sum = bias?.Output ?? product.Output;
            if (OnlyReader(uses, sum) is not Map norm || !IsScaling(norm, sum))
                continue;

            Value scale = norm.Operands[1].Value, shift = norm.Operands[2].Value;
            var scaled = new Value($"{weight.Name}Scaled", weight.Shape, ValueKind.Derived);
            deriving.Add(new Map(
                product.Layer, scaled, Functions.Variable("w") * Functions.Variable("scale"),
                [MapOperand.Same("w", weight), MapOperand.Along("scale", scale, 0)]));
            Value start = shift;
            if (bias is not null)
            {
                start = new Value($"{bias.Operands[1].Value.Name}Scaled", shift.Shape, ValueKind.Derived);
                deriving.Add(new Map(
                    product.Layer, start, (Functions.Variable("b") * Functions.Variable("scale")) + Functions.Variable("shift"),
                    [MapOperand.Same("b", bias.Operands[1].Value), MapOperand.Same("scale", scale), MapOperand.Same("shift", shift)]));
            }

            prediction[prediction.IndexOf(product)] = new Contract(
                product.Layer, product.Target, product.Left, product.Right with { Value = scaled });
            prediction[prediction.IndexOf(norm)] = new Map(
                norm.Layer, norm.Output, Functions.Variable("x") + Functions.Variable("b"),
                [MapOperand.Same("x", product.Output), MapOperand.Along("b", start, 0)]);
            if (bias is not null)
                prediction.Remove(bias);
        }

        return (prediction, deriving);
    }

    /// <summary>Whether a map is x · s + t, with one derived s and t per channel.</summary>
    public static bool IsScaling(Map map, Value input) =>
        map.Operands.Count == 3 && map.Operands[0].Value == input &&
        map.Operands.Skip(1).All(operand => operand.Value.Kind == ValueKind.Derived && operand.Dimensions.SequenceEqual([0])) &&
        map.Body.Equals(
            (Functions.Variable(map.Operands[0].Variable) * Functions.Variable(map.Operands[1].Variable))
            + Functions.Variable(map.Operands[2].Variable));

    // What is rewritten on the way reads the same tensors and writes what the rest reads.
    private static Operation? OnlyReader(Uses uses, Value value) => uses.ReadersOf(value) is [var reader] ? reader : null;
}
