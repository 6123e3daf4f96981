namespace NetGen.Schedules;

/// <summary>
/// A straight rise to the first rate of another schedule, which then runs from its beginning. In front of a constant
/// rate it is PyTorch's <c>LinearLR</c>.
/// </summary>
/// <remarks>
/// While t &lt; T: <c>η(0)·(s + (1 - s)·t/T)</c>; from T on <c>η(t - T)</c>. Source: Goyal et al., "Accurate, large minibatch
/// SGD: training ImageNet in 1 hour", 2017.
/// </remarks>
/// <param name="schedule">The schedule η that follows.</param>
/// <param name="steps">The steps T of the rise, at least 1.</param>
/// <param name="startFactor">The share s of η(0) to start from, 0 to 1.</param>
public sealed class WarmupSchedule(Schedule schedule, long steps, float startFactor = 0) : Schedule
{
    private readonly Schedule _schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));
    private readonly long _steps = Require.AtLeastOne(steps);
    private readonly double _startFactor = Require.Share(startFactor, nameof(startFactor));

    /// <inheritdoc/>
    protected internal override double Compute(long step) => step < _steps
        ? _schedule.Compute(0) * (_startFactor + (1 - _startFactor) * step / _steps)
        : _schedule.Compute(step - _steps);
}
