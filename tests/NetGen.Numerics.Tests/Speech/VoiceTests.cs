using NetGen.Testing;
using Voice;

namespace NetGen.Numerics.Tests.Speech;

/// <summary>A network that others trained and that hears speech, declared as a class: its numbers are those of PyTorch.</summary>
[Trait("Category", "Numeric")]
public sealed class VoiceTests
{
    private const double Tolerance = 1e-5;

    private static readonly SafeTensorsFile s_reference = SafeTensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Speech", "reference.safetensors"));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_step_gives_the_probability_the_state_and_the_cell(int step)
    {
        VoiceNet network = Load();
        float[] input = [.. Numbers($"{step}.input_0"), .. Numbers($"{step}.input_1")], output = new float[VoiceNet.OutputLength];
        network.Predict(input, output);
        Close([.. Numbers($"{step}.output_1"), .. Numbers($"{step}.output_0")], output);
    }

    [Fact]
    public void Steps_of_several_recordings_at_once_give_the_same()
    {
        float[] inputs = [.. Enumerable.Range(0, 17).SelectMany(i => Numbers($"{i % 2}.input_0").Concat(Numbers($"{i % 2}.input_1")))];
        float[] expected = [.. Enumerable.Range(0, 17).SelectMany(i => Numbers($"{i % 2}.output_1").Concat(Numbers($"{i % 2}.output_0")))];
        var outputs = new float[expected.Length];
        Load().PredictBatch(inputs, outputs);
        Close(expected, outputs);
    }

    [Fact]
    public void A_recording_gives_the_probabilities_of_all_its_steps()
    {
        float[] signal = WaveFile.Read(Path.Combine(AppContext.BaseDirectory, "Speech", "hey_jane.wav"), VoiceNet.Rate), expected = Numbers("stream.probabilities");
        Assert.Equal(expected.Length * VoiceNet.Step, signal.Length);
        var detector = new VoiceDetector(Load());
        Close(expected, Heard());
        detector.Reset();
        Close(expected, Heard());

        float[] Heard() => [.. expected.Select((_, i) => detector.Hear(signal.AsSpan(i * VoiceNet.Step, VoiceNet.Step)))];
    }

    [Fact]
    public void Listening_allocates_nothing()
    {
        var detector = new VoiceDetector(Load());
        var silence = new float[VoiceNet.Step];
        Allocation.None(() => detector.Hear(silence));
    }

    private static VoiceNet Load()
    {
        var network = new VoiceNet();
        network.Load(Path.Combine(AppContext.BaseDirectory, "Speech", "silero-vad-16k.safetensors"));
        return network;
    }

    private static float[] Numbers(string name) => s_reference[name].ToSingles();

    // Probabilities, and states between −1 and 1: absolutely.
    private static void Close(float[] expected, float[] found) =>
        Assert.All(expected.Zip(found), pair => Assert.InRange(pair.Second, pair.First - Tolerance, pair.First + Tolerance));
}
