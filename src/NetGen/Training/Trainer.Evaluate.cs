using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    // Large enough to keep all threads busy, small enough to stay in the cache with its inputs.
    private const int EvaluationBatch = 256;

    /// <summary>Predicts samples and computes the mean loss and metrics. Nothing is learned.</summary>
    /// <remarks>
    /// Samples' weights and penalties on the size of weights (<see cref="WeightedLayerAttribute.L2"/>) count in the loss as they do in training;
    /// metrics count each sample once. Where targets are scaled (<see cref="DatasetViews.ScaleTargets"/>), the loss is that of the scaled ones,
    /// predictions and metrics are in their own units.
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
        var lengths = new float[checked(samples.Count * s_lengths.Length)];
        if (weights.Length > 0)
            samples.ReadSampleWeightsCore(samples.AllIndices(), weights);
        Predict(samples, coding, outputs, targets, classes, lengths);

        IReadOnlyList<OutputDescription> judged = TNetwork.Description.Judged;
        float[][] columns = [.. judged.Select(output => Column(outputs, TNetwork.OutputLength, OffsetOf(output), output.Length))];
        double[] losses = MeanLosses(coding, columns, targets, classes, weights, lengths, samples.Count);
        if (samples.TargetScaler is { } scaler)
        {
            scaler.Invert(columns[0]);
            scaler.Invert(targets);
        }

        OutputEvaluation[] evaluated = [.. judged.Select((output, i) => new OutputEvaluation(
            output.Name, losses[i], PredictionsOf(samples, coding.Given, i, columns[i], targets, classes, lengths)))];
        return new EvaluationResult(
            losses.Sum() + _job.Penalties.Of(Model.Parameters.Span),
            [.. metrics.Select(metric => KeyValuePair.Create(metric.Name, metric.Compute(
                (evaluated.FirstOrDefault(output => output.Name == metric.Output) ?? evaluated[0]).Predictions)))],
            evaluated);
    }

    // Where in a sample's inputs the numbers of its steps stand that outputs with a loss count by.
    private static readonly int[] s_lengths = [.. TNetwork.Description.Judged.Select(output => output.Lengths).OfType<string>().Distinct()
        .Select(TNetwork.Description.OffsetOf)];

    // The same losses where these numbers stand by themselves.
    private static readonly TermWeighting[] s_evaluated =
        [.. s_weightings.Select(term => term.LengthAt is { } at ? term with { LengthAt = Array.IndexOf(s_lengths, at) } : term)];

    private void Predict(Dataset samples, TargetCoding coding, float[] outputs, float[] targets, int[] classes, float[] lengths)
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
            Span<int> ids = classes.AsSpan(start * samples.ClassLength, count * samples.ClassLength);
            samples.ReadCore(indices.AsSpan(0, count), batch, targets.AsSpan(start * samples.TargetLength, count * samples.TargetLength), ids);
            CheckIntegers(batch, start);
            coding.Check(ids, batch, start);
            for (int i = 0; i < count * s_lengths.Length; i++)
                lengths[start * s_lengths.Length + i] = batch[i / s_lengths.Length * TNetwork.InputLength + s_lengths[i % s_lengths.Length]];
            Model.PredictBatch(batch, outputs.AsSpan(start * TNetwork.OutputLength, count * TNetwork.OutputLength), _team.Size);
        }
    }

    private static Predictions PredictionsOf(
        Dataset samples, TargetRows given, int term, float[] outputs, float[] targets, int[] classes, float[] lengths)
    {
        OutputDescription output = TNetwork.Description.Judged[term];
        OutputMeaning meaning = samples.TargetScaler is null ? output.Meaning : OutputMeaning.Values;
        int[] ids = given.AreClassIds(term) ? Column(classes, given.ClassLength, given.OffsetOf(term), output.Steps) : [];
        float[] values = ids.Length > 0 ? [] : Column(targets, given.ValueLength, given.OffsetOf(term), output.Length);
        if (output.Lengths is not null || (output.IgnoreIndex is not null && ids.Length > 0))
        {
            // Metrics see the steps that count alone.
            int[] counted = CountedSteps(samples.Count, term, ids, lengths);
            outputs = Rows(outputs, output.StepLength, counted);
            (ids, values) = ids.Length > 0 ? (Rows(ids, 1, counted), values) : (ids, Rows(values, output.StepLength, counted));
        }

        return ids.Length > 0
            ? new Predictions(outputs, output.StepLength, ids, meaning)
            : new Predictions(outputs, output.StepLength, values, KindOf(samples, term), meaning);
    }

    /// <summary>The steps of all samples that count, each by its number among all.</summary>
    private static int[] CountedSteps(int samples, int term, int[] ids, float[] lengths)
    {
        OutputDescription output = TNetwork.Description.Judged[term];
        var counted = new List<int>();
        for (int i = 0; i < samples * output.Steps; i++)
        {
            (int sample, int step) = Math.DivRem(i, output.Steps);
            bool isWithin = s_evaluated[term].LengthAt is not { } at || step < (int)lengths[sample * s_lengths.Length + at];
            if (isWithin && (ids.Length == 0 || ids[i] != output.IgnoreIndex))
                counted.Add(i);
        }

        return counted.Count > 0 ? [.. counted]
            : throw new ArgumentException(
                $"No sample has a target for '{output.Name}': all their ids are {output.IgnoreIndex}, which stands for none.", nameof(samples));
    }

    private static T[] Rows<T>(T[] all, int length, int[] numbers)
    {
        var rows = new T[numbers.Length * length];
        for (int i = 0; i < numbers.Length; i++)
            all.AsSpan(numbers[i] * length, length).CopyTo(rows.AsSpan(i * length));
        return rows;
    }

    /// <summary>The mean loss of each output.</summary>
    private static unsafe double[] MeanLosses(
        TargetCoding coding, float[][] outputs, float[] targets, int[] classes, float[] weights, float[] lengths, int count)
    {
        if (coding.IsNeeded)
        {
            var codedTargets = new float[checked(count * coding.Coded.ValueLength)];
            var codedClasses = new int[checked(count * coding.Coded.ClassLength)];
            coding.Code(targets, classes, codedTargets, codedClasses);
            (targets, classes) = (codedTargets, codedClasses);
        }

        var frame = new TrainingFrame(s_evaluated, new AlignedBuffer(0), count);
        float[] all = outputs.Length == 1 ? outputs[0] : [.. outputs.SelectMany(column => column)];
        var scratch = new float[all.Length];
        fixed (float* target = targets, weight = weights, length = lengths)
        fixed (int* id = classes)
        {
            frame.Begin(coding.Coded, null, length, s_lengths.Length, target, id, weight, null, count, 0);
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
