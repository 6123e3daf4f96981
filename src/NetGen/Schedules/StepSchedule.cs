namespace NetGen.Schedules;

/// <summary>Falls by a factor every so many steps: <c>η₀·γ^⌊t/size⌋</c> (PyTorch's <c>StepLR</c>).</summary>
/// <param name="rate">The first rate η₀, at least 0.</param>
/// <param name="size">The steps between two changes, at least 1.</param>
/// <param name="factor">The factor γ, at least 0.</param>
public sealed class StepSchedule(float rate, long size, float factor = 0.1f) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));
    private readonly long _size = Require.AtLeastOne(size);
    private readonly float _factor = Require.NotNegative(factor, nameof(factor));

    /// <inheritdoc/>
    protected internal override double Compute(long step) => _rate * Math.Pow(_factor, step / _size);
}
