namespace NetGen;

/// <summary>A <see cref="ModelCard"/> as pairs of strings in the file of the parameters.</summary>
internal static class ModelFile
{
    private const string Prefix = "netgen.";
    private const string MeaningKey = "outputs";
    private const string ClassesKey = "classes";
    private const string TargetKey = "target";
    private const string InputKey = Prefix + "input";

    internal static Dictionary<string, string> MetadataOf(NetworkDescription network, ModelCard card, IReadOnlyList<OutputMeaning> meanings)
    {
        var metadata = new Dictionary<string, string>();
        Add(metadata, InputKey, card.InputScaling);
        foreach ((OutputDescription output, OutputMeaning meaning) in network.OutputPoints.Zip(meanings))
        {
            string prefix = PrefixOf(network, output);
            OutputCard facts = card.CardOf(network, output);
            metadata[prefix + MeaningKey] = meaning.ToString();
            if (facts.ClassNames.Count > 0)
                metadata[prefix + ClassesKey] = MetadataText.Of(facts.ClassNames);
            Add(metadata, prefix + TargetKey, facts.TargetScaling);
        }

        return metadata;
    }

    /// <summary>What a file says, once it is known to fit the network.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or does not fit.</exception>
    internal static (ModelCard Card, OutputMeaning[] Meanings) Read(
        IReadOnlyDictionary<string, string> metadata, NetworkDescription network, string source)
    {
        // Before what follows from the layers, such as the number of classes.
        ArchitectureFingerprint.Check(network, metadata, source);
        OutputMeaning[] meanings = [.. network.OutputPoints.Select(output => ReadMeaning(metadata, network, output, source))];
        OutputCard[] outputs = [.. network.OutputPoints.Select(output => ReadOutput(metadata, network, output, source))];
        var card = new ModelCard { InputScaling = ReadScaling(metadata, InputKey, network.InputLength, source) };
        card = outputs is [{ } single]
            ? card with { ClassNames = single.ClassNames, TargetScaling = single.TargetScaling }
            : card with { Outputs = network.OutputPoints.Zip(outputs).ToDictionary(pair => pair.First.Name, pair => pair.Second) };
        return card.MistakeFor(network, meanings) is { } mistake
            ? throw new InvalidDataException($"{source} does not fit {network.Name}: {mistake}. Nothing was loaded.")
            : (card, meanings);
    }

    // An output that is the only one needs no name.
    private static string PrefixOf(NetworkDescription network, OutputDescription output) =>
        network.OutputPoints.Count == 1 ? Prefix : $"{Prefix}output.{output.Name}.";

    private static void Add(Dictionary<string, string> metadata, string prefix, Scaling? scaling)
    {
        if (scaling is null)
            return;
        metadata[prefix + "_shift"] = MetadataText.Of(scaling.Shift);
        metadata[prefix + "_scale"] = MetadataText.Of(scaling.Scale);
    }

    private static OutputCard ReadOutput(
        IReadOnlyDictionary<string, string> metadata, NetworkDescription network, OutputDescription output, string source)
    {
        string prefix = PrefixOf(network, output);
        string key = prefix + ClassesKey;
        return new OutputCard
        {
            ClassNames = metadata.TryGetValue(key, out string? names) ? MetadataText.ToStrings(names, key, source) : [],
            TargetScaling = ReadScaling(metadata, prefix + TargetKey, output.Length, source),
        };
    }

    /// <summary>What the file and the network say the outputs are, where one of them may not know.</summary>
    private static OutputMeaning ReadMeaning(
        IReadOnlyDictionary<string, string> metadata, NetworkDescription network, OutputDescription output, string source)
    {
        string key = PrefixOf(network, output) + MeaningKey;
        if (!metadata.TryGetValue(key, out string? text))
            return output.Meaning;
        if (!Enum.TryParse(text, out OutputMeaning meaning) || meaning.ToString() != text)
            throw new InvalidDataException(
                $"{source}: the metadata '{key}' is '{text}', which is none of {string.Join(", ", Enum.GetNames<OutputMeaning>())}.");
        if (meaning == OutputMeaning.Unknown || output.Meaning == meaning)
            return output.Meaning;
        string which = network.OutputPoints.Count == 1 ? "its outputs are" : $"its output {output.Name} is";
        return output.Meaning == OutputMeaning.Unknown || output.Loss is null
            ? meaning
            : throw new InvalidDataException(
                $"{source} does not fit {network.Name}: {which} {output.Meaning}, those of the file are {meaning}. Nothing was loaded; Load takes "
                + "the parameters alone.");
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
            throw new InvalidDataException(
                $"{source} does not fit: '{prefix}_shift' and '{prefix}_scale': {exception.Message} Nothing was loaded.", exception);
        }
    }
}
