namespace NetGen;

/// <content>Gradients of several batches, which become one update when the caller says so.</content>
public sealed partial class Trainer<TNetwork>
{
    private bool _hasGradient;
    private bool _showsAccumulated;

    /// <summary>How many batches have been accumulated since the last update.</summary>
    public int AccumulatedCount { get; private set; }

    /// <summary>
    /// Computes the loss and gradient of a batch and adds the gradient to those accumulated before; <see cref="Gradient"/> is their sum. Parameters
    /// stay as they are until <see cref="ApplyGradient"/>; states, such as running statistics, take their next values.
    /// </summary>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="classes">A class id per sample; where several outputs are judged, one for each.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    /// <returns>The mean loss of the batch.</returns>
    /// <exception cref="ArgumentException">A length or class id is wrong; nothing has changed.</exception>
    /// <exception cref="NonFiniteLossException">
    /// The loss is not finite; states are as before, and what was accumulated can still be applied.
    /// </exception>
    public float Accumulate(
        ReadOnlySpan<float> inputs, ReadOnlySpan<int> classes, Span<float> inputGradient = default, ReadOnlySpan<float> sampleWeights = default) =>
        Accumulate(_allClasses, inputs, default, classes, inputGradient, sampleWeights);

    /// <inheritdoc cref="Accumulate(ReadOnlySpan{float}, ReadOnlySpan{int}, Span{float}, ReadOnlySpan{float})"/>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="targets">Target values, or a probability per class, one after the other.</param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <param name="sampleWeights">A weight per sample, at least 0, or nothing.</param>
    public float Accumulate(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, Span<float> inputGradient = default, ReadOnlySpan<float> sampleWeights = default) =>
        Accumulate(_allValues, inputs, targets, default, inputGradient, sampleWeights);

    /// <summary>
    /// Lets the optimizer apply <see cref="Gradient"/>: the sum of what was accumulated or, if that is nothing, what <c>ComputeGradient</c> left
    /// there; with what the caller made of it in between. Clipped as that of a step is.
    /// </summary>
    /// <param name="scale">What the gradient is multiplied with first: 1 / <see cref="AccumulatedCount"/> makes a mean of the sum.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scale is not finite.</exception>
    /// <exception cref="InvalidOperationException">No gradient has been computed since the last update.</exception>
    /// <exception cref="NonFiniteLossException">
    /// The gradient is not finite, which <see cref="TrainerOptions.CheckGradients"/> and <see cref="TrainerOptions.ClipNorm"/> find out; the
    /// parameters are as before, and the gradient is given up.
    /// </exception>
    public void ApplyGradient(float scale = 1)
    {
        if (!float.IsFinite(scale))
            throw new ArgumentOutOfRangeException(nameof(scale), scale, "The scale must be finite.");
        using Turn turn = BeginComputation();
        if (AccumulatedCount == 0 && !_hasGradient)
        {
            throw new InvalidOperationException(
                $"There is no gradient to apply: none has been computed since the last update. Call {nameof(Accumulate)} or "
                + $"{nameof(ComputeGradient)} first.");
        }

        Prediction.CheckCode<TNetwork>(Model.Parameters);
        TrainingFrame frame = EnsureCapacity(1);
        Use(frame, null);
        // The caller may have written anywhere.
        frame.ForgetRows();
        if (AccumulatedCount > 0 && !_showsAccumulated)
            _job.Accumulated.CopyTo(frame.GradientSpan);
        _job.Begin(GradientUse.Apply, isOfOnePiece: false);
        _job.Scale = scale;
        (_job.IsFirst, _job.IsLast) = (true, true);
        // An update is bound by memory: as many floats as operations of a step are worth a worker.
        _team.Run(_job, (int)Math.Clamp(frame.GradientSpan.Length / OperationsPerWorker, 1, _team.Size));
        ForgetGradient();
        if (_job.Refused)
            throw NonFinite([], [], [], (float)_job.Loss);
        Model.Parameters.Changed();
        StepCount++;
    }

    /// <summary>Gives up what was accumulated. States, such as running statistics, keep what they took from it.</summary>
    public void DiscardGradient()
    {
        using Turn turn = BeginComputation();
        ForgetGradient();
    }

    private float Accumulate(
        TargetCoding coding, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes,
        Span<float> inputGradient, ReadOnlySpan<float> sampleWeights)
    {
        float loss = Compute(coding, inputs, targets, classes, sampleWeights, inputGradient, GradientUse.Accumulate);
        return _job.Refused ? throw NonFinite(inputs, targets, [], loss) : loss;
    }

    private void ForgetGradient() => (AccumulatedCount, _hasGradient, _showsAccumulated) = (0, false, false);

    private void RequireNothingAccumulated()
    {
        if (AccumulatedCount == 0)
            return;
        throw new InvalidOperationException(
            $"The gradients of {Count(AccumulatedCount, "batch", "batches")} are accumulated and not applied yet; another update would lose them. "
            + $"Call {nameof(ApplyGradient)} or {nameof(DiscardGradient)} first.");
    }
}
