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
    private TrainingFrame? _frame;
    private float[] _codes = [];

    /// <summary>Makes a trainer and prepares the optimizer for the model.</summary>
    /// <param name="model">The model whose parameters are trained.</param>
    /// <param name="optimizer">The optimizer; it starts anew and belongs to this trainer alone.</param>
    /// <param name="options">Threads, memory, clipping.</param>
    public Trainer(TNetwork model, Optimizer optimizer, TrainerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(optimizer);
        _options = options ?? new TrainerOptions();
        _options.Validate();
        Model = model;
        Optimizer = optimizer;
        if (_options.ParameterRule is { } rule)
            optimizer.Prepare(TNetwork.Description.ParameterBlockLength, ParameterRange.For(TNetwork.Description, rule));
        else
            optimizer.Prepare(TNetwork.Description);
        Gradient = ParameterBlock.ForGradient(TNetwork.Description);
        _job = new TrainingJob<TNetwork>(optimizer, _options);
        _team = new Team(_options.Threads);
        if (_options.Capacity > 0)
            EnsureCapacity(_options.Capacity);
    }

    /// <summary>The model.</summary>
    public TNetwork Model { get; }

    /// <summary>The optimizer.</summary>
    public Optimizer Optimizer { get; }

    /// <summary>
    /// The gradient of the last step's mean loss, by name as the parameters; limited by <see cref="TrainerOptions.ClipValue"/>
    /// if the step updated, not yet shortened by <see cref="TrainerOptions.ClipNorm"/>.
    /// </summary>
    public ParameterBlock Gradient { get; }

    /// <summary>
    /// The norm of the last gradient, before <see cref="TrainerOptions.ClipNorm"/>; NaN if nothing asked for it.
    /// </summary>
    public double GradientNorm => _job.Norm;

    /// <summary>The number of updates so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>Computes the loss and gradient of a batch and updates the parameters.</summary>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="classes">A class id per sample.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <returns>The mean loss before the update.</returns>
    /// <exception cref="ArgumentException">A length or class id is wrong; nothing has changed.</exception>
    /// <exception cref="NonFiniteLossException">The loss is not finite; the parameters are as before.</exception>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes, ReadOnlySpan<float> sampleWeights = default)
    {
        int count = CheckClasses(inputs, classes, sampleWeights);
        return ClassCodes.AreNeeded(TNetwork.Description)
            ? Step(inputs, Code(classes), default, sampleWeights, count)
            : Step(inputs, default, classes, sampleWeights, count);
    }

    /// <inheritdoc cref="Step(ReadOnlySpan{float}, ReadOnlySpan{int}, ReadOnlySpan{float})"/>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="targets">Target values, or a probability per class, one after the other.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    public float Step(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<float> sampleWeights = default)
    {
        int count = CheckTargets(inputs, targets, sampleWeights);
        return Step(inputs, targets, default, sampleWeights, count);
    }

    /// <summary>Computes the mean loss of a batch and its <see cref="Gradient"/>, and updates nothing.</summary>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="classes">A class id per sample.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <returns>The mean loss, finite or not.</returns>
    /// <exception cref="ArgumentException">A length or class id is wrong.</exception>
    public float ComputeGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes, Span<float> inputGradient = default,
        ReadOnlySpan<float> sampleWeights = default)
    {
        int count = CheckClasses(inputs, classes, sampleWeights);
        return ClassCodes.AreNeeded(TNetwork.Description)
            ? Compute(inputs, Code(classes), default, sampleWeights, inputGradient, count, update: false)
            : Compute(inputs, default, classes, sampleWeights, inputGradient, count, update: false);
    }

    /// <inheritdoc cref="ComputeGradient(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{float})"/>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="targets">Target values, or a probability per class, one after the other.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    public float ComputeGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> inputGradient = default,
        ReadOnlySpan<float> sampleWeights = default)
    {
        int count = CheckTargets(inputs, targets, sampleWeights);
        return Compute(inputs, targets, default, sampleWeights, inputGradient, count, update: false);
    }

    /// <summary>Ends the helper threads. The model and the optimizer stay as they are.</summary>
    public void Dispose() => _team.Dispose();

    private float Step(in Batch batch)
    {
        int count = batch.Classes.IsEmpty
            ? CheckTargets(batch.Inputs, batch.Targets, batch.Weights)
            : CheckClasses(batch.Inputs, batch.Classes, batch.Weights);
        return ClassCodes.AreNeeded(TNetwork.Description) && !batch.Classes.IsEmpty
            ? Step(batch.Inputs, Code(batch.Classes), default, batch.Weights, count, batch.Indices)
            : Step(batch.Inputs, batch.Targets, batch.Classes, batch.Weights, count, batch.Indices);
    }

    private float Step(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes,
        ReadOnlySpan<float> sampleWeights, int count, ReadOnlySpan<int> indices = default)
    {
        float loss = Compute(inputs, targets, classes, sampleWeights, default, count, update: true);
        if (_job.Refused)
            throw NonFinite(inputs, targets, indices, loss);
        StepCount++;
        return loss;
    }
}
