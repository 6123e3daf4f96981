namespace NetGen;

/// <summary>
/// Class ids as target values, for networks that decide between classes with a loss on values: 0 and 1 or −1 and 1 for a single output,
/// one-hot rows for several.
/// </summary>
internal static class ClassCodes
{
    /// <summary>Whether a network's loss wants values where a data set has class ids.</summary>
    internal static bool AreNeeded(NetworkDescription network) => network.Targets == TargetKind.Values && network.ClassCount > 0;

    internal static float[] Of(ReadOnlySpan<int> classes, NetworkDescription network, int outputLength)
    {
        var codes = new float[checked(classes.Length * outputLength)];
        Write(classes, network, outputLength, codes);
        return codes;
    }

    /// <summary>Writes the codes of classes that have been checked.</summary>
    internal static void Write(ReadOnlySpan<int> classes, NetworkDescription network, int outputLength, Span<float> codes)
    {
        if (outputLength > 1)
        {
            codes[..(classes.Length * outputLength)].Clear();
            for (int i = 0; i < classes.Length; i++)
                codes[i * outputLength + classes[i]] = 1;
            return;
        }

        float zero = network.Outputs is OutputMeaning.Signs or OutputMeaning.Margins ? -1 : 0;
        for (int i = 0; i < classes.Length; i++)
            codes[i] = classes[i] == 1 ? 1 : zero;
    }
}
