using System.Diagnostics.CodeAnalysis;

namespace NetGen;

/// <summary>Reads checkpoint files and refuses, as a whole and before anything is taken over, what a run cannot go on from.</summary>
internal sealed class CheckpointReader
{
    private readonly SafeTensorsFile _file;
    private readonly NetworkDescription _network;
    private readonly RunFacts _facts;
    private readonly int _batches;

    private CheckpointReader(SafeTensorsFile file, NetworkDescription network, RunFacts facts, int batches)
    {
        _file = file;
        _network = network;
        _facts = facts;
        _batches = batches;
    }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="network">The network that is to go on.</param>
    /// <param name="optimizer">The optimizer that is to go on.</param>
    /// <param name="callbacks">The callbacks that are to go on.</param>
    /// <param name="facts">What the run is now.</param>
    /// <param name="batches">The batches of an epoch.</param>
    /// <exception cref="InvalidDataException">It is damaged or belongs to another run; the message says how.</exception>
    internal static Checkpoint Read(
        string path, NetworkDescription network, Optimizer optimizer, IReadOnlyList<TrainingCallback> callbacks, RunFacts facts, int batches)
    {
        // Which compares the content with its checksum.
        SafeTensorsFile file = SafeTensorsFile.Read(path);
        try
        {
            return new CheckpointReader(file, network, facts, batches).Read(optimizer, callbacks);
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message} Nothing was taken over from it.", exception);
        }
    }

    private Checkpoint Read(Optimizer optimizer, IReadOnlyList<TrainingCallback> callbacks)
    {
        RequireRun();
        var parameters = new ParameterSearch(_network, _file, new LoadOptions()).Find("The checkpoint");
        foreach ((ParameterDescription parameter, float[] elements) in parameters)
            Require(elements.All(float.IsFinite), $"The parameter {parameter.Name} holds numbers that are not finite.");

        long[] position = Integers(CheckpointFormat.Position, 5);
        double[] sums = CheckpointFormat.ToDoubles(Integers(CheckpointFormat.Sums, 5));
        IReadOnlyList<EpochRecord> epochs = ReadHistory();
        FitProgress progress = ReadProgress(position, sums, epochs.Count);
        long steps = position[2];
        Require(steps >= progress.Epoch * (long)_batches + progress.Batch, $"{steps} updates are fewer than the batches that were learned.");
        Require(IsRate(sums[3]) && IsRate(sums[4]), $"The learning rates {sums[3]} and {sums[4]} are not finite numbers of at least 0.");
        return new Checkpoint(
            parameters, ReadOptimizer(optimizer, position[3]), steps, progress, (float)sums[3], (float)sums[4], epochs,
            [.. CheckpointFormat.Remembering(callbacks).Select((_, index) => ReadCallback(index))],
            _facts.Endings.All(fact => ValueOf(CheckpointFormat.EndPrefix + fact.Key) == fact.Value));
    }

    /// <summary>Whether it is a checkpoint, is as it was written, and is one of this run.</summary>
    private void RequireRun()
    {
        string format = ValueOf(CheckpointFormat.FormatKey);
        Require(format == CheckpointFormat.Version, $"It is no checkpoint: its format is '{format}', expected '{CheckpointFormat.Version}'.");
        Require(
            _file.Metadata.ContainsKey(FileChecksum.Key), "It is damaged, or another program wrote it: it has no checksum.");
        string[] others = [.. _facts.Identity
            .Select(fact => (fact.Key, Saved: ValueOf(CheckpointFormat.RunPrefix + fact.Key), Now: fact.Value))
            .Where(fact => fact.Saved != fact.Now)
            .Select(fact => $"{fact.Key}: '{fact.Saved}' in the checkpoint, now '{fact.Now}'")];
        Require(
            others.Length == 0,
            $"It is a checkpoint of another run. {string.Join("; ", others)}. Give what the run was begun with, or leave out "
            + $"{nameof(CheckpointOptions.Resume)} to begin anew.");
        ArchitectureFingerprint.Check(_network, _file.Metadata, "The checkpoint");
        string block = ValueOf(CheckpointFormat.BlockKey);
        Require(
            block == CheckpointFormat.BlockLength(_network),
            $"Its blocks have {block} floats, those of {_network.Name} have {CheckpointFormat.BlockLength(_network)}: it was saved by another "
            + "version.");
    }

    private FitProgress ReadProgress(long[] position, double[] sums, int epochs)
    {
        (long epoch, long batch) = (position[0], position[1]);
        Require(epoch == epochs, $"It stands behind epoch {epoch}, but has the history of {epochs} epochs.");
        Require(batch >= 0 && batch < _batches, $"It stands behind batch {batch} of {_batches}.");
        Require(Enum.IsDefined((StopReason)position[4]), $"{position[4]} is no reason to stop.");
        (double loss, double weight, double norm) = (sums[0], sums[1], sums[2]);
        Require(double.IsFinite(loss) && double.IsFinite(weight) && weight >= 0, $"The sum of losses {loss} or of weights {weight} cannot be.");
        Require(double.IsNaN(norm) || (double.IsFinite(norm) && norm >= 0), $"The sum of norms {norm} cannot be.");
        Require(batch > 0 || (loss, weight) is (0, 0), "It has a sum of losses before an epoch's first batch.");
        return new FitProgress
        {
            Epoch = (int)epoch, Batch = (int)batch, LossSum = loss, Weight = weight, NormSum = norm, StopReason = (StopReason)position[4],
        };
    }

    private OptimizerState ReadOptimizer(Optimizer optimizer, long stepCount)
    {
        Dictionary<string, float[]> slots = WithPrefix(CheckpointFormat.OptimizerPrefix).ToDictionary(
            tensor => tensor.Name[CheckpointFormat.OptimizerPrefix.Length..], tensor => tensor.ToSingles(), StringComparer.Ordinal);
        foreach ((string name, float[] values) in slots)
            Require(!values.Any(float.IsNaN), $"The optimizer's '{name}' holds NaN.");
        var state = new OptimizerState(optimizer.GetType().Name, stepCount, slots);
        string? mistake = optimizer.MistakeIn(state);
        Require(mistake is null, mistake ?? "");
        return state;
    }

    private IReadOnlyList<EpochRecord> ReadHistory()
    {
        if (!_file.TryGet(CheckpointFormat.History, out SafeTensor? history))
            return [];
        var names = new List<string>();
        while (_file.Metadata.TryGetValue(CheckpointFormat.MetricKey(names.Count), out string? name))
            names.Add(name);
        double[] numbers = CheckpointFormat.ToDoubles(history.ToInt64s());
        int width = CheckpointFormat.RecordWidth + names.Count;
        Require(numbers.Length > 0 && numbers.Length % width == 0, $"The history's {numbers.Length} numbers are no rows of {width}.");
        EpochRecord[] epochs = [.. numbers.Chunk(width).Select(row => new EpochRecord
        {
            Epoch = (int)row[0],
            Steps = (long)row[1],
            Loss = row[2],
            ValidationLoss = row[3],
            LearningRate = (float)row[4],
            GradientNorm = row[5],
            Seconds = row[6],
            SamplesPerSecond = row[7],
            Metrics = [.. names.Select((name, i) => KeyValuePair.Create(name, row[CheckpointFormat.RecordWidth + i]))],
        })];
        for (int i = 0; i < epochs.Length; i++)
            Require(epochs[i].Epoch == i + 1, $"The history's epoch {i + 1} says that it is epoch {epochs[i].Epoch}.");
        return epochs;
    }

    private Dictionary<string, double[]> ReadCallback(int index)
    {
        string prefix = CheckpointFormat.Callback(index);
        return WithPrefix(prefix).ToDictionary(
            tensor => tensor.Name[prefix.Length..], tensor => CheckpointFormat.ToDoubles(tensor.ToInt64s()), StringComparer.Ordinal);
    }

    private IEnumerable<SafeTensor> WithPrefix(string prefix) =>
        _file.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal));

    private string ValueOf(string name) => _file.Metadata.GetValueOrDefault(name, "");

    private long[] Integers(string name, int count)
    {
        Require(_file.TryGet(name, out SafeTensor? tensor), $"It has no tensor '{name}'.");
        long[] values = tensor!.ToInt64s();
        Require(values.Length == count, $"'{name}' has {values.Length} numbers, expected {count}.");
        return values;
    }

    private static bool IsRate(double rate) => double.IsFinite(rate) && rate >= 0;

    private static void Require([DoesNotReturnIf(false)] bool condition, string mistake)
    {
        if (!condition)
            throw new InvalidDataException(mistake);
    }
}
