namespace NetGen;

/// <summary>
/// What whoever uses a network must know beside its parameters, and what goes into the file with them: the names of its classes, and how
/// inputs and targets were scaled when it was trained.
/// </summary>
public sealed record ModelCard
{
    /// <summary>The classes' names in the order of their ids; none if they have no names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How raw inputs are scaled before the network sees them; null if it takes them as they are.</summary>
    public Scaling? InputScaling { get; init; }

    /// <summary>How a regression's targets were scaled in training, which predictions undo; null if they were not.</summary>
    public Scaling? TargetScaling { get; init; }

    internal bool IsEmpty => ClassNames.Count == 0 && InputScaling is null && TargetScaling is null;

    /// <summary>What is wrong with this card for a network, or null.</summary>
    internal string? MistakeFor(NetworkDescription network, OutputMeaning outputs)
    {
        int inputLength = network.InputLength;
        int outputLength = network.OutputLength;
        if (InputScaling is { } input && input.Length != inputLength)
            return $"the input scaling is for {input.Length} floats, {network.Name} takes {inputLength}";
        if (TargetScaling is { } target && target.Length != outputLength)
            return $"the target scaling is for {target.Length} floats, {network.Name} gives {outputLength}";
        if (TargetScaling is not null && outputs is not (OutputMeaning.Values or OutputMeaning.Signs or OutputMeaning.Unknown))
            return $"only values of a regression have a target scaling; the outputs of {network.Name} are {outputs}";
        if (ClassNames.Count == 0)
            return null;

        // Outputs that are a probability each, and those of which nobody knows what they are, have a name each.
        int classes = OutputDescription.ClassCountOf(outputs, outputLength);
        int expected = classes > 0 ? classes : outputLength;
        if (outputs is OutputMeaning.Values or OutputMeaning.LogRates)
            return $"class names do not go with a regression; the outputs of {network.Name} are {outputs}";
        if (ClassNames.Count != expected)
            return $"{network.Name} tells {expected} classes apart, but there are {ClassNames.Count} class names";
        if (ClassNames.Any(string.IsNullOrWhiteSpace))
            return "a class name is empty";
        string? twice = ClassNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any())?.Key;
        return twice is null ? null : $"two classes have the name '{twice}'";
    }
}
