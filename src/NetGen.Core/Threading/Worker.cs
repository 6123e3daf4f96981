using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>One of the threads that run the same generated code side by side, each on its share of every loop.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct Worker
{
    private readonly TeamBarrier? _barrier;

    internal Worker(TeamBarrier? barrier, int index, int count)
    {
        _barrier = barrier;
        Index = index;
        Count = count;
    }

    /// <summary>The only worker of a team of one.</summary>
    public static Worker Alone => new(null, 0, 1);

    /// <summary>This worker's number, from 0.</summary>
    public int Index { get; }

    /// <summary>The number of workers.</summary>
    public int Count { get; }

    /// <summary>This worker's part of a loop: consecutive, disjoint between workers, together the whole.</summary>
    /// <param name="extent">The length of the loop.</param>
    /// <param name="granularity">Parts begin at multiples of this, so that register tiles stay whole.</param>
    /// <param name="turn">
    /// How many such multiples have been dealt since the workers last met, of loops that have few: so what does not come out even goes to
    /// each in turn.
    /// </param>
    public (int From, int To) Share(int extent, int granularity = 1, int turn = 0)
    {
        if (Count == 1)
            return (0, extent);

        int units = (extent + granularity - 1) / granularity, place = (Index + turn) % Count;
        int from = (int)((long)units * place / Count) * granularity;
        int to = (int)((long)units * (place + 1) / Count) * granularity;
        return (Math.Min(from, extent), Math.Min(to, extent));
    }

    /// <summary>Waits until every worker of the team has come here.</summary>
    public void Barrier() => _barrier?.Wait();
}
