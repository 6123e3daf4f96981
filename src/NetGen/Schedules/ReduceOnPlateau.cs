namespace NetGen.Schedules;

/// <summary>
/// Lowers the learning rate when a measure has stopped improving (PyTorch's <c>ReduceLROnPlateau</c>). Unlike a
/// <see cref="Schedule"/> it depends on what it is told, and so has a <see cref="State"/>.
/// </summary>
/// <remarks>
/// A value is an improvement when it is below <c>best − threshold·|best|</c> (above <c>best + threshold·|best|</c> where higher is
/// better), so that measures of any sign are treated alike. After more than <see cref="Patience"/> values in a row that are none, the rate is
/// multiplied by <see cref="Factor"/>, and for <see cref="Cooldown"/> values nothing is counted.
/// </remarks>
public sealed class ReduceOnPlateau
{
    private readonly float _factor = 0.1f;
    private readonly int _patience = 10;
    private readonly int _cooldown;
    private readonly float _threshold = 1e-4f;
    private readonly float _minimum;
    private PlateauState _state;

    /// <summary>Starts from a rate.</summary>
    /// <param name="rate">The first rate, at least 0.</param>
    public ReduceOnPlateau(float rate) =>
        _state = new PlateauState(Require.NotNegative(rate, nameof(rate)), Best: null, BadCount: 0, CooldownLeft: 0);

    /// <summary>The factor on the rate, 0 to below 1.</summary>
    public float Factor
    {
        get => _factor;
        init => _factor = (float)Require.Fraction(value);
    }

    /// <summary>How many values in a row may bring no improvement, at least 0.</summary>
    public int Patience
    {
        get => _patience;
        init => _patience = Require.NotNegative(value);
    }

    /// <summary>How many values after a reduction are not counted, at least 0.</summary>
    public int Cooldown
    {
        get => _cooldown;
        init => _cooldown = Require.NotNegative(value);
    }

    /// <summary>The relative change that counts as an improvement, at least 0.</summary>
    public float Threshold
    {
        get => _threshold;
        init => _threshold = Require.NotNegative(value);
    }

    /// <summary>The rate below which it does not fall, at least 0.</summary>
    public float Minimum
    {
        get => _minimum;
        init => _minimum = Require.NotNegative(value);
    }

    /// <summary>Whether larger values are better, as for an accuracy.</summary>
    public bool HigherIsBetter { get; init; }

    /// <summary>The rate in force.</summary>
    public float Rate => _state.Rate;

    /// <summary>All that is remembered: what a checkpoint holds.</summary>
    public PlateauState State
    {
        get => _state;
        set => _state = value ?? throw new ArgumentNullException(nameof(value));
    }

    /// <summary>Takes note of a value of the measure.</summary>
    /// <param name="value">The value, usually once per epoch; one that is not a number is no improvement.</param>
    /// <returns>The rate from here on.</returns>
    public float Report(double value)
    {
        (float rate, double? best, int bad, int cooldown) = _state;
        if (IsImprovement(value, best))
            (best, bad) = (value, 0);
        else
            bad++;

        if (cooldown > 0)
            (cooldown, bad) = (cooldown - 1, 0);

        if (bad > Patience)
        {
            // A rate that starts below the minimum is left alone.
            rate = Math.Min(rate, Math.Max(rate * Factor, Minimum));
            (cooldown, bad) = (Cooldown, 0);
        }

        _state = new PlateauState(rate, best, bad, cooldown);
        return rate;
    }

    private bool IsImprovement(double value, double? best)
    {
        if (double.IsNaN(value))
            return false;
        if (best is not { } reference)
            return true;
        // A loss that was infinite once has no share that could count.
        double margin = double.IsFinite(reference) ? Threshold * Math.Abs(reference) : 0;
        return HigherIsBetter ? value > reference + margin : value < reference - margin;
    }
}

/// <summary>What <see cref="ReduceOnPlateau"/> remembers.</summary>
/// <param name="Rate">The rate in force.</param>
/// <param name="Best">The best value so far, or null before the first.</param>
/// <param name="BadCount">The values in a row without improvement.</param>
/// <param name="CooldownLeft">The values that will not be counted.</param>
public sealed record PlateauState(float Rate, double? Best, int BadCount, int CooldownLeft);
