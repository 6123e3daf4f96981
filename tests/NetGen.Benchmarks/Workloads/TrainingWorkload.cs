using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Workloads;

/// <summary>One training step: forward, loss, backward, update.</summary>
/// <param name="file">The file of first weights; null for a network that none has been made for.</param>
/// <param name="create">Makes the network.</param>
/// <param name="optimizer">Makes the optimizer.</param>
/// <param name="plain">What the network computes.</param>
/// <param name="losses">The loss at some steps, counted from 1, as PyTorch found it for the file's weights.</param>
internal sealed class TrainingWorkload<TNetwork>(
    string? file, Func<TNetwork> create, Func<Optimizer> optimizer, PlainNetwork plain, (int Step, double Loss)[] losses) : Workload
    where TNetwork : class, ITrainableNetwork<TNetwork>
{
    /// <summary>So many samples that a network hardly learns them by heart.</summary>
    internal const int ManySamples = 512;

    private const double LossTolerance = 2e-5;

    /// <summary>Samples of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>The samples that steps take in turn; less than many where these are large.</summary>
    public int Samples { get; init; } = ManySamples;

    /// <summary>Whether there is a row for two threads.</summary>
    public bool Threads { get; init; }

    /// <summary>How many different tokens the inputs are drawn from; 0 for numbers.</summary>
    public int Tokens { get; init; }

    /// <summary>The parameters that a step moves, each time that it reads or writes them; all, once, where left out.</summary>
    public int? MovedParameters { get; init; }

    /// <summary>The parameters that the steps move all together, where each has others.</summary>
    public int ParametersOfAllSteps { get; init; }

    /// <summary>Operations, for a sample, of what reads the inputs alone; those of the whole first layer where left out.</summary>
    public double? InputOperations { get; init; }

    public override Floor FloorOn(MachineFloor machine)
    {
        // Each product has a gradient of its weights and one of its inputs, of the same size; nobody asks for the first's inputs.
        NetworkDescription network = TNetwork.Description;
        double operations = 3.0 * network.Operations - (InputOperations ?? network.Layers[0].Operations);
        return machine.For(
            Batch * operations, sizeof(float) * (MovedParameters ?? network.ParameterCount), sizeof(float) * ParametersOfAllSteps);
    }

    public override IReadOnlyList<Contender> Prepare(bool peers)
    {
        (float[] inputs, int[] classes) = Data();
        CheckLosses(inputs, classes);
        return [Stepper(NetGen, inputs, classes, threads: 1)];
    }

    public override IReadOnlyList<Contender> PrepareThreads()
    {
        if (!Threads)
            return [];
        (float[] inputs, int[] classes) = Data();
        Contender one = Stepper("1 thread", inputs, classes, 1), two = Stepper("2 threads", inputs, classes, 2);
        return [one with { UsesThreads = true }, two with { UsesThreads = true }];
    }

    private Contender Stepper(string name, float[] inputs, int[] classes, int threads)
    {
        TNetwork network = create();
        Optimizer rule = optimizer();
        var trainer = new Trainer<TNetwork>(network, rule, new TrainerOptions { Threads = threads, Capacity = Batch });
        Models.Load(Models.ReadWeights(file), network.Parameters);
        float[] first = network.Parameters.Span.ToArray();
        int from = 0;
        return new Contender(name, calls =>
        {
            for (; calls > 0; calls--)
            {
                trainer.Step(inputs.AsSpan(from * TNetwork.InputLength, Batch * TNetwork.InputLength), classes.AsSpan(from, Batch));
                from = (from + Batch) % Samples;
            }
        })
        {
            // A network that has learnt its samples by heart has gradients of zero, and those are not what training is like.
            Restart = () =>
            {
                network.Parameters.CopyFrom(first);
                rule.Prepare(TNetwork.Description);
                from = 0;
            },
        };
    }

    private void CheckLosses(float[] inputs, int[] classes)
    {
        TNetwork network = create();
        Models.Load(Models.ReadWeights(file), network.Parameters);
        double plainLoss = PlainLoss(network, inputs, classes);
        using var trainer = new Trainer<TNetwork>(network, optimizer(), new TrainerOptions { Threads = 1 });
        var found = new float[losses is [.., (int last, _)] ? last : 1];
        for (int step = 0; step < found.Length; step++)
        {
            int from = step * Batch % Samples;
            found[step] = trainer.Step(inputs.AsSpan(from * TNetwork.InputLength, Batch * TNetwork.InputLength), classes.AsSpan(from, Batch));
        }

        Outputs.Check($"{Id} {Case}, first loss", found.AsSpan(0, 1), [plainLoss]);
        if (file is null || Models.Folder is null)
            return;
        foreach ((int step, double loss) in losses)
        {
            if (!(Math.Abs(found[step - 1] - loss) <= LossTolerance))
                throw new WrongOutputException($"{Id} {Case}: the loss of step {step} is {found[step - 1]:F6}, expected {loss:F6}.");
        }
    }

    private double PlainLoss(TNetwork network, float[] inputs, int[] classes)
    {
        double[][] outputs = plain.Train(network.Parameters, inputs.AsSpan(0, Batch * TNetwork.InputLength));
        return outputs.Select((scores, sample) =>
        {
            double max = scores.Max();
            return max + Math.Log(scores.Sum(score => Math.Exp(score - max))) - scores[classes[sample]];
        }).Average();
    }

    private (float[] Inputs, int[] Classes) Data()
    {
        if (file is not null && Models.Read("w5_data.safetensors") is { } data)
            return (data["x"].ToSingles(), Array.ConvertAll(data["label"].ToInt64s(), label => (int)label));
        var random = new RandomStream(2024, 2);
        var classes = new int[Samples];
        for (int i = 0; i < Samples; i++)
            classes[i] = (int)(random.NextUInt64() % (uint)TNetwork.OutputLength);
        float[] inputs = Models.Random(Samples * TNetwork.InputLength, 3);
        if (Tokens > 0)
            inputs = Array.ConvertAll(inputs, _ => (float)(random.NextUInt64() % (uint)Tokens));
        return (inputs, classes);
    }
}
