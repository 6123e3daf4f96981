namespace NetGen.Schedules;

/// <summary>Falls by a factor every step: <c>η₀·γᵗ</c> (PyTorch's <c>ExponentialLR</c>).</summary>
/// <param name="rate">The first rate η₀, at least 0.</param>
/// <param name="factor">The factor γ, at least 0.</param>
public sealed class ExponentialSchedule(float rate, float factor) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));
    private readonly float _factor = Require.NotNegative(factor, nameof(factor));

    /// <inheritdoc/>
    protected internal override double Compute(long step) => _rate * Math.Pow(_factor, step);
}
