using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The scratch memory of one network type on each thread: made at the first use, zero then, and kept.</summary>
internal static class InferenceScratch<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    [ThreadStatic]
    private static AlignedBuffer? t_buffer;

    /// <summary>The calling thread's scratch memory.</summary>
    internal static ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref (t_buffer ?? Allocate()).Start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AlignedBuffer Allocate() => t_buffer = new AlignedBuffer(TNetwork.InferenceScratchLength);
}
