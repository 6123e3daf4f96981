namespace NetGen;

/// <summary>
/// Collects the Euclidean norm of each parameter tensor's gradient, as a mean per epoch: where gradients vanish or explode on
/// their way through the layers shows here.
/// </summary>
/// <remarks>Norms are taken before the gradient is shortened by <see cref="TrainerOptions.ClipNorm"/>.</remarks>
/// <param name="everyBatches">The norms of every so many batches are taken, beginning with an epoch's first; at least 1.</param>
public sealed class GradientNorms(int everyBatches = 1) : TrainingCallback
{
    private readonly int _everyBatches = everyBatches >= 1
        ? everyBatches
        : throw new ArgumentOutOfRangeException(nameof(everyBatches), everyBatches, "Norms are taken every batch or less often: at least 1.");

    private readonly List<double[]> _epochs = [];
    private ParameterTensor[] _tensors = [];
    private string[] _names = [];
    private double[] _sums = [];
    private float[] _values = [];
    private int _taken;

    /// <summary>The tensors' names, in the order of the network; empty before training.</summary>
    public IReadOnlyList<string> Tensors => _names;

    /// <summary>For each finished epoch the mean norm of each tensor's gradient, in the order of <see cref="Tensors"/>.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Epochs => _epochs;

    /// <inheritdoc/>
    public override string Identity => FormattableString.Invariant($"{nameof(GradientNorms)} of every {_everyBatches} batches");

    /// <inheritdoc/>
    public override void OnFitBegin(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // Nothing trains states: they have no gradient.
        _tensors = [.. context.Gradient.Where(tensor => !tensor.Description.IsState)];
        _names = [.. _tensors.Select(tensor => tensor.Name)];
        _sums = new double[_names.Length];
        _values = new float[_tensors.Select(tensor => tensor.Length).DefaultIfEmpty(0).Max()];
        _epochs.Clear();
        _taken = 0;
    }

    /// <inheritdoc/>
    public override void OnBatchEnd(FitContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if ((context.Batch - 1) % _everyBatches != 0)
            return;
        for (int i = 0; i < _sums.Length; i++)
        {
            ParameterTensor tensor = _tensors[i];
            Span<float> values = _values.AsSpan(0, tensor.Length);
            tensor.CopyTo(values);
            _sums[i] += Gradients.Norm(values);
        }

        _taken++;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(FitContext context, EpochRecord record)
    {
        _epochs.Add(Array.ConvertAll(_sums, sum => sum / Math.Max(1, _taken)));
        Array.Clear(_sums);
        _taken = 0;
    }

    /// <inheritdoc/>
    public override void SaveState(IDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (_epochs.Count > 0)
            state["epochs"] = [.. _epochs.SelectMany(norms => norms)];
        state["sums"] = [_taken, .. _sums];
    }

    /// <inheritdoc/>
    public override void LoadState(IReadOnlyDictionary<string, double[]> state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!state.TryGetValue("sums", out double[]? sums) || sums.Length != _names.Length + 1 || !(sums[0] >= 0))
            throw new InvalidDataException($"Gradient norms need a count and {_names.Length} sums.");
        double[] epochs = state.GetValueOrDefault("epochs", []);
        if (_names.Length > 0 ? epochs.Length % _names.Length != 0 : epochs.Length > 0)
            throw new InvalidDataException($"{epochs.Length} gradient norms are no rows of {_names.Length}.");

        _epochs.Clear();
        _epochs.AddRange(epochs.Chunk(Math.Max(1, _names.Length)));
        _taken = (int)sums[0];
        _sums = sums[1..];
    }
}
