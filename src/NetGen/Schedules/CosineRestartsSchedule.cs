namespace NetGen.Schedules;

/// <summary>
/// Half cosines one after the other, each starting from the first rate again and so many times as long as the one
/// before (PyTorch's <c>CosineAnnealingWarmRestarts</c>).
/// </summary>
/// <remarks>Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017.</remarks>
/// <param name="rate">The rate η₀ at each start, at least 0.</param>
/// <param name="period">The steps of the first half cosine, at least 1.</param>
/// <param name="multiplier">The factor on the length from one to the next, at least 1.</param>
/// <param name="end">The rate η₁ that each approaches, at least 0.</param>
public sealed class CosineRestartsSchedule(float rate, long period, int multiplier = 1, float end = 0) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));
    private readonly long _period = Require.AtLeastOne(period);
    private readonly long _multiplier = Require.AtLeastOne(multiplier);
    private readonly float _end = Require.NotNegative(end, nameof(end));

    /// <inheritdoc/>
    protected internal override double Compute(long step)
    {
        long length = _period;
        if (_multiplier == 1)
        {
            step %= length;
        }
        else
        {
            while (step >= length)
            {
                step -= length;
                // A period too long to count never ends.
                length = length > long.MaxValue / _multiplier ? long.MaxValue : length * _multiplier;
            }
        }

        return CosineSchedule.Between(_rate, _end, (double)step / length);
    }
}
