using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Streaming;

/// <summary>What becomes of maps that mind the length of a sequence: the present step of a stream is always one of it.</summary>
internal static class PresentStep
{
    /// <summary>What a map computes where the masks among its operands are 1.</summary>
    /// <param name="map">The map.</param>
    /// <param name="isMask">Whether a tensor is a mask.</param>
    public static Map Of(Map map, Func<Value, bool> isMask)
    {
        MapOperand[] masks = [.. map.Operands.Where(operand => isMask(operand.Value))];
        if (masks.Length == 0)
            return map;
        Expression body = Simplifier.Simplify(map.Body.Substitute(masks.ToDictionary(operand => operand.Variable, _ => (Expression)1.0)));
        return new Map(map.Layer, map.Output, body, [.. map.Operands.Where(operand => !masks.Contains(operand) && Reads(body, operand.Variable))]);
    }

    private static bool Reads(Expression body, string variable) =>
        body is Variable(var name) ? name == variable : body.Operands.Any(operand => Reads(operand, variable));
}
