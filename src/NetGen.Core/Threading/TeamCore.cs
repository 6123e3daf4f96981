using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace NetGen.CompilerServices;

/// <summary>
/// What the threads of a team share. It does not know the team itself, so that a team nobody holds any more can be
/// collected and its threads end.
/// </summary>
internal sealed class TeamCore
{
    private readonly TeamBarrier _barrier = new();
    private ITeamJob? _job;
    private int _count;
    private ExceptionDispatchInfo? _failure;
    private PaddedInt _busy;

    /// <summary>Sets the job that <see cref="Work"/> runs.</summary>
    internal void Begin(ITeamJob job, int count)
    {
        _job = job;
        _count = count;
        _busy.Value = count;
        _failure = null;
        _barrier.Reset(count);
    }

    /// <summary>Runs one worker's share of the job. Never throws: the failure is kept for <see cref="End"/>.</summary>
    // Not inlined, so that no frame of a waiting thread keeps the job alive.
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal void Work(int index)
    {
        try
        {
            _job!.Run(new Worker(_barrier, index, _count));
        }
        catch (Exception exception)
        {
            Fail(exception);
        }

        _barrier.Depart();
        Interlocked.Decrement(ref _busy.Value);
    }

    /// <summary>Waits for all workers and throws what the first of them to fail has thrown.</summary>
    internal void End()
    {
        SpinPause pause = default;
        while (Volatile.Read(ref _busy.Value) != 0)
            pause.Once();
        _job = null;
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    private void Fail(Exception exception)
    {
        // A broken barrier is the consequence of another worker's failure, which is what the caller wants to see.
        var failure = ExceptionDispatchInfo.Capture(exception);
        ExceptionDispatchInfo? first = Interlocked.CompareExchange(ref _failure, failure, null);
        if (first?.SourceException is TeamBrokenException && exception is not TeamBrokenException)
            Interlocked.CompareExchange(ref _failure, failure, first);
    }
}
