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

    /// <summary>The same of each output by its name, for a network that has several.</summary>
    public IReadOnlyDictionary<string, OutputCard> Outputs { get; init; } = new Dictionary<string, OutputCard>();

    /// <summary>What it says: <c>classes setosa, versicolor, virginica; inputs are scaled</c>.</summary>
    public override string ToString() => string.Join("; ", ((IEnumerable<string>)
    [
        .. OutputCard.Facts(ClassNames, TargetScaling),
        .. InputScaling is null ? (IEnumerable<string>)[] : ["inputs are scaled"],
        .. Outputs.Select(output => $"{output.Key}: {output.Value}"),
    ]).DefaultIfEmpty("no names, no scaling"));

    /// <summary>What is said about one of a network's outputs.</summary>
    internal OutputCard CardOf(NetworkDescription network, OutputDescription output) => network.OutputPoints.Count == 1
        ? new OutputCard { ClassNames = ClassNames, TargetScaling = TargetScaling }
        : Outputs.GetValueOrDefault(output.Name) ?? new OutputCard();

    /// <summary>What is wrong with this card for a network, or null.</summary>
    /// <param name="network">The network.</param>
    /// <param name="meanings">What each of its outputs is.</param>
    internal string? MistakeFor(NetworkDescription network, IReadOnlyList<OutputMeaning> meanings)
    {
        if (InputScaling is { } input && input.Length != network.InputLength)
            return $"the input scaling is for {input.Length} floats, {network.Name} takes {network.InputLength}";
        string names = string.Join(", ", network.OutputPoints.Select(output => output.Name));
        if (network.OutputPoints.Count == 1 && Outputs.Count > 0)
            return $"{network.Name} has one output: its class names and target scaling stand on the card itself";
        if (network.OutputPoints.Count > 1 && (ClassNames.Count > 0 || TargetScaling is not null))
            return $"{network.Name} has several outputs, {names}: say in {nameof(Outputs)} of which these class names or this target scaling are";
        string? unknown = Outputs.Keys.FirstOrDefault(name => network.OutputPoints.All(output => output.Name != name));
        if (unknown is not null)
            return $"{network.Name} has no output '{unknown}'; it has {names}";

        return network.OutputPoints.Zip(meanings, (output, meaning) => CardOf(network, output).MistakeFor(
            network.OutputPoints.Count == 1 ? network.Name : $"'{output.Name}' of {network.Name}", output, meaning))
            .FirstOrDefault(mistake => mistake is not null);
    }
}
