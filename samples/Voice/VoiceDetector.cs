namespace Voice;

/// <summary>Listens to one signal, step after step, and remembers what it heard. Allocates nothing once it is there.</summary>
/// <param name="network">The network, which many detectors can share.</param>
public sealed class VoiceDetector(VoiceNet network)
{
    // What the network takes and gives, as it lies: the end of the last step and this one, the state and the cell; the next state, the next cell and
    // the probability.
    private readonly float[] _input = new float[VoiceNet.InputLength];
    private readonly float[] _output = new float[VoiceNet.OutputLength];

    /// <summary>The probability that somebody speaks in the next 32 milliseconds.</summary>
    /// <param name="samples">512 samples from −1 to 1, at 16 kHz.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public float Hear(ReadOnlySpan<float> samples)
    {
        if (samples.Length != VoiceNet.Step)
            throw new ArgumentException($"A step has {VoiceNet.Step} samples, but there are {samples.Length}.", nameof(samples));
        Span<float> audio = _input.AsSpan(0, VoiceNet.Context + VoiceNet.Step);
        audio[VoiceNet.Step..].CopyTo(audio);
        samples.CopyTo(audio[VoiceNet.Context..]);
        network.Predict(_input, _output);
        _output.AsSpan(0, 2 * VoiceNet.Units).CopyTo(_input.AsSpan(audio.Length));
        return _output[^1];
    }

    /// <summary>Forgets everything: the next step is the first.</summary>
    public void Reset() => Array.Clear(_input);
}
