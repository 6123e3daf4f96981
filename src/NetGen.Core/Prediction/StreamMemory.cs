using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a stream of a network needs, as generated code says it.</summary>
/// <param name="inputLength">The floats of one step's input.</param>
/// <param name="outputLength">The floats of one step's output.</param>
/// <param name="stateLength">The floats of all that is remembered.</param>
/// <param name="scratchLength">The floats of scratch memory.</param>
/// <param name="room">How many steps fit before what is remembered moves back to the beginning, or ends.</param>
/// <param name="isBounded">Whether there are no more steps than fit.</param>
/// <param name="past">Rows that are remembered: where they begin, the floats of one, and how many before the present one are read.</param>
/// <param name="tokens">Inputs that are tokens: where each lies in a step's input, and how many different tokens there are.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamMemory(
    int inputLength, int outputLength, int stateLength, int scratchLength, int room, bool isBounded,
    (int Offset, int RowLength, int Lag)[] past, (int Offset, int Vocabulary)[] tokens)
{
    internal int InputLength { get; } = inputLength;

    internal int OutputLength { get; } = outputLength;

    internal int StateLength { get; } = stateLength;

    internal int ScratchLength { get; } = scratchLength;

    internal int Room { get; } = room;

    internal bool IsBounded { get; } = isBounded;

    internal (int Offset, int RowLength, int Lag)[] Past { get; } = past;

    internal (int Offset, int Vocabulary)[] Tokens { get; } = tokens;
}
