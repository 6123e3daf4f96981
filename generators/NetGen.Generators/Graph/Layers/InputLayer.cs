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
        bool isSequence = input.Flag("Sequence", fallback: false) || HasLength(input);
        if (vocabulary > 0 && sizes.Length != 1)
            input.Report(DiagnosticDescriptors.TokensAreSteps, "Vocabulary", Words.Of(sizes.Length));
        else if (vocabulary == 0 && isSequence && sizes.Length != 2)
            ReportNoSequence(input, HasLength(input) ? "VariableLength" : "Sequence", sizes);
        if (input.HasErrors || !input.FitsInMemory("one sample", sizes))
            return null;
        int[] extents = [.. sizes.Select(size => (int)size)];
        return vocabulary > 0
            ? new TensorType(new Shape(new[] { new Dimension(extents[0], AxisRole.Time) }.ToEquatableArray()), ElementType.Int32, vocabulary)
            : new TensorType(isSequence ? Shape.Sequence(extents[0], extents[1]) : new Shape(extents));
    }

    /// <summary>Whether each sample says how many of the steps it has.</summary>
    public static bool HasLength(LayerContext input) => input.Flag("VariableLength", fallback: false);

    /// <summary>What layers see of an input whose samples have lengths: numbers behind the end are none of it.</summary>
    /// <param name="input">The input.</param>
    /// <param name="value">What callers pass.</param>
    /// <param name="length">How many steps each sample has.</param>
    public static Flow Bounded(LayerContext input, Value value, SequenceLength length) =>
        new(value.Type.Element == ElementType.Int32 ? value : length.Hold(input, "bounded", value, 0)) { Length = length };

    private static void ReportNoSequence(LayerContext input, string argument, double[] sizes) =>
        input.Report(DiagnosticDescriptors.NeedsSequence, argument, argument, string.Join("×", sizes.Select(Words.Of)));

    // What a float can number without gaps.
    private const int MostTokens = 1 << 24;
}
