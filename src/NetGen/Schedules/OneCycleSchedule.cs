namespace NetGen.Schedules;

/// <summary>
/// One rise and one fall along half cosines: from <c>peak/divisor</c> up to the peak, then down to
/// <c>peak/divisor/finalDivisor</c>, where it stays (PyTorch's <c>OneCycleLR</c>).
/// </summary>
/// <remarks>
/// The rise takes steps 0 to <c>share·T - 1</c> and the fall from there to <c>T - 1</c>, where the bounds need not be whole,
/// as in PyTorch. Source: Smith and Topin, "Super-convergence: very fast training of neural networks using large learning
/// rates", 2018.
/// </remarks>
/// <param name="peak">The highest rate, at least 0.</param>
/// <param name="steps">The steps T of the whole cycle, at least 1.</param>
/// <param name="riseShare">The share of the steps that rise, 0 to 1 (PyTorch's <c>pct_start</c>).</param>
/// <param name="divisor">The peak in terms of the first rate, above 0 (<c>div_factor</c>).</param>
/// <param name="finalDivisor">The first rate in terms of the last, above 0 (<c>final_div_factor</c>).</param>
public sealed class OneCycleSchedule(
    float peak, long steps, float riseShare = 0.3f, float divisor = 25, float finalDivisor = 1e4f) : Schedule
{
    private readonly float _peak = Require.NotNegative(peak, nameof(peak));
    private readonly long _steps = Require.AtLeastOne(steps);
    private readonly double _start = (double)peak / Require.Positive(divisor, nameof(divisor));
    private readonly double _end = (double)peak / divisor / Require.Positive(finalDivisor, nameof(finalDivisor));
    private readonly double _riseEnd = Require.Share(riseShare, nameof(riseShare)) * steps - 1;

    /// <inheritdoc/>
    protected internal override double Compute(long step)
    {
        // A cycle of one step is its peak: a run of one epoch learns.
        if (_steps == 1 && step == 0)
            return _peak;
        if (step >= _steps - 1)
            return _end;
        return step <= _riseEnd
            ? CosineSchedule.Between(_start, _peak, _riseEnd > 0 ? step / _riseEnd : 1)
            : CosineSchedule.Between(_peak, _end, (step - Math.Max(0, _riseEnd)) / (_steps - 1 - Math.Max(0, _riseEnd)));
    }
}
