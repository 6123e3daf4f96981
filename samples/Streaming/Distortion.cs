namespace Streaming;

/// <summary>
/// The pedal that the network learns: an amplifier that clips one half of the wave earlier than the other, behind a filter that takes the lows
/// and before one that takes the highs. What it makes of a sample depends on those before.
/// </summary>
internal sealed class Distortion
{
    private const float Drive = 6, Bias = 0.25f;
    private const float LowCut = 0.02f, HighCut = 0.35f;

    private float _slow;
    private float _smooth;

    /// <summary>One sample in, one out.</summary>
    public float Step(float sample)
    {
        _slow += LowCut * (sample - _slow);
        float clipped = MathF.Tanh((Drive * (sample - _slow)) + Bias) - MathF.Tanh(Bias);
        _smooth += HighCut * (clipped - _smooth);
        return _smooth;
    }

    /// <summary>What the pedal makes of a signal.</summary>
    public static float[] Play(float[] signal)
    {
        var pedal = new Distortion();
        return Array.ConvertAll(signal, pedal.Step);
    }
}
