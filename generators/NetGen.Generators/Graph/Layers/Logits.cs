using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Whether the outputs that a loss is given can be what it expects.</summary>
internal static class Logits
{
    /// <summary>A loss on logits contains its activation, and wants numbers of any sign and size.</summary>
    public static void Check(LayerContext loss, string contained)
    {
        if (loss.InputFlow.Bounding?.Name == contained)
            loss.Report(DiagnosticDescriptors.LossIncludesActivation, null, loss.Kind, contained);
        else
            CheckUnbounded(loss, "logits");
    }

    /// <summary>Nothing may stand between the loss and outputs of any sign and size.</summary>
    public static void CheckUnbounded(LayerContext loss, string what)
    {
        if (loss.InputFlow.Bounding is { Range: { } range } last)
            loss.Report(DiagnosticDescriptors.LogitsAreBounded, null, loss.Kind, what, last.Name, range.Words);
    }
}
