namespace NetGen;

/// <summary>A <see cref="ModelCard"/> as pairs of strings in the file of the parameters.</summary>
internal static class ModelFile
{
    private const string OutputsKey = "netgen.outputs";
    private const string ClassesKey = "netgen.classes";
    private const string InputPrefix = "netgen.input";
    private const string TargetPrefix = "netgen.target";

    internal static Dictionary<string, string> MetadataOf(NetworkDescription network, ModelCard card, OutputMeaning outputs)
    {
        var metadata = new Dictionary<string, string> { [OutputsKey] = outputs.ToString() };
        if (card.ClassNames.Count > 0)
            metadata[ClassesKey] = MetadataText.Of(card.ClassNames);
        Add(metadata, InputPrefix, card.InputScaling);
        Add(metadata, TargetPrefix, card.TargetScaling);
        return metadata;
    }

    /// <summary>What a file says, once it is known to fit the network.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or does not fit.</exception>
    internal static (ModelCard Card, OutputMeaning Outputs) Read(
        IReadOnlyDictionary<string, string> metadata, NetworkDescription network, string source)
    {
        // Before what follows from the layers, such as the number of classes.
        Architecture.Check(network, metadata, source);
        OutputMeaning outputs = ReadOutputs(metadata, network, source);
        var card = new ModelCard
        {
            ClassNames = metadata.TryGetValue(ClassesKey, out string? names) ? MetadataText.ToStrings(names, ClassesKey, source) : [],
            InputScaling = ReadScaling(metadata, InputPrefix, network.InputLength, source),
            TargetScaling = ReadScaling(metadata, TargetPrefix, network.OutputLength, source),
        };
        return card.MistakeFor(network, outputs) is { } mistake
            ? throw new InvalidDataException($"{source} does not fit {network.Name}: {mistake}. Nothing was loaded.")
            : (card, outputs);
    }

    private static void Add(Dictionary<string, string> metadata, string prefix, Scaling? scaling)
    {
        if (scaling is null)
            return;
        metadata[prefix + "_shift"] = MetadataText.Of(scaling.Shift);
        metadata[prefix + "_scale"] = MetadataText.Of(scaling.Scale);
    }

    /// <summary>What the file and the network say the outputs are, where one of them may not know.</summary>
    private static OutputMeaning ReadOutputs(IReadOnlyDictionary<string, string> metadata, NetworkDescription network, string source)
    {
        if (!metadata.TryGetValue(OutputsKey, out string? text))
            return network.Outputs;
        if (!Enum.TryParse(text, out OutputMeaning outputs) || outputs.ToString() != text)
            throw new InvalidDataException($"{source}: the metadata '{OutputsKey}' is '{text}', which is none of {string.Join(", ", Enum.GetNames<OutputMeaning>())}.");
        if (outputs == OutputMeaning.Unknown || network.Outputs == outputs)
            return network.Outputs;
        return network.Outputs == OutputMeaning.Unknown || network.Loss is null
            ? outputs
            : throw new InvalidDataException(
                $"{source} does not fit {network.Name}: its outputs are {network.Outputs}, those of the file are {outputs}. Nothing was loaded; Load takes the parameters alone.");
    }

    private static Scaling? ReadScaling(IReadOnlyDictionary<string, string> metadata, string prefix, int length, string source)
    {
        bool hasShift = metadata.TryGetValue(prefix + "_shift", out string? shift);
        bool hasScale = metadata.TryGetValue(prefix + "_scale", out string? scale);
        if (!hasShift && !hasScale)
            return null;
        if (!hasShift || !hasScale)
            throw new InvalidDataException($"{source}: of '{prefix}_shift' and '{prefix}_scale' the metadata has only one.");
        try
        {
            return new Scaling(
                MetadataText.ToNumbers(shift!, prefix + "_shift", source), MetadataText.ToNumbers(scale!, prefix + "_scale", source), length);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{source} does not fit: '{prefix}_shift' and '{prefix}_scale': {exception.Message} Nothing was loaded.", exception);
        }
    }
}
