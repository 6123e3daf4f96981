using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The shape of one sample, as its sizes say.</summary>
internal static class InputLayer
{
    public static Shape? Shape(LayerContext input)
    {
        double[] sizes = [.. input.Numbers("dimensions")];
        if (sizes.Length is 0 or > 3)
        {
            input.Report(DiagnosticDescriptors.InputRank, "", Words.Of(sizes.Length));
            return null;
        }

        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] is >= 1 and <= Limits.MaximumExtent)
                continue;
            input.ReportElement(DiagnosticDescriptors.ValueOutOfRange, "dimensions", i,
                "Input", $"dimension {i}", Limits.Range(1, Limits.MaximumExtent), Words.Of(sizes[i]));
        }

        return input.HasErrors || !input.FitsInMemory("one sample", sizes) ? null : new Shape([.. sizes.Select(size => (int)size)]);
    }
}
