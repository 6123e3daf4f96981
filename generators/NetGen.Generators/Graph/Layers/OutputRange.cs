using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>What the last layer says of outputs, and whether that is what a loss expects.</summary>
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

    /// <summary>What outputs are that no loss reads as something else.</summary>
    /// <param name="kinds">The kinds of the layers, the last one first.</param>
    /// <param name="output">The output's shape.</param>
    public static OutputMeaning MeaningOf(IEnumerable<string> kinds, Shape output) => LastKind(kinds) switch
    {
        "Softmax" => output.Rank == 1 ? OutputMeaning.ClassProbabilities : OutputMeaning.Probabilities,
        "Sigmoid" or "HardSigmoid" => OutputMeaning.Probabilities,
        "Tanh" or "Softsign" => OutputMeaning.Signs,
        _ => OutputMeaning.Values,
    };

    private static string? LastKind(LayerContext loss) => LastKind(loss.KindsBefore);

    private static string? LastKind(IEnumerable<string> kinds) =>
        kinds.FirstOrDefault(kind => kind is not ("Flatten" or "Dropout"));
}
