namespace NetGen.Optimizers;

/// <summary>Everything an optimizer remembers between steps, apart from its settings: what a checkpoint holds.</summary>
/// <param name="Optimizer">The optimizer's kind: <c>Adam</c>.</param>
/// <param name="StepCount">The number of steps taken.</param>
/// <param name="Slots">
/// One block per remembered number, by name, each laid out as the parameter block, padding included.
/// </param>
public sealed record OptimizerState(
    string Optimizer, long StepCount, IReadOnlyDictionary<string, float[]> Slots)
{
    /// <summary>Whose it is: <c>Adam after 12 steps</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"{Optimizer} after {StepCount} steps");
}
