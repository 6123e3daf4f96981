namespace NetGen.Schedules;

/// <summary>A learning rate that never changes.</summary>
/// <param name="rate">The rate η₀, at least 0.</param>
public sealed class ConstantSchedule(float rate) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));

    /// <inheritdoc/>
    protected internal override double Compute(long step) => _rate;
}
