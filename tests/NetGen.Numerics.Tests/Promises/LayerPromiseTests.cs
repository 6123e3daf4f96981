using System.Reflection;
using NetGen.Numerics.Tests.Generated;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Promises;

/// <summary>What is promised of every network, kept by every layer and loss there is.</summary>
[Trait("Category", "Numeric")]
public sealed class LayerPromiseTests
{
    private const int Batch = 33;

    public static TheoryData<string> Names => LayerExamples.Names;

    public static TheoryData<string> NamesWithOracle => LayerExamples.NamesWithOracle;

    [Fact]
    public void Every_layer_and_loss_is_held_to_the_promises()
    {
        IEnumerable<string> words = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && (type.IsSubclassOf(typeof(LayerAttribute)) || type.IsSubclassOf(typeof(ObjectiveAttribute))))
            .Select(Word);
        IEnumerable<string> examples = LayerExamples.Types.Values
            .SelectMany(network => network.Assembly.GetTypes())
            .SelectMany(type => type.GetProperties().Cast<MemberInfo>().Append(type))
            .SelectMany(member => member.GetCustomAttributesData())
            .Select(attribute => Word(attribute.AttributeType));
        string[] missing = [.. words.Except(examples)];
        Assert.True(missing.Length == 0, $"No network of LayerExamples has {string.Join(", ", missing)}, so that nothing holds it to the promises.");

        static string Word(Type attribute) => (attribute.IsGenericType ? attribute.GetGenericTypeDefinition() : attribute).Name;
    }

    /// <summary>In every process, and so on every instruction set, which then agree.</summary>
    [Theory]
    [MemberData(nameof(NamesWithOracle))]
    public void Layers_compute_what_their_definitions_say(string name) =>
        NetworkCheck.Run(LayerExamples.WithOracle[name], LayerExamples.Types[name], [Batch, 2, 1], seed: 11);

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_and_steps_allocate_nothing(string name)
    {
        // Helper threads allocate on their own account: one thread does all here.
        using INetworkUnderTest network = NetworkUnderTest.Of(LayerExamples.Types[name], new Adam(1e-3f), threads: 1);
        (float[] inputs, float[] targets, int[]? classes) = Data(network);
        (int input, int output) = (network.Description.InputLength, network.Description.OutputLength);
        var outputs = new float[Batch * output];
        Allocation.None(() =>
        {
            network.Predict(inputs.AsSpan(0, input), outputs.AsSpan(0, output));
            network.PredictBatch(inputs, outputs, threads: 1);
            network.Step(inputs, targets, classes);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_predict_at_once_what_one_predicts(string name)
    {
        using INetworkUnderTest network = NetworkUnderTest.Of(LayerExamples.Types[name]);
        (float[] inputs, _, _) = Data(network);
        (int input, int output) = (network.Description.InputLength, network.Description.OutputLength);
        var expected = new float[Batch * output];
        PredictAll(expected);
        var found = new float[4][];
        using var start = new Barrier(found.Length);
        Thread[] threads =
        [
            .. Enumerable.Range(0, found.Length).Select(number => new Thread(() =>
            {
                found[number] = new float[expected.Length];
                start.SignalAndWait();
                for (int round = 0; round < 3; round++)
                    PredictAll(found[number]);
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(found, outputs => Assert.Equal(expected, outputs));

        void PredictAll(float[] outputs)
        {
            for (int s = 0; s < Batch; s++)
                network.Predict(inputs.AsSpan(s * input, input), outputs.AsSpan(s * output, output));
        }
    }

    /// <summary>Gradients, parameters and running statistics, with work enough that threads are used.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Any_number_of_threads_trains_to_the_same_bits(string name)
    {
        float[] expected = Trained(1);
        foreach (int threads in new[] { 1, 2, 3, 5 })
            Assert.Equal(expected, Trained(threads));

        float[] Trained(int threads)
        {
            using INetworkUnderTest network = NetworkUnderTest.Of(LayerExamples.Types[name], new Adam(1e-2f), threads);
            // Work for five, as the trainer counts it.
            int copies = (int)Math.Clamp(500_000 / (Batch * network.Description.Operations) + 1, 2, 40);
            (float[] inputs, float[] targets, int[]? classes) = Data(network, copies);
            var inputGradient = new float[inputs.Length];
            float[] losses = [.. Enumerable.Range(0, 3).Select(_ => network.Step(inputs, targets, classes))];
            float loss = network.ComputeGradient(inputs, targets, classes, inputGradient);
            return [.. losses, loss, .. network.Parameters.Span, .. network.Gradient.Span, .. inputGradient];
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_not_a_number_comes_out_of_every_layer(string name)
    {
        using INetworkUnderTest network = NetworkUnderTest.Of(LayerExamples.Types[name]);
        // Tokens are numbers of rows.
        if (network.Description.InputPoints.Any(point => point.Vocabulary > 0))
            return;
        (float[] inputs, float[] targets, int[]? classes) = Data(network);
        (int input, int output) = (network.Description.InputLength, network.Description.OutputLength);
        Array.Fill(inputs, float.NaN, input, input);
        var single = new float[output];
        network.Predict(inputs.AsSpan(input, input), single);
        AllNaN(network, single);

        // In a batch, whose other samples have nothing to do with it.
        var outputs = new float[Batch * output];
        network.PredictBatch(inputs, outputs, threads: 1);
        AllNaN(network, outputs.AsSpan(output, output));
        outputs.AsSpan(output, output).Clear();
        Assert.DoesNotContain(outputs, float.IsNaN);

        float[] before = network.Parameters.Span.ToArray();
        Assert.True(float.IsNaN(network.ComputeGradient(inputs, targets, classes, null)));
        Assert.Throws<NonFiniteLossException>(() => network.Step(inputs, targets, classes));
        Assert.Equal(before, network.Parameters.Span.ToArray());
    }

    private static void AllNaN(INetworkUnderTest network, ReadOnlySpan<float> outputs)
    {
        int offset = 0;
        foreach (OutputDescription output in network.Description.OutputPoints)
        {
            foreach (float value in outputs.Slice(offset, output.Length))
            {
                if (!float.IsNaN(value))
                    Assert.Fail($"{output.Name} makes {value} of what is not a number, in\n{network.Description.ToTable()}");
            }

            offset += output.Length;
        }
    }

    private static (float[] Inputs, float[] Targets, int[]? Classes) Data(INetworkUnderTest network, int copies = 1)
    {
        var random = new Random(3);
        var inputs = new List<float>();
        var targets = new List<float>();
        var classes = new List<int>();
        for (int s = 0; s < Batch * copies; s++)
        {
            foreach (InputDescription point in network.Description.InputPoints)
                inputs.AddRange(Enumerable.Range(0, point.Length).Select(_ => point.Vocabulary > 0 ? random.Next(point.Vocabulary) : 3 * random.NextSingle() - 1.5f));
            foreach (OutputDescription point in network.Description.OutputPoints)
            {
                if (point.Targets == TargetKind.Classes)
                    classes.Add(random.Next(point.Length));
                else
                    targets.AddRange(Enumerable.Range(0, point.Length).Select(_ => (float)random.Next(2)));
            }
        }

        return ([.. inputs], [.. targets], classes.Count == 0 ? null : [.. classes]);
    }
}
