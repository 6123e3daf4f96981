using System.Globalization;

namespace NetGen;

/// <summary>
/// Checkpoint files: safetensors with the parameters under their own names (any tool that reads weights reads them), and beside
/// them the optimizer's state, the history, the callbacks' states and the position.
/// </summary>
/// <remarks>
/// The optimizer's and callbacks' blocks are kept as they lie in memory. Doubles are kept as their bits in integers. A file is checked as a
/// whole before anything is taken over from it.
/// </remarks>
internal static class Checkpoint
{
    private const string Format = "netgen checkpoint 2";

    internal static void Save(
        string path, ParameterBlock parameters, Optimizer optimizer, long steps, CheckpointRun run, FitProgress progress)
    {
        var file = new SafeTensorsBuilder();
        foreach (ParameterTensor tensor in parameters)
            file.Add(tensor.Name, tensor.Shape, tensor.ToArray());

        OptimizerState state = optimizer.ExportState();
        foreach ((string name, float[] values) in state.Slots)
            file.Add("optimizer/" + name, [values.Length], values);
        Add(file, "position", [progress.Epoch, progress.Batch, steps, state.StepCount, (long)progress.StopReason]);
        AddDoubles(file, "sums", [progress.LossSum, progress.Weight, progress.NormSum, optimizer.LearningRate]);
        SaveHistory(file, run.History);
        for (int i = 0; i < run.Callbacks.Count; i++)
        {
            var saved = new SortedDictionary<string, double[]>(StringComparer.Ordinal);
            run.Callbacks[i].SaveState(saved);
            foreach ((string name, double[] values) in saved)
                AddDoubles(file, FormattableString.Invariant($"callback/{i}/{name}"), values);
        }

        file.Metadata["format"] = Format;
        file.Metadata["network"] = parameters.Description.Name;
        file.Metadata["optimizer"] = state.Optimizer;
        file.Metadata["run"] = run.Fingerprint;
        file.Metadata["block"] = parameters.Span.Length.ToString(CultureInfo.InvariantCulture);
        file.Save(path);
    }

