using NetGen.Testing;

namespace NetGen.Numerics.Tests.Streams;

/// <summary>A stream takes the steps of a sequence one by one, and comes to what the network makes of the whole.</summary>
[Trait("Category", "Numeric")]
public sealed class StreamTests
{
    [Fact]
    public void A_gru_agrees_with_the_whole_sequence() => Agrees(new GruStream(seed: 1), model => model.OpenStream(), steps: 100);

    [Fact]
    public void Stacked_lstms_agree_with_the_whole_sequence() => Agrees(new LstmStream(seed: 2), model => model.OpenStream(), steps: 90);

    [Fact]
    public void Layers_that_hand_on_one_number_agree_with_the_whole_sequence() =>
        Agrees(new NarrowStream(seed: 4), model => model.OpenStream(), steps: 70);

    [Fact]
    public void A_sequence_of_a_single_step_agrees() => Agrees(new SingleStepStream(seed: 5), model => model.OpenStream(), steps: 1);

    [Fact]
    public void A_network_that_gives_the_last_step_gives_the_present_one_as_a_stream()
    {
        const int Steps = 70;
        var model = new RnnStream(seed: 3);
        float[] inputs = Inputs(RnnStream.InputLength), expected = new float[3], output = new float[3];
        model.Predict(inputs, expected);
        RnnStream.PredictionStream stream = model.OpenStream();
        for (int step = 0; step < Steps; step++)
            stream.Step(inputs.AsSpan(step * 5, 5), output);
        Agree.Within(1e-5, expected, output, "the last step");
    }

    [Fact]
    public void A_stream_of_sequences_of_different_lengths_ends_with_any_step()
    {
        var model = new LengthsStream(seed: 8);
        float[] inputs = Inputs(LengthsStream.InputLength - 1), expected = new float[LengthsStream.OutputLength], output = new float[2];
        model.Predict(inputs.AsSpan(0, 45 * 3), length: 45, expected);
        LengthsStream.PredictionStream stream = model.OpenStream();
        for (int step = 0; step < 45; step++)
        {
            stream.Step(inputs.AsSpan(step * 3, 3), output);
            Agree.Within(1e-5, expected[(step * 2)..((step * 2) + 2)], output, $"step {step}");
        }

        Assert.All(expected[90..], number => Assert.Equal(0, number));
    }

    [Fact]
    public void A_stream_of_tokens_gives_what_the_sequence_so_far_does()
    {
        var model = new TokensStream(seed: 9);
        int[] tokens = [.. Enumerable.Range(0, 40).Select(i => i * 7 % 11)];
        float[] expected = new float[3], output = new float[3];
        TokensStream.PredictionStream stream = model.OpenStream();
        for (int step = 0; step < tokens.Length; step++)
        {
            stream.Step(tokens[step], output);
            model.Predict(tokens.AsSpan(0, step + 1), expected);
            Agree.Within(1e-5, expected, output, $"step {step}");
        }

        Assert.Contains("Token 11 is not of the vocabulary, whose tokens are 0 to 10.", Assert.Throws<ArgumentException>(() => stream.Step(11, output)).Message);
        Assert.Throws<ArgumentException>(() => stream.Step([float.NaN], output));
    }

    [Fact]
    public void Causal_convolutions_agree_with_the_whole_signal()
    {
        var model = new ConvolutionStream(seed: 4);
        Agrees(model, network => network.OpenStream(), steps: 80, isSignal: true);
    }

    [Fact]
    public void Branches_agree_with_the_whole_signal() => Agrees(new ResidualStream(seed: 5), model => model.OpenStream(), steps: 75, isSignal: true);

    [Fact]
    public void A_gru_whose_reset_acts_before_the_product_agrees() => Agrees(new FirstGruStream(seed: 2), model => model.OpenStream(), steps: 90);

