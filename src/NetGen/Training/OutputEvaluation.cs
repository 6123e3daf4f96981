namespace NetGen;

/// <summary>How one of a network's outputs does on some samples.</summary>
/// <param name="Name">The output's name.</param>
/// <param name="Loss">Its part of the network's mean loss: its own, times its weight.</param>
/// <param name="Predictions">What it predicted, next to what it should have.</param>
public sealed record OutputEvaluation(string Name, double Loss, Predictions Predictions)
{
    /// <summary>The output in a line: <c>steering: loss 0.0530</c>.</summary>
    public override string ToString() => $"{Name}: loss {NumberText.Measure(Loss)}";
}
