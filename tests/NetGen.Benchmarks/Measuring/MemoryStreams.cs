using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Measuring;

/// <summary>Memory traffic without work: what an update of the same arrays cannot be faster than.</summary>
internal static class MemoryStreams
{
    /// <summary>Reads four arrays and writes three, with one addition each so that no read can be left out.</summary>
    /// <param name="a">Read and written; a multiple of the vector's length, as all.</param>
    /// <param name="b">Read and written.</param>
    /// <param name="c">Read and written.</param>
    /// <param name="source">Read.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ReadFourWriteThree(Span<float> a, Span<float> b, Span<float> c, ReadOnlySpan<float> source)
    {
        ref float first = ref MemoryMarshal.GetReference(a);
        ref float second = ref MemoryMarshal.GetReference(b);
        ref float third = ref MemoryMarshal.GetReference(c);
        ref float read = ref MemoryMarshal.GetReference(source);
        for (int i = 0; i < source.Length; i += Vector<float>.Count)
        {
            Vector<float> value = Vector.LoadUnsafe(ref read, (nuint)i);
            (Vector.LoadUnsafe(ref first, (nuint)i) + value).StoreUnsafe(ref first, (nuint)i);
            (Vector.LoadUnsafe(ref second, (nuint)i) + value).StoreUnsafe(ref second, (nuint)i);
            (Vector.LoadUnsafe(ref third, (nuint)i) + value).StoreUnsafe(ref third, (nuint)i);
        }
    }
}