    [Fact]
    public void A_stream_begins_anew_goes_on_from_another_and_sees_new_parameters()
    {
        var model = new GruStream(seed: 6);
        GruStream.PredictionStream stream = model.OpenStream(), other = model.OpenStream();
        float[] inputs = Inputs(50), first = new float[50], again = new float[50];
        stream.Steps(inputs, first);
        stream.Reset();
        stream.Steps(inputs, again);
        Assert.Equal(first, again);

        other.CopyStateFrom(stream);
        float[] next = new float[1], nextOfOther = new float[1];
        stream.Step([0.5f], next);
        other.Step([0.5f], nextOfOther);
        Assert.Equal(next, nextOfOther);
        Assert.NotEqual(first[0], next[0]);

        model.Parameters["1.bias"].Fill(100);
        stream.Step([0.5f], next);
        Assert.InRange(next[0], 90, 110);
    }

    [Fact]
    public void Streams_of_one_network_do_not_meet()
    {
        var model = new LstmStream(seed: 7);
        float[] inputs = Inputs(90 * 3), expected = new float[90 * 2];
        model.OpenStream().Steps(inputs, expected);
        float[][] outputs = [.. Enumerable.Range(0, 4).Select(_ => new float[expected.Length])];
        Parallel.ForEach(outputs, output => model.OpenStream().Steps(inputs, output));
        Assert.All(outputs, output => Assert.Equal(expected, output));
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        LstmStream.PredictionStream stream = new LstmStream(seed: 8).OpenStream();
        float[] input = [1, 2, 3], output = new float[2];
        Allocation.None(() =>
        {
            for (int step = 0; step < 100; step++)
                stream.Step(input, output);
        });
    }

    [Fact]
    public void Wrong_lengths_say_what_was_expected()
    {
        LstmStream.PredictionStream stream = new LstmStream(seed: 9).OpenStream();
        Assert.StartsWith("input holds 2 floats; a step of LstmStream takes 3.", Assert.Throws<ArgumentException>(() => stream.Step(new float[2], new float[2])).Message);
        Assert.StartsWith("output holds 3 floats; a step of LstmStream writes 2.", Assert.Throws<ArgumentException>(() => stream.Step(new float[3], new float[3])).Message);
        Assert.StartsWith("inputs holds 4 floats", Assert.Throws<ArgumentException>(() => stream.Steps(new float[4], new float[2])).Message);
        Assert.StartsWith("outputs holds 2 floats", Assert.Throws<ArgumentException>(() => stream.Steps(new float[6], new float[2])).Message);
        Assert.StartsWith("A stream of LstmStream", Assert.Throws<ArgumentException>(() => new GruStream().OpenStream().CopyStateFrom(stream)).Message);
    }

    internal static void Agrees<TNetwork>(TNetwork model, Func<TNetwork, PredictionStream> open, int steps, bool isSignal = false)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (State state in (State[])[new("running_mean", 0.3f), new("running_var", 1.7f)])
        {
            foreach (ParameterTensor tensor in model.Parameters.Where(tensor => tensor.Name.EndsWith(state.Name, StringComparison.Ordinal)))
                tensor.Fill(state.Value);
        }

        float[] inputs = Inputs(TNetwork.InputLength), expected = new float[TNetwork.OutputLength];
        model.Predict(inputs, expected);
        PredictionStream stream = open(model);
        Assert.Equal((TNetwork.InputLength / steps, TNetwork.OutputLength / steps), (stream.InputLength, stream.OutputLength));
        float[] outputs = new float[expected.Length];
        stream.Steps(isSignal ? Transposed(inputs, steps) : inputs, outputs);
        Agree.Within(1e-5, expected, isSignal ? Transposed(outputs, outputs.Length / steps) : outputs, "steps");
    }

    // From rows of so many columns to columns of rows: a signal has its channels outermost, a stream its steps.
    internal static float[] Transposed(float[] values, int columns) =>
        [.. Enumerable.Range(0, columns).SelectMany(column => Enumerable.Range(0, values.Length / columns).Select(row => values[row * columns + column]))];

    internal static float[] Inputs(int length)
    {
        var random = new Random(11);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private readonly record struct State(string Name, float Value);
}
