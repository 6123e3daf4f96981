namespace NetGen.Generators.Graph.Rewriting;

/// <summary>
/// A softmax over a vector runs along a row of memory, which a flattened image is not: it lies pixel by pixel or line by
/// line, with room in between. Such an image is laid out as a row first.
/// </summary>
internal static class SoftmaxRows
{
    public static IReadOnlyList<Operation> Rewrite(IReadOnlyList<Operation> operations)
    {
        var flattened = new HashSet<Value>();
        var result = new List<Operation>();
        foreach (Operation operation in operations)
        {
            if (operation is Softmax softmax && flattened.Contains(softmax.Source))
            {
                var row = new Value($"{softmax.Source.Name}AsRow", softmax.Source.Shape, ValueKind.Activation);
                result.Add(new Relayout(softmax.Layer, row, softmax.Source));
                result.Add(new Softmax(softmax.Layer, softmax.Output, row));
                continue;
            }

            bool isFlattening = operation is Reshape { Source.Shape: { Rank: 3 } image, Output.Shape.Rank: 1 } && image.Length > image[0];
            if (isFlattening || (operation is Reshape or Map && operation.Inputs.Any(flattened.Contains)))
                flattened.Add(operation.Output);
            result.Add(operation);
        }

        return result;
    }
}
