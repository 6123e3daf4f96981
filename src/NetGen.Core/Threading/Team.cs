namespace NetGen.CompilerServices;

/// <summary>
/// Threads that run the same job side by side: the caller, who is worker 0, and helpers that wait for it. Handing a job out
/// takes well under a microsecond while the helpers are awake, and allocates nothing.
/// </summary>
/// <remarks>
/// The helpers start with the first job, never keep the process alive, sleep when there is nothing to do, and end when the
/// team is disposed of or collected. A worker's exception is thrown to the caller; the other workers are released from
/// the barriers they wait at.
/// </remarks>
internal sealed class Team : IDisposable
{
    private readonly TeamCore _core = new();
    private readonly TeamMember?[] _members;
    private int _running;
    private volatile bool _disposed;

    /// <summary>Makes a team.</summary>
    /// <param name="size">The number of workers, the caller included; 0 means one per processor core.</param>
    internal Team(int size = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        Size = size == 0 ? Environment.ProcessorCount : size;
        _members = new TeamMember?[Size - 1];
        if (Size == 1)
            GC.SuppressFinalize(this);
    }

    ~Team() => StopMembers();

    /// <summary>The number of workers, the caller included.</summary>
    internal int Size { get; }

    /// <summary>Runs a job on all workers and returns when all are done.</summary>
    /// <param name="job">The job.</param>
    internal void Run(ITeamJob job) => Run(job, Size);

    /// <summary>Runs a job on the first workers of the team and returns when all are done.</summary>
    /// <param name="job">The job.</param>
    /// <param name="workers">How many workers take part, 1 to <see cref="Size"/>.</param>
    /// <exception cref="InvalidOperationException">The team is running another job.</exception>
    internal void Run(ITeamJob job, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(workers, Size);
        if (workers == 1)
        {
            job.Run(Worker.Alone);
            return;
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        if (!TryRun(job, workers))
            throw new InvalidOperationException("The team is already running a job; a team runs one job at a time.");
    }

    /// <summary>Runs a job like <see cref="Run(ITeamJob, int)"/> unless the team is busy or disposed of.</summary>
    /// <returns>False if nothing was run.</returns>
    internal bool TryRun(ITeamJob job, int workers)
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) != 0)
            return false;

        try
        {
            if (_disposed)
                return false;
            StartMembers(workers);
            _core.Begin(job, workers);
            for (int i = 1; i < workers; i++)
                _members[i - 1]!.Call();
            _core.Work(0);
            _core.End();
            return true;
        }
        finally
        {
            Interlocked.Exchange(ref _running, 0);
            if (_disposed)
                StopMembers();
            GC.KeepAlive(this);
        }
    }

    /// <summary>Ends the helper threads, after the job that is running if there is one.</summary>
    public void Dispose()
    {
        _disposed = true;
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            StopMembers();
            Volatile.Write(ref _running, 0);
        }

        GC.SuppressFinalize(this);
    }

    private void StartMembers(int workers)
    {
        for (int i = workers - 2; i >= 0 && _members[i] is null; i--)
            _members[i] = new TeamMember(_core, i + 1);
    }

    private void StopMembers()
    {
        foreach (TeamMember? member in _members)
            member?.Stop();
    }
}
