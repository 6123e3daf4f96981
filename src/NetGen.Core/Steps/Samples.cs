using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>What generated code does with the samples of a batch that does not depend on a network's shape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Samples
{
    /// <summary>Sets a tensor of each sample to zero.</summary>
    /// <param name="start">The first sample's tensor.</param>
    /// <param name="stride">Floats from one sample's tensor to the next.</param>
    /// <param name="length">Floats of one sample's tensor.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample behind the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Clear(ref float start, int stride, int length, int from, int to)
    {
        for (int sample = from; sample < to; sample++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref start, (nint)sample * stride), length).Clear();
    }
}
