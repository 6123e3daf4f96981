using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>What sums along rows need of a vector beyond <see cref="IVector{TSelf}"/>: ragged ends, and sums across lanes.</summary>
internal static class Lanes
{
    private static ReadOnlySpan<float> Numbers => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>A mask of the lanes that lie below <paramref name="count"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T Below<T>(int count) where T : struct, IVector<T> =>
        T.LessThan(T.Load(in Numbers[0], 0), T.Create(count));

    /// <summary>
    /// Reads the part of a row that starts at <paramref name="offset"/>: never past its end, zero behind it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static T LoadPart<T>(ref readonly float row, int offset, int count) where T : struct, IVector<T> =>
        offset + T.Count <= count ? T.Load(in row, (nuint)offset) : LoadEnd<T>(in row, offset, count);

    /// <summary>Adds up the lanes, halving the vector again and again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Sum<T>(T value) where T : struct, IVector<T>
    {
        if (T.Count == 16)
        {
            Vector512<float> wide = Unsafe.BitCast<T, Vector512<float>>(value);
            return Sum(wide.GetLower() + wide.GetUpper());
        }

        if (T.Count == 8)
            return Sum(Unsafe.BitCast<T, Vector256<float>>(value));
        return T.Count == 4 ? Sum(Unsafe.BitCast<T, Vector128<float>>(value)) : Unsafe.BitCast<T, float>(value);
    }

    /// <summary>The largest lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Max<T>(T value) where T : struct, IVector<T>
    {
        if (T.Count == 16)
        {
            Vector512<float> wide = Unsafe.BitCast<T, Vector512<float>>(value);
            return Max(Vector256.Max(wide.GetLower(), wide.GetUpper()));
        }

        if (T.Count == 8)
            return Max(Unsafe.BitCast<T, Vector256<float>>(value));
        return T.Count == 4 ? Max(Unsafe.BitCast<T, Vector128<float>>(value)) : Unsafe.BitCast<T, float>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector256<float> value) => Sum(value.GetLower() + value.GetUpper());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Sum(Vector128<float> value)
    {
        value += Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1));
        value += Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2));
        return value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector256<float> value) => Max(Vector128.Max(value.GetLower(), value.GetUpper()));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Max(Vector128<float> value)
    {
        value = Vector128.Max(value, Vector128.Shuffle(value, Vector128.Create(2, 3, 0, 1)));
        value = Vector128.Max(value, Vector128.Shuffle(value, Vector128.Create(1, 0, 3, 2)));
        return value.ToScalar();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T LoadEnd<T>(ref readonly float row, int offset, int count) where T : struct, IVector<T>
    {
        Span<float> end = stackalloc float[16];
        end.Clear();
        for (int i = offset; i < count; i++)
            end[i - offset] = Unsafe.Add(ref Unsafe.AsRef(in row), i);
        return T.Load(in end[0], 0);
    }
}
