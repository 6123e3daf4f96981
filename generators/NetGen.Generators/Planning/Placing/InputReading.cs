using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>Whether a program can read a caller's tensor as it lies: side by side, with nothing around it.</summary>
internal static class InputReading
{
    // An image of more floats is likely to come from beyond the second cache.
    private const int MostFromAfar = 1 << 16;

    /// <summary>Nothing is padded, nothing needs its channels side by side or whole vectors of it, and a large image is read line by line.</summary>
    public static bool IsPossible(
        Value input, IReadOnlyList<Operation> operations, Orientation orientation, SeamlessImages seamless)
    {
        var views = new HashSet<Value> { input };
        foreach (Operation operation in operations)
        {
            if (!operation.Inputs.Any(views.Contains))
                continue;
            if (operation is Gather or GatherGradient or LengthMask || IsLengthOf(operation, input))
                continue;
            if (operation is Map or Reduce or Softmax && operation.Inputs.Contains(input) && seamless.Contains(input))
                continue;
            if (operation is Reshape)
                views.Add(operation.Output);
            else if (operation is not Contract contract || NeedsLanes(contract, views, orientation) || ReadsPartsOfLines(contract, orientation) ||
                Borders.Around(contract, orientation.HasColumnsAlongVector(contract.Target.Value)) != Border.None)
                return false;
        }

        return true;
    }

    // Vectors of columns that are apart go through an image part by part of its lines, which the hardware does not see coming; a copy takes whole ones.
    private static bool ReadsPartsOfLines(Contract contract, Orientation orientation) =>
        contract.Left.Value.Shape.Length > MostFromAfar && orientation.HasColumnsAlongVector(contract.Target.Value)
        && StridedColumns.StepOf(contract.Target, contract.Left, contract.Right) > 1;

    private static bool IsLengthOf(Operation operation, Value input) =>
        operation is Attention attention && attention.Length == input || operation is AttentionGradient gradient && gradient.Forward.Length == input;

    /// <summary>Whether an image's channels are read side by side, so that its pixels must hold them.</summary>
    public static bool NeedsLanes(Value input, IReadOnlyList<Operation> operations, Orientation orientation) =>
        operations.Any(operation => operation.Inputs.Contains(input) &&
            (operation is not Contract contract || (contract.Target.Value.IsPerSample && NeedsLanes(contract, [input], orientation))));

    // A product that has the input's channels along its vectors reads them side by side: depthwise convolutions.
    private static bool NeedsLanes(Contract contract, HashSet<Value> views, Orientation orientation) =>
        views.Contains(contract.Left.Value) && !orientation.HasColumnsAlongVector(contract.Target.Value) && Panels.SlidesOverChannels(contract);
}
