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

    private readonly float[] _array;
    private readonly int _start;

    /// <summary>Allocates a zeroed block.</summary>
    /// <param name="length">The number of floats, at least 0.</param>
    public AlignedBuffer(int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        // One cache line of slack to move the start to a boundary, and one behind the end so that a vector load of the
        // last element stays inside the array.
        const int Slack = AlignmentBytes / sizeof(float);
        _array = GC.AllocateArray<float>(length + 2 * Slack, pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)(-address & (AlignmentBytes - 1)) / sizeof(float);
        Length = length;
    }

    /// <summary>The number of floats.</summary>
    public int Length { get; }

    /// <summary>The first element.</summary>
    public ref float Start => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);

    /// <summary>The whole block.</summary>
    public Span<float> Span => _array.AsSpan(_start, Length);

    /// <summary>The whole block as memory that can be kept.</summary>
    public Memory<float> Memory => _array.AsMemory(_start, Length);
}
