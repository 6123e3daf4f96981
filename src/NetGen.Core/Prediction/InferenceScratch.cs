using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The scratch memory of one network type on each thread: made at the first use, zero then, and kept.</summary>
internal static class InferenceScratch<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    [ThreadStatic]
    private static AlignedBuffer? t_buffer;

    [ThreadStatic]
    private static float[]? t_scores;

    [ThreadStatic]
    private static float[]? t_sample;

    [ThreadStatic]
    private static float[]? t_inputs;

    /// <summary>The calling thread's scratch memory.</summary>
    internal static ref float Start
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref (t_buffer ?? Allocate()).Start;
    }

    /// <summary>Room for one output, for callers that only want to know which score is the largest.</summary>
    internal static float[] Scores => t_scores ??= new float[TNetwork.OutputLength];

    /// <summary>Room for one input and one output, for callers that hold them in parts.</summary>
    internal static float[] Sample => t_sample ??= new float[TNetwork.InputLength + TNetwork.OutputLength];

    /// <summary>Room for one input, for callers that scale it first.</summary>
    internal static float[] Inputs => t_inputs ??= new float[TNetwork.InputLength];

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static AlignedBuffer Allocate() => t_buffer = new AlignedBuffer(TNetwork.InferenceScratchLength);
}
