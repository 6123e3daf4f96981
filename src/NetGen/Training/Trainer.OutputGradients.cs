namespace NetGen;

/// <content>Training by gradients of the outputs that the caller computes, in place of a loss's.</content>
public sealed partial class Trainer<TNetwork>
{
    private float[] _outputs = [];
    private float[] _outputGradients = [];

    /// <summary>
    /// Updates the parameters by a gradient of the outputs that the caller computed, of whatever the outputs are to serve: a critic's opinion, what
    /// an episode was worth, an energy. If it is the gradient of the network's own loss, the update is that of
    /// <see cref="Step(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float})"/>, bit for bit.
    /// </summary>
    /// <remarks>
    /// The outputs are computed again on the way, as a training step computes them: dropout draws its masks and batch norms take the statistics of
    /// the batch. Where that makes a difference, <see cref="Step(ReadOnlySpan{float}, OutputLoss, Span{float})"/> shows the outputs of the step
    /// itself.
    /// </remarks>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="outputGradients">
    /// The gradient with respect to each output, where <c>PredictBatch</c> writes that output. Of a mean over samples it has the factor 1 / count.
    /// </param>
    /// <param name="inputGradient">
    /// Room for the gradient with respect to the inputs, as many floats, or nothing: for the network that computed the inputs.
    /// </param>
    /// <exception cref="ArgumentException">A length is wrong; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// An output has no loss, and the class is declared without <see cref="NetworkAttribute.OutputGradients"/>; or gradients are accumulated.
    /// </exception>
    /// <exception cref="NonFiniteLossException">
    /// A gradient given or an output computed is not finite; parameters and states are as before.
    /// </exception>
    public void StepFromOutputGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, Span<float> inputGradient = default) =>
        FromOutside(inputs, outputGradients, null, inputGradient, GradientUse.Update);

    /// <summary>
    /// As <see cref="StepFromOutputGradient"/>, but adds the parameters' gradient to those accumulated before (<see cref="ApplyGradient"/>).
    /// </summary>
    /// <inheritdoc cref="StepFromOutputGradient"/>
    public void AccumulateFromOutputGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, Span<float> inputGradient = default) =>
        FromOutside(inputs, outputGradients, null, inputGradient, GradientUse.Accumulate);

    /// <summary>
    /// As <see cref="StepFromOutputGradient"/>, but leaves the gradient in <see cref="Gradient"/> and updates nothing, states neither.
    /// </summary>
    /// <inheritdoc cref="StepFromOutputGradient"/>
    public void ComputeGradientFromOutputGradient(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, Span<float> inputGradient = default) =>
        FromOutside(inputs, outputGradients, null, inputGradient, GradientUse.Inspect);

    /// <summary>
    /// Computes the outputs of a batch, asks the caller for their loss and its gradient, and updates the parameters: one way forward and one back.
    /// </summary>
    /// <param name="inputs">Samples one after the other; of several inputs, each sample's one after the other.</param>
    /// <param name="loss">
    /// The loss. It may use other trainers, so that the gradient of one network's inputs becomes that of another's outputs, and must not use this
    /// one.
    /// </param>
    /// <param name="inputGradient">Room for the gradient with respect to the inputs, as many floats, or nothing.</param>
    /// <returns>The loss, and the penalties on weights if the network has some.</returns>
    /// <exception cref="ArgumentException">A length is wrong; nothing has changed.</exception>
    /// <exception cref="InvalidOperationException">
    /// An output has no loss, and the class is declared without <see cref="NetworkAttribute.OutputGradients"/>; or gradients are accumulated.
    /// </exception>
    /// <exception cref="NonFiniteLossException">The loss, a gradient or an output is not finite; parameters and states are as before.</exception>
    public float Step(ReadOnlySpan<float> inputs, OutputLoss loss, Span<float> inputGradient = default) =>
        FromOutside(inputs, default, Required(loss), inputGradient, GradientUse.Update);

    /// <summary>
    /// As <see cref="Step(ReadOnlySpan{float}, OutputLoss, Span{float})"/>, but adds the gradient to those accumulated before
    /// (<see cref="ApplyGradient"/>).
    /// </summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, OutputLoss, Span{float})"/>
    public float Accumulate(ReadOnlySpan<float> inputs, OutputLoss loss, Span<float> inputGradient = default) =>
        FromOutside(inputs, default, Required(loss), inputGradient, GradientUse.Accumulate);

    /// <summary>
    /// As <see cref="Step(ReadOnlySpan{float}, OutputLoss, Span{float})"/>, but leaves the gradient in <see cref="Gradient"/> and updates nothing,
    /// states neither.
    /// </summary>
    /// <inheritdoc cref="Step(ReadOnlySpan{float}, OutputLoss, Span{float})"/>
    public float ComputeGradient(ReadOnlySpan<float> inputs, OutputLoss loss, Span<float> inputGradient = default) =>
        FromOutside(inputs, default, Required(loss), inputGradient, GradientUse.Inspect);

    private static OutputLoss Required(OutputLoss loss)
    {
        ArgumentNullException.ThrowIfNull(loss);
        return loss;
    }

    private float FromOutside(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, OutputLoss? loss, Span<float> inputGradient, GradientUse use)
    {
        int count = CheckFromOutside(inputs, outputGradients, loss, inputGradient);
        Prediction.CheckCode<TNetwork>(Model.Parameters);
        using Turn turn = BeginComputation();
        if (use == GradientUse.Update)
            RequireNothingAccumulated();
        // A caller's loss may compare samples: it sees whole batches, unless pieces were asked for.
        bool isWhole = loss is not null && _options.MicroBatch == 0;
        int pieceLength = isWhole ? count : PieceOf(count);
        TrainingFrame frame = EnsureCapacity(isWhole ? count : MostAtOnce(count));
        if (pieceLength < count)
            _job.PreparePieces();
        if (loss is not null && _outputs.Length < pieceLength * TNetwork.OutputLength)
        {
            _outputs = new float[checked(pieceLength * TNetwork.OutputLength)];
            _outputGradients = new float[_outputs.Length];
        }

        ulong key = BeginBatch(frame, use, isOfOnePiece: pieceLength == count);
        for (int from = 0; from < count; from += pieceLength)
        {
            int piece = Math.Min(pieceLength, count - from);
            (_job.IsFirst, _job.IsLast) = (from == 0, from + piece == count);
            try
            {
                RunPiece(
                    frame,
                    inputs.Slice(from * TNetwork.InputLength, piece * TNetwork.InputLength),
                    loss is null ? outputGradients.Slice(from * TNetwork.OutputLength, piece * TNetwork.OutputLength) : default,
                    loss,
                    inputGradient.IsEmpty ? default : inputGradient.Slice(from * TNetwork.InputLength, piece * TNetwork.InputLength),
                    from,
                    key);
            }
            catch when (from > 0)
            {
                // The caller's loss threw; the pieces before have changed states.
                _job.GiveUp();
                throw;
            }
        }

        EndBatch(use);
        float value = (float)_job.Loss;
        if (_job.Refused)
            throw NonFinite(inputs, outputGradients, [], value, "outputs' gradients");
        if (use == GradientUse.Update)
            StepCount++;
        return value;
    }

    /// <summary>
    /// Runs a piece of a batch: whole where its gradient is given or, where a loss is to be asked, up to the outputs and on from there.
    /// </summary>
    private unsafe void RunPiece(
        TrainingFrame frame, ReadOnlySpan<float> inputs, ReadOnlySpan<float> given, OutputLoss? loss, Span<float> inputGradient, int first, ulong key)
    {
        int count = inputs.Length / TNetwork.InputLength;
        Span<float> outputs = _outputs.AsSpan(0, loss is null ? 0 : count * TNetwork.OutputLength);
        Span<float> gradients = _outputGradients.AsSpan(0, outputs.Length);
        fixed (float* input = inputs, towardsInput = inputGradient, output = outputs, gradient = loss is null ? given : gradients)
        {
            double value = 0;
            if (loss is not null)
            {
                frame.BeginFromOutside(input, towardsInput, count, key, first, TNetwork.OutputLength, null, output, runsForward: true);
                _team.Run(_job, WorkersFor(count));
                gradients.Clear();
                value = loss(new OutputBatch(first, count, outputs, gradients));
            }

            frame.BeginFromOutside(input, towardsInput, count, key, first, TNetwork.OutputLength, gradient, null, runsForward: loss is null);
            frame.GivenLoss = value;
            _team.Run(_job, WorkersFor(count));
        }
    }

    private static int CheckFromOutside(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputGradients, OutputLoss? loss, ReadOnlySpan<float> inputGradient)
    {
        NetworkDescription network = TNetwork.Description;
        if (!network.TakesOutputGradients && network.OutputPoints.FirstOrDefault(output => output.Targets == TargetKind.None) is { } untrained)
        {
            throw new InvalidOperationException(
                $"'{untrained.Name}' of {network.Name} has no loss, and no way back leads from it. Declare the class with "
                + "[Network(OutputGradients = true)] to train it by gradients of its outputs.");
        }

        int count = CheckInputs(inputs, default);
        CheckIntegers(inputs);
        if (loss is null && outputGradients.Length != (long)count * TNetwork.OutputLength)
        {
            throw new ArgumentException(
                $"outputGradients holds {outputGradients.Length} floats; {network.Name} expects {TNetwork.OutputLength} for each of "
                + $"the {count} samples, {(long)count * TNetwork.OutputLength} in all.",
                nameof(outputGradients));
        }

        CheckInputGradient(inputs, inputGradient);
        return count;
    }
}
