using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The rows of a table's gradient that a step's tokens number. All others are zero, and whoever would make nothing of zeros leaves them alone: a
/// large vocabulary costs what occurs of it.
/// </summary>
/// <remarks>One worker notes the rows while all sum up their columns; they are read behind the next barrier.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GradientRows
{
    private ulong[] _marks = [];
    private int[] _rows = [];
    private int[] _earlier = [];
    private int _count;
    private int _earlierCount;

    /// <summary>The table's first float within the block of all gradients.</summary>
    internal int Offset { get; private set; }

    /// <summary>Floats from one row to the next.</summary>
    internal int Stride { get; private set; }

    /// <summary>The end of the table's last row within the block.</summary>
    internal int End { get; private set; }

    /// <summary>Whether the gradient is known to be zero outside of <see cref="Rows"/>.</summary>
    internal bool IsKnown { get; private set; }

    /// <summary>The rows that tokens of this step number, each once, in the order in which they occur.</summary>
    internal ReadOnlySpan<int> Rows => _rows.AsSpan(0, _count);

    /// <summary>Whether the step before left zeros outside of <see cref="Earlier"/>; otherwise there may be anything.</summary>
    internal bool KnowsEarlier { get; private set; }

    /// <summary>The rows of the step before, which are to be cleared.</summary>
    internal ReadOnlySpan<int> Earlier => _earlier.AsSpan(0, _earlierCount);

    /// <summary>Whether some row of the step has floats in a stretch of the block that lies within the table.</summary>
    internal bool AnyIn(int from, int to)
    {
        for (int row = (from - Offset) / Stride; row <= (to - 1 - Offset) / Stride; row++)
        {
            if (IsMarked(row))
                return true;
        }

        return false;
    }

    /// <summary>Begins a step: the rows of the one before are those to clear.</summary>
    internal void Advance()
    {
        if (!IsKnown)
            return;
        (_rows, _earlier) = (_earlier, _rows);
        (_earlierCount, _count) = (_count, 0);
        (KnowsEarlier, IsKnown) = (true, false);
        foreach (int row in Earlier)
            _marks[row >> 6] = 0;
    }

    /// <summary>Gives up what is known: something else was written into the gradient.</summary>
    internal void Forget()
    {
        (_count, _earlierCount) = (0, 0);
        (KnowsEarlier, IsKnown) = (false, false);
        Array.Clear(_marks);
    }

    /// <summary>Notes the rows that the tokens of a step number.</summary>
    /// <param name="offset">The table's first float within the block of all gradients.</param>
    /// <param name="stride">Floats from one row to the next.</param>
    /// <param name="vocabulary">The rows of the table.</param>
    /// <param name="tokens">The first sample's first token.</param>
    /// <param name="tokensSample">Floats from one sample's tokens to the next.</param>
    /// <param name="tokensRow">Floats from one token to the next.</param>
    /// <param name="steps">The tokens of a sample.</param>
    /// <param name="count">The samples.</param>
    internal void Note(
        int offset, int stride, int vocabulary, ref readonly float tokens, int tokensSample, int tokensRow, int steps, int count)
    {
        if (_marks.Length == 0)
        {
            _marks = new ulong[(vocabulary + 63) / 64];
            (_rows, _earlier) = (new int[vocabulary], new int[vocabulary]);
            (Offset, Stride, End) = (offset, stride, offset + (vocabulary * stride));
        }

        for (int s = 0; s < count; s++)
        {
            for (int t = 0; t < steps; t++)
            {
                float token = Unsafe.Add(ref Unsafe.AsRef(in tokens), ((nint)s * tokensSample) + ((nint)t * tokensRow));
                if (!(token >= 0 && token < vocabulary) || IsMarked((int)token))
                    continue;
                _marks[(int)token >> 6] |= 1UL << ((int)token & 63);
                _rows[_count++] = (int)token;
            }
        }

        IsKnown = true;
    }

    private bool IsMarked(int row) => (_marks[row >> 6] >> (row & 63) & 1) != 0;
}
