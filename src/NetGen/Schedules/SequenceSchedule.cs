namespace NetGen.Schedules;

/// <summary>
/// Schedules one after the other, each from its own beginning; the last one stays (PyTorch's <c>SequentialLR</c>).
/// </summary>
public sealed class SequenceSchedule : Schedule
{
    private readonly (Schedule Schedule, long Steps)[] _parts;
    private readonly Schedule _last;

    /// <summary>A sequence of schedules.</summary>
    /// <param name="last">The schedule that follows the parts and has no end.</param>
    /// <param name="parts">The schedules before it, in order, with the number of steps each is in force, at least 1.</param>
    public SequenceSchedule(Schedule last, params (Schedule Schedule, long Steps)[] parts)
    {
        ArgumentNullException.ThrowIfNull(last);
        ArgumentNullException.ThrowIfNull(parts);
        foreach (var (schedule, steps) in parts)
        {
            ArgumentNullException.ThrowIfNull(schedule, nameof(parts));
            Require.AtLeastOne(steps);
        }

        _last = last;
        _parts = [.. parts];
    }

    /// <inheritdoc/>
    protected internal override double Compute(long step)
    {
        foreach (var (schedule, steps) in _parts)
        {
            if (step < steps)
                return schedule.Compute(step);
            step -= steps;
        }

        return _last.Compute(step);
    }
}
