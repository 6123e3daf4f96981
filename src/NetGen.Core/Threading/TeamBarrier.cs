namespace NetGen.CompilerServices;

/// <summary>
/// Where the workers of a team meet. A worker that fails or goes home early breaks the barrier, so that the others stop
/// with an error instead of waiting for ever.
/// </summary>
internal sealed class TeamBarrier
{
    private PaddedInt _missing;
    private PaddedInt _phase;
    private PaddedInt _departed;
    private int _count;

    /// <summary>Makes the barrier ready for a job. No worker may be running.</summary>
    /// <param name="count">The number of workers.</param>
    internal void Reset(int count)
    {
        _count = count;
        _missing.Value = count;
        _departed.Value = 0;
    }

    /// <summary>Waits until every worker has come here.</summary>
    /// <exception cref="TeamBrokenException">A worker ended its job without coming here.</exception>
    internal void Wait()
    {
        int phase = Volatile.Read(ref _phase.Value);
        if (Interlocked.Decrement(ref _missing.Value) == 0)
        {
            _missing.Value = _count;
            Volatile.Write(ref _phase.Value, phase + 1);
            return;
        }

        SpinPause pause = default;
        while (Volatile.Read(ref _phase.Value) == phase)
        {
            // The last to arrive may already have ended its job by the time this worker looks: only if the phase is still
            // the old one after that is somebody really missing.
            if (Volatile.Read(ref _departed.Value) != 0 && Volatile.Read(ref _phase.Value) == phase)
                throw new TeamBrokenException();
            pause.Once();
        }
    }

    /// <summary>Says that a worker's job has ended: it will come to no more barriers.</summary>
    internal void Depart() => Volatile.Write(ref _departed.Value, 1);
}

/// <summary>A worker waited at a barrier to which another one will never come.</summary>
internal sealed class TeamBrokenException()
    : InvalidOperationException("A worker of the team ended its job while others were waiting for it at a barrier.");
