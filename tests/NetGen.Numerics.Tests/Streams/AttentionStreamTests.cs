using NetGen.Testing;

namespace NetGen.Numerics.Tests.Streams;

/// <summary>Streams of causal attention remember the keys and values of all steps so far, and come to what the network makes of the whole.</summary>
[Trait("Category", "Numeric")]
public sealed class AttentionStreamTests
{
    [Fact]
    public void Turned_heads_agree_with_the_whole_sequence() =>
        StreamTests.Agrees(new AttentionStream(seed: 1), model => model.OpenStream(), steps: 150);

    [Fact]
    public void Heads_that_no_vector_divides_agree_with_the_whole_sequence()
    {
        StreamTests.Agrees(new OddAttentionStream(seed: 2), model => model.OpenStream(), steps: 70);
        StreamTests.Agrees(new NarrowAttentionStream(seed: 3), model => model.OpenStream(), steps: 5);
    }

    [Fact]
    public void Recurrent_layers_convolutions_and_attention_agree_with_the_whole_signal()
    {
        var model = new MixedStream(seed: 4);
        float[] inputs = StreamTests.Inputs(MixedStream.InputLength), expected = new float[MixedStream.OutputLength], outputs = new float[expected.Length];
        model.Predict(inputs, expected);
        model.OpenStream().Steps(StreamTests.Transposed(inputs, 100), outputs);
        Agree.Within(1e-5, expected, outputs, "steps");
    }

    [Fact]
    public void Keys_and_values_of_another_input_agree_with_the_whole()
    {
        var model = new AcrossStream(seed: 5);
        float[] inputs = StreamTests.Inputs(AcrossStream.InputLength), expected = new float[AcrossStream.OutputLength], outputs = new float[expected.Length];
        model.Predict(inputs, expected);
        float[] said = inputs[..200], asked = inputs[200..];
        model.OpenStream().Steps([.. Enumerable.Range(0, 40).SelectMany(step => said[(step * 5)..(step * 5 + 5)].Concat(asked[(step * 6)..(step * 6 + 6)]))], outputs);
        Agree.Within(1e-5, expected, outputs, "steps");
    }

    [Fact]
    public void Tokens_agree_with_the_whole_text()
    {
        var model = new TokenStream(seed: 6);
        int[] tokens = [.. Enumerable.Range(0, 130).Select(i => i * i % 11)];
        float[] expected = new float[TokenStream.OutputLength], outputs = new float[expected.Length];
        model.Predict(tokens, expected);
        TokenStream.PredictionStream stream = model.OpenStream();
        for (int step = 0; step < 50; step++)
            stream.Step(tokens[step], outputs.AsSpan(step * 11, 11));
        Assert.Equal(80, stream.RemainingSteps);
        stream.Steps(tokens.AsSpan(50), outputs.AsSpan(50 * 11));
        Agree.Within(1e-5, expected, outputs, "steps");
    }

    [Fact]
    public void A_stream_that_looks_back_at_all_steps_ends_with_the_last_that_was_declared()
    {
        var model = new NarrowAttentionStream(seed: 7);
        NarrowAttentionStream.PredictionStream stream = model.OpenStream(), other = model.OpenStream();
        float[] inputs = StreamTests.Inputs(15), first = new float[15], output = new float[3];
        Assert.Equal(5, stream.RemainingSteps);
        stream.Steps(inputs.AsSpan(0, 9), first.AsSpan(0, 9));
        Assert.StartsWith(
            "NarrowAttentionStream knows 5 steps, the length of its input, of which 2 are left; 3 more are too many.",
            Assert.Throws<InvalidOperationException>(() => stream.Steps(inputs.AsSpan(0, 9), new float[9])).Message);

        // What was refused was not begun, and another stream goes on from here alike.
        other.CopyStateFrom(stream);
        stream.Steps(inputs.AsSpan(9), first.AsSpan(9));
        other.Step(inputs.AsSpan(9, 3), output);
        Assert.Equal(first[9..12], output);
        Assert.Equal(1, other.RemainingSteps);

        Assert.StartsWith(
            "NarrowAttentionStream knows 5 steps, the length of its input, of which 0 are left; 1 more is too many.",
            Assert.Throws<InvalidOperationException>(() => stream.Step(inputs.AsSpan(0, 3), output)).Message);
        float[] again = new float[15];
        stream.Reset();
        stream.Steps(inputs, again);
        Assert.Equal(first, again);
        Assert.Null(new GruStream().OpenStream().RemainingSteps);
    }

    [Fact]
    public void Tokens_that_are_none_are_refused_before_anything_is_done()
    {
        TokenStream.PredictionStream stream = new TokenStream(seed: 8).OpenStream();
        Assert.StartsWith(
            "Token 11 is not of the vocabulary, whose tokens are 0 to 10.",
            Assert.Throws<ArgumentException>(() => stream.Step(11, new float[11])).Message);
        Assert.StartsWith(
            "Token -1 at step 1 is not of the vocabulary, whose tokens are 0 to 10.",
            Assert.Throws<ArgumentException>(() => stream.Steps([3, -1], new float[22])).Message);
        Assert.StartsWith(
            "Token 2.5 at step 2 is not of the vocabulary, whose tokens are 0 to 10.",
            Assert.Throws<ArgumentException>(() => stream.Steps([3f, 1, 2.5f], new float[33])).Message);
        Assert.StartsWith("outputs holds 11 floats", Assert.Throws<ArgumentException>(() => stream.Steps([3, 1], new float[11])).Message);
        Assert.Equal(130, stream.RemainingSteps);
    }

    [Fact]
    public void What_is_not_a_number_stays_in_the_memory_and_nowhere_else()
    {
        var model = new AttentionStream(seed: 9);
        AttentionStream.PredictionStream stream = model.OpenStream();
        float[] inputs = StreamTests.Inputs(AttentionStream.InputLength), clean = new float[AttentionStream.OutputLength], outputs = new float[clean.Length];
        stream.Steps(inputs, clean);
        stream.Reset();
        float[] spoilt = [.. inputs];
        spoilt[70 * 12] = float.NaN;
        stream.Steps(spoilt, outputs);
        Assert.Equal(clean[..140], outputs[..140]);
        Assert.All(outputs[140..], output => Assert.True(float.IsNaN(output)));

        // Another beginning reads nothing of it.
        stream.Reset();
        stream.Steps(inputs, outputs);
        Assert.Equal(clean, outputs);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        TokenStream.PredictionStream stream = new TokenStream(seed: 10).OpenStream();
        float[] output = new float[11];
        Allocation.None(() =>
        {
            stream.Reset();
            for (int step = 0; step < 100; step++)
                stream.Step(step % 11, output);
        });
    }
}
