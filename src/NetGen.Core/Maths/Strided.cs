using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Floats that are two to four apart, as one vector. Generated code calls it.</summary>
/// <remarks>
/// The vectors that are read overlap by one float, so that the last ends with the last of them: nothing behind it is touched, which may be somebody
/// else's memory. No two of the floats then have the same place in their vectors, and these are blended before they are put in order.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Strided
{
    /// <summary>Reads every second, third or fourth float.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="source">Where offsets count from.</param>
    /// <param name="offset">The first float.</param>
    /// <param name="stride">How far one is from the next, a constant.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(ref readonly float source, nuint offset, int stride) where T : struct, IVector<T>
    {
        ref float first = ref Unsafe.Add(ref Unsafe.AsRef(in source), offset);
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Load16(ref first, stride));
        return T.Count == 8
            ? Unsafe.BitCast<Vector256<float>, T>(Load8(ref first, stride))
            : Unsafe.BitCast<Vector128<float>, T>(Load4(ref first, stride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> Load16(ref float first, int stride)
    {
        if (!Avx512F.IsSupported)
            return Vector512.Create(Load8(ref first, stride), Load8(ref Unsafe.Add(ref first, 8 * stride), stride));
        Vector512<float> a = Vector512.LoadUnsafe(ref first);
        if (stride == 2)
        {
            return Avx512F.PermuteVar16x32x2(
                a, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23, 25, 27, 29, 31), Vector512.LoadUnsafe(ref first, 15));
        }

        if (stride == 3)
        {
            Vector512<float> most = Avx512F.PermuteVar16x32x2(
                a, Vector512.Create(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0), Vector512.LoadUnsafe(ref first, 16));
            return Avx512F.PermuteVar16x32x2(
                most, Vector512.Create(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 19, 22, 25, 28, 31), Vector512.LoadUnsafe(ref first, 30));
        }

        Vector512<float> lower = Avx512F.PermuteVar16x32x2(
            a, Vector512.Create(0, 4, 8, 12, 16, 20, 24, 28, 0, 0, 0, 0, 0, 0, 0, 0), Vector512.LoadUnsafe(ref first, 16));
        Vector512<float> upper = Avx512F.PermuteVar16x32x2(
            Vector512.LoadUnsafe(ref first, 32), Vector512.Create(0, 4, 8, 12, 19, 23, 27, 31, 0, 0, 0, 0, 0, 0, 0, 0),
            Vector512.LoadUnsafe(ref first, 45));
        return Vector512.Create(lower.GetLower(), upper.GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Load8(ref float first, int stride)
    {
        if (!Avx2.IsSupported)
            return Vector256.Create(Load4(ref first, stride), Load4(ref Unsafe.Add(ref first, 4 * stride), stride));
        Vector256<float> a = Vector256.LoadUnsafe(ref first), b = Vector256.LoadUnsafe(ref first, 7);
        if (stride == 2)
            return Avx2.PermuteVar8x32(Avx.Blend(a, b, 0b1010_1010), Vector256.Create(0, 2, 4, 6, 1, 3, 5, 7));
        Vector256<float> c = Vector256.LoadUnsafe(ref first, 14);
        if (stride == 3)
            return Avx2.PermuteVar8x32(Avx.Blend(Avx.Blend(a, b, 0b0010_0100), c, 0b1001_0010), Vector256.Create(0, 3, 6, 2, 5, 1, 4, 7));
        Vector256<float> d = Vector256.LoadUnsafe(ref first, 21);
        return Avx2.PermuteVar8x32(
            Avx.Blend(Avx.Blend(a, b, 0b0010_0010), Avx.Blend(c, d, 0b1000_1000), 0b1100_1100), Vector256.Create(0, 4, 1, 5, 2, 6, 3, 7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Load4(ref float first, int stride)
    {
        if (stride == 4)
            return Vector128.Create(first, Unsafe.Add(ref first, 4), Unsafe.Add(ref first, 8), Unsafe.Add(ref first, 12));
        // The first two, and the last two.
        Vector128<float> a = Vector128.LoadUnsafe(ref first), b = Vector128.LoadUnsafe(ref first, stride == 2 ? 3u : 6u);
        if (Sse.IsSupported)
            return stride == 2 ? Sse.Shuffle(a, b, 0b11_01_10_00) : Sse.Shuffle(a, b, 0b11_00_11_00);
        if (stride == 2 && AdvSimd.Arm64.IsSupported)
            return Vector128.Create(AdvSimd.Arm64.UnzipEven(a, a).GetLower(), AdvSimd.Arm64.UnzipOdd(b, b).GetLower());
        return stride == 2 ? Vector128.Create(a[0], a[2], b[1], b[3]) : Vector128.Create(a[0], a[3], b[0], b[3]);
    }
}
