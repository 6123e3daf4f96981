namespace NetGen;

/// <summary>
/// Lowers the optimizer's learning rate when a number has stopped improving: <see cref="ReduceOnPlateau"/> as a callback. It starts
/// from the rate that the optimizer has when training begins.
/// </summary>
/// <param name="monitor">
/// The number to watch: <c>loss</c>, <c>validation loss</c> or a metric's name; by default the validation loss where there are
/// validation samples, else the loss.
/// </param>
public sealed class ReduceRateOnPlateau(string? monitor = null) : TrainingCallback
{
    private readonly float _factor = 0.1f;
    private readonly int _patience = 10;
    private readonly int _cooldown;
    private readonly float _threshold = 1e-4f;
    private readonly float _minimum;
    private ReduceOnPlateau? _plateau;
    private PlateauState? _saved;

    /// <summary>The factor on the rate, 0 to below 1.</summary>
    public float Factor
    {
        get => _factor;
        init => _factor = (float)Require.Fraction(value);
    }

    /// <summary>How many epochs in a row may bring no improvement, at least 0.</summary>
    public int Patience
    {
        get => _patience;
        init => _patience = Require.NotNegative(value);
    }

    /// <summary>How many epochs after a reduction are not counted, at least 0.</summary>
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

    /// <inheritdoc/>
    public override string Identity => $"{nameof(ReduceRateOnPlateau)} by {monitor ?? "loss"}";

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// A schedule sets the rate already, or a number is to be watched that there will not be.
    /// </exception>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Monitored.Check(monitor, context);
        if (context.Options.Schedule is not null)
        {
            throw new InvalidOperationException(
                "A schedule sets the learning rate of every step, so that nothing a plateau changes would last: leave out one of the two.");
        }

        _plateau = null;
        _saved = null;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        Monitored number = Monitored.Of(monitor, context, record);
        _plateau ??= Start(context.Optimizer.LearningRate, number.HigherIsBetter);
        // The rate in force, whoever set it: another callback, or whoever lets a run go on with another one.
        _plateau.State = _plateau.State with { Rate = context.Optimizer.LearningRate };
        context.Optimizer.LearningRate = _plateau.Report(number.Value);
    }

    /// <inheritdoc/>
    public override void SaveState(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if ((_plateau?.State ?? _saved) is { } now)
            state["plateau"] = [now.Rate, now.Best ?? double.NaN, now.BadCount, now.CooldownLeft];
    }

    /// <inheritdoc/>
    public override void LoadState(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("plateau", out double[]? saved))
            return;
        if (saved is not [>= 0, _, >= 0, >= 0])
            throw new InvalidDataException("A plateau needs its rate, its best number, and two counts.");
        _plateau = null;
        _saved = new PlateauState((float)saved[0], double.IsNaN(saved[1]) ? null : saved[1], (int)saved[2], (int)saved[3]);
    }

    private ReduceOnPlateau Start(float rate, bool higherIsBetter)
    {
        var plateau = new ReduceOnPlateau(rate)
        {
            Factor = Factor, Patience = Patience, Cooldown = Cooldown, Threshold = Threshold, Minimum = Minimum,
            HigherIsBetter = higherIsBetter,
        };
        if (_saved is { } saved)
            plateau.State = saved;
        return plateau;
    }
}
