namespace NetGen.Schedules;

/// <summary>
/// Falls along a power to its end and stays there: <c>η₁ + (η₀ - η₁)·(1 - t/T)^p</c> (PyTorch's <c>PolynomialLR</c>, which
/// ends at η₁ = 0); with p = 1 a straight line.
/// </summary>
/// <param name="rate">The first rate η₀, at least 0.</param>
/// <param name="steps">The steps T until the end, at least 1.</param>
/// <param name="power">The power p, at least 0.</param>
/// <param name="end">The last rate η₁, at least 0.</param>
public sealed class PolynomialSchedule(float rate, long steps, float power = 1, float end = 0) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));
    private readonly long _steps = Require.AtLeastOne(steps);
    private readonly float _power = Require.NotNegative(power, nameof(power));
    private readonly float _end = Require.NotNegative(end, nameof(end));

    /// <inheritdoc/>
    protected internal override double Compute(long step) =>
        step >= _steps ? _end : _end + ((double)_rate - _end) * Math.Pow(1 - (double)step / _steps, _power);
}
