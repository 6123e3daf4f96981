namespace NetGen;

/// <summary>Writes checkpoint files.</summary>
internal static class CheckpointWriter
{
    internal static void Save(
        string path, ParameterBlock parameters, Optimizer optimizer, long steps, float givenRate, FitProgress progress,
        TrainingHistory history, IReadOnlyList<TrainingCallback> callbacks, RunFacts facts)
    {
        var file = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in parameters)
            tensor.AddTo(file);

        OptimizerState state = optimizer.ExportState();
        foreach ((string name, float[] values) in state.Slots)
            file.Add(CheckpointFormat.OptimizerPrefix + name, [values.Length], values);
        Add(file, CheckpointFormat.Position, [progress.Epoch, progress.Batch, steps, state.StepCount, (long)progress.StopReason]);
        AddDoubles(file, CheckpointFormat.Sums, [progress.LossSum, progress.Weight, progress.NormSum, optimizer.LearningRate, givenRate]);
        AddHistory(file, history);
        int index = 0;
        foreach (TrainingCallback callback in CheckpointFormat.Remembering(callbacks))
        {
            var saved = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
            callback.SaveState(saved);
            foreach ((string name, double[] values) in saved)
                AddDoubles(file, CheckpointFormat.Callback(index) + name, values);
            index++;
        }

        file.Metadata[CheckpointFormat.FormatKey] = CheckpointFormat.Version;
        file.Metadata[CheckpointFormat.BlockKey] = CheckpointFormat.BlockLength(parameters.Description);
        foreach ((string name, string value) in ArchitectureFingerprint.MetadataOf(parameters.Description))
            file.Metadata[name] = value;
        foreach ((string name, string value) in facts.Identity)
            file.Metadata[CheckpointFormat.RunPrefix + name] = value;
        foreach ((string name, string value) in facts.Endings)
            file.Metadata[CheckpointFormat.EndPrefix + name] = value;
        file.AddChecksum();
        file.Save(path);
    }

    private static void AddHistory(SafeTensorsBuilder file, TrainingHistory history)
    {
        if (history.Epochs.Count == 0)
            return;
        IReadOnlyList<KeyValuePair<string, double>> metrics = history.Epochs[0].Metrics;
        for (int i = 0; i < metrics.Count; i++)
            file.Metadata[CheckpointFormat.MetricKey(i)] = metrics[i].Key;
        AddDoubles(file, CheckpointFormat.History, [.. history.Epochs.SelectMany(epoch => (IEnumerable<double>)
            [epoch.Epoch, epoch.Steps, epoch.Loss, epoch.ValidationLoss, epoch.LearningRate, epoch.GradientNorm, epoch.Seconds,
             epoch.SamplesPerSecond, .. epoch.Metrics.Select(metric => metric.Value)])]);
    }

    private static void Add(SafeTensorsBuilder file, string name, long[] values) => file.Add(name, [values.Length], values);

    private static void AddDoubles(SafeTensorsBuilder file, string name, double[] values) =>
        Add(file, name, CheckpointFormat.ToBits(values));
}
