using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>Whether a program can read a caller's tensor as it lies: side by side, with nothing around it.</summary>
internal static class InputReading
{
    /// <summary>Nothing is padded, and nothing needs its channels side by side or whole vectors of it.</summary>
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
            else if (operation is not Contract contract || NeedsLanes(contract, views, orientation) ||
                Borders.Around(contract, orientation.HasColumnsAlongVector(contract.Target.Value)) != Border.None)
                return false;
        }

        return true;
    }

    private static bool IsLengthOf(Operation operation, Value input) =>
        operation is Attention attention && attention.Length == input || operation is AttentionGradient gradient && gradient.Forward.Length == input;

    /// <summary>Whether an image's channels are read side by side, so that its pixels must hold them.</summary>
    public static bool NeedsLanes(Value input, IReadOnlyList<Operation> operations, Orientation orientation) =>
        operations.Any(operation => operation.Inputs.Contains(input) &&
            (operation is not Contract contract || (contract.Target.Value.IsPerSample && NeedsLanes(contract, [input], orientation))));

    // A product that has the input's channels along its vectors reads them side by side: depthwise convolutions.
    private static bool NeedsLanes(Contract contract, HashSet<Value> views, Orientation orientation) =>
        views.Contains(contract.Left.Value) && contract.Target.Value.IsPerSample && !orientation.HasColumnsAlongVector(contract.Target.Value) &&
        contract.Left.Indices[0].CoefficientOf(Panels.LaneAxis(contract)) != 0;
}
