namespace NetGen.Schedules;

/// <summary>Falls by a factor at each milestone: <c>η₀·γ^(milestones reached)</c> (PyTorch's <c>MultiStepLR</c>).</summary>
public sealed class MultiStepSchedule : Schedule
{
    private readonly float _rate;
    private readonly float _factor;
    private readonly long[] _milestones;

    /// <summary>A schedule that changes at given steps.</summary>
    /// <param name="rate">The first rate η₀, at least 0.</param>
    /// <param name="milestones">The steps that begin with the next rate, ascending.</param>
    /// <param name="factor">The factor γ, at least 0.</param>
    /// <exception cref="ArgumentException">The milestones do not ascend.</exception>
    public MultiStepSchedule(float rate, IReadOnlyList<long> milestones, float factor = 0.1f)
    {
        ArgumentNullException.ThrowIfNull(milestones);
        _rate = Require.NotNegative(rate, nameof(rate));
        _factor = Require.NotNegative(factor, nameof(factor));
        _milestones = [.. milestones];
        for (int i = 1; i < _milestones.Length; i++)
        {
            if (_milestones[i] <= _milestones[i - 1])
            {
                throw new ArgumentException(
                    $"Milestones must ascend; {_milestones[i]} follows {_milestones[i - 1]}.", nameof(milestones));
            }
        }
    }

    /// <inheritdoc/>
    protected internal override double Compute(long step)
    {
        int reached = 0;
        while (reached < _milestones.Length && step >= _milestones[reached])
            reached++;
        return _rate * Math.Pow(_factor, reached);
    }
}
