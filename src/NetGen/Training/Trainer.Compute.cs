using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    // What a worker should have to do so that meeting it at a few barriers is worth it: about ten microseconds.
    private const double OperationsPerWorker = 300_000;

    // Backward costs about twice what forward does.
    private const int ForwardAndBackward = 3;

    private unsafe float Compute(
        TargetCoding coding, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes,
        ReadOnlySpan<float> sampleWeights, Span<float> inputGradient, GradientUse use)
    {
        int count = Check(coding, inputs, targets, classes, sampleWeights);
        CheckInputGradient(inputs, inputGradient);
        Prediction.CheckCode<TNetwork>(Model.Parameters);
        using Turn turn = BeginComputation();
        if (use == GradientUse.Update)
            RequireNothingAccumulated();
        if (coding.IsNeeded)
            Code(coding, ref targets, ref classes, count);
        TargetRows rows = coding.Coded;
        int pieceLength = PieceOf(count);
        TrainingFrame frame = EnsureCapacity(MostAtOnce(count));
        ulong key = BeginBatch(frame, use, isOfOnePiece: pieceLength == count);

        fixed (float* input = inputs, target = targets, weight = sampleWeights, gradient = inputGradient)
        fixed (int* id = classes)
        {
            var batch = new BatchPointers(input, target, id, weight, gradient);
            Measure(frame, rows, batch, count, pieceLength, key);
            if (pieceLength < count)
                _job.PreparePieces();
            for (int from = 0; from < count; from += pieceLength)
            {
                int piece = Math.Min(pieceLength, count - from);
                if (piece < count)
                {
                    Begin(frame, rows, batch, from, piece, key);
                    TakePart(frame);
                }

                _job.IsFirst = from == 0;
                _job.IsLast = from + piece == count;
                _team.Run(_job, WorkersFor(piece));
            }
        }

        EndBatch(use);
        return (float)_job.Loss;
    }

    /// <summary>Names the memory of a batch, and what its random draws depend on: the step and, of batches that are one step, the number.</summary>
    private ulong BeginBatch(TrainingFrame frame, GradientUse use, bool isOfOnePiece)
    {
        // From here on the gradient's block has nothing to apply, until the batch is through.
        (_hasGradient, _showsAccumulated) = (false, false);
        _job.Begin(use, isOfOnePiece);
        _job.HasAccumulated = AccumulatedCount > 0;
        if (use == GradientUse.Accumulate && _job.Accumulated.Length == 0)
            _job.Accumulated = new float[TNetwork.Description.ParameterBlockLength];
        Use(frame, _job.AppliesParts && !_keepsGradient ? _job : null);
        // Of a batch that was given up, nobody knows how far it came.
        if (_isWithinBatch)
            frame.ForgetRows();
        _isWithinBatch = true;
        var random = new RandomStream(_options.Seed, (ulong)StepCount);
        for (int batch = 0; batch < AccumulatedCount; batch++)
            random.NextUInt64();
        return random.NextUInt64();
    }

    /// <summary>Names the memory of parameters and gradients.</summary>
    private void Use(TrainingFrame frame, IPartUpdate? partUpdate) => frame.Use(
        Model.Parameters.Buffer, _gradient.Buffer, _gradient.Changes, _gradient.Description.ParameterBlockLength, partUpdate);

    private void EndBatch(GradientUse use)
    {
        _job.ForgetOtherRows();
        _isWithinBatch = false;
        if (use != GradientUse.Inspect)
            Model.Parameters.Changed();
        if (use == GradientUse.Accumulate && !_job.Refused)
            AccumulatedCount++;
        _hasGradient = use != GradientUse.Update && !_job.Refused;
        _showsAccumulated = use == GradientUse.Accumulate && !_job.Refused;
    }

    /// <summary>Where the samples of a batch stand while it is worked on.</summary>
    private readonly unsafe struct BatchPointers(float* inputs, float* targets, int* classes, float* weights, float* gradient)
    {
        internal readonly float* Inputs = inputs;
        internal readonly float* Targets = targets;
        internal readonly int* Classes = classes;
        internal readonly float* Weights = weights;
        internal readonly float* Gradient = gradient;
    }

    private static unsafe void Begin(TrainingFrame frame, TargetRows rows, in BatchPointers batch, int from, int count, ulong key)
    {
        float* inputs = batch.Inputs + (nint)from * TNetwork.InputLength;
        frame.Begin(
            rows,
            inputs,
            inputs,
            TNetwork.InputLength,
            batch.Targets == null ? null : batch.Targets + (nint)from * rows.ValueLength,
            batch.Classes == null ? null : batch.Classes + (nint)from * rows.ClassLength,
            batch.Weights == null ? null : batch.Weights + from,
            batch.Gradient == null ? null : batch.Gradient + (nint)from * TNetwork.InputLength,
            count,
            key,
            from);
    }

    /// <summary>
    /// Sums what the samples of a batch weigh in each of its losses: what their means are divided by, and what the batch counts for in an epoch.
    /// A batch in one piece has begun then.
    /// </summary>
    private void Measure(TrainingFrame frame, TargetRows rows, in BatchPointers batch, int count, int pieceLength, ulong key)
    {
        Array.Clear(_totalWeights);
        for (int from = 0; from < count; from += pieceLength)
        {
            Begin(frame, rows, batch, from, Math.Min(pieceLength, count - from), key);
            for (int term = 0; term < _totalWeights.Length; term++)
                _totalWeights[term] += WeightOf(frame, term);
        }
    }

    /// <summary>Lets each loss of a piece count as much as the piece's samples do in the whole batch.</summary>
    private void TakePart(TrainingFrame frame)
    {
        for (int term = 0; term < _totalWeights.Length; term++)
        {
            double total = _totalWeights[term];
            frame.Term(term).Factor *= total > 0 ? WeightOf(frame, term) / total : 0;
        }
    }

    // Class weights count by ids; those that targets tell are part of the samples' already.
    private static double WeightOf(TrainingFrame frame, int term) =>
        BatchWeights.Total(frame.Term(term), frame.Term(term).HasClasses ? s_classWeights[term] : []);

    /// <summary>
    /// What the last batch weighs in the mean loss of an epoch: as its loss does or, where several losses may weigh it differently, as its samples
    /// do.
    /// </summary>
    private double WeightOf(in Batch batch) =>
        _totalWeights.Length == 1 ? _totalWeights[0] : batch.Weights.IsEmpty ? batch.Count : SumOf(batch.Weights);

    private int WorkersFor(int count)
    {
        double work = (double)count * TNetwork.Description.Operations * ForwardAndBackward;
        return (int)Math.Clamp(work / OperationsPerWorker, 1, _team.Size);
    }

    private static readonly TermWeighting[] s_weightings =
        [.. TNetwork.Description.Judged.Select(output => output.WeightingIn(TNetwork.Description))];

    private static readonly float[][] s_classWeights = [.. TNetwork.Description.Judged.Select(output => output.ClassWeights.ToArray())];

    private static double SumOf(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
            sum += weight;
        return sum;
    }

    /// <summary>Class ids as the target values that losses compare outputs with, beside those that are values already.</summary>
    private void Code(TargetCoding coding, ref ReadOnlySpan<float> targets, ref ReadOnlySpan<int> classes, int count)
    {
        (int values, int ids) = (checked(count * coding.Coded.ValueLength), checked(count * coding.Coded.ClassLength));
        if (_codedTargets.Length < values)
            _codedTargets = new float[values];
        if (_codedClasses.Length < ids)
            _codedClasses = new int[ids];
        coding.Code(targets, classes, _codedTargets, _codedClasses);
        targets = _codedTargets.AsSpan(0, values);
        classes = _codedClasses.AsSpan(0, ids);
    }

    private static int Check(
        TargetCoding coding, ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> classes, ReadOnlySpan<float> sampleWeights)
    {
        NetworkDescription network = TNetwork.Description;
        TargetRows given = coding.Given;
        if (network.Judged.Count == 0)
        {
            throw new InvalidOperationException(
                $"{network.Name} has no loss that could compare its outputs with targets. Give it one, or train it with "
                + $"{nameof(StepFromOutputGradient)}.");
        }

        for (int term = 0; term < network.Judged.Count; term++)
        {
            OutputDescription output = network.Judged[term];
            if (given.AreClassIds(term) && output.ClassCount == 0)
            {
                string what = network.Judged.Count == 1 ? network.Name : $"'{output.Name}' of {network.Name}";
                throw new ArgumentException($"{what} learns target values, not class ids.", nameof(classes));
            }

            if (!given.AreClassIds(term))
                CheckTakesValues(output, nameof(targets));
        }

        int count = CheckInputs(inputs, sampleWeights);
        if (classes.Length != (long)count * given.ClassLength)
        {
            throw new ArgumentException(
                given.ClassLength == 1 ? $"classes holds {classes.Length} ids for {count} samples."
                : $"classes holds {classes.Length} ids; {network.Name} expects {given.ClassLength} for each of the {count} samples, "
                    + $"{(long)count * given.ClassLength} in all.",
                nameof(classes));
        }

        if (targets.Length != (long)count * given.ValueLength)
        {
            throw new ArgumentException(
                $"targets holds {targets.Length} floats; {network.Name} expects {given.ValueLength} for each of "
                + $"the {count} samples, {(long)count * given.ValueLength} in all.",
                nameof(targets));
        }

        CheckIntegers(inputs);
        coding.Check(classes, inputs);
        return count;
    }

    private static void CheckInputGradient(ReadOnlySpan<float> inputs, ReadOnlySpan<float> inputGradient)
    {
        if (!inputGradient.IsEmpty && inputGradient.Length != inputs.Length)
        {
            throw new ArgumentException(
                $"inputGradient has room for {inputGradient.Length} floats; the inputs have {inputs.Length}.", nameof(inputGradient));
        }
    }

    private static void CheckIntegers(ReadOnlySpan<float> inputs, int first = 0) =>
        IntegerInputs<TNetwork>.Check(inputs, first, nameof(inputs));

    private static int CheckInputs(ReadOnlySpan<float> inputs, ReadOnlySpan<float> sampleWeights)
    {
        (int count, int rest) = Math.DivRem(inputs.Length, TNetwork.InputLength);
        if (rest != 0 || count == 0)
        {
            throw new ArgumentException(
                $"inputs holds {inputs.Length} floats; {TNetwork.Description.Name} expects one or more samples of "
                + $"{TNetwork.InputLength}.",
                nameof(inputs));
        }

        if (!sampleWeights.IsEmpty && sampleWeights.Length != count)
        {
            throw new ArgumentException(
                $"sampleWeights holds {sampleWeights.Length} weights for {count} samples.", nameof(sampleWeights));
        }

        foreach (float weight in sampleWeights)
        {
            if (!(weight >= 0 && float.IsFinite(weight)))
                throw new ArgumentException($"sampleWeights holds {weight}; weights are finite and at least 0.", nameof(sampleWeights));
        }

        return count;
    }

    private NonFiniteLossException NonFinite(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> indices, float loss, string targetsName = "targets")
    {
        (string where, string? tensor, bool isData) = Culprit(inputs, targets, indices, targetsName);
        string what = float.IsFinite(loss) ? "the gradient is not finite" : $"the loss is {loss}";
        string cure = isData ? "leave such samples out or fill them in" : "try a smaller learning rate or clip the gradient";
        return new NonFiniteLossException(
            $"At step {StepCount + 1} {what}{where}. The parameters are as they were before the step; {cure}.",
            StepCount + 1, loss, tensor);
    }

    /// <summary>What is not finite: parameters, else the first sample with such an input or target, else a gradient.</summary>
    private (string Where, string? Tensor, bool IsData) Culprit(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets, ReadOnlySpan<int> indices, string targetsName = "targets")
    {
        foreach (ParameterTensor tensor in Model.Parameters)
        {
            if (!IsFinite(tensor.ToArray()))
                return ($": the weights of {WithLayer(tensor)} are not finite", tensor.Name, false);
        }

        string where = BadSample(inputs, TNetwork.InputLength, "", indices);
        if (where.Length == 0)
            where = BadSample(targets, targets.Length / Math.Max(1, inputs.Length / TNetwork.InputLength), $" of its {targetsName}", indices);
        bool isData = where.Length > 0;
        foreach (ParameterTensor tensor in _gradient)
        {
            if (!IsFinite(tensor.ToArray()))
                return (isData ? where : $": the first gradient that is not finite is that of {WithLayer(tensor)}", tensor.Name, isData);
        }

        return (where, null, isData);
    }

    /// <summary>The first sample that holds what is not finite: by its index in the data set where that is known.</summary>
    private static string BadSample(ReadOnlySpan<float> values, int length, string what, ReadOnlySpan<int> indices)
    {
        int bad = IndexOfNonFinite(values);
        if (bad < 0)
            return "";
        (int sample, int place) = Math.DivRem(bad, length);
        return indices.IsEmpty
            ? $": sample {sample} of the batch holds {values[bad]} at {place}{what}"
            : $": sample {indices[sample]} of the data set holds {values[bad]} at {place}{what}";
    }

    /// <summary>
    /// Before parameters are saved: a gradient that is not finite while its loss was is only found by
    /// <see cref="TrainerOptions.CheckGradients"/>, and what it made of the parameters must not replace a good checkpoint.
    /// </summary>
    private void RequireFiniteParameters()
    {
        if (IsFinite(Model.Parameters.Span))
            return;
        (string where, string? tensor, _) = Culprit([], [], []);
        throw new NonFiniteLossException(
            $"After step {StepCount}{where}, so that no checkpoint was saved. {nameof(TrainerOptions)}."
            + $"{nameof(TrainerOptions.CheckGradients)} finds the step at which a gradient stops being finite, and leaves it out.",
            StepCount, (float)_job.Loss, tensor);
    }

    /// <summary>A tensor's name and its layer's kind: <c>0.weight in Dense(3)</c> says more than a number.</summary>
    private static string WithLayer(ParameterTensor tensor)
    {
        int dot = tensor.Name.LastIndexOf('.');
        LayerDescription? layer = TNetwork.Description.Layers.FirstOrDefault(layer => layer.Name == tensor.Name[..Math.Max(dot, 0)]);
        return layer is null ? tensor.Name : $"{tensor.Name} in {layer.Kind}";
    }

    private static bool IsFinite(ReadOnlySpan<float> values) => IndexOfNonFinite(values) < 0;

    private static int IndexOfNonFinite(ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                return i;
        }

        return -1;
    }
}
