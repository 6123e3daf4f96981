using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    // Large enough to keep all threads busy, small enough to stay in the cache with its inputs.
    private const int EvaluationBatch = 256;

    /// <summary>Predicts samples and computes the mean loss and metrics. Nothing is learned.</summary>
    /// <remarks>
    /// Samples' weights and penalties on the size of weights (<see cref="WeightedLayerAttribute.L2"/>) count in the loss as they do in training; metrics
    /// count each sample once. Where targets are scaled
    /// (<see cref="DatasetViews.ScaleTargets"/>), the loss is that of the scaled ones, predictions and metrics are in their own units.
    /// </remarks>
    /// <param name="samples">The samples, at least one.</param>
    /// <param name="metrics">What to compute; where several outputs have a loss, each of one of them, see <see cref="Metric.For"/>.</param>
    /// <exception cref="ArgumentException">The samples do not fit the network, or a metric is of no output.</exception>
    public EvaluationResult Evaluate(Dataset samples, params IReadOnlyList<Metric> metrics)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(metrics);
        TargetCoding coding = CheckDataset(samples, nameof(samples));
        CheckMetrics(metrics, nameof(metrics));
        var outputs = new float[checked(samples.Count * TNetwork.OutputLength)];
        var targets = new float[checked(samples.Count * samples.TargetLength)];
        var classes = new int[checked(samples.Count * samples.ClassLength)];
        var weights = new float[samples.HasSampleWeights ? samples.Count : 0];
        if (weights.Length > 0)
            samples.ReadSampleWeightsCore(samples.AllIndices(), weights);
        Predict(samples, outputs, targets, classes);
        coding.Check(classes);

        IReadOnlyList<OutputDescription> judged = TNetwork.Description.Judged;
        float[][] columns = [.. judged.Select(output => Column(outputs, TNetwork.OutputLength, OffsetOf(output), output.Length))];
        double[] losses = MeanLosses(coding, columns, targets, classes, weights, samples.Count);
        if (samples.TargetScaler is { } scaler)
        {
            scaler.Invert(columns[0]);
            scaler.Invert(targets);
        }

        OutputEvaluation[] evaluated = [.. judged.Select((output, i) => new OutputEvaluation(
            output.Name, losses[i], PredictionsOf(samples, coding.Given, i, columns[i], targets, classes)))];
        return new EvaluationResult(
            losses.Sum() + _job.Penalties.Of(Model.Parameters.Span),
            [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Compute(
                (evaluated.FirstOrDefault(output => output.Name == metric.Output) ?? evaluated[0]).Predictions)))],
            evaluated);
    }

    private void Predict(Dataset samples, float[] outputs, float[] targets, int[] classes)
    {
        int room = Math.Min(EvaluationBatch, samples.Count);
        var inputs = new float[checked(room * TNetwork.InputLength)];
        var indices = new int[room];
        for (int start = 0; start < samples.Count; start += EvaluationBatch)
        {
            int count = Math.Min(EvaluationBatch, samples.Count - start);
            for (int i = 0; i < count; i++)
                indices[i] = start + i;
            Span<float> batch = inputs.AsSpan(0, count * TNetwork.InputLength);
            samples.ReadCore(
                indices.AsSpan(0, count), batch,
                targets.AsSpan(start * samples.TargetLength, count * samples.TargetLength),
                classes.AsSpan(start * samples.ClassLength, count * samples.ClassLength));
            Model.PredictBatch(batch, outputs.AsSpan(start * TNetwork.OutputLength, count * TNetwork.OutputLength), _team.Size);
        }
    }

    private static Predictions PredictionsOf(
        Dataset samples, TargetRows given, int term, float[] outputs, float[] targets, int[] classes)
    {
        OutputDescription output = TNetwork.Description.Judged[term];
        OutputMeaning meaning = samples.TargetScaler is null ? output.Meaning : OutputMeaning.Values;
        return given.AreClassIds(term)
            ? new Predictions(outputs, output.Length, Column(classes, given.ClassLength, given.OffsetOf(term), 1), meaning)
            : new Predictions(outputs, output.Length, Column(targets, given.ValueLength, given.OffsetOf(term), output.Length), KindOf(samples, term), meaning);
    }

    /// <summary>The mean loss of each output.</summary>
    private static unsafe double[] MeanLosses(
        TargetCoding coding, float[][] outputs, float[] targets, int[] classes, float[] weights, int count)
    {
        if (coding.IsNeeded)
        {
            var codedTargets = new float[checked(count * coding.Coded.ValueLength)];
            var codedClasses = new int[checked(count * coding.Coded.ClassLength)];
            coding.Code(targets, classes, codedTargets, codedClasses);
            (targets, classes) = (codedTargets, codedClasses);
        }

        var frame = NewFrame(new AlignedBuffer(0), count);
        float[] all = outputs.Length == 1 ? outputs[0] : [.. outputs.SelectMany(column => column)];
        var scratch = new float[all.Length];
        fixed (float* target = targets, weight = weights)
        fixed (int* id = classes)
        {
            frame.Begin(coding.Coded, null, target, id, weight, null, count, 0);
            TNetwork.EvaluateLoss(frame, in all[0], ref scratch[0]);
        }

        var losses = new double[outputs.Length];
        for (int term = 0; term < losses.Length; term++)
        {
            foreach (float loss in frame.Term(term).Losses)
                losses[term] += loss;
        }

        return losses;
    }

    /// <summary>Some elements of every row.</summary>
    private static T[] Column<T>(T[] rows, int rowLength, int offset, int length)
    {
        if (length == rowLength)
            return rows;
        var column = new T[rows.Length / rowLength * length];
        for (int row = 0; row < rows.Length / rowLength; row++)
            rows.AsSpan(row * rowLength + offset, length).CopyTo(column.AsSpan(row * length));
        return column;
    }

    private static int OffsetOf(OutputDescription output) =>
        TNetwork.Description.OutputPoints.TakeWhile(other => other != output).Sum(other => other.Length);
}
