using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.Optimizers;

/// <summary>Clipping and rescaling of gradients. Nothing allocates; sums have one order, whatever the processor.</summary>
public static class Gradients
{
    // Sums are made per block of this many floats, so that blocks can be shared out between threads.
    private const int BlockLength = 4096;

    /// <summary>The number of floats whose squares <see cref="SumOfSquares"/> adds up in one piece.</summary>
    public static int NormBlock => BlockLength;

    /// <summary>Limits every value to [-limit, limit] (PyTorch's <c>clip_grad_value_</c>); NaN stays NaN.</summary>
    /// <param name="gradient">The gradient, changed in place.</param>
    /// <param name="limit">The largest magnitude, above 0.</param>
    public static void ClipByValue(Span<float> gradient, float limit)
    {
        Require.Positive(limit, nameof(limit));
        Map(gradient, new Clip(limit));
    }

    /// <summary>Multiplies every value.</summary>
    /// <param name="gradient">The gradient, changed in place.</param>
    /// <param name="factor">The factor.</param>
    public static void Scale(Span<float> gradient, float factor) => Map(gradient, new Multiply(factor));

    /// <summary>
    /// The factor that brings a gradient's Euclidean norm down to a limit: <c>min(1, limit / (norm + 1e-6))</c>, as
    /// PyTorch's <c>clip_grad_norm_</c>. Give it to <see cref="Optimizer.BeginStep"/>, which saves a pass over memory.
    /// </summary>
    /// <param name="norm">The norm; where it is not finite, the factor is 1 and the trouble stays visible.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    public static float ClipScale(double norm, float limit)
    {
        Require.Positive(limit, nameof(limit));
        return double.IsFinite(norm) ? (float)Math.Min(1, limit / (norm + 1e-6)) : 1;
    }

    /// <summary>Scales a gradient down to a Euclidean norm if it is longer.</summary>
    /// <param name="gradient">The gradient, changed in place.</param>
    /// <param name="limit">The largest norm, above 0.</param>
    /// <returns>The norm before clipping.</returns>
    public static double ClipByNorm(Span<float> gradient, float limit)
    {
        double norm = Norm(gradient);
        float factor = ClipScale(norm, limit);
        if (factor < 1)
            Scale(gradient, factor);
        return norm;
    }

    /// <summary>The Euclidean norm.</summary>
    /// <param name="gradient">The gradient.</param>
    public static double Norm(ReadOnlySpan<float> gradient)
    {
        double sum = 0;
        for (int start = 0; start < gradient.Length; start += BlockLength)
            sum += SumOfSquares(gradient[start..Math.Min(start + BlockLength, gradient.Length)]);
        return Math.Sqrt(sum);
    }

    /// <summary>
    /// The sum of squares, accumulated in double precision in sixteen partial sums that are joined in one fixed order. Threads that
    /// sum blocks of <see cref="NormBlock"/> floats and then add the results in order get the bits of <see cref="Norm"/>.
    /// </summary>
    /// <param name="values">The values.</param>
    public static double SumOfSquares(ReadOnlySpan<float> values)
    {
        // Squares of floats are exact in double precision, and so no width of vector rounds differently: sum j holds
        // the elements whose index is j modulo 16.
        Vector128<double> s0 = default, s1 = default, s2 = default, s3 = default;
        Vector128<double> s4 = default, s5 = default, s6 = default, s7 = default;
        int i = 0;
        for (; i + 16 <= values.Length; i += 16)
        {
            var part = values.Slice(i, 16);
            (var a, var b) = Vector128.Widen(Vector128.Create(part));
            (var c, var d) = Vector128.Widen(Vector128.Create(part[4..]));
            (var e, var f) = Vector128.Widen(Vector128.Create(part[8..]));
            (var g, var h) = Vector128.Widen(Vector128.Create(part[12..]));
            s0 += a * a;
            s1 += b * b;
            s2 += c * c;
            s3 += d * d;
            s4 += e * e;
            s5 += f * f;
            s6 += g * g;
            s7 += h * h;
        }

        double tail = 0;
        for (; i < values.Length; i++)
            tail += (double)values[i] * values[i];
        return Vector128.Sum(s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7))) + tail;
    }

    private interface IMap
    {
        T Apply<T>(T value) where T : struct, IVector<T>;
    }

    private readonly struct Clip(float limit) : IMap
    {
        private readonly float _limit = limit;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply<T>(T value) where T : struct, IVector<T> =>
            T.Max(T.Create(-_limit), T.Min(T.Create(_limit), value));
    }

    private readonly struct Multiply(float factor) : IMap
    {
        private readonly float _factor = factor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Apply<T>(T value) where T : struct, IVector<T> => value * T.Create(_factor);
    }

    private static void Map<TMap>(Span<float> values, TMap map) where TMap : struct, IMap
    {
        int done = Vector512.IsHardwareAccelerated ? Map<TMap, F32x16>(values, map, 0)
            : Vector256.IsHardwareAccelerated ? Map<TMap, F32x8>(values, map, 0)
            : Map<TMap, F32x4>(values, map, 0);
        Map<TMap, F32x1>(values, map, done);
    }

    private static int Map<TMap, T>(Span<float> values, TMap map, int from)
        where TMap : struct, IMap
        where T : struct, IVector<T>
    {
        ref float start = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(values);
        for (; from + T.Count <= values.Length; from += T.Count)
            T.Store(map.Apply(T.Load(ref start, (nuint)from)), ref start, (nuint)from);
        return from;
    }
}
