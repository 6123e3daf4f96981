using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// A softmax layer and its gradient, row by row: y = exp(x − max x) / Σ exp(x − max x), and dx = y · (dy − Σ y · dy).
/// Generated code calls it; rows have room for whole vectors of 16 floats.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxRows
{
    /// <summary>Computes the rows of samples [from, to).</summary>
    /// <param name="y">The first result.</param>
    /// <param name="ySample">Floats from one sample's results to the next.</param>
    /// <param name="yRow">Floats from one row to the next.</param>
    /// <param name="x">The first input.</param>
    /// <param name="xSample">Floats from one sample's inputs to the next.</param>
    /// <param name="xRow">Floats from one row to the next.</param>
    /// <param name="length">The elements of a row.</param>
    /// <param name="rows">The rows of a sample.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Softmax(
        ref float y, int ySample, int yRow, ref readonly float x, int xSample, int xRow, int length, int rows, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            for (int row = 0; row < rows; row++)
            {
                ref float result = ref Unsafe.Add(ref y, (nint)s * ySample + (nint)row * yRow);
                ref float input = ref Unsafe.Add(ref Unsafe.AsRef(in x), (nint)s * xSample + (nint)row * xRow);
                if (Avx512F.IsSupported)
                    Softmax<F32x16>(ref result, ref input, length);
                else if (Fma.IsSupported && Avx2.IsSupported)
                    Softmax<F32x8>(ref result, ref input, length);
                else
                    Softmax<F32x4>(ref result, ref input, length);
            }
        }
    }

    /// <summary>Computes the gradients of the inputs of samples [from, to).</summary>
    /// <param name="dx">The first gradient of an input.</param>
    /// <param name="dxSample">Floats from one sample's to the next.</param>
    /// <param name="dxRow">Floats from one row to the next.</param>
    /// <param name="dy">The first gradient of an output.</param>
    /// <param name="dySample">Floats from one sample's to the next.</param>
    /// <param name="dyRow">Floats from one row to the next.</param>
    /// <param name="y">The first output.</param>
    /// <param name="ySample">Floats from one sample's to the next.</param>
    /// <param name="yRow">Floats from one row to the next.</param>
    /// <param name="length">The elements of a row.</param>
    /// <param name="rows">The rows of a sample.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void SoftmaxGradient(
        ref float dx, int dxSample, int dxRow, ref readonly float dy, int dySample, int dyRow,
        ref readonly float y, int ySample, int yRow, int length, int rows, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            for (int row = 0; row < rows; row++)
            {
                ref float result = ref Unsafe.Add(ref dx, (nint)s * dxSample + (nint)row * dxRow);
                ref float gradient = ref Unsafe.Add(ref Unsafe.AsRef(in dy), (nint)s * dySample + (nint)row * dyRow);
                ref float output = ref Unsafe.Add(ref Unsafe.AsRef(in y), (nint)s * ySample + (nint)row * yRow);
                if (Avx512F.IsSupported)
                    SoftmaxGradient<F32x16>(ref result, ref gradient, ref output, length);
                else if (Fma.IsSupported && Avx2.IsSupported)
                    SoftmaxGradient<F32x8>(ref result, ref gradient, ref output, length);
                else
                    SoftmaxGradient<F32x4>(ref result, ref gradient, ref output, length);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Softmax<T>(ref float y, ref float x, int length) where T : struct, IVector<T>
    {
        float largest = SoftmaxRow.Largest<T>(in x, length);
        float sum = SoftmaxRow.Exponentials<T>(in x, ref y, length, largest);
        SoftmaxRow.Scale<T>(ref y, length, 1f / sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void SoftmaxGradient<T>(ref float dx, ref float dy, ref float y, int length) where T : struct, IVector<T>
    {
        // Lanes behind the row are zero in dy and in y, and stay so.
        T sums = T.Create(0f);
        for (int i = 0; i < length; i += T.Count)
            sums += T.Load(in dy, (nuint)i) * T.Load(in y, (nuint)i);
        T mean = T.Create(Lanes.Sum(sums));
        for (int i = 0; i < length; i += T.Count)
            T.Store(T.Load(in y, (nuint)i) * (T.Load(in dy, (nuint)i) - mean), ref dx, (nuint)i);
    }
}
