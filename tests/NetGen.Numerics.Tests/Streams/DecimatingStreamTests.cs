using NetGen.Testing;

namespace NetGen.Numerics.Tests.Streams;

/// <summary>Streams that do not give an output with each step: what comes of them, and when, is what the network makes of the whole sequence.</summary>
[Trait("Category", "Numeric")]
public sealed class DecimatingStreamTests
{
    [Fact]
    public void Strides_agree_with_the_whole_signal() => Agrees(new StridedStream(seed: 1), model => model.OpenStream(), every: 2, first: 1);

    [Fact]
    public void Strides_behind_one_another_agree() => Agrees(new TwoStridesStream(seed: 2), model => model.OpenStream(), every: 6, first: 31);

    [Fact]
    public void Without_padding_a_stream_begins_later() => Agrees(new LaterStream(seed: 3), model => model.OpenStream(), every: 1, first: 9);

    [Fact]
    public void Poolings_agree_with_the_whole_signal() => Agrees(new PooledStream(seed: 4), model => model.OpenStream(), every: 6, first: 6);

    [Fact]
    public void Windows_that_are_the_past_give_an_output_with_each_step()
    {
        var model = new PastPoolStream();
        StreamTests.Agrees(model, network => network.OpenStream(), steps: 100, isSignal: true);
    }

    [Fact]
    public void Padding_before_the_first_step_never_wins_and_counts_where_it_should() =>
        Agrees(new PaddedPoolStream(seed: 5), model => model.OpenStream(), every: 6, first: 11);

    [Fact]
    public void A_stride_without_taps_takes_every_so_many_a_step() =>
        Agrees(new EveryFifthStream(seed: 6), model => model.OpenStream(), every: 5, first: 11);

    [Fact]
    public void Branches_that_complete_a_step_at_different_times_meet_at_the_later() =>
        Agrees(new BranchesStream(seed: 7), model => model.OpenStream(), every: 3, first: 3, isSequence: true);

    [Fact]
    public void A_shortcut_around_products_without_padding_begins_as_late() =>
        Agrees(new CroppedStream(seed: 8), model => model.OpenStream(), every: 7, first: 11);

    [Fact]
    public void Outputs_that_are_there_at_different_times_come_together()
    {
        var model = new TwoOutputsStream(seed: 9);
        float[] inputs = StreamTests.Inputs(TwoOutputsStream.InputLength), whole = new float[TwoOutputsStream.OutputLength];
        model.Predict(inputs, whole);
        float[] late = StreamTests.Transposed(whole[..(3 * 62)], 62), early = StreamTests.Transposed(whole[(3 * 62)..], 62);
        TwoOutputsStream.PredictionStream stream = model.OpenStream();
        float[] outputs = new float[62 * 5];
        Assert.Equal(62, stream.Steps(StreamTests.Transposed(inputs, 128), outputs));
        for (int i = 0; i < 62; i++)
            Agree.Within(1e-5, [.. late[(i * 3)..(i * 3 + 3)], .. early[(i * 2)..(i * 2 + 2)]], outputs[(i * 5)..(i * 5 + 5)], $"output {i}");
    }

    [Fact]
    public void The_last_step_of_fewer_is_the_present_one()
    {
        var model = new LastOfFewStream(seed: 10);
        float[] inputs = StreamTests.Inputs(LastOfFewStream.InputLength), expected = new float[2], outputs = new float[24 * 2];
        model.Predict(inputs, expected);
        model.OpenStream().Steps(StreamTests.Transposed(inputs, 96), outputs);
        Agree.Within(1e-5, expected, outputs[^2..], "the last step");
    }

    [Fact]
    public void Tokens_agree_and_end_with_the_declared_length()
    {
        var model = new ShorterTokenStream(seed: 11);
        int[] tokens = [.. Enumerable.Range(0, 90).Select(i => i * 7 % 9)];
        float[] expected = new float[ShorterTokenStream.OutputLength], outputs = new float[expected.Length], one = new float[3];
        model.Predict(tokens, expected);
        ShorterTokenStream.PredictionStream stream = model.OpenStream();
        Assert.Equal(44, stream.OutputsOf(90));
        Assert.Equal([false, false, false, true], tokens[..4].Select(token => stream.Step(token, one)));
        Agree.Within(1e-5, expected[..3], one, "the first output");
        Assert.Equal(43, stream.Steps(tokens.AsSpan(4), outputs));
        Agree.Within(1e-5, expected[3..], outputs[..^3], "the others");
        Assert.Equal(0, stream.RemainingSteps);
        Assert.Throws<InvalidOperationException>(() => stream.Step(0, one));
        Assert.Throws<ArgumentException>(() => stream.Step(9, one));
    }

