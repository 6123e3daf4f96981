using NetGen.Data;

namespace NetGen;

/// <summary>
/// Trains a network by gradient descent: <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/> for
/// those who loop themselves, <c>Fit</c> for those who do not.
/// </summary>
/// <remarks>
/// A step allocates nothing once the trainer has seen the largest batch. The result is the same bits for any number of threads. A trainer
/// is used by one thread at a time; its helper threads sleep while there is nothing to do.
/// </remarks>
/// <typeparam name="TNetwork">The network, with a loss.</typeparam>
public sealed partial class Trainer<TNetwork> : IDisposable where TNetwork : class, ITrainableNetwork<TNetwork>
{
    private readonly TrainerOptions _options;
    private readonly Team _team;
    private readonly TrainingJob<TNetwork> _job;
    private readonly TargetCoding _allClasses;
    private readonly TargetCoding _allValues;
    private readonly TargetCoding _byLoss;
    private readonly double[] _totalWeights;
    private readonly ParameterBlock _gradient;
    private TrainingFrame? _frame;
    private float[] _codedTargets = [];
    private int[] _codedClasses = [];
    private int _fitting;
    private int _computing;
    private bool _isWithinBatch;
    private bool _keepsGradient;
    private bool _disposed;

    /// <summary>Makes a trainer and prepares the optimizer for the model.</summary>
    /// <param name="model">The model whose parameters are trained.</param>
    /// <param name="optimizer">The optimizer; it starts anew and belongs to this trainer alone.</param>
    /// <param name="options">Threads, memory, clipping.</param>
    /// <exception cref="ArgumentException">The optimizer belongs to another trainer that was not disposed of.</exception>
    public Trainer(TNetwork model, Optimizer optimizer, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        _options = options ?? new TrainerOptions();
        _options.Validate();
        Model = model;
        Optimizer = optimizer;
        optimizer.Claim(this, nameof(optimizer));
        if (_options.ParameterRule is { } rule)
            optimizer.Prepare(TNetwork.Description.ParameterBlockLength, ParameterRange.For(TNetwork.Description, rule));
        else
            optimizer.Prepare(TNetwork.Description);
        _gradient = ParameterBlock.ForGradient(TNetwork.Description);
        _job = new TrainingJob<TNetwork>(optimizer, _options);
        _allClasses = new TargetCoding(TNetwork.Description, static (_, _) => true);
        _allValues = new TargetCoding(TNetwork.Description, static (_, _) => false);
        _byLoss = new TargetCoding(TNetwork.Description, static (output, _) => output.Targets == TargetKind.Classes);
        _totalWeights = new double[TNetwork.Description.Judged.Count];
        _team = new Team(_options.Threads);
        if (_options.Capacity > 0)
            EnsureCapacity(MostAtOnce(_options.Capacity));
    }

    /// <summary>The model.</summary>
    public TNetwork Model { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>
    /// The gradient of the last step's mean loss, by name as the parameters; limited by <see cref="TrainerOptions.ClipValue"/>
    /// if the step updated, not yet shortened by <see cref="TrainerOptions.ClipNorm"/>.
    /// </summary>
    /// <remarks>
    /// A step applies the gradients of large weights part by part as it computes them, and keeps none, until somebody asks for the gradient here:
    /// from then on steps keep the whole of it. Ask before the first step whose gradient is wanted.
    /// </remarks>
    /// <exception cref="InvalidOperationException">The last step did not keep the gradient, because nobody had asked for it before.</exception>
    public ParameterBlock Gradient
    {
        get
        {
            _keepsGradient = true;
            return _frame is null || _frame.Applied.IsEmpty ? _gradient : throw new InvalidOperationException(
                $"The last step applied the gradient of {TNetwork.Description.Name} part by part as it was computed, and kept none, because nobody "
                + $"had asked for it. Steps keep it from now on: ask for {nameof(Gradient)} before the first step whose gradient you want to see.");
        }
    }

    /// <summary>
    /// The norm of the last gradient, before <see cref="TrainerOptions.ClipNorm"/>; NaN if nothing asked for it.
    /// </summary>
    public double GradientNorm => _job.Norm;

    /// <summary>The number of updates so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Computes the loss and gradient of a batch and updates the parameters.</summary>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="classes">
    /// A class id per sample or, where the output is a sequence, one for each of its steps; where several outputs are judged, those for each.
    /// </param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">A length or class id is wrong; nothing has changed.</exception>
    /// <exception cref="NonFiniteLossException">
    /// The loss is not finite; the parameters, and states such as running statistics, are as before.
    /// </exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> sampleWeights = default) =>
        Step(_allClasses, inputs, default, classes, sampleWeights);

    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="targets">
    /// Target values, or a probability per class, one after the other; where several outputs are judged, each sample's one after the other.
    /// </param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default) =>
        Step(_allValues, inputs, targets, default, sampleWeights);

    /// <summary>
    /// Computes the loss and gradient of a batch and updates the parameters, for networks of whose several outputs some are judged by values and
    /// others by classes.
    /// </summary>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="targets">Of each sample the target values, those of the first output that is judged by values, then those of the next.</param>
    /// <param name="classes">Of each sample a class id for the first output that is judged by classes, then for the next.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    public float Step(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes, ReadOnlySpan<float> sampleWeights = default) =>
        Step(_byLoss, inputs, targets, classes, sampleWeights);

    /// <summary>Computes the mean loss of a batch and its <see cref="Gradient"/>, and updates nothing, states neither.</summary>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="classes">A class id per sample.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <returns>The mean loss, finite or not.</returns>
    /// <exception cref="ArgumentException">A length or class id is wrong.</exception>
    public float ComputeGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes, Span<float> inputGradient = default,
        ReadOnlySpan<float> sampleWeights = default) =>
        Compute(_allClasses, inputs, default, classes, sampleWeights, inputGradient, GradientUse.Inspect);

    /// <inheritdoc cref="ComputeGradient(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{float})"/>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="targets">Target values, or a probability per class, one after the other.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    public float ComputeGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> inputGradient = default,
        ReadOnlySpan<float> sampleWeights = default) =>
        Compute(_allValues, inputs, targets, default, sampleWeights, inputGradient, GradientUse.Inspect);

    /// <summary>Computes the mean loss of a batch and its <see cref="Gradient"/>, some outputs judged by values, others by classes.</summary>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="targets">Of each sample the target values, those of the first output that is judged by values, then those of the next.</param>
    /// <param name="classes">Of each sample a class id for the first output that is judged by classes, then for the next.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <inheritdoc cref="ComputeGradient(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{float})"/>
    public float ComputeGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes, Span<float> inputGradient,
        ReadOnlySpan<float> sampleWeights) =>
        Compute(_byLoss, inputs, targets, classes, sampleWeights, inputGradient, GradientUse.Inspect);

    /// <summary>Ends the helper threads and gives the optimizer up. The model and the optimizer stay as they are.</summary>
    public void Dispose()
    {
        _disposed = true;
        Optimizer.Release(this);
        _team.Dispose();
    }

    private float Step(in Batch batch, TargetCoding coding) =>
        Step(coding, batch.Inputs, batch.Targets, batch.Classes, batch.Weights, batch.Indices);

    private float Step(
        TargetCoding coding, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes,
        ReadOnlySpan<float> sampleWeights, ReadOnlySpan<int> indices = default)
    {
        float loss = Compute(coding, inputs, targets, classes, sampleWeights, default, GradientUse.Update);
        if (_job.Refused)
            throw NonFinite(inputs, targets, indices, loss);
        StepCount++;
        return loss;
    }
}
