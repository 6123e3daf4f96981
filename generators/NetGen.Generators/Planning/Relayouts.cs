using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>
/// Where the gradient of an image with columns along the vector comes through a product from one with channels along it,
/// the latter is first laid out by columns too: then both lie along the same vectors.
/// </summary>
internal static class Relayouts
{
    public static IReadOnlyList<Operation> Insert(IReadOnlyList<Operation> operations, Orientation orientation)
    {
        var result = new List<Operation>();
        foreach (Operation operation in operations)
        {
            if (operation is not Contract { Target.Value: { IsPerSample: true, Shape.Rank: 3 } target } contract ||
                !orientation.HasColumnsAlongVector(target) || contract.Left.Value.Shape.Rank != 3 ||
                orientation.HasColumnsAlongVector(contract.Left.Value))
            {
                result.Add(operation);
                continue;
            }

            Value source = contract.Left.Value;
            var columns = source.Sibling($"{source.Name}ByColumns", source.Shape);
            orientation.Add(columns);
            result.Add(new Relayout(contract.Layer, columns, source));
            result.Add(new Contract(contract.Layer, contract.Target, contract.Left with { Value = columns }, contract.Right));
        }

        return result;
    }
}
