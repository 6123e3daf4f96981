namespace NetGen;

/// <summary>How a network does on some samples.</summary>
/// <param name="Loss">The mean loss, weighted where samples have weights, with the penalties on the size of weights.</param>
/// <param name="Metrics">The metrics, in the order asked for.</param>
/// <param name="Outputs">Each output that has a loss, in the network's order; there is at least one.</param>
public sealed record EvaluationResult(
    double Loss, IReadOnlyList<KeyValuePair<string, double>> Metrics, IReadOnlyList<OutputEvaluation> Outputs)
{
    /// <summary>The predictions themselves, for a <see cref="ConfusionMatrix"/> and more; of several outputs, those of the first.</summary>
    public Predictions Predictions => Outputs[0].Predictions;

    /// <summary>The result in a line: <c>loss 0.0530, accuracy 0.9833</c>.</summary>
    public override string ToString() => $"loss {NumberText.Measure(Loss)}{NumberText.Named(Metrics)}";

    /// <summary>One of several outputs.</summary>
    /// <param name="output">Its name.</param>
    /// <exception cref="KeyNotFoundException">No output with a loss has this name; the message lists those there are.</exception>
    public OutputEvaluation this[string output] => Outputs.FirstOrDefault(evaluated => evaluated.Name == output)
        ?? throw new KeyNotFoundException(
            $"There is no output '{output}' with a loss; there are {string.Join(", ", Outputs.Select(found => found.Name))}.");
}
