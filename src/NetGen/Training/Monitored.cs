namespace NetGen;

/// <summary>The number of an epoch that a callback watches.</summary>
internal readonly record struct Monitored(double Value, bool HigherIsBetter)
{
    private const string Training = "training ";

    /// <summary>Finds the number; without a name the validation loss if there is one, else the loss.</summary>
    internal static Monitored Of(string? name, FitContext context, EpochRecord record)
    {
        name ??= double.IsNaN(record.ValidationLoss) ? "loss" : "validation loss";
        if (name is "loss" or "validation loss")
            return new Monitored(record[name], HigherIsBetter: false);

        string metric = name.StartsWith(Training, StringComparison.Ordinal) ? name[Training.Length..] : name;
        bool higherIsBetter = context.Options.Metrics?.FirstOrDefault(known => known.Name == name || known.Name == metric)?.HigherIsBetter ?? true;
        return new Monitored(record[name], higherIsBetter);
    }

    /// <summary>Whether the number is better than the best so far by more than a change; any number is better than none.</summary>
    internal bool Improves(double? best, double minimumChange) => best is not { } value
        ? !double.IsNaN(Value)
        : HigherIsBetter ? Value > value + minimumChange : Value < value - minimumChange;
}
