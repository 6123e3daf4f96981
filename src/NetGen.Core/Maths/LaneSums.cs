using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The lanes of four vectors added up, a sum in each lane of the result. Generated code calls it.</summary>
/// <remarks>
/// Lanes are added in the order of <see cref="Vector128.Sum{T}"/> and its like: neighbours, then pairs, then quarters of a vector. A sum has the
/// same bits whether it is one of four or by itself; four together take a quarter of the time.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class LaneSums
{
    // Of both operands of a shuffle, the first and third lanes of each quarter, and the second and fourth.
    private const byte Even = 0b10_00_10_00, Odd = 0b11_01_11_01;

    /// <summary>The sums of four vectors of sixteen floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d)
    {
        Vector512<float> ab = Avx512F.Shuffle(a, b, Even) + Avx512F.Shuffle(a, b, Odd);
        Vector512<float> cd = Avx512F.Shuffle(c, d, Even) + Avx512F.Shuffle(c, d, Odd);
        Vector512<float> quarters = Avx512F.Shuffle(ab, cd, Even) + Avx512F.Shuffle(ab, cd, Odd);
        Vector256<float> lower = quarters.GetLower(), upper = quarters.GetUpper();
        return (lower.GetLower() + lower.GetUpper()) + (upper.GetLower() + upper.GetUpper());
    }

    /// <summary>The sums of four vectors of as many floats as the processor has.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector<float> a, Vector<float> b, Vector<float> c, Vector<float> d)
    {
        if (Avx.IsSupported && Vector<float>.Count == 8)
        {
            Vector256<float> ab = Avx.Shuffle(a.AsVector256(), b.AsVector256(), Even) + Avx.Shuffle(a.AsVector256(), b.AsVector256(), Odd);
            Vector256<float> cd = Avx.Shuffle(c.AsVector256(), d.AsVector256(), Even) + Avx.Shuffle(c.AsVector256(), d.AsVector256(), Odd);
            Vector256<float> halves = Avx.Shuffle(ab, cd, Even) + Avx.Shuffle(ab, cd, Odd);
            return halves.GetLower() + halves.GetUpper();
        }

        return Vector<float>.Count == 4
            ? Of(a.AsVector128(), b.AsVector128(), c.AsVector128(), d.AsVector128())
            : Vector128.Create(Vector.Sum(a), Vector.Sum(b), Vector.Sum(c), Vector.Sum(d));
    }

    /// <summary>The sums of four vectors of four floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (AdvSimd.Arm64.IsSupported)
            return AdvSimd.Arm64.AddPairwise(AdvSimd.Arm64.AddPairwise(a, b), AdvSimd.Arm64.AddPairwise(c, d));
        if (!Sse.IsSupported)
            return Vector128.Create(Vector128.Sum(a), Vector128.Sum(b), Vector128.Sum(c), Vector128.Sum(d));
        Vector128<float> ab = Sse.Shuffle(a, b, Even) + Sse.Shuffle(a, b, Odd), cd = Sse.Shuffle(c, d, Even) + Sse.Shuffle(c, d, Odd);
        return Sse.Shuffle(ab, cd, Even) + Sse.Shuffle(ab, cd, Odd);
    }
}
