namespace NetGen;

/// <summary>
/// Ends training when a number has stopped improving, and puts the parameters back to where it was best: what the network
/// learns from there on is the training samples by heart (L. Prechelt, "Early Stopping — But When?", 1998).
/// </summary>
/// <param name="monitor">
/// The number to watch: <c>loss</c>, <c>validation loss</c> or a metric's name; by default the validation loss where there are
/// validation samples, else the loss.
/// </param>
/// <param name="patience">How many epochs in a row may bring no improvement, at least 0.</param>
public sealed class EarlyStopping(string? monitor = null, int patience = 5) : TrainingCallback
{
    private readonly double _minimumChange;
    private readonly int _patience = patience >= 0
        ? patience
        : throw new ArgumentOutOfRangeException(nameof(patience), patience, "Patience must be at least 0.");

    private float[]? _bestParameters;
    private int _bad;
    private int _blockLength;
    private bool _ended;

    /// <summary>By how much the number must be better to count as improved, at least 0.</summary>
    public double MinimumChange
    {
        get => _minimumChange;
        init => _minimumChange = Require.NotNegative(value);
    }

    /// <summary>Whether the best parameters are put back at the end, however it comes.</summary>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The epoch of the best number, 0 before the first.</summary>
    public int BestEpoch { get; private set; }

    /// <summary>The best number so far.</summary>
    public double Best { get; private set; } = double.NaN;

    /// <inheritdoc/>
    public override string Identity => $"{nameof(EarlyStopping)} by {monitor ?? "loss"}{(RestoreBest ? "" : " without restoring")}";

    /// <inheritdoc/>
    public override string Settings =>
        FormattableString.Invariant($"{nameof(EarlyStopping)} with patience {_patience}, minimum change {MinimumChange:R}");

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It is to watch a number that there will not be.</exception>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        Monitored.Check(monitor, context);
        if (_ended)
            Reset();
        _blockLength = context.Parameters.Span.Length;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(record);
        Monitored number = Monitored.Of(monitor, context, record);
        if (number.Improves(BestEpoch == 0 ? null : Best, MinimumChange))
        {
            (Best, BestEpoch, _bad) = (number.Value, record.Epoch, 0);
            if (RestoreBest)
            {
                _bestParameters ??= new float[context.Parameters.Span.Length];
                context.Parameters.Span.CopyTo(_bestParameters);
            }
        }
        else if (++_bad > _patience)
        {
            context.Stop();
        }
    }

    /// <inheritdoc/>
    public override void OnFitEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _ended = true;
        if (context.HasBegun && RestoreBest && _bestParameters is not null)
            context.Parameters.CopyFrom(_bestParameters);
    }

    /// <inheritdoc/>
    public override void SaveState(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        state["progress"] = [Best, BestEpoch, _bad];
        if (_bestParameters is not null)
            state["parameters"] = Array.ConvertAll(_bestParameters, value => (double)value);
    }

    /// <inheritdoc/>
    public override void LoadState(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("progress", out double[]? progress) || progress is not [_, >= 0, >= 0])
            throw new InvalidDataException("Early stopping needs its best number, the epoch of it, and the epochs since.");
        if (state.TryGetValue("parameters", out double[]? parameters) && (parameters.Length != _blockLength || !parameters.All(double.IsFinite)))
            throw new InvalidDataException($"Early stopping's best parameters are no block of {_blockLength} finite numbers.");

        Reset();
        (Best, BestEpoch, _bad) = (progress[0], (int)progress[1], (int)progress[2]);
        if (parameters is not null)
            _bestParameters = Array.ConvertAll(parameters, value => (float)value);
    }

    private void Reset() => (Best, BestEpoch, _bad, _bestParameters, _ended) = (double.NaN, 0, 0, null, false);
}
