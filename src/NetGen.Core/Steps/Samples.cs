using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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

    /// <summary>Adds rows up, in their order.</summary>
    /// <param name="sum">The sum.</param>
    /// <param name="rows">The first row.</param>
    /// <param name="length">Floats of a row.</param>
    /// <param name="count">How many rows there are.</param>
    /// <param name="from">The first float of a row to add.</param>
    /// <param name="to">The float behind the last.</param>
    public static void AddUp(ref float sum, ref float rows, int length, int count, int from, int to)
    {
        if (Vector512.IsHardwareAccelerated)
            from = AddUp<F32x16>(ref sum, ref rows, length, count, from, to);
        else if (Vector256.IsHardwareAccelerated)
            from = AddUp<F32x8>(ref sum, ref rows, length, count, from, to);
        else
            from = AddUp<F32x4>(ref sum, ref rows, length, count, from, to);
        AddUp<F32x1>(ref sum, ref rows, length, count, from, to);
    }

    // Four sums at a time wait together.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int AddUp<T>(ref float sum, ref float rows, int length, int count, int from, int to) where T : struct, IVector<T>
    {
        int i = from;
        for (; i <= to - 4 * T.Count; i += 4 * T.Count)
        {
            ref float row = ref Unsafe.Add(ref rows, i);
            T a = T.Load(in row, 0), b = T.Load(in row, (nuint)T.Count);
            T c = T.Load(in row, 2 * (nuint)T.Count), d = T.Load(in row, 3 * (nuint)T.Count);
            for (int r = 1; r < count; r++)
            {
                row = ref Unsafe.Add(ref row, length);
                a += T.Load(in row, 0);
                b += T.Load(in row, (nuint)T.Count);
                c += T.Load(in row, 2 * (nuint)T.Count);
                d += T.Load(in row, 3 * (nuint)T.Count);
            }

            ref float place = ref Unsafe.Add(ref sum, i);
            T.Store(a, ref place, 0);
            T.Store(b, ref place, (nuint)T.Count);
            T.Store(c, ref place, 2 * (nuint)T.Count);
            T.Store(d, ref place, 3 * (nuint)T.Count);
        }

        for (; i <= to - T.Count; i += T.Count)
        {
            ref float row = ref Unsafe.Add(ref rows, i);
            T a = T.Load(in row, 0);
            for (int r = 1; r < count; r++)
            {
                row = ref Unsafe.Add(ref row, length);
                a += T.Load(in row, 0);
            }

            T.Store(a, ref Unsafe.Add(ref sum, i), 0);
        }

        return i;
    }
}
