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
    private ReduceOnPlateau? _plateau;
    private PlateauState? _saved;

    /// <summary>The factor on the rate, 0 to below 1.</summary>
    public float Factor { get; init; } = 0.1f;

    /// <summary>How many epochs in a row may bring no improvement, at least 0.</summary>
    public int Patience { get; init; } = 10;

    /// <summary>How many epochs after a reduction are not counted, at least 0.</summary>
    public int Cooldown { get; init; }

    /// <summary>The relative change that counts as an improvement, at least 0.</summary>
    public float Threshold { get; init; } = 1e-4f;

    /// <summary>The rate below which it does not fall, at least 0.</summary>
    public float Minimum { get; init; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">
    /// A schedule sets the rate already, or the validation loss is to be watched, and there is none.
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
        double[] saved = state["plateau"];
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
