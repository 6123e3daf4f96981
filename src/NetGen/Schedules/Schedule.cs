namespace NetGen.Schedules;

/// <summary>A learning rate as a function of the step: what to set before each step. It remembers nothing.</summary>
/// <remarks>
/// Steps may be batches or epochs; a schedule only counts. Rates are computed in closed form and in double precision, so
/// a run that is resumed at a step goes on with the rate it would have had.
/// </remarks>
public abstract class Schedule
{
    /// <summary>The learning rate of a step.</summary>
    /// <param name="step">The step, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The step is negative.</exception>
    public float RateAt(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return (float)Compute(step);
    }

    /// <summary>This schedule after a linear warm-up, see <see cref="WarmupSchedule"/>.</summary>
    /// <param name="steps">The number of warm-up steps, at least 1.</param>
    /// <param name="startFactor">The share of this schedule's first rate to start from, 0 to 1; one step's share unless given.</param>
    public WarmupSchedule AfterWarmup(long steps, float? startFactor = null) => new(this, steps, startFactor);

    /// <summary>A rate that never changes.</summary>
    /// <param name="rate">The rate.</param>
    public static implicit operator Schedule(float rate) => new ConstantSchedule(rate);

    /// <summary>The learning rate of a step that is not negative.</summary>
    /// <param name="step">The step, from 0.</param>
    protected internal abstract double Compute(long step);
}
