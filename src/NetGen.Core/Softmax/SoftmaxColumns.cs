using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// A softmax over the channels of images that lie channel by channel, and its gradient: pixels lie along the vector, so that maxima and sums
/// need no look at neighbouring lanes. Generated code calls it. Nothing before or behind the pixels of a line is touched.
/// </summary>
/// <remarks>
/// A few vectors of pixels are taken through all channels together, so that the second cache still holds them the next time. Results lie apart from
/// inputs: some are written before all inputs are read.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxColumns
{
    /// <summary>Images of more floats are not in the second cache when a batch comes to them; to ask for what is there takes time.</summary>
    private const int LargestNear = 1 << 16;

    /// <summary>Of so many channels the second cache holds three groups of pixels, though it has a part of its lines for each alone.</summary>
    private const int FewChannels = 128;

    /// <summary>Computes a line of samples [from, to).</summary>
    /// <param name="y">The first result.</param>
    /// <param name="ySample">Floats from one sample's results to the next.</param>
    /// <param name="yChannel">Floats from one channel to the next.</param>
    /// <param name="x">The first input.</param>
    /// <param name="xSample">Floats from one sample's inputs to the next.</param>
    /// <param name="xChannel">Floats from one channel to the next.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="pixels">The pixels of a line, side by side.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Softmax(
        ref float y, int ySample, int yChannel, ref readonly float x, int xSample, int xChannel, int channels, int pixels, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            ref float result = ref Unsafe.Add(ref y, (nint)s * ySample);
            ref float input = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)s * xSample);
            if (Avx512F.IsSupported && pixels >= F32x16.Count)
                Softmax<F32x16>(ref result, yChannel, ref input, xChannel, channels, pixels);
            else if (Fma.IsSupported && Avx2.IsSupported && pixels >= F32x8.Count)
                Softmax<F32x8>(ref result, yChannel, ref input, xChannel, channels, pixels);
            else if (pixels >= F32x4.Count)
                Softmax<F32x4>(ref result, yChannel, ref input, xChannel, channels, pixels);
            else
                Softmax<F32x1>(ref result, yChannel, ref input, xChannel, channels, pixels);
        }
    }

    /// <summary>Computes the gradients of the inputs of a line of samples [from, to).</summary>
    /// <param name="dx">The first gradient of an input.</param>
    /// <param name="dxSample">Floats from one sample's to the next.</param>
    /// <param name="dxChannel">Floats from one channel to the next.</param>
    /// <param name="dy">The first gradient of an output.</param>
    /// <param name="dySample">Floats from one sample's to the next.</param>
    /// <param name="dyChannel">Floats from one channel to the next.</param>
    /// <param name="y">The first output.</param>
    /// <param name="ySample">Floats from one sample's to the next.</param>
    /// <param name="yChannel">Floats from one channel to the next.</param>
    /// <param name="channels">The channels.</param>
    /// <param name="pixels">The pixels of a line, side by side.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SoftmaxGradient(
        ref float dx, int dxSample, int dxChannel, ref readonly float dy, int dySample, int dyChannel,
        ref readonly float y, int ySample, int yChannel, int channels, int pixels, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            ref float result = ref Unsafe.Add(ref dx, (nint)s * dxSample);
            ref float gradient = ref Unsafe.Add(ref Unsafe.AsRef(in dy), (nint)s * dySample);
            ref float output = ref Unsafe.Add(ref Unsafe.AsRef(in y), (nint)s * ySample);
            if (Avx512F.IsSupported && pixels >= F32x16.Count)
                SoftmaxGradient<F32x16>(ref result, dxChannel, ref gradient, dyChannel, ref output, yChannel, channels, pixels);
            else if (Fma.IsSupported && Avx2.IsSupported && pixels >= F32x8.Count)
                SoftmaxGradient<F32x8>(ref result, dxChannel, ref gradient, dyChannel, ref output, yChannel, channels, pixels);
            else if (pixels >= F32x4.Count)
                SoftmaxGradient<F32x4>(ref result, dxChannel, ref gradient, dyChannel, ref output, yChannel, channels, pixels);
            else
                SoftmaxGradient<F32x1>(ref result, dxChannel, ref gradient, dyChannel, ref output, yChannel, channels, pixels);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Softmax<T>(ref float y, int yChannel, ref float x, int xChannel, int channels, int pixels) where T : struct, IVector<T>
    {
        ref readonly float table = ref MemoryMarshal.GetReference(VectorMath.ExpTable);
        int i = 0, group = 4 * T.Count;
        if (channels <= FewChannels && pixels >= group)
            Groups<T>(ref y, yChannel, ref x, xChannel, channels, i = pixels / group * group, in table);
        for (; i + group <= pixels; i += group)
            FourVectors<T>(ref Unsafe.Add(ref y, i), yChannel, ref Unsafe.Add(ref x, i), xChannel, channels, in table);
        for (; i < pixels; i += T.Count)
        {
            // The last vector begins so early that it ends with the line.
            int first = Math.Min(i, pixels - T.Count);
            OneVector<T>(ref Unsafe.Add(ref y, first), yChannel, ref Unsafe.Add(ref x, first), xChannel, channels, in table);
        }
    }

    /// <summary>
    /// Groups of four vectors of pixels. Each walk down the channels does something for three of them: it divides the group before by its sums,
    /// takes the exponentials of this one and looks for the largest of the next. The exponentials are much to compute, the others much to
    /// read and write, so that one is done while the processor waits for the other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Groups<T>(ref float y, int yChannel, ref float x, int xChannel, int channels, int pixels, ref readonly float table)
        where T : struct, IVector<T>
    {
        var exponential = new NegativeExponential<T>(in table);
        int group = 4 * T.Count;
        nuint b = (nuint)T.Count, c = 2 * b, d = 3 * b;
        bool isFar = (long)channels * pixels > LargestNear;
        T none = T.Create(0f), smallest = T.Create(float.NegativeInfinity);
        T largestA = smallest, largestB = smallest, largestC = smallest, largestD = smallest;
        ref float next = ref x;
        for (int k = 0; k < channels; k++)
        {
            largestA = T.Max(largestA, T.Load(in next, 0));
            largestB = T.Max(largestB, T.Load(in next, b));
            largestC = T.Max(largestC, T.Load(in next, c));
            largestD = T.Max(largestD, T.Load(in next, d));
            next = ref Unsafe.Add(ref next, xChannel);
        }

        T factorA = none, factorB = none, factorC = none, factorD = none;
        ref float done = ref y;
        for (int i = 0; i < pixels; i += group)
        {
            // Before the first group is none, and none behind the last; they stand in for these. What the first multiplies it then writes.
            ref float input = ref Unsafe.Add(ref x, i), output = ref Unsafe.Add(ref y, i);
            done = ref Unsafe.Add(ref y, Math.Max(i - group, 0));
            next = ref Unsafe.Add(ref x, Math.Min(i + group, pixels - group));
            T sumA = none, sumB = none, sumC = none, sumD = none;
            T nextA = smallest, nextB = smallest, nextC = smallest, nextD = smallest;
            for (int k = 0; k < channels; k++)
            {
                if (isFar)
                {
                    CacheLine.PrefetchFirst(in next, group, T.Count / 4);
                    CacheLine.PrefetchFirst(in output, group, T.Count / 4);
                }

                Multiply(ref done, 0, factorA);
                Multiply(ref done, b, factorB);
                Multiply(ref done, c, factorC);
                Multiply(ref done, d, factorD);
                nextA = T.Max(nextA, T.Load(in next, 0));
                nextB = T.Max(nextB, T.Load(in next, b));
                nextC = T.Max(nextC, T.Load(in next, c));
                nextD = T.Max(nextD, T.Load(in next, d));
                sumA += Exponential(exponential, ref output, in input, 0, largestA);
                sumB += Exponential(exponential, ref output, in input, b, largestB);
                sumC += Exponential(exponential, ref output, in input, c, largestC);
                sumD += Exponential(exponential, ref output, in input, d, largestD);
                done = ref Unsafe.Add(ref done, yChannel);
                next = ref Unsafe.Add(ref next, xChannel);
                input = ref Unsafe.Add(ref input, xChannel);
                output = ref Unsafe.Add(ref output, yChannel);
            }

            T one = T.Create(1f);
            (factorA, factorB, factorC, factorD) = (one / sumA, one / sumB, one / sumC, one / sumD);
            (largestA, largestB, largestC, largestD) = (nextA, nextB, nextC, nextD);
        }

        done = ref Unsafe.Add(ref y, pixels - group);
        for (int k = 0; k < channels; k++)
        {
            Multiply(ref done, 0, factorA);
            Multiply(ref done, b, factorB);
            Multiply(ref done, c, factorC);
            Multiply(ref done, d, factorD);
            done = ref Unsafe.Add(ref done, yChannel);
        }
    }

    /// <summary>The same for a single group of many channels, in three walks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void FourVectors<T>(ref float y, int yChannel, ref float x, int xChannel, int channels, ref readonly float table)
        where T : struct, IVector<T>
    {
        var exponential = new NegativeExponential<T>(in table);
        nuint b = (nuint)T.Count, c = 2 * b, d = 3 * b;
        T largestA = T.Load(in x, 0), largestB = T.Load(in x, b), largestC = T.Load(in x, c), largestD = T.Load(in x, d);
        ref float input = ref x;
        for (int k = 1; k < channels; k++)
        {
            input = ref Unsafe.Add(ref input, xChannel);
            largestA = T.Max(largestA, T.Load(in input, 0));
            largestB = T.Max(largestB, T.Load(in input, b));
            largestC = T.Max(largestC, T.Load(in input, c));
            largestD = T.Max(largestD, T.Load(in input, d));
        }

        T sumA = T.Create(0f), sumB = sumA, sumC = sumA, sumD = sumA;
        input = ref x;
        ref float output = ref y;
        for (int k = 0; k < channels; k++)
        {
            sumA += Exponential(exponential, ref output, in input, 0, largestA);
            sumB += Exponential(exponential, ref output, in input, b, largestB);
            sumC += Exponential(exponential, ref output, in input, c, largestC);
            sumD += Exponential(exponential, ref output, in input, d, largestD);
            input = ref Unsafe.Add(ref input, xChannel);
            output = ref Unsafe.Add(ref output, yChannel);
        }

        T one = T.Create(1f);
        sumA = one / sumA;
        sumB = one / sumB;
        sumC = one / sumC;
        sumD = one / sumD;
        output = ref y;
        for (int k = 0; k < channels; k++)
        {
            Multiply(ref output, 0, sumA);
            Multiply(ref output, b, sumB);
            Multiply(ref output, c, sumC);
            Multiply(ref output, d, sumD);
            output = ref Unsafe.Add(ref output, yChannel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void OneVector<T>(ref float y, int yChannel, ref float x, int xChannel, int channels, ref readonly float table)
        where T : struct, IVector<T>
    {
        var exponential = new NegativeExponential<T>(in table);
        T largest = T.Load(in x, 0);
        for (int k = 1; k < channels; k++)
            largest = T.Max(largest, T.Load(in Unsafe.Add(ref x, (nint)k * xChannel), 0));
        T sum = T.Create(0f);
        for (int k = 0; k < channels; k++)
            sum += Exponential(exponential, ref Unsafe.Add(ref y, (nint)k * yChannel), in Unsafe.Add(ref x, (nint)k * xChannel), 0, largest);
        T factor = T.Create(1f) / sum;
        for (int k = 0; k < channels; k++)
            Multiply(ref Unsafe.Add(ref y, (nint)k * yChannel), 0, factor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Exponential<T>(NegativeExponential<T> function, ref float y, ref readonly float x, nuint offset, T largest)
        where T : struct, IVector<T>
    {
        T exponential = function.Of(T.Load(in x, offset) - largest);
        T.Store(exponential, ref y, offset);
        return exponential;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply<T>(ref float y, nuint offset, T factor) where T : struct, IVector<T> =>
        T.Store(T.Load(in y, offset) * factor, ref y, offset);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SoftmaxGradient<T>(
        ref float dx, int dxChannel, ref float dy, int dyChannel, ref float y, int yChannel, int channels, int pixels) where T : struct, IVector<T>
    {
        nuint b = (nuint)T.Count;
        int i = 0;
        for (; i + 2 * T.Count <= pixels; i += 2 * T.Count)
        {
            ref float gradient = ref Unsafe.Add(ref dy, i), output = ref Unsafe.Add(ref y, i), result = ref Unsafe.Add(ref dx, i);
            T meanA = T.Create(0f), meanB = meanA;
            for (int k = 0; k < channels; k++)
            {
                ref float own = ref Unsafe.Add(ref gradient, (nint)k * dyChannel), probability = ref Unsafe.Add(ref output, (nint)k * yChannel);
                meanA = T.MultiplyAdd(T.Load(in own, 0), T.Load(in probability, 0), meanA);
                meanB = T.MultiplyAdd(T.Load(in own, b), T.Load(in probability, b), meanB);
            }

            for (int k = 0; k < channels; k++)
            {
                ref float own = ref Unsafe.Add(ref gradient, (nint)k * dyChannel), probability = ref Unsafe.Add(ref output, (nint)k * yChannel);
                ref float input = ref Unsafe.Add(ref result, (nint)k * dxChannel);
                T.Store(T.Load(in probability, 0) * (T.Load(in own, 0) - meanA), ref input, 0);
                T.Store(T.Load(in probability, b) * (T.Load(in own, b) - meanB), ref input, b);
            }
        }

        for (; i < pixels; i += T.Count)
        {
            int first = Math.Min(i, pixels - T.Count);
            ref float gradient = ref Unsafe.Add(ref dy, first), output = ref Unsafe.Add(ref y, first), result = ref Unsafe.Add(ref dx, first);
            T mean = T.Create(0f);
            for (int k = 0; k < channels; k++)
            {
                mean = T.MultiplyAdd(
                    T.Load(in Unsafe.Add(ref gradient, (nint)k * dyChannel), 0), T.Load(in Unsafe.Add(ref output, (nint)k * yChannel), 0), mean);
            }

            for (int k = 0; k < channels; k++)
            {
                T own = T.Load(in Unsafe.Add(ref gradient, (nint)k * dyChannel), 0) - mean;
                T.Store(T.Load(in Unsafe.Add(ref output, (nint)k * yChannel), 0) * own, ref Unsafe.Add(ref result, (nint)k * dxChannel), 0);
            }
        }
    }
}
