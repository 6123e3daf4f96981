using NetGen.Generators.Graph.Layers;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// A sequence that is shorter than those that a network takes gives the outputs, the loss and the gradients of the shorter sequence alone, whatever
/// stands behind its end.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class LengthTests
{
    private const int Features = 4;

    // What only the order of sums makes of it.
    private const double Tolerance = 5e-6;

    private static readonly int[] s_lengths = [1, 3, 7];

    /// <summary>
    /// Layers between an input of steps, whose first step may make a state called Before, and a loss; what follows a bar stands in front of the network's
    /// class.
    /// </summary>
    private static readonly string[] s_layers =
    [
        "Rnn(5), LastStep, Dense(2), MeanSquaredError",
        "Rnn(17, Relu = true, Bidirectional = true), MeanOverTime, Dense(2), MeanAbsoluteError",
        "Lstm(6, Layers = 2, Bidirectional = true), LastStep, Dense(3), SoftmaxCrossEntropy",
        "Lstm(7), LastCell, MeanSquaredError",
        "Lstm(5, Truncation = 2), LastCell, MeanSquaredError",
        "Gru(6, Layers = 2, Bidirectional = true, Truncation = 2), Dense(3), MeanSquaredError",
        "State, Gru(5, Bidirectional = true, InitialState = nameof(Before)), MeanOverTime, MeanSquaredError",
        "State, Gru(5, Bidirectional = true, Truncation = 3, InitialState = nameof(Before)), MeanOverTime, MeanSquaredError",
        "State, Gru(5, Layers = 2, Truncation = 3, InitialState = nameof(Before)), MeanOverTime, MeanSquaredError",
        "State, Lstm(5, Truncation = 2, InitialState = nameof(Before), InitialCell = nameof(Before)), LastStep, MeanSquaredError",
        "Gru(33), MaxOverTime, Dense(2), MeanSquaredError",
        "Gru(3, Bidirectional = true), FirstStep, MeanSquaredError",
        "Gru(5), Dense(3), SoftmaxCrossEntropy",
        "Gru(20), Dense(17), SoftmaxCrossEntropy(LabelSmoothing = 0.1)",
        "Gru(5, Layers = 2), Dense(3), Focal(1.5)",
        "Dense(3), Tanh, Dense(5), MultiClassHinge",
        "Lstm(4), Dense(2), MeanSquaredError",
        "Lstm(4), Dense(1), BinaryCrossEntropy",
        "Dense(6), CosineEmbedding",
        "Rnn(4), Dense(5), KullbackLeibler",
        "LayerNorm, PRelu(PerChannel = true), RmsNorm, SwiGlu(6), Softmax, MeanSquaredError",
        "Dense(5), LogSoftmax, LastStep, MeanSquaredError",
        "Dense(6), GroupNorm(2), Tanh, InstanceNorm, Dense(3), MeanSquaredError",
        "InstanceNorm(Affine = false), GroupNorm(1), Gru(3), LastStep, MeanSquaredError",
        "Positions, SinusoidalPositions, MultiHeadAttention(2), MeanOverTime, Dense(2), MeanSquaredError",
        "MultiHeadAttention(2, Causal = true), Dense(3), SoftmaxCrossEntropy",
        "TransformerBlock(2, 9), MaxOverTime, Dense(2), MeanSquaredError",
        "TransformerBlock(1, 5, PreNorm = true, Gelu = true), Dropout(0), SpatialDropout(0), Dense(3), SoftmaxCrossEntropy",
        "Residual<Body>, Use<Body>, MeanOverTime, MeanSquaredError|[Block, Gru(4)]\npublic partial class Body;",
        "Positions, Add(Layer.Input), Multiply(Layer.Input), Subtract(Layer.Input), Concat(Layer.Input, Axis = 1), LastStep, MeanSquaredError",
        "Tokens, Embedding(4), Gru(5), LastStep, Dense(2), MeanSquaredError",
        "Tokens, Embedding(6), Positions, TransformerBlock(2, 8), Dense(9), SoftmaxCrossEntropy",
    ];

    private static readonly Lazy<IReadOnlyList<Type>> s_types = new(() => NetworkCompiler.Compile(s_layers.SelectMany(layers =>
        LengthsOf(layers).Select(length => Source(layers, length, isVariable: false)).Append(Source(layers, s_lengths[^1], isVariable: true)))));

    public static TheoryData<string> Layers => [.. s_layers];

    [Theory]
    [MemberData(nameof(Layers))]
    public void A_short_sequence_is_what_it_is_alone(string layers)
    {
        int at = Array.IndexOf(s_layers, layers) * (s_lengths.Length + 1);
        using INetworkUnderTest network = NetworkUnderTest.Of(s_types.Value[at + s_lengths.Length]);
        INetworkUnderTest[] alone = [.. s_lengths.Select((_, i) => NetworkUnderTest.Of(s_types.Value[at + i]))];
        foreach (INetworkUnderTest other in alone)
        {
            foreach (ParameterTensor tensor in other.Parameters)
                tensor.CopyFrom(network.Parameters[tensor.Name].ToArray().AsSpan(0, tensor.Length));
        }

        // The samples of the batch in an order of their own, some lengths twice.
        int[] order = [1, 0, 2, 1, 0];
        int[] lengths = LengthsOf(layers);
        Sample[] samples = [.. order.Select((which, i) => new Sample(network.Description, alone[which].Description, lengths[which], seed: i + 1))];
        float[] inputs = [.. samples.SelectMany(sample => sample.Padded)], inputGradient = new float[inputs.Length];
        float[] targets = [.. samples.SelectMany(sample => sample.PaddedTargets)];
        int[] classes = [.. samples.SelectMany(sample => sample.PaddedClasses)];

        CheckOutputs(network, alone, order, samples, inputs);

        float loss = network.ComputeGradient(inputs, targets, classes.Length == 0 ? null : classes, inputGradient);
        CheckGradients(network, alone, order, samples, loss, inputGradient);
        foreach (INetworkUnderTest other in alone)
            other.Dispose();
    }

    [Fact]
    public void Every_layer_that_minds_the_length_is_held_to_it()
    {
        string[] minding = [.. LayerKinds.Layers.Where(kind => kind is { MindsLength: true, IsActivation: false }).Select(kind => kind.Name)];
        Assert.NotEmpty(minding);
        // What looks at a whole batch is never alone: see below.
        minding = [.. minding.Except(["BatchNorm"])];
        Assert.All(minding, name => Assert.Contains(s_layers, layers => layers.Contains(name, StringComparison.Ordinal)));
    }

    /// <summary>Statistics of a batch are those of all steps that its sequences have, whichever sequence they are of, as if they had been packed into one.</summary>
    [Fact]
    public void Statistics_of_a_batch_are_of_the_steps_that_there_are()
    {
        int[] lengths = [3, 7, 1, 7, 2];
        int all = lengths.Sum();
        const string Layers = "Dense(5), BatchNorm, Tanh, BatchNorm(Affine = false, Momentum = 0.3), Dense(2), MeanSquaredError";
        IReadOnlyList<Type> types = NetworkCompiler.Compile([Source(Layers, 7, isVariable: true), Source(Layers, all, isVariable: false)]);
        using INetworkUnderTest network = NetworkUnderTest.Of(types[0]), packed = NetworkUnderTest.Of(types[1]);
        foreach (ParameterTensor tensor in packed.Parameters)
            tensor.CopyFrom(network.Parameters[tensor.Name].ToArray());
        var random = new Random(5);
        float[][] steps = Draw(Features), wanted = Draw(2);
        float[] inputs = [.. Padded(steps, Features, float.NaN, withLength: true)], inputGradient = new float[inputs.Length];
        float[] packedGradient = new float[all * Features];
        float loss = network.ComputeGradient(inputs, [.. Padded(wanted, 2, float.NaN, withLength: false)], null, inputGradient);
        float packedLoss = packed.ComputeGradient([.. steps.SelectMany(step => step)], [.. wanted.SelectMany(step => step)], null, packedGradient);

        Agree.Within(Tolerance, [packedLoss], [loss], "loss");
        foreach (ParameterTensor tensor in packed.Gradient)
            Agree.Within(1e-5, tensor.ToArray(), network.Gradient[tensor.Name].ToArray(), $"gradient of {tensor.Name}", () => 1e-6);
        Agree.Within(1e-5, [.. Padded([.. packedGradient.Chunk(Features)], Features, 0, withLength: true, length: 0)], inputGradient, "gradient of the inputs");

        // Running statistics, and predictions by them.
        network.Step(inputs, [.. Padded(wanted, 2, float.NaN, withLength: false)], null);
        packed.Step([.. steps.SelectMany(step => step)], [.. wanted.SelectMany(step => step)], null);
        foreach (ParameterTensor tensor in packed.Parameters)
            Agree.Within(1e-5, tensor.ToArray(), network.Parameters[tensor.Name].ToArray(), tensor.Name, () => 1e-6);
        float[] outputs = new float[lengths.Length * 7 * 2], packedOutputs = new float[all * 2];
        network.PredictBatch(inputs, outputs, threads: 1);
        packed.Predict([.. steps.SelectMany(step => step)], packedOutputs);
        Agree.Within(1e-5, [.. Padded([.. packedOutputs.Chunk(2)], 2, 0, withLength: false)], outputs, "outputs");

        float[][] Draw(int features) => [.. Enumerable.Range(0, all).Select(_ => (float[])[.. Enumerable.Range(0, features).Select(_ => (2 * random.NextSingle()) - 1)])];

        // The steps of one sequence after the other, each with something behind its end.
        IEnumerable<float> Padded(float[][] rows, int features, float behind, bool withLength, float? length = null) => lengths.SelectMany((own, i) =>
            rows.Skip(lengths[..i].Sum()).Take(own).SelectMany(row => row)
                .Concat(Enumerable.Repeat(behind, (7 - own) * features))
                .Concat(withLength ? [length ?? own] : []));
    }

    // What a norm over time makes of one step or two is nearly constant, and its gradient what rounding leaves of zero.
    private static int[] LengthsOf(string layers) => layers.Contains("GroupNorm", StringComparison.Ordinal) ? [5, .. s_lengths[1..]] : s_lengths;

    private static void CheckOutputs(INetworkUnderTest network, INetworkUnderTest[] alone, int[] order, Sample[] samples, float[] inputs)
    {
        int length = network.Description.OutputPoints[0].Length;
        float[] outputs = new float[samples.Length * length], one = new float[length];
        network.PredictBatch(inputs, outputs, threads: 1);
        for (int i = 0; i < samples.Length; i++)
        {
            var expected = new float[alone[order[i]].Description.OutputPoints[0].Length];
            alone[order[i]].Predict(samples[i].Alone, expected);
            // Behind the end of a sequence stands nothing.
            float[] padded = [.. expected, .. new float[length - expected.Length]];
            network.Predict(samples[i].Padded, one);
            Agree.Within(Tolerance, padded, one, $"outputs of sample {i}");
            Agree.Within(Tolerance, padded, outputs[(i * length)..((i + 1) * length)], $"outputs of sample {i} of a batch");
        }
    }

    private static void CheckGradients(
        INetworkUnderTest network, INetworkUnderTest[] alone, int[] order, Sample[] samples, float loss, float[] inputGradient)
    {
        var expected = network.Parameters.ToDictionary(tensor => tensor.Name, tensor => new float[tensor.Length]);
        double[] weights = [.. samples.Select(sample => sample.Weight)];
        double mean = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double share = weights[i] / weights.Sum();
            var gradient = new float[samples[i].Alone.Length];
            INetworkUnderTest other = alone[order[i]];
            mean += share * other.ComputeGradient(
                samples[i].Alone, samples[i].Targets, samples[i].Classes.Length == 0 ? null : samples[i].Classes, gradient);
            foreach (ParameterTensor tensor in other.Gradient)
            {
                float[] found = tensor.ToArray();
                for (int j = 0; j < found.Length; j++)
                    expected[tensor.Name][j] += (float)(share * found[j]);
            }

            int stride = inputGradient.Length / samples.Length;
            float[] padded = [.. gradient.Select(slope => (float)(share * slope)), .. new float[stride - gradient.Length]];
            if (network.Description.InputPoints[0].Vocabulary == 0)
                Agree.Within(Tolerance, padded, inputGradient[(i * stride)..((i + 1) * stride)], $"gradient of input {i}");
        }

        Agree.Within(Tolerance, [(float)mean], [loss], "loss");
        foreach (ParameterTensor tensor in network.Gradient)
            Agree.Within(Tolerance, expected[tensor.Name], tensor.ToArray(), $"gradient of {tensor.Name}");
    }

    private static string Source(string layers, int steps, bool isVariable)
    {
        string[] parts = layers.Split('|');
        bool areTokens = parts[0].StartsWith("Tokens, ", StringComparison.Ordinal);
        string input = areTokens ? $"Input({steps}, Vocabulary = 9" : $"Input({steps}, {Features}, Sequence = true";
        bool hasState = parts[0].StartsWith("State, ", StringComparison.Ordinal);
        string chain = areTokens ? parts[0]["Tokens, ".Length..] : hasState ? parts[0]["State, ".Length..] : parts[0];
        input += $"{(isVariable ? ", VariableLength = true" : "")})";
        string network = !hasState ? $"[Network, {input}, {chain}]\npublic partial class Network;" : $$"""
            [Network]
            public partial class Network
            {
                [{{input}}] public partial Layer Steps { get; }
                [FirstStep, Dense(5)] public partial Layer Before { get; }
                [From(nameof(Steps)), {{chain}}] public partial Layer Judged { get; }
            }
            """;
        return parts.Length == 1 ? network : $"{network}\n\n{parts[1]}";
    }

    /// <summary>A sequence alone, and with something behind its end.</summary>
    private sealed class Sample
    {
        public Sample(NetworkDescription network, NetworkDescription alone, int length, int seed)
        {
            var random = new Random(seed);
            InputDescription input = network.InputPoints[0];
            OutputDescription output = network.OutputPoints[0];
            bool areTokens = input.Vocabulary > 0;
            int classes = output.StepLength;
            Alone = Draw(alone.InputPoints[0].Length, () => areTokens ? random.Next(input.Vocabulary) : Uniform(random));
            // Neither numbers that are none nor tokens that are none matter.
            Padded = [.. Alone, .. Draw(input.Length - Alone.Length, () => areTokens ? -7 : float.NaN), length];
            int steps = output.Steps > 1 ? length : 1;
            Weight = steps;
            bool byClass = output.Targets == TargetKind.Classes && alone.Loss != "KullbackLeibler";
            Classes = byClass ? [.. Draw(steps, () => random.Next(classes)).Select(id => (int)id)] : [];
            PaddedClasses = byClass ? [.. Classes, .. Enumerable.Repeat(-3, output.Steps - steps)] : [];
            Targets = byClass ? [] : Draw(steps * classes, () => 0.1f + (0.3f * random.NextSingle()));
            PaddedTargets = byClass ? [] : [.. Targets, .. Draw(output.Length - Targets.Length, () => float.NaN)];
        }

        public float[] Alone { get; }

        public float[] Padded { get; }

        public float[] Targets { get; }

        public float[] PaddedTargets { get; }

        public int[] Classes { get; }

        public int[] PaddedClasses { get; }

        /// <summary>What it counts for in the mean of a batch.</summary>
        public double Weight { get; }

        private static float Uniform(Random random) => (2 * random.NextSingle()) - 1;

        private static float[] Draw(int count, Func<float> next) => [.. Enumerable.Range(0, count).Select(_ => next())];
    }
}
