using NetGen.Generators.Collections;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>What one sample is, as the attribute says: sizes, and numbers or tokens.</summary>
internal static class InputLayer
{
    public static TensorType? Type(LayerContext input)
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

        int vocabulary = input.Has("Vocabulary") ? input.IntegerIn("Vocabulary", 1, MostTokens) : 0;
        bool isSequence = input.Flag("Sequence", fallback: false);
        if (vocabulary > 0 && sizes.Length != 1)
            input.Report(DiagnosticDescriptors.TokensAreSteps, "Vocabulary", Words.Of(sizes.Length));
        else if (isSequence && sizes.Length != 2)
            input.Report(DiagnosticDescriptors.NeedsSequence, "Sequence", "Sequence", string.Join("×", sizes.Select(Words.Of)));
        if (input.HasErrors || !input.FitsInMemory("one sample", sizes))
            return null;
        int[] extents = [.. sizes.Select(size => (int)size)];
        return vocabulary > 0
            ? new TensorType(new Shape(new[] { new Dimension(extents[0], AxisRole.Time) }.ToEquatableArray()), ElementType.Int32, vocabulary)
            : new TensorType(isSequence ? Shape.Sequence(extents[0], extents[1]) : new Shape(extents));
    }

    // What a float can number without gaps.
    private const int MostTokens = 1 << 24;
}
