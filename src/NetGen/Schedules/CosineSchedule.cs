namespace NetGen.Schedules;

/// <summary>
/// Falls along half a cosine and stays at its end: <c>η₁ + ½·(η₀ - η₁)·(1 + cos(π·t/T))</c>.
/// </summary>
/// <remarks>
/// Source: Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017. PyTorch's
/// <c>CosineAnnealingLR</c> is the same up to T and then rises again.
/// </remarks>
/// <param name="rate">The first rate η₀, at least 0.</param>
/// <param name="steps">The steps T until the end, at least 1.</param>
/// <param name="end">The last rate η₁, at least 0.</param>
public sealed class CosineSchedule(float rate, long steps, float end = 0) : Schedule
{
    private readonly float _rate = Require.NotNegative(rate, nameof(rate));
    private readonly long _steps = Require.AtLeastOne(steps);
    private readonly float _end = Require.NotNegative(end, nameof(end));

    /// <inheritdoc/>
    protected internal override double Compute(long step) =>
        step >= _steps ? _end : Between(_rate, _end, (double)step / _steps);

    /// <summary>The half cosine from one rate to another.</summary>
    /// <param name="start">The rate at 0.</param>
    /// <param name="end">The rate at 1.</param>
    /// <param name="position">0 to 1.</param>
    internal static double Between(double start, double end, double position) =>
        end + (start - end) * 0.5 * (1 + Math.Cos(Math.PI * position));
}
