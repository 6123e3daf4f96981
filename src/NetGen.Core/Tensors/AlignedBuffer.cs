using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>
/// A block of floats that starts on a cache line (64 bytes), never moves and is zero at first. It owns managed memory:
/// nothing has to be freed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AlignedBuffer
{
    private const int AlignmentBytes = 64;

    // One cache line to move the start to a boundary, and one behind the end so that a vector load of the last element stays inside the array.
    private const int Slack = 2 * AlignmentBytes / sizeof(float);

    private readonly float[] _array;

    /// <summary>Allocates a zeroed block.</summary>
    /// <param name="length">The number of floats, at least 0.</param>
    public AlignedBuffer(int length)
    {
        _array = Allocate(length);
        Length = length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first element.</summary>
    public ref float Start => ref StartOf(_array);

    /// <summary>The whole block.</summary>
    public Span<float> Span => SpanOf(_array, Length);

    /// <summary>The whole block as memory that can be kept.</summary>
    public Memory<float> Memory => _array.AsMemory(OffsetOf(_array), Length);

    /// <summary>Allocates the array behind a block, for those who keep the array itself.</summary>
    internal static float[] Allocate(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        return GC.AllocateArray<float>(checked(length + Slack), pinned: true);
    }

    /// <summary>The first element of a block. Where it is follows from the array's address, which is quicker than to look it up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe ref float StartOf(float[] array)
    {
        ref byte end = ref Unsafe.AddByteOffset(
            ref Unsafe.As<float, byte>(ref MemoryMarshal.GetArrayDataReference(array)), AlignmentBytes - 1);
        return ref Unsafe.As<byte, float>(
            ref Unsafe.SubtractByteOffset(ref end, (nint)Unsafe.AsPointer(ref end) & (AlignmentBytes - 1)));
    }

    /// <summary>The first floats of a block.</summary>
    internal static Span<float> SpanOf(float[] array, int length) => array.AsSpan(OffsetOf(array), length);

    private static int OffsetOf(float[] array) =>
        (int)Unsafe.ByteOffset(ref MemoryMarshal.GetArrayDataReference(array), ref StartOf(array)) / sizeof(float);
}
