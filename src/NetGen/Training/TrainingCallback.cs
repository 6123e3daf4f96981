namespace NetGen;

/// <summary>Something that is told what happens while a network is trained. All methods do nothing unless overridden.</summary>
public abstract class TrainingCallback
{
    /// <summary>
    /// What must be the same for a run to go on from a checkpoint with this callback: its kind, and whatever gives what it remembers its meaning,
    /// such as the number it watches. By default the name of its class; empty for one that remembers nothing and may come and go.
    /// </summary>
    public virtual string Identity => GetType().Name;

    /// <summary>
    /// Settings that may be different when a run goes on, and decide when it ends: where they are, a run that the callback had ended goes on. Empty
    /// by default.
    /// </summary>
    public virtual string Settings => "";

    /// <summary>Training begins, or goes on from a checkpoint.</summary>
    /// <param name="context">Where training stands.</param>
    public virtual void OnFitBegin(FitContext context)
    {
    }

    /// <summary>A batch was learned.</summary>
    /// <param name="context">Where training stands; the same object every time.</param>
    public virtual void OnBatchEnd(FitContext context)
    {
    }

    /// <summary>An epoch has ended and been evaluated.</summary>
    /// <param name="context">Where training stands.</param>
    /// <param name="record">What the epoch came to.</param>
    public virtual void OnEpochEnd(FitContext context, EpochRecord record)
    {
    }

    /// <summary>Training has ended, if by an exception too.</summary>
    /// <param name="context">Where training stands.</param>
    public virtual void OnFitEnd(FitContext context)
    {
    }

    /// <summary>
    /// What the callback must remember over an interruption, by name; names are the callback's own business. Nothing by default.
    /// </summary>
    /// <param name="state">Filled with copies.</param>
    public virtual void SaveState(IDictionary<string, double[]> state)
    {
    }

    /// <summary>
    /// Takes over what <see cref="SaveState"/> saved, after <see cref="OnFitBegin"/>. What cannot be taken over is refused by an exception.
    /// </summary>
    /// <param name="state">The saved values.</param>
    public virtual void LoadState(IReadOnlyDictionary<string, double[]> state)
    {
    }
}

/// <summary>Where training stands.</summary>
public sealed class FitContext
{
    private readonly Func<ParameterBlock> _gradient;

    internal FitContext(
        ParameterBlock parameters, Func<ParameterBlock> gradient, Optimizer optimizer, FitOptions options, TrainingHistory history,
        IReadOnlyList<Metric> metrics, int batches, int samples)
    {
        Metrics = metrics;
        Parameters = parameters;
        _gradient = gradient;
        Optimizer = optimizer;
        Options = options;
        History = history;
        Batches = batches;
        Samples = samples;
    }

    /// <summary>The parameters being trained.</summary>
    public ParameterBlock Parameters { get; }

    /// <summary>
    /// The gradient of the last batch's loss, by name as the parameters; limited by <see cref="TrainerOptions.ClipValue"/>, not yet
    /// shortened by <see cref="TrainerOptions.ClipNorm"/>. A callback that looks at it asks for it in
    /// <see cref="TrainingCallback.OnFitBegin"/> first: steps keep the whole gradient only if somebody wants it.
    /// </summary>
    /// <exception cref="InvalidOperationException">The last step did not keep the gradient, because nobody had asked for it before.</exception>
    public ParameterBlock Gradient => _gradient();

    /// <summary>The optimizer; its learning rate may be changed, unless a schedule sets it.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>The options of this call.</summary>
    public FitOptions Options { get; }

    /// <summary>The epochs so far.</summary>
    public TrainingHistory History { get; }

    /// <summary>The metrics of each epoch, whether asked for or there by default.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>The names of the numbers that every epoch's record will have, for those who watch one of them.</summary>
    public IReadOnlyList<string> Numbers =>
    [
        "loss",
        .. Options.Validation is null ? (IEnumerable<string>)[] : ["validation loss"],
        .. Metrics.Select(metric => metric.Name),
        .. Options.TrainingMetrics && Options.Validation is not null ? Metrics.Select(metric => "training " + metric.Name) : [],
    ];

    /// <summary>The batches of an epoch.</summary>
    public int Batches { get; }

    /// <summary>The training samples of an epoch.</summary>
    public int Samples { get; }

    /// <summary>The epoch that is running, from 1.</summary>
    public int Epoch { get; internal set; } = 1;

    /// <summary>The batches of this epoch that are done.</summary>
    public int Batch { get; internal set; }

    /// <summary>The mean loss of the last batch.</summary>
    public float BatchLoss { get; internal set; } = float.NaN;

    /// <summary>The mean loss of this epoch so far.</summary>
    public double EpochLoss { get; internal set; } = double.NaN;

    /// <summary>Whether training will end.</summary>
    public bool IsStopping { get; private set; }

    /// <summary>Whether all was found to be right, so that there are steps to come or a checkpoint was taken over.</summary>
    internal bool HasBegun { get; set; }

    /// <summary>Ends training after this batch or epoch.</summary>
    public void Stop() => Stop(StopReason.Callback);

    internal void Stop(StopReason reason)
    {
        if (IsStopping)
            return;
        IsStopping = true;
        History.StopReason = reason;
    }
}
