namespace NetGen;

/// <summary>The number of an epoch that a callback watches.</summary>
internal readonly record struct Monitored(double Value, bool HigherIsBetter)
{
    private const string Training = "training ";
    private const string ValidationLoss = "validation loss";

    /// <summary>Refuses a number that no epoch will have.</summary>
    /// <exception cref="InvalidOperationException">There will be no number of that name; the message lists those there will be.</exception>
    internal static void Check(string? name, FitContext context)
    {
        if (name is null || context.Numbers.Contains(name))
            return;
        string cure = name == ValidationLoss || name.StartsWith(Training, StringComparison.Ordinal)
            ? $"set {nameof(FitOptions)}.{nameof(FitOptions.Validation)}"
            : $"add its metric to {nameof(FitOptions)}.{nameof(FitOptions.Metrics)}";
        throw new InvalidOperationException(
            $"The '{name}' is to be watched, but there will be none; there will be {string.Join(", ", context.Numbers)}. If it is none of these, "
            + $"{cure}.");
    }

    /// <summary>Finds the number; without a name the validation loss where there are validation samples, else the loss.</summary>
    internal static Monitored Of(string? name, FitContext context, EpochRecord record)
    {
        name ??= context.Options.Validation is null ? "loss" : ValidationLoss;
        if (name is "loss" or ValidationLoss)
            return new Monitored(record[name], HigherIsBetter: false);

        string metric = name.StartsWith(Training, StringComparison.Ordinal) ? name[Training.Length..] : name;
        bool higherIsBetter = context.Metrics.FirstOrDefault(known => known.Name == name || known.Name == metric)?.HigherIsBetter ?? true;
        return new Monitored(record[name], higherIsBetter);
    }

    /// <summary>Whether the number is better than the best so far by more than a change; any number is better than none.</summary>
    internal bool Improves(double? best, double minimumChange) => best is not { } value
        ? !double.IsNaN(Value)
        : HigherIsBetter ? Value > value + minimumChange : Value < value - minimumChange;
}
