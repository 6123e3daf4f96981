using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The largest or mean values of the steps of a window, feature by feature. Generated code of streams calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class PastWindows
{
    /// <summary>The largest of each feature; NaN where one is.</summary>
    /// <param name="y">The result.</param>
    /// <param name="x">The first step of the window.</param>
    /// <param name="stride">Floats from one step to the next.</param>
    /// <param name="size">The steps of the window.</param>
    /// <param name="length">The features.</param>
    /// <param name="count">How many of the last steps are there, at least 1; all where it is more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Max(ref float y, ref readonly float x, int stride, int size, int length, int count)
    {
        ref float first = ref First(in x, stride, size, ref count);
        int n = 0;
        for (; n <= length - Vector<float>.Count; n += Vector<float>.Count)
        {
            ref float row = ref Unsafe.Add(ref first, n);
            Vector<float> largest = Vector.LoadUnsafe(ref row);
            for (int step = 1; step < count; step++)
                largest = Vector.Max(largest, Vector.LoadUnsafe(ref row, (nuint)(step * stride)));
            largest.StoreUnsafe(ref y, (nuint)n);
        }

        for (; n < length; n++)
        {
            float largest = Unsafe.Add(ref first, n);
            for (int step = 1; step < count; step++)
                largest = MathF.Max(largest, Unsafe.Add(ref first, (nint)step * stride + n));
            Unsafe.Add(ref y, n) = largest;
        }
    }

    /// <summary>The mean of each feature over the steps that are there.</summary>
    /// <param name="y">The result.</param>
    /// <param name="x">The first step of the window.</param>
    /// <param name="stride">Floats from one step to the next.</param>
    /// <param name="size">The steps of the window.</param>
    /// <param name="length">The features.</param>
    /// <param name="count">How many of the last steps are there, at least 1; all where it is more.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Mean(ref float y, ref readonly float x, int stride, int size, int length, int count)
    {
        ref float first = ref First(in x, stride, size, ref count);
        float share = 1f / count;
        int n = 0;
        for (; n <= length - Vector<float>.Count; n += Vector<float>.Count)
        {
            ref float row = ref Unsafe.Add(ref first, n);
            Vector<float> sum = Vector.LoadUnsafe(ref row);
            for (int step = 1; step < count; step++)
                sum += Vector.LoadUnsafe(ref row, (nuint)(step * stride));
            (sum * share).StoreUnsafe(ref y, (nuint)n);
        }

        for (; n < length; n++)
        {
            float sum = Unsafe.Add(ref first, n);
            for (int step = 1; step < count; step++)
                sum += Unsafe.Add(ref first, (nint)step * stride + n);
            Unsafe.Add(ref y, n) = sum * share;
        }
    }

    private static ref float First(ref readonly float x, int stride, int size, ref int count)
    {
        count = Math.Min(count, size);
        return ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)(size - count) * stride);
    }
}