    [Fact]
    public void A_stream_begins_anew_and_goes_on_from_another_at_any_step()
    {
        var model = new TwoStridesStream(seed: 12);
        float[] inputs = StreamTests.Inputs(2 * 140), whole = new float[19 * 3], outputs = new float[whole.Length];
        TwoStridesStream.PredictionStream stream = model.OpenStream(), other = model.OpenStream();
        stream.Steps(inputs, whole);
        foreach (int steps in (int[])[1, 5, 30, 31, 65, 97])
        {
            stream.Reset();
            int before = stream.Steps(inputs.AsSpan(0, steps * 2), outputs);
            other.CopyStateFrom(stream);
            stream.Steps(StreamTests.Inputs(40), outputs);
            Array.Clear(outputs);
            Assert.Equal(19 - before, other.OutputsOf(140 - steps));
            Assert.Equal(19 - before, other.Steps(inputs.AsSpan(steps * 2), outputs));
            Assert.Equal(whole[(before * 3)..], outputs[..^(before * 3)]);
        }
    }

    [Fact]
    public void Streams_of_one_network_do_not_meet()
    {
        var model = new PooledStream(seed: 13);
        float[] inputs = StreamTests.Inputs(PooledStream.InputLength), expected = new float[PooledStream.OutputLength];
        model.OpenStream().Steps(inputs, expected);
        float[][] outputs = [.. Enumerable.Range(0, 4).Select(_ => new float[expected.Length])];
        Parallel.ForEach(outputs, output => model.OpenStream().Steps(inputs, output));
        Assert.All(outputs, output => Assert.Equal(expected, output));
    }

    [Fact]
    public void A_step_allocates_nothing_and_writes_nothing_where_there_is_no_output()
    {
        PooledStream.PredictionStream stream = new PooledStream(seed: 14).OpenStream();
        float[] input = StreamTests.Inputs(19), output = new float[5];
        Array.Fill(output, 7);
        for (int step = 0; step < 5; step++)
            Assert.False(stream.Step(input, output));
        Assert.All(output, number => Assert.Equal(7, number));
        Allocation.None(() =>
        {
            for (int step = 0; step < 100; step++)
                stream.Step(input, output);
        });
    }

    [Fact]
    public void A_number_that_is_none_wins_a_window_as_it_does_in_the_whole()
    {
        var model = new PastPoolStream();
        float[] inputs = new float[PastPoolStream.InputLength], output = new float[17];
        inputs[3 * 100 + 4] = float.NaN;
        float[] expected = new float[PastPoolStream.OutputLength];
        model.Predict(inputs, expected);
        PastPoolStream.PredictionStream stream = model.OpenStream();
        for (int step = 0; step < 100; step++)
        {
            stream.Step([.. Enumerable.Range(0, 17).Select(channel => inputs[channel * 100 + step])], output);
            Assert.Equal(Enumerable.Range(0, 17).Select(channel => expected[channel * 100 + step]), output);
        }
    }

    [Fact]
    public void Wrong_lengths_say_what_was_expected()
    {
        StridedStream.PredictionStream stream = new StridedStream(seed: 15).OpenStream();
        Assert.StartsWith("input holds 2 floats; a step of StridedStream takes 3.", Assert.Throws<ArgumentException>(() => stream.Step(new float[2], new float[2])).Message);
        Assert.StartsWith("output holds 3 floats", Assert.Throws<ArgumentException>(() => stream.Step(new float[3], new float[3])).Message);
        Assert.StartsWith("inputs holds 4 floats", Assert.Throws<ArgumentException>(() => stream.Steps(new float[4], new float[2])).Message);
        Assert.StartsWith(
            "outputs holds 3 floats; 3 steps give 2 outputs of 2 floats, which are 4.",
            Assert.Throws<ArgumentException>(() => stream.Steps(new float[9], new float[3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.OutputsOf(-1));
        Assert.Equal(0, stream.OutputsOf(0));
    }

    private static void Agrees<TNetwork>(TNetwork model, Func<TNetwork, DecimatingStream> open, int every, int first, bool isSequence = false)
        where TNetwork : class, INetwork<TNetwork>
    {
        foreach (ParameterTensor tensor in model.Parameters.Where(tensor => tensor.Name.Contains("running", StringComparison.Ordinal)))
            tensor.Fill(0.7f);
        float[] inputs = StreamTests.Inputs(TNetwork.InputLength), expected = new float[TNetwork.OutputLength];
        model.Predict(inputs, expected);
        DecimatingStream stream = open(model);
        Assert.Equal((every, first), (stream.StepsPerOutput, stream.StepsToFirstOutput));
        int steps = TNetwork.InputLength / stream.InputLength, count = expected.Length / stream.OutputLength;
        float[] rows = StreamTests.Transposed(inputs, steps);

        // In stretches of every length, none of which divides the number of steps or of outputs.
        foreach (int stretch in (int[])[1, 2, 7, 13, 64, steps])
        {
            stream.Reset();
            float[] outputs = new float[expected.Length];
            int written = 0;
            for (int step = 0; step < steps; step += stretch)
            {
                Span<float> stretched = rows.AsSpan(step * stream.InputLength, Math.Min(stretch, steps - step) * stream.InputLength);
                int announced = stream.OutputsOf(Math.Min(stretch, steps - step));
                int given = stream.Steps(stretched, outputs.AsSpan(written * stream.OutputLength));
                Assert.Equal(announced, given);
                written += given;
            }

            Assert.Equal(count, written);
            Agree.Within(1e-5, expected, isSequence ? outputs : StreamTests.Transposed(outputs, stream.OutputLength), $"stretches of {stretch}");
        }
    }
}
