using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>What a stream of a network needs, as generated code says it.</summary>
/// <param name="inputLength">The floats of one step's input.</param>
/// <param name="outputLength">The floats of one step's output.</param>
/// <param name="stateLength">The floats of all that is remembered.</param>
/// <param name="scratchLength">The floats of scratch memory.</param>
/// <param name="warm">The number of the step from which on all steps are alike.</param>
/// <param name="room">The number of the step at which what is remembered moves back to where that one stands, or the stream ends.</param>
/// <param name="isBounded">Whether it ends there.</param>
/// <param name="past">
/// Rows that are remembered: where they begin, the floats of one, how many before the present one are read, and the steps from one to the next.
/// </param>
/// <param name="tokens">Inputs that are tokens: where each lies in a step's input, and how many different tokens there are.</param>
/// <param name="period">The steps from one output to the next.</param>
/// <param name="first">The number of the step that gives the first output, from 0.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StreamMemory(
    int inputLength, int outputLength, int stateLength, int scratchLength, int warm, int room, bool isBounded,
    (int Offset, int RowLength, int Lag, int Period)[] past, (int Offset, int Vocabulary)[] tokens, int period = 1, int first = 0)
{
    internal int InputLength { get; } = inputLength;

    internal int OutputLength { get; } = outputLength;

    internal int StateLength { get; } = stateLength;

    internal int ScratchLength { get; } = scratchLength;

    internal int Warm { get; } = warm;

    internal int Room { get; } = room;

    internal bool IsBounded { get; } = isBounded;

    internal (int Offset, int RowLength, int Lag, int Period)[] Past { get; } = past;

    internal (int Offset, int Vocabulary)[] Tokens { get; } = tokens;

    internal int Period { get; } = period;

    internal int First { get; } = first;

    /// <summary>How many outputs there are before a step.</summary>
    internal long OutputsBefore(long step) => step <= First ? 0 : ((step - First - 1) / Period) + 1;
}
