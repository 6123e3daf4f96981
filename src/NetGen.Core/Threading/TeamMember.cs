using System.Diagnostics;

namespace NetGen.CompilerServices;

/// <summary>
/// A helper thread of a team. It spins for its next job for a while, because jobs come in bursts and a sleeping thread takes
/// tens of microseconds to wake, and then sleeps, so that an idle team costs nothing.
/// </summary>
internal sealed class TeamMember
{
    private static readonly long s_patience = Stopwatch.Frequency / 12_500; // 80 microseconds

    private readonly TeamCore _core;
    private readonly int _index;
    private readonly object _bed = new();
    private PaddedInt _ticket;
    private int _asleep;
    private bool _called;

    internal TeamMember(TeamCore core, int index)
    {
        _core = core;
        _index = index;
        var thread = new Thread(static member => ((TeamMember)member!).Live())
        {
            IsBackground = true,
            Name = $"NetGen worker {index}",
        };
        // Without the caller's execution context, which the thread would keep alive.
        thread.UnsafeStart(this);
    }

    /// <summary>Gives the member the core's current job.</summary>
    internal void Call()
    {
        _called = true;
        Ring();
    }

    /// <summary>Ends the thread once its job, if it has one, is done.</summary>
    internal void Stop() => Ring();

    private void Ring()
    {
        // A full fence between writing the ticket and reading whether the member sleeps; the member does the opposite, so
        // one of the two always notices the other.
        Interlocked.Increment(ref _ticket.Value);
        if (Volatile.Read(ref _asleep) != 0)
        {
            lock (_bed)
                Monitor.Pulse(_bed);
        }
    }

    private void Live()
    {
        int seen = 0;
        while (true)
        {
            WaitForTicket(seen);
            seen++;
            // A ticket without a call means that the team is gone.
            if (!_called)
                return;
            _called = false;
            _core.Work(_index);
        }
    }

    private void WaitForTicket(int seen)
    {
        long start = Stopwatch.GetTimestamp();
        while (true)
        {
            for (int i = 0; i < 64; i++)
            {
                if (Volatile.Read(ref _ticket.Value) != seen)
                    return;
                SpinPause.Pause();
            }

            if (Stopwatch.GetTimestamp() - start > s_patience)
                break;
        }

        lock (_bed)
        {
            Interlocked.Exchange(ref _asleep, 1);
            while (Volatile.Read(ref _ticket.Value) == seen)
                Monitor.Wait(_bed);
            Volatile.Write(ref _asleep, 0);
        }
    }
}
