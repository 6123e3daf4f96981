namespace NetGen.Schedules;

/// <summary>
/// A straight rise to the first rate of another schedule, which then runs from its beginning. In front of a constant
/// rate it is PyTorch's <c>LinearLR</c>.
/// </summary>
/// <remarks>
/// While t &lt; T: <c>η(0)·(s + (1 - s)·t/T)</c>; from T on <c>η(t - T)</c>. Unless it is given, s is 1/(T + 1): the rise is
/// η(0)·(t + 1)/(T + 1), so that the first step, which may be a whole epoch, learns too. Source: Goyal et al., "Accurate, large minibatch
/// SGD: training ImageNet in 1 hour", 2017.
/// </remarks>
/// <param name="schedule">The schedule η that follows.</param>
/// <param name="steps">The steps T of the rise, at least 1.</param>
/// <param name="startFactor">The share s of η(0) to start from, 0 to 1; with 0 the first step learns nothing.</param>
public sealed class WarmupSchedule(Schedule schedule, long steps, float? startFactor = null) : Schedule
{
    private readonly Schedule _schedule = schedule ?? throw new ArgumentNullException(nameof(schedule));
    private readonly long _steps = Require.AtLeastOne(steps);
    private readonly double _startFactor = startFactor is { } share ? Require.Share(share, nameof(startFactor)) : 1.0 / (steps + 1.0);

    /// <inheritdoc/>
    protected internal override double Compute(long step) => step < _steps
        ? _schedule.Compute(0) * (_startFactor + (1 - _startFactor) * step / _steps)
        : _schedule.Compute(step - _steps);
}
