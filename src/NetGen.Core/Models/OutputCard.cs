namespace NetGen;

/// <summary>What a <see cref="ModelCard"/> says about one of several outputs.</summary>
public sealed record OutputCard
{
    /// <summary>The classes' names in the order of their ids; none if they have no names.</summary>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>How the output's targets were scaled in training, which predictions undo; null if they were not.</summary>
    public Scaling? TargetScaling { get; init; }

    /// <summary>What it says: <c>classes cat, dog</c>.</summary>
    public override string ToString() => string.Join("; ", Facts(ClassNames, TargetScaling).DefaultIfEmpty("no names, no scaling"));

    internal static IEnumerable<string> Facts(IReadOnlyList<string> classNames, Scaling? targetScaling) =>
    [
        .. classNames.Count == 0 ? (IEnumerable<string>)[] : [$"classes {string.Join(", ", classNames)}"],
        .. targetScaling is null ? (IEnumerable<string>)[] : ["targets are scaled"],
    ];

    /// <summary>What is wrong with this card for an output, or null.</summary>
    /// <param name="what">What has the output, in messages.</param>
    /// <param name="output">The output.</param>
    /// <param name="meaning">What it is.</param>
    internal string? MistakeFor(string what, OutputDescription output, OutputMeaning meaning)
    {
        int length = output.Length;
        if (TargetScaling is { } target && target.Length != length)
            return $"the target scaling is for {target.Length} floats, {what} gives {length}";
        if (TargetScaling is not null && meaning is not (OutputMeaning.Values or OutputMeaning.Signs or OutputMeaning.Unknown))
            return $"only values of a regression have a target scaling; the outputs of {what} are {meaning}";
        if (ClassNames.Count == 0)
            return null;

        // Outputs that are a probability each, and those of which nobody knows what they are, have a name each.
        int classes = OutputDescription.ClassCountOf(meaning, output.StepLength);
        int expected = classes > 0 ? classes : output.StepLength;
        if (meaning is OutputMeaning.Values or OutputMeaning.LogRates)
            return $"class names do not go with a regression; the outputs of {what} are {meaning}";
        if (ClassNames.Count != expected)
            return $"{what} tells {expected} classes apart, but there are {ClassNames.Count} class names";
        if (ClassNames.Any(string.IsNullOrWhiteSpace))
            return "a class name is empty";
        string? twice = ClassNames.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any())?.Key;
        return twice is null ? null : $"two classes have the name '{twice}'";
    }
}
