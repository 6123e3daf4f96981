using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>The rows of tables that tokens number. Generated code calls it: nothing in it depends on a network's shape.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Embeddings
{
    // Rows lie anywhere in a table that no cache holds: one that is asked for so many tokens ahead is there in time.
    private const int Ahead = 8;

    /// <summary>Copies the rows that the tokens of samples [from, to) number; a token outside of the vocabulary gets NaN.</summary>
    /// <param name="table">The table's first row.</param>
    /// <param name="tableRow">Floats from one of its rows to the next.</param>
    /// <param name="rows">The first sample's first row.</param>
    /// <param name="rowsSample">Floats from one sample's rows to the next.</param>
    /// <param name="rowsRow">Floats from one of its rows to the next.</param>
    /// <param name="tokens">The first sample's first token.</param>
    /// <param name="tokensSample">Floats from one sample's tokens to the next.</param>
    /// <param name="tokensRow">Floats from one token to the next.</param>
    /// <param name="vocabulary">The rows of the table.</param>
    /// <param name="features">The elements of a row.</param>
    /// <param name="steps">The tokens of a sample.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gather(
        ref readonly float table, int tableRow, ref float rows, int rowsSample,
        int rowsRow, ref readonly float tokens, int tokensSample, int tokensRow,
        int vocabulary, int features, int steps, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            for (int t = 0; t < steps; t++)
            {
                Span<float> row = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref rows, (nint)s * rowsSample + (nint)t * rowsRow), features);
                if (TokenAhead(in tokens, tokensSample, tokensRow, steps, to, s, t) is >= 0 and var ahead && ahead < vocabulary)
                    Prefetch(ref Unsafe.Add(ref Unsafe.AsRef(in table), (nint)(int)ahead * tableRow), features);
                float token = TokenAt(in tokens, tokensSample, tokensRow, s, t);
                if (token >= 0 && token < vocabulary)
                    MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in table), (nint)(int)token * tableRow), features).CopyTo(row);
                else
                    row.Fill(float.NaN);
            }
        }
    }

    /// <summary>
    /// Sums, for columns [from, to) of the table, the rows of all samples where their tokens say, in order; others become zero, of which most are
    /// already where the table is the gradient of a parameter.
    /// </summary>
    /// <param name="frame">The step.</param>
    /// <param name="number">The table's number among those of gradients of parameters; negative if it is none.</param>
    /// <param name="table">The table's first row.</param>
    /// <param name="tableRow">Floats from one of its rows to the next.</param>
    /// <param name="rows">The first sample's first row.</param>
    /// <param name="rowsSample">Floats from one sample's rows to the next.</param>
    /// <param name="rowsRow">Floats from one of its rows to the next.</param>
    /// <param name="tokens">The first sample's first token.</param>
    /// <param name="tokensSample">Floats from one sample's tokens to the next.</param>
    /// <param name="tokensRow">Floats from one token to the next.</param>
    /// <param name="vocabulary">The rows of the table.</param>
    /// <param name="features">The elements of a row.</param>
    /// <param name="steps">The tokens of a sample.</param>
    /// <param name="count">The samples.</param>
    /// <param name="from">The first column.</param>
    /// <param name="to">The column after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Scatter(
        TrainingFrame frame, int number, ref float table, int tableRow, ref readonly float rows, int rowsSample,
        int rowsRow, ref readonly float tokens, int tokensSample, int tokensRow,
        int vocabulary, int features, int steps, int count, int from, int to)
    {
        to = Math.Min(to, features);
        if (from >= to)
            return;
        GradientRows? noted = number < 0 ? null : frame.RowsOf(number);
        if (noted is { KnowsEarlier: true })
        {
            foreach (int row in noted.Earlier)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref table, (nint)row * tableRow + from), to - from).Clear();
        }
        else
        {
            for (int v = 0; v < vocabulary; v++)
                MemoryMarshal.CreateSpan(ref Unsafe.Add(ref table, (nint)v * tableRow + from), to - from).Clear();
        }

        if (from == 0)
            noted?.Note(frame.PlaceOf(ref table), tableRow, vocabulary, in tokens, tokensSample, tokensRow, steps, count);
        for (int s = 0; s < count; s++)
        {
            for (int t = 0; t < steps; t++)
            {
                if (TokenAhead(in tokens, tokensSample, tokensRow, steps, count, s, t) is >= 0 and var ahead && ahead < vocabulary)
                    Prefetch(ref Unsafe.Add(ref table, (nint)(int)ahead * tableRow + from), to - from);
                float token = TokenAt(in tokens, tokensSample, tokensRow, s, t);
                if (!(token >= 0 && token < vocabulary))
                    continue;
                Add(
                    MemoryMarshal.CreateSpan(ref Unsafe.Add(ref table, (nint)(int)token * tableRow + from), to - from),
                    MemoryMarshal.CreateReadOnlySpan(
                        in Unsafe.Add(ref Unsafe.AsRef(in rows), (nint)s * rowsSample + (nint)t * rowsRow + from), to - from));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TokenAt(ref readonly float tokens, int tokensSample, int tokensRow, int sample, int step) =>
        Unsafe.Add(ref Unsafe.AsRef(in tokens), (nint)sample * tokensSample + (nint)step * tokensRow);

    /// <summary>The token that comes some steps later, in this sample or in one of the next; −1 behind the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float TokenAhead(
        ref readonly float tokens, int tokensSample, int tokensRow, int steps, int count, int sample, int step)
    {
        for (step += Ahead; step >= steps; step -= steps)
            sample++;
        return sample < count ? TokenAt(in tokens, tokensSample, tokensRow, sample, step) : -1;
    }

    /// <summary>Asks for a row, which is read or added to some tokens later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref float row, int length)
    {
        const int Line = 64 / sizeof(float);
        // Where the row lies does not matter if the collector moves it meanwhile: nothing is read.
        for (int i = 0; Sse.IsSupported && i < length; i += Line)
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref row, i)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Add(Span<float> sums, ReadOnlySpan<float> row)
    {
        int i = 0;
        for (; i <= sums.Length - Vector<float>.Count; i += Vector<float>.Count)
            (new Vector<float>(sums[i..]) + new Vector<float>(row[i..])).CopyTo(sums[i..]);
        for (; i < sums.Length; i++)
            sums[i] += row[i];
    }
}
