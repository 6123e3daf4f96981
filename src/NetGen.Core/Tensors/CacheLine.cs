using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The lines of the caches: where they begin, and asking for one that is read a little later. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CacheLine
{
    /// <summary>The bytes of a line.</summary>
    internal const int Bytes = 64;

    /// <summary>
    /// The first float of some memory at which a line begins. What is stored across two lines a load has to wait for, so that vectors that are
    /// read again at once lie behind it.
    /// </summary>
    /// <param name="memory">Memory that does not move, such as the stack, a line longer than what it is for.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float StartIn(ref float memory) => ref StartIn(ref memory, Bytes);

    /// <summary>The first float of some memory on a boundary of so many bytes, a power of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe ref float StartIn(ref float memory, int boundary)
    {
        ref byte end = ref Unsafe.AddByteOffset(ref Unsafe.As<float, byte>(ref memory), boundary - 1);
        return ref Unsafe.As<byte, float>(ref Unsafe.SubtractByteOffset(ref end, (nint)Unsafe.AsPointer(ref end) & (boundary - 1)));
    }

    /// <summary>
    /// Begins to bring the line of an element into the second cache, on x86-64; elsewhere does nothing. Nothing is read: the element may lie
    /// behind the end of the memory.
    /// </summary>
    /// <param name="memory">Some memory.</param>
    /// <param name="offset">Floats from there to the element.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(ref readonly float memory, nint offset)
    {
        // Where the element lies does not matter if the collector moves it meanwhile.
        if (Sse.IsSupported)
            Sse.Prefetch1(Unsafe.AsPointer(ref Unsafe.Add(ref Unsafe.AsRef(in memory), offset)));
    }

    /// <summary>Begins to bring some lines into the second cache, as above.</summary>
    /// <param name="memory">Some memory.</param>
    /// <param name="offset">Floats from there to the first line.</param>
    /// <param name="lines">The lines, a constant from 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(ref readonly float memory, nint offset, int lines) => Prefetch(in memory, offset, lines, first: false);

    /// <summary>Begins to bring some lines into the first cache, as above.</summary>
    /// <param name="memory">Some memory.</param>
    /// <param name="offset">Floats from there to the first line.</param>
    /// <param name="lines">The lines, a constant from 1 to 8.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchFirst(ref readonly float memory, nint offset, int lines) => Prefetch(in memory, offset, lines, first: true);

    // Of constants nothing but the instructions is left.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref readonly float memory, nint offset, int lines, bool first)
    {
        if (!Sse.IsSupported)
            return;
        var line = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref Unsafe.AsRef(in memory), offset));
        Prefetch(line, first);
        if (lines > 1)
            Prefetch(line + Bytes, first);
        if (lines > 2)
            Prefetch(line + (2 * Bytes), first);
        if (lines > 3)
            Prefetch(line + (3 * Bytes), first);
        if (lines > 4)
            Prefetch(line + (4 * Bytes), first);
        if (lines > 5)
            Prefetch(line + (5 * Bytes), first);
        if (lines > 6)
            Prefetch(line + (6 * Bytes), first);
        if (lines > 7)
            Prefetch(line + (7 * Bytes), first);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(byte* line, bool first)
    {
        if (first)
            Sse.Prefetch0(line);
        else
            Sse.Prefetch1(line);
    }
}
