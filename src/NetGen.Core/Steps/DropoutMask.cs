using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The random factors of a dropout layer in training: 0 with the layer's rate, 1 / (1 − rate) otherwise. A sample's factors
/// depend on the step's key, the layer and the sample's number in its batch alone, so that any number of threads and pieces draws the same.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class DropoutMask
{
    /// <summary>Draws the factors of samples [from, to).</summary>
    /// <param name="frame">The step, with its key, and the number of its first sample.</param>
    /// <param name="layer">The layer's number among the dropouts of its network.</param>
    /// <param name="rate">The probability of a zero, at least 0 and below 1.</param>
    /// <param name="mask">The first sample's first factor.</param>
    /// <param name="length">The factors of a sample.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Fill(TrainingFrame frame, int layer, float rate, ref float mask, int length, int from, int to)
    {
        // A draw of 16 bits is compared with the rate, four to a random number.
        ulong threshold = (ulong)(rate * 65536.0 + 0.5);
        float kept = 1f / (1f - rate);
        for (int sample = from; sample < to; sample++)
        {
            var random = new RandomStream(frame.Key, ((ulong)layer << 32) | (uint)(frame.FirstSample + sample));
            ref float factors = ref Unsafe.Add(ref mask, (nint)sample * length);
            for (int i = 0; i < length; i += 4)
            {
                ulong bits = random.NextUInt64();
                for (int lane = 0; lane < 4 && i + lane < length; lane++, bits >>= 16)
                    Unsafe.Add(ref factors, i + lane) = (bits & 0xFFFF) < threshold ? 0f : kept;
            }
        }
    }
}
