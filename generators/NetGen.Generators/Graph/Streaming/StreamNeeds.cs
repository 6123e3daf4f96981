namespace NetGen.Generators.Graph.Streaming;

/// <summary>What a stream has to remember, found by going through the network once before it is built.</summary>
internal sealed class StreamNeeds
{
    // Steps that are remembered beyond those that are read, before what is remembered moves back to the beginning.
    private const int UsualRoom = 32;

    private readonly Dictionary<Value, int> _lags = [];
    private int _warm;
    private int? _bound;

    /// <summary>The steps of the input after which everything comes round.</summary>
    public int Period { get; private set; } = 1;

    /// <summary>Whether there are no more steps than the room is for.</summary>
    public bool IsBounded => _bound is not null;

    /// <summary>The number of the input's step from which on all steps are alike; of one that ends none needs to be.</summary>
    public int Warm => IsBounded ? 0 : RoundUp(_warm);

    /// <summary>The number of the input's step at which what is remembered moves back, or the stream ends.</summary>
    public int Room => _bound ?? Warm + RoundUp(UsualRoom);

    /// <summary>How many steps before the present one somebody reads of a tensor; null where nobody does.</summary>
    public int? LagOf(Value value) => _lags.TryGetValue(value, out int lag) ? lag : null;

    /// <summary>Notes that so many steps before the present one are read of a tensor.</summary>
    public void Lag(Value value, int steps) => _lags[value] = Math.Max(LagOf(value) ?? 0, steps);

    /// <summary>Notes that there cannot be more steps of the input than these.</summary>
    public void Bound(int steps) => _bound = Math.Min(_bound ?? steps, steps);

    /// <summary>Notes when something is computed; false where it comes round too seldom.</summary>
    public bool TryAdd(Clock clock)
    {
        (long a, long b) = (Period, clock.Period);
        while (b != 0)
            (a, b) = (b, a % b);
        long common = Period / a * clock.Period;
        if (common > Limits.MaximumPeriod)
            return false;
        Period = (int)common;
        IsWarmAt(clock.First);
        return true;
    }

    /// <summary>Notes that from this step of the input on something is done in another way than before.</summary>
    public void IsWarmAt(int step) => _warm = Math.Max(_warm, step);

    private int RoundUp(int steps) => (steps + Period - 1) / Period * Period;
}
