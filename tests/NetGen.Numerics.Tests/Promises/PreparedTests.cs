using NetGen.Data;

namespace NetGen.Numerics.Tests.Promises;

/// <summary>Norms folded into products in front of them and behind them, alone, and weights that are packed anew.</summary>
[Network, Input(3, 9, 9)]
[Conv2D(21, 3, Bias = false), BatchNorm, Relu]
[Conv2D(34, 1), BatchNorm, Tanh, BatchNorm]
[DepthwiseConv2D(3), GlobalAveragePool, Dense(19), BatchNorm, Dense(5), SoftmaxCrossEntropy]
public partial class PreparedNet;

/// <summary>
/// What predictions derive from parameters is never stale: a prediction after any change through any door is that of a network that never had
/// other parameters. And it is derived once, whoever asks at the same time.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class PreparedTests
{
    private const int Samples = 20;

    private static readonly float[] s_inputs = Numbers(Samples * PreparedNet.InputLength, 1);
    private static readonly int[] s_classes = [.. Enumerable.Range(0, Samples).Select(s => s % PreparedNet.OutputLength)];
    private static readonly MemoryDataset s_samples = new(s_inputs, [3, 9, 9], s_classes);

    /// <summary>Every door through which parameters change.</summary>
    private static readonly Dictionary<string, Action<PreparedNet>> s_doors = new()
    {
        ["an element of a view"] = net => net.Parameters["0.weight"][2, 1, 0, 2] += 0.5f,
        ["a view filled"] = net => net.Parameters["3.bias"].Fill(0.75f),
        ["a view copied to"] = net => net.Parameters["0.weight"].CopyFrom(Numbers(net.Parameters["0.weight"].Length, 3)),
        ["a norm's weight"] = net => net.Parameters["1.weight"][20] = -2,
        ["a norm's bias"] = net => net.Parameters["4.bias"][0] = 3,
        ["a running mean"] = net => net.Parameters["1.running_mean"].Fill(0.3f),
        ["a running variance"] = net => net.Parameters["6.running_var"][33] = 4,
        ["one element of the last layer"] = net => net.Parameters["12.weight"][4, 18] = 9,
        ["all drawn anew"] = net => net.Parameters.Initialize(77),
        ["all copied from another block"] = net => net.Parameters.CopyFrom(new PreparedNet(seed: 78).Parameters),
        ["all copied from a span"] = net => net.Parameters.CopyFrom(new PreparedNet(seed: 79).Parameters.Span),
        ["an update"] = net => net.Parameters.Update(values => values[0] += 1),
        ["a file"] = net => net.Parameters.Load(Saved(new PreparedNet(seed: 80))),
        ["a step"] = net =>
        {
            using var trainer = new Trainer<PreparedNet>(net, new Adam(0.05f));
            trainer.Step(s_inputs, s_classes);
        },
        ["a step in pieces"] = net =>
        {
            using var trainer = new Trainer<PreparedNet>(net, new Sgd(0.05f), new TrainerOptions { MicroBatch = 7 });
            trainer.Step(s_inputs, s_classes);
        },
        ["a fit"] = net =>
        {
            using var trainer = new Trainer<PreparedNet>(net, new Lion(0.01f));
            trainer.Fit(s_samples, new FitOptions { Epochs = 1, BatchSize = 8, Quiet = true });
        },
        ["a method on all samples at once"] = net =>
        {
            using var trainer = new Trainer<PreparedNet>(net, new Sgd(0.01f));
            trainer.Minimize(s_samples, new Lbfgs { Iterations = 2 });
        },
    };

    public static TheoryData<string> Doors => [.. s_doors.Keys];

    [Fact]
    public void The_network_has_something_to_prepare() => Assert.True(PreparedNet.Description.PreparedLength > 0);

    [Theory]
    [MemberData(nameof(Doors))]
    public void A_prediction_sees_what_was_changed(string door)
    {
        var net = new PreparedNet(seed: 5);
        float[] before = Predicted(net);
        s_doors[door](net);
        float[] after = Predicted(net);
        Assert.NotEqual(before, after);
        Assert.Equal(Predicted(CopyOf(net)), after);

        // Single samples first, then the batch.
        s_doors["a norm's bias"](net);
        float[] single = Single(net);
        Assert.Equal(Single(CopyOf(net)), single);
    }

    [Fact]
    public void A_refused_file_changes_no_prediction()
    {
        var net = new PreparedNet(seed: 5);
        float[] before = Predicted(net);
        Assert.Throws<InvalidDataException>(() => net.Parameters.Load(new MemoryStream(new byte[100])));
        Assert.Throws<InvalidOperationException>(() => net.Parameters.Update(values =>
        {
            values.Fill(1);
            throw new InvalidOperationException();
        }));
        Assert.Equal(before, Predicted(net));
    }

    [Fact]
    public void First_predictions_at_the_same_time_are_those_of_one()
    {
        const int Threads = 6;
        const int Rounds = 60;
        var net = new PreparedNet(seed: 9);
        var found = new float[Threads][];
        using var change = new Barrier(Threads + 1);
        Thread[] threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                for (int round = 0; round < Rounds; round++)
                {
                    change.SignalAndWait();
                    found[number] = number % 2 == 0 ? Single(net) : Single(net, last: true);
                    change.SignalAndWait();
                }
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        var faults = new List<int>();
        for (int round = 0; round < Rounds; round++)
        {
            net.Parameters["1.weight"].Fill(1 + round * 0.1f);
            net.Parameters["0.weight"][0, 0, 0, 0] = round;
            float[] first = Single(CopyOf(net)), last = Single(CopyOf(net), last: true);
            change.SignalAndWait();
            change.SignalAndWait();
            faults.AddRange(Enumerable.Range(0, Threads).Where(number => !found[number].AsSpan().SequenceEqual(number % 2 == 0 ? first : last)));
        }

        foreach (Thread thread in threads)
            thread.Join();
        Assert.Empty(faults);
    }

    private static float[] Predicted(PreparedNet net)
    {
        var outputs = new float[Samples * PreparedNet.OutputLength];
        net.PredictBatch(s_inputs, outputs, threads: 1);
        return outputs;
    }

    private static float[] Single(PreparedNet net, bool last = false)
    {
        var output = new float[PreparedNet.OutputLength];
        net.Predict(s_inputs.AsSpan(last ? s_inputs.Length - PreparedNet.InputLength : 0, PreparedNet.InputLength), output);
        return output;
    }

    /// <summary>A network that has had these parameters from the beginning.</summary>
    private static PreparedNet CopyOf(PreparedNet net)
    {
        var copy = new PreparedNet();
        copy.Parameters.CopyFrom(net.Parameters);
        return copy;
    }

    private static MemoryStream Saved(PreparedNet net)
    {
        var stream = new MemoryStream();
        net.Parameters.Save(stream);
        stream.Position = 0;
        return stream;
    }

    private static float[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
