using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    // Large enough to keep all threads busy, small enough to stay in the cache with its inputs.
    private const int EvaluationBatch = 256;

    /// <summary>Predicts samples and computes the mean loss and metrics. Nothing is learned.</summary>
    /// <remarks>
    /// Samples' weights count in the loss as they do in training; metrics count each sample once. Where targets are scaled
    /// (<see cref="DatasetViews.ScaleTargets"/>), the loss is that of the scaled ones, predictions and metrics are in their own units.
    /// </remarks>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="metrics">What to compute.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network.</exception>
    public EvaluationResult Evaluate(Dataset samples, params IReadOnlyList<Metric> metrics)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        CheckDataset(samples, nameof(samples));
        NetworkDescription network = TNetwork.Description;
        int outputLength = TNetwork.OutputLength;
        var outputs = new float[checked(samples.Count * outputLength)];
        var targets = new float[checked(samples.Count * samples.TargetLength)];
        var classes = new int[samples.HasClassIds ? samples.Count : 0];
        var weights = new float[samples.HasSampleWeights ? samples.Count : 0];
        if (weights.Length > 0)
            samples.ReadSampleWeightsCore(samples.AllIndices(), weights);
        var inputs = new float[Math.Min(EvaluationBatch, samples.Count) * TNetwork.InputLength];
        var indices = new int[Math.Min(EvaluationBatch, samples.Count)];
        for (int start = 0; start < samples.Count; start += EvaluationBatch)
        {
            int count = Math.Min(EvaluationBatch, samples.Count - start);
            for (int i = 0; i < count; i++)
                indices[i] = start + i;
            Span<float> batch = inputs.AsSpan(0, count * TNetwork.InputLength);
            if (samples.HasClassIds)
                samples.Read(indices.AsSpan(0, count), batch, classes.AsSpan(start, count));
            else
                samples.Read(indices.AsSpan(0, count), batch, targets.AsSpan(start * samples.TargetLength, count * samples.TargetLength));
            Model.PredictBatch(batch, outputs.AsSpan(start * outputLength, count * outputLength), _team.Size);
        }

        bool coded = ClassCodes.AreNeeded(network) && samples.HasClassIds;
        double loss = coded
            ? MeanLoss(outputs, ClassCodes.Of(classes, network, outputLength), [], weights, samples.Count)
            : MeanLoss(outputs, targets, classes, weights, samples.Count);
        OutputMeaning meaning = network.Outputs;
        if (samples.TargetScaler is { } scaler)
        {
            scaler.Invert(outputs);
            scaler.Invert(targets);
            meaning = OutputMeaning.Values;
        }

        var predictions = samples.HasClassIds
            ? new Predictions(outputs, outputLength, classes, meaning)
            : new Predictions(outputs, outputLength, targets, samples.Targets, meaning);
        return new EvaluationResult(
            loss,
            [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Compute(predictions)))],
            predictions);
    }

    private static unsafe double MeanLoss(float[] outputs, float[] targets, int[] classes, float[] weights, int count)
    {
        var frame = new TrainingFrame(new AlignedBuffer(0), count);
        var scratch = new float[outputs.Length];
        fixed (float* target = targets, weight = weights)
        fixed (int* id = classes)
        {
            frame.Begin(null, target, id, weight, null, count, 0);
            TNetwork.EvaluateLoss(frame, in outputs[0], ref scratch[0]);
        }

        double sum = 0;
        foreach (float loss in frame.Losses)
            sum += loss;
        return sum;
    }

    /// <summary>Whether the targets of samples are surely classes, so that their accuracy can be told.</summary>
    private static bool HasClasses(Dataset samples) =>
        samples.Targets == TargetKind.Classes || TNetwork.Description is { Targets: TargetKind.Classes, ClassCount: > 0 };

    private static void CheckValidation(Dataset validation, Dataset train)
    {
        CheckDataset(validation, nameof(validation));
        if (!TargetScaler.AreSame(validation.TargetScaler, train.TargetScaler))
        {
            throw new ArgumentException(
                "The targets of training and validation samples are scaled differently: scale both with the scaler of the training samples.",
                nameof(validation));
        }
    }

    private static void CheckDataset(Dataset samples, string parameter)
    {
        ArgumentNullException.ThrowIfNull(samples, parameter);
        NetworkDescription network = TNetwork.Description;
        if (samples.Count == 0)
            throw new ArgumentException("The data set has no samples.", parameter);
        if (samples.InputLength != TNetwork.InputLength)
        {
            throw new ArgumentException(
                $"The data set's inputs have the shape {Shapes.Format(samples.InputShape)}, {samples.InputLength} floats; "
                + $"{network.Name} expects {Shapes.Format(network.InputShape)}, {TNetwork.InputLength} floats.",
                parameter);
        }

        if (samples.Targets == TargetKind.None)
            throw new ArgumentException($"The data set has no targets; {network.Name} cannot learn from it or be judged by it.", parameter);
        if (samples.HasClassIds && network.ClassCount == 0)
            throw new ArgumentException($"The data set's targets are class ids; {network.Name} learns target values.", parameter);
        if (samples.HasClassIds && samples.ClassCount > network.ClassCount)
        {
            throw new ArgumentException(
                $"The data set has {samples.ClassCount} classes; {network.Name} knows {network.ClassCount}.", parameter);
        }

        if (samples.TargetScaler is not null && network.Outputs is not (OutputMeaning.Values or OutputMeaning.Signs or OutputMeaning.Probabilities))
        {
            throw new ArgumentException(
                $"The data set's targets are scaled, but the outputs of {network.Name} are {network.Outputs}, which are not.", parameter);
        }

        if (!samples.HasClassIds && samples.TargetLength != TNetwork.OutputLength)
        {
            throw new ArgumentException(
                $"The data set's targets have {samples.TargetLength} floats; {network.Name} has {TNetwork.OutputLength} outputs."
                + (samples.TargetLength == network.ClassCount ? " Where they are one-hot, make them class ids with ToClasses()." : ""),
                parameter);
        }
    }
}
