using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Machine;

/// <summary>How many multiplications and additions one core does when nothing else hinders it, and how long one of them takes.</summary>
internal static class FmaPeak
{
    private const int Rounds = 2000;

    // Enough independent sums to cover four or five cycles of latency on two units, and few enough for 16 registers.
    private const int Chains = 12;

    private static float s_sink;

    /// <summary>Operations per second, a fused multiplication and addition counted as two.</summary>
    /// <param name="bits">The width: 512, 256 or 128, supported by this process.</param>
    public static double Measure(int bits)
    {
        int lanes = bits / 32;
        Contender contender = bits switch
        {
            512 => new("512", calls => { for (; calls > 0; calls--) s_sink += Run512(1.0001f); }),
            256 => new("256", calls => { for (; calls > 0; calls--) s_sink += Run256(1.0001f); }),
            _ => new("128", calls => { for (; calls > 0; calls--) s_sink += Run128(1.0001f); }),
        };
        double seconds = Interleaved.Measure([contender], 40, 0.001)[0].Best;
        return 2.0 * Rounds * Chains * lanes / seconds;
    }

    /// <summary>The seconds from one fused operation to the next that needs its result.</summary>
    public static double MeasureLatency()
    {
        var contender = new Contender("latency", calls => { for (; calls > 0; calls--) s_sink += RunChain(1.0001f); });
        return Interleaved.Measure([contender], 40, 0.001)[0].Best / Rounds;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512(float factor)
    {
        Vector512<float> x = Vector512.Create(factor), y = Vector512.Create(1e-9f);
        Vector512<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Avx512F.FusedMultiplyAdd(a, y, x);
            b = Avx512F.FusedMultiplyAdd(b, y, x);
            c = Avx512F.FusedMultiplyAdd(c, y, x);
            d = Avx512F.FusedMultiplyAdd(d, y, x);
            e = Avx512F.FusedMultiplyAdd(e, y, x);
            f = Avx512F.FusedMultiplyAdd(f, y, x);
            g = Avx512F.FusedMultiplyAdd(g, y, x);
            h = Avx512F.FusedMultiplyAdd(h, y, x);
            i = Avx512F.FusedMultiplyAdd(i, y, x);
            j = Avx512F.FusedMultiplyAdd(j, y, x);
            k = Avx512F.FusedMultiplyAdd(k, y, x);
            l = Avx512F.FusedMultiplyAdd(l, y, x);
        }

        return Vector512.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256(float factor)
    {
        Vector256<float> x = Vector256.Create(factor), y = Vector256.Create(1e-9f);
        Vector256<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = Fma.MultiplyAdd(a, y, x);
            b = Fma.MultiplyAdd(b, y, x);
            c = Fma.MultiplyAdd(c, y, x);
            d = Fma.MultiplyAdd(d, y, x);
            e = Fma.MultiplyAdd(e, y, x);
            f = Fma.MultiplyAdd(f, y, x);
            g = Fma.MultiplyAdd(g, y, x);
            h = Fma.MultiplyAdd(h, y, x);
            i = Fma.MultiplyAdd(i, y, x);
            j = Fma.MultiplyAdd(j, y, x);
            k = Fma.MultiplyAdd(k, y, x);
            l = Fma.MultiplyAdd(l, y, x);
        }

        return Vector256.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run128(float factor)
    {
        Vector128<float> x = Vector128.Create(factor), y = Vector128.Create(1e-9f);
        Vector128<float> a = x, b = x, c = x, d = x, e = x, f = x, g = x, h = x, i = x, j = x, k = x, l = x;
        for (int round = 0; round < Rounds; round++)
        {
            a = MultiplyAdd(a, y, x);
            b = MultiplyAdd(b, y, x);
            c = MultiplyAdd(c, y, x);
            d = MultiplyAdd(d, y, x);
            e = MultiplyAdd(e, y, x);
            f = MultiplyAdd(f, y, x);
            g = MultiplyAdd(g, y, x);
            h = MultiplyAdd(h, y, x);
            i = MultiplyAdd(i, y, x);
            j = MultiplyAdd(j, y, x);
            k = MultiplyAdd(k, y, x);
            l = MultiplyAdd(l, y, x);
        }

        return Vector128.Sum(a + b + c + d + e + f + g + h + i + j + k + l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float RunChain(float factor)
    {
        Vector128<float> x = Vector128.Create(factor), y = Vector128.Create(1e-9f), a = x;
        for (int round = 0; round < Rounds; round++)
            a = MultiplyAdd(a, y, x);
        return Vector128.Sum(a);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) =>
        Fma.IsSupported ? Fma.MultiplyAdd(a, b, c) : AdvSimd.IsSupported ? AdvSimd.FusedMultiplyAdd(c, a, b) : a * b + c;
}
