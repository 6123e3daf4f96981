using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// What the length of each sample's sequence says about its steps. Generated code calls it: nothing in it depends on a network's shape.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SequenceLengths
{
    /// <summary>Writes for samples [from, to) a 1 at each step of the sequence and a 0 at those behind its end.</summary>
    /// <param name="mask">The first sample's first number.</param>
    /// <param name="maskSample">Floats from one sample's numbers to the next.</param>
    /// <param name="maskRow">Floats from one step's number to the next.</param>
    /// <param name="length">The first sample's length.</param>
    /// <param name="lengthSample">Floats from one sample's length to the next.</param>
    /// <param name="steps">The steps that there are at most.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Within(
        ref float mask, int maskSample, int maskRow, ref readonly float length, int lengthSample, int steps, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            float end = Unsafe.Add(ref Unsafe.AsRef(in length), (nint)s * lengthSample);
            ref float numbers = ref Unsafe.Add(ref mask, (nint)s * maskSample);
            for (int t = 0; t < steps; t++)
                Unsafe.Add(ref numbers, (nint)t * maskRow) = t < end ? 1 : 0;
        }
    }

    /// <summary>Writes for samples [from, to) a 1 at the last step of the sequence and a 0 at all others.</summary>
    /// <param name="mask">The first sample's first number.</param>
    /// <param name="maskSample">Floats from one sample's numbers to the next.</param>
    /// <param name="maskRow">Floats from one step's number to the next.</param>
    /// <param name="length">The first sample's length.</param>
    /// <param name="lengthSample">Floats from one sample's length to the next.</param>
    /// <param name="steps">The steps that there are at most.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Last(
        ref float mask, int maskSample, int maskRow, ref readonly float length, int lengthSample, int steps, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            float end = Unsafe.Add(ref Unsafe.AsRef(in length), (nint)s * lengthSample);
            ref float numbers = ref Unsafe.Add(ref mask, (nint)s * maskSample);
            for (int t = 0; t < steps; t++)
                Unsafe.Add(ref numbers, (nint)t * maskRow) = t + 1 == end ? 1 : 0;
        }
    }

    /// <summary>Clears floats of those samples of [from, to) whose sequence has a step.</summary>
    /// <param name="target">The first sample's first float.</param>
    /// <param name="sample">Floats from one sample to the next.</param>
    /// <param name="count">The floats of a sample that are cleared.</param>
    /// <param name="length">The first sample's length.</param>
    /// <param name="lengthSample">Floats from one sample's length to the next.</param>
    /// <param name="step">The step.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void ClearWithin(
        ref float target, int sample, int count, ref readonly float length, int lengthSample, int step, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            if (step < Unsafe.Add(ref Unsafe.AsRef(in length), (nint)s * lengthSample))
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref target, (nint)s * sample), count).Clear();
        }
    }
}
