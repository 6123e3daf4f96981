namespace NetGen;

/// <summary>How a network does on some samples.</summary>
/// <param name="Loss">The mean loss, weighted where samples have weights.</param>
/// <param name="Metrics">The metrics, in the order asked for.</param>
/// <param name="Predictions">The predictions themselves, for a <see cref="ConfusionMatrix"/> and more.</param>
public sealed record EvaluationResult(
    double Loss, IReadOnlyList<KeyValuePair<string, double>> Metrics, Predictions Predictions);
