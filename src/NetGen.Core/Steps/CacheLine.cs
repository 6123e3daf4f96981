using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Asks for memory that is read a little later. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CacheLine
{
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
}
