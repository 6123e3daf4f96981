using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A block of floats that starts on a page, or on a cache line where it is shorter than a page, never moves and is zero at first. It owns managed
/// memory: nothing has to be freed.
/// </summary>
/// <remarks>
/// A load whose address agrees in its lowest twelve bits with that of a store shortly before waits for that store. A sweep over parameters, their
/// gradients and an optimizer's states would meet this where two of the blocks lie some cache lines apart within a page, and then takes up to twice
/// as long; blocks that start on pages are never some lines apart.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    private const int Page = 4096;

    private readonly float[] _array;
    private readonly int _offset;

    /// <summary>Allocates a zeroed block.</summary>
    /// <param name="length">The number of floats, at least 0.</param>
    public AlignedBuffer(int length)
    {
        int alignment = length < Page / sizeof(float) ? CacheLine.Bytes : Page;
        _array = Allocate(length, alignment);
        _offset = OffsetOf(_array, alignment);
        Length = length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first element.</summary>
    public ref float Start => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _offset);

    /// <summary>The whole block.</summary>
    public Span<float> Span => _array.AsSpan(_offset, Length);

    /// <summary>The whole block as memory that can be kept.</summary>
    public Memory<float> Memory => _array.AsMemory(_offset, Length);

    /// <summary>Allocates the array behind a block on a page, for those who keep the array itself.</summary>
    internal static float[] Allocate(int length) => Allocate(length, Page);

    /// <summary>The first element of a block on a page. Where it is follows from the array's address, which is quicker than to look it up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ref float StartOf(float[] array) => ref StartOf(array, Page);

    /// <summary>The first floats of a block on a page.</summary>
    internal static Span<float> SpanOf(float[] array, int length) => array.AsSpan(OffsetOf(array, Page), length);

    private static float[] Allocate(int length, int alignment)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        // Room to move the start to a boundary, and a cache line behind the end so that a vector load of the last element stays inside the array.
        return GC.AllocateArray<float>(checked(length + (alignment + CacheLine.Bytes) / sizeof(float)), pinned: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref float StartOf(float[] array, int alignment) =>
        ref CacheLine.StartIn(ref MemoryMarshal.GetArrayDataReference(array), alignment);

    private static int OffsetOf(float[] array, int alignment) =>
        (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(array), ref StartOf(array, alignment)) / sizeof(float);
}
