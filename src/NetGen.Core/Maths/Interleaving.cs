using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Every second element of two vectors side by side, and the way back: what a pooling with a step of two needs where
/// columns lie along the vector. Generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Interleaving
{
    /// <summary>The elements at even places of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    /// <param name="first">The elements 0 to 15.</param>
    /// <param name="second">The elements 16 to 31.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Even(Vector512<float> first, Vector512<float> second) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(first, Vector512.Create(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30), second)
        : Vector512.Create(Even(first.GetLower(), first.GetUpper()), Even(second.GetLower(), second.GetUpper()));

    /// <summary>The elements at odd places of <paramref name="first"/> followed by <paramref name="second"/>.</summary>
    /// <param name="first">The elements 0 to 15.</param>
    /// <param name="second">The elements 16 to 31.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Odd(Vector512<float> first, Vector512<float> second) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(first, Vector512.Create(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31), second)
        : Vector512.Create(Odd(first.GetLower(), first.GetUpper()), Odd(second.GetLower(), second.GetUpper()));

    /// <summary>The first half of even and odd elements put together again.</summary>
    /// <param name="even">The elements at even places.</param>
    /// <param name="odd">The elements at odd places.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Lower(Vector512<float> even, Vector512<float> odd) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(even, Vector512.Create(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23), odd)
        : Vector512.Create(Lower(even.GetLower(), odd.GetLower()), Upper(even.GetLower(), odd.GetLower()));

    /// <summary>The second half of even and odd elements put together again.</summary>
    /// <param name="even">The elements at even places.</param>
    /// <param name="odd">The elements at odd places.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Upper(Vector512<float> even, Vector512<float> odd) => Avx512F.IsSupported
        ? Avx512F.PermuteVar16x32x2(even, Vector512.Create(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31), odd)
        : Vector512.Create(Lower(even.GetUpper(), odd.GetUpper()), Upper(even.GetUpper(), odd.GetUpper()));

    /// <inheritdoc cref="Even(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Even(Vector256<float> first, Vector256<float> second) => Avx2.IsSupported
        ? Avx2.Permute4x64(Avx.Shuffle(first, second, 0b10_00_10_00).AsDouble(), 0b11_01_10_00).AsSingle()
        : Vector256.Create(Even(first.GetLower(), first.GetUpper()), Even(second.GetLower(), second.GetUpper()));

    /// <inheritdoc cref="Odd(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Odd(Vector256<float> first, Vector256<float> second) => Avx2.IsSupported
        ? Avx2.Permute4x64(Avx.Shuffle(first, second, 0b11_01_11_01).AsDouble(), 0b11_01_10_00).AsSingle()
        : Vector256.Create(Odd(first.GetLower(), first.GetUpper()), Odd(second.GetLower(), second.GetUpper()));

    /// <inheritdoc cref="Lower(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Lower(Vector256<float> even, Vector256<float> odd) =>
        Vector256.Create(Lower(even.GetLower(), odd.GetLower()), Upper(even.GetLower(), odd.GetLower()));

    /// <inheritdoc cref="Upper(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Upper(Vector256<float> even, Vector256<float> odd) =>
        Vector256.Create(Lower(even.GetUpper(), odd.GetUpper()), Upper(even.GetUpper(), odd.GetUpper()));

    /// <inheritdoc cref="Even(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Even(Vector128<float> first, Vector128<float> second) =>
        Sse.IsSupported ? Sse.Shuffle(first, second, 0b10_00_10_00)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipEven(first, second)
        : Vector128.Create(first[0], first[2], second[0], second[2]);

    /// <inheritdoc cref="Odd(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Odd(Vector128<float> first, Vector128<float> second) =>
        Sse.IsSupported ? Sse.Shuffle(first, second, 0b11_01_11_01)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.UnzipOdd(first, second)
        : Vector128.Create(first[1], first[3], second[1], second[3]);

    /// <inheritdoc cref="Lower(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Lower(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackLow(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(even, odd)
        : Vector128.Create(even[0], odd[0], even[1], odd[1]);

    /// <inheritdoc cref="Upper(Vector512{float}, Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Upper(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackHigh(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(even, odd)
        : Vector128.Create(even[2], odd[2], even[3], odd[3]);

    /// <inheritdoc cref="Even(Vector512{float}, Vector512{float})"/>
    /// <typeparam name="T">A width of 16, 8 or 4.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Even<T>(T first, T second) where T : struct, IVector<T>
    {
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Even(Unsafe.BitCast<T, Vector512<float>>(first), Unsafe.BitCast<T, Vector512<float>>(second)));
        return T.Count == 8
            ? Unsafe.BitCast<Vector256<float>, T>(Even(Unsafe.BitCast<T, Vector256<float>>(first), Unsafe.BitCast<T, Vector256<float>>(second)))
            : Unsafe.BitCast<Vector128<float>, T>(Even(Unsafe.BitCast<T, Vector128<float>>(first), Unsafe.BitCast<T, Vector128<float>>(second)));
    }

    /// <inheritdoc cref="Odd(Vector512{float}, Vector512{float})"/>
    /// <typeparam name="T">A width of 16, 8 or 4.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Odd<T>(T first, T second) where T : struct, IVector<T>
    {
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Odd(Unsafe.BitCast<T, Vector512<float>>(first), Unsafe.BitCast<T, Vector512<float>>(second)));
        return T.Count == 8
            ? Unsafe.BitCast<Vector256<float>, T>(Odd(Unsafe.BitCast<T, Vector256<float>>(first), Unsafe.BitCast<T, Vector256<float>>(second)))
            : Unsafe.BitCast<Vector128<float>, T>(Odd(Unsafe.BitCast<T, Vector128<float>>(first), Unsafe.BitCast<T, Vector128<float>>(second)));
    }

    /// <inheritdoc cref="Lower(Vector512{float}, Vector512{float})"/>
    /// <typeparam name="T">A width of 16, 8 or 4.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Lower<T>(T even, T odd) where T : struct, IVector<T>
    {
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Lower(Unsafe.BitCast<T, Vector512<float>>(even), Unsafe.BitCast<T, Vector512<float>>(odd)));
        return T.Count == 8
            ? Unsafe.BitCast<Vector256<float>, T>(Lower(Unsafe.BitCast<T, Vector256<float>>(even), Unsafe.BitCast<T, Vector256<float>>(odd)))
            : Unsafe.BitCast<Vector128<float>, T>(Lower(Unsafe.BitCast<T, Vector128<float>>(even), Unsafe.BitCast<T, Vector128<float>>(odd)));
    }

    /// <inheritdoc cref="Upper(Vector512{float}, Vector512{float})"/>
    /// <typeparam name="T">A width of 16, 8 or 4.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Upper<T>(T even, T odd) where T : struct, IVector<T>
    {
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Upper(Unsafe.BitCast<T, Vector512<float>>(even), Unsafe.BitCast<T, Vector512<float>>(odd)));
        return T.Count == 8
            ? Unsafe.BitCast<Vector256<float>, T>(Upper(Unsafe.BitCast<T, Vector256<float>>(even), Unsafe.BitCast<T, Vector256<float>>(odd)))
            : Unsafe.BitCast<Vector128<float>, T>(Upper(Unsafe.BitCast<T, Vector128<float>>(even), Unsafe.BitCast<T, Vector128<float>>(odd)));
    }
}
