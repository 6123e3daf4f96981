using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Vectors of which only the elements before an end are there: what follows is somebody else's memory, or zeros that must
/// stay. Generated code calls it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RaggedEnd
{
    private static ReadOnlySpan<float> Numbers => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>Reads a vector; nothing at <paramref name="end"/> or behind it is touched, and zeros stand for it.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="source">Where offsets count from.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="end">Behind the last element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Load<T>(ref readonly float source, nuint offset, nuint end) where T : struct, IVector<T> =>
        offset + (nuint)T.Count <= end ? T.Load(in source, offset)
            : LoadPart<T>(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset), (int)end - (int)offset);

    /// <summary>The same where the end is known to lie inside the vector.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="source">Where offsets count from.</param>
    /// <param name="offset">The first element.</param>
    /// <param name="end">Behind the last element, less than a whole vector behind the first.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LoadPart<T>(ref readonly float source, nuint offset, nuint end) where T : struct, IVector<T> =>
        LoadPart<T>(ref Unsafe.Add(ref Unsafe.AsRef(in source), offset), (int)end - (int)offset);

    /// <summary>Writes those elements of a vector that lie before <paramref name="end"/>.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="value">The elements from <paramref name="offset"/> on.</param>
    /// <param name="destination">Where offsets count from.</param>
    /// <param name="offset">Where the first lane goes.</param>
    /// <param name="end">Behind the last element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store<T>(T value, ref float destination, nuint offset, nuint end) where T : struct, IVector<T>
    {
        if (offset + (nuint)T.Count <= end)
        {
            T.Store(value, ref destination, offset);
            return;
        }

        ref float first = ref Unsafe.Add(ref destination, offset);
        int count = (int)end - (int)offset;
        if (T.Count == 16 && Avx512F.IsSupported)
            StoreMasked(Unsafe.BitCast<T, Vector512<float>>(value), ref first, count);
        else if (T.Count == 16)
            StorePart(Unsafe.BitCast<T, Vector512<float>>(value), ref first, count);
        else if (T.Count == 8 && Avx512F.VL.IsSupported)
            StoreMasked(Unsafe.BitCast<T, Vector256<float>>(value), ref first, count);
        else if (T.Count == 8)
            StorePart(Unsafe.BitCast<T, Vector256<float>>(value), ref first, count);
        else if (T.Count == 4)
            StorePart(Unsafe.BitCast<T, Vector128<float>>(value), ref first, count);
    }

    /// <summary>The value with zeros in the lanes that lie at <paramref name="end"/> or behind it.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="value">The elements from <paramref name="offset"/> on.</param>
    /// <param name="offset">The place of the first lane.</param>
    /// <param name="end">Behind the last place to keep.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Keep<T>(T value, nuint offset, nuint end) where T : struct, IVector<T> =>
        T.Select(Inside<T>(offset, end), value, T.Create(0));

    /// <summary>A mask of the lanes that lie before <paramref name="end"/>.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="offset">The place of the first lane.</param>
    /// <param name="end">Behind the last place to keep.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Inside<T>(nuint offset, nuint end) where T : struct, IVector<T> =>
        T.LessThan(T.Load(in MemoryMarshal.GetReference(Numbers), 0), T.Create((float)(int)end - (int)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreMasked(Vector512<float> value, ref float destination, int count)
    {
        fixed (float* first = &destination)
            Avx512F.MaskStore(first, Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), value);
    }

    // The older instruction takes some forty operations on many processors.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void StoreMasked(Vector256<float> value, ref float destination, int count)
    {
        fixed (float* first = &destination)
            Avx512F.VL.MaskStore(first, Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(Vector512<float> value, ref float destination, int count)
    {
        if (count < 8)
        {
            StorePart(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StorePart(value.GetUpper(), ref Unsafe.Add(ref destination, 8), count - 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(Vector256<float> value, ref float destination, int count)
    {
        if (count < 4)
        {
            StorePart(value.GetLower(), ref destination, count);
            return;
        }

        value.GetLower().StoreUnsafe(ref destination);
        StorePart(value.GetUpper(), ref Unsafe.Add(ref destination, 4), count - 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePart(Vector128<float> value, ref float destination, int count)
    {
        if (count > 0)
            destination = value.GetElement(0);
        if (count > 1)
            Unsafe.Add(ref destination, 1) = value.GetElement(1);
        if (count > 2)
            Unsafe.Add(ref destination, 2) = value.GetElement(2);
    }

    // Inlined, whatever it takes: a call would save and restore every vector of the loop around it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T LoadPart<T>(ref float first, int count) where T : struct, IVector<T>
    {
        count = Math.Max(count, 0);
        if (T.Count == 16)
            return Unsafe.BitCast<Vector512<float>, T>(Avx512F.IsSupported ? LoadMasked512(ref first, count) : LoadPart512(ref first, count));
        if (T.Count == 8)
            return Unsafe.BitCast<Vector256<float>, T>(Avx.IsSupported ? LoadMasked256(ref first, count) : LoadPart256(ref first, count));
        return T.Count == 4 ? Unsafe.BitCast<Vector128<float>, T>(LoadPart128(ref first, count)) : T.Create(0);
    }

    // What a mask leaves out is not touched. Caller's memory may move, so that it is held for as long as its address is a pointer.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector512<float> LoadMasked512(ref float source, int count)
    {
        fixed (float* first = &source)
            return Avx512F.MaskLoad(first, Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).AsSingle(), Vector512<float>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector256<float> LoadMasked256(ref float source, int count)
    {
        fixed (float* first = &source)
            return Avx.MaskLoad(first, Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle());
    }

    // In pieces of half the size, each read at once: floats written one by one stall the vector that is read from them.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> LoadPart512(ref float source, int count)
    {
        Vector256<float> part = LoadPart256(ref Unsafe.Add(ref source, count & 8), count & 7);
        return count < 8 ? Vector512.Create(part, Vector256<float>.Zero) : Vector512.Create(Vector256.LoadUnsafe(ref source), part);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> LoadPart256(ref float source, int count)
    {
        Vector128<float> part = LoadPart128(ref Unsafe.Add(ref source, count & 4), count & 3);
        return count < 4 ? Vector256.Create(part, Vector128<float>.Zero) : Vector256.Create(Vector128.LoadUnsafe(ref source), part);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadPart128(ref float source, int count)
    {
        if (count < 2)
            return count < 1 ? Vector128<float>.Zero : Vector128.CreateScalar(source);
        Vector128<float> two = Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref source))).AsSingle();
        return count < 3 ? two : two.WithElement(2, Unsafe.Add(ref source, 2));
    }
}