    internal static (long Steps, FitProgress Progress) Load(
        string path, ParameterBlock parameters, Optimizer optimizer, CheckpointRun run)
    {
        SafeTensorsFile file = SafeTensorsFile.Read(path);
        Require(path, file, "format", Format);
        Require(path, file, "network", parameters.Description.Name);
        Require(path, file, "run", run.Fingerprint);
        Require(path, file, "block", parameters.Span.Length.ToString(CultureInfo.InvariantCulture));
        var weights = new float[parameters.Count][];
        for (int i = 0; i < weights.Length; i++)
        {
            SafeTensor saved = Find(path, file, parameters[i].Name);
            if (saved.Type != SafeTensorType.F32 || !saved.Shape.SequenceEqual(parameters[i].Shape))
                throw new InvalidDataException($"{path}: expected {parameters[i]} of F32, found {saved}.");
            weights[i] = saved.ToSingles();
        }

        long[] position = Integers(path, file, "position", 5);
        double[] sums = Array.ConvertAll(Integers(path, file, "sums", 4), BitConverter.Int64BitsToDouble);
        List<EpochRecord> epochs = LoadHistory(path, file);
        var callbacks = run.Callbacks.Select((_, i) => LoadCallback(file, i)).ToArray();
        var slots = file.Tensors.Where(tensor => tensor.Name.StartsWith("optimizer/", StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name["optimizer/".Length..], tensor => tensor.ToSingles());
        try
        {
            optimizer.ImportState(new OptimizerState(file.Metadata["optimizer"], position[3], slots));
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }

        optimizer.LearningRate = (float)sums[3];
        for (int i = 0; i < weights.Length; i++)
            parameters[i].CopyFrom(weights[i]);
        foreach (EpochRecord epoch in epochs)
            run.History.Add(epoch);
        for (int i = 0; i < callbacks.Length; i++)
        {
            if (callbacks[i].Count > 0)
                run.Callbacks[i].LoadState(callbacks[i]);
        }

        return (position[2], new FitProgress
        {
            Epoch = (int)position[0],
            Batch = (int)position[1],
            LossSum = sums[0],
            Weight = sums[1],
            NormSum = sums[2],
            StopReason = (StopReason)position[4],
        });
    }

    private static void SaveHistory(SafeTensorsBuilder file, TrainingHistory history)
    {
        if (history.Epochs.Count == 0)
            return;
        IReadOnlyList<KeyValuePair<string, double>> metrics = history.Epochs[0].Metrics;
        for (int i = 0; i < metrics.Count; i++)
            file.Metadata[FormattableString.Invariant($"metric {i}")] = metrics[i].Key;
        AddDoubles(file, "history", [.. history.Epochs.SelectMany(epoch => (IEnumerable<double>)
            [epoch.Epoch, epoch.Steps, epoch.Loss, epoch.ValidationLoss, epoch.LearningRate, epoch.GradientNorm, epoch.Seconds,
             epoch.SamplesPerSecond, .. epoch.Metrics.Select(metric => metric.Value)])]);
    }

    private static List<EpochRecord> LoadHistory(string path, SafeTensorsFile file)
    {
        var epochs = new List<EpochRecord>();
        if (!file.TryGet("history", out SafeTensor? history))
            return epochs;
        var names = new List<string>();
        while (file.Metadata.TryGetValue(FormattableString.Invariant($"metric {names.Count}"), out string? name))
            names.Add(name);
        double[] numbers = Doubles(history);
        int width = 8 + names.Count;
        if (numbers.Length % width != 0)
            throw new InvalidDataException($"{path}: the history's {numbers.Length} numbers are no rows of {width}.");
        foreach (double[] row in numbers.Chunk(width))
        {
            epochs.Add(new EpochRecord
            {
                Epoch = (int)row[0],
                Steps = (long)row[1],
                Loss = row[2],
                ValidationLoss = row[3],
                LearningRate = (float)row[4],
                GradientNorm = row[5],
                Seconds = row[6],
                SamplesPerSecond = row[7],
                Metrics = [.. names.Select((name, i) => KeyValuePair.Create(name, row[8 + i]))],
            });
        }

        return epochs;
    }

    private static Dictionary<string, double[]> LoadCallback(SafeTensorsFile file, int index)
    {
        string prefix = FormattableString.Invariant($"callback/{index}/");
        return file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Name[prefix.Length..], Doubles, StringComparer.Ordinal);
    }

    private static void Require(string path, SafeTensorsFile file, string name, string expected)
    {
        if (!file.Metadata.TryGetValue(name, out string? found) || found != expected)
            throw new InvalidDataException($"{path} is no checkpoint of this run: its {name} is '{found}', expected '{expected}'.");
    }

    private static SafeTensor Find(string path, SafeTensorsFile file, string name) => file.TryGet(name, out SafeTensor? tensor)
        ? tensor
        : throw new InvalidDataException($"{path} has no tensor '{name}', which a checkpoint has.");

    private static long[] Integers(string path, SafeTensorsFile file, string name, int count)
    {
        long[] values = Find(path, file, name).ToInt64s();
        return values.Length == count
            ? values
            : throw new InvalidDataException($"{path}: '{name}' has {values.Length} numbers, expected {count}.");
    }

    private static void Add(SafeTensorsBuilder file, string name, long[] values) => file.Add(name, [values.Length], values);

    private static void AddDoubles(SafeTensorsBuilder file, string name, double[] values) =>
        Add(file, name, Array.ConvertAll(values, BitConverter.DoubleToInt64Bits));

    private static double[] Doubles(SafeTensor tensor) => Array.ConvertAll(tensor.ToInt64s(), BitConverter.Int64BitsToDouble);
}
