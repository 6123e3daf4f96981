using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Checks that what a loss expects can come out of the layers before it.</summary>
internal static class OutputRange
{
    /// <summary>What is left of a number behind each activation that bounds it.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_ranges = new Dictionary<string, string>
    {
        ["Relu"] = "of 0 or more",
        ["Relu6"] = "from 0 to 6",
        ["Sigmoid"] = "from 0 to 1",
        ["HardSigmoid"] = "from 0 to 1",
        ["Softmax"] = "from 0 to 1",
        ["Tanh"] = "from -1 to 1",
        ["Softsign"] = "from -1 to 1",
        ["Softplus"] = "above 0",
    };

    /// <summary>A loss on logits contains its activation, and wants numbers of any sign and size.</summary>
    public static void CheckLogits(LayerContext loss, string contained)
    {
        if (LastKind(loss) == contained)
            loss.Report(DiagnosticDescriptors.LossIncludesActivation, null, loss.Kind, contained);
        else
            CheckUnbounded(loss, "logits");
    }

    /// <summary>Nothing may stand between the loss and outputs of any sign and size.</summary>
    public static void CheckUnbounded(LayerContext loss, string what)
    {
        if (LastKind(loss) is { } last && s_ranges.TryGetValue(last, out string? range))
            loss.Report(DiagnosticDescriptors.LogitsAreBounded, null, loss.Kind, what, last, range);
    }

    private static string? LastKind(LayerContext loss) =>
        loss.KindsBefore.FirstOrDefault(kind => kind is not ("Flatten" or "Dropout"));
}
