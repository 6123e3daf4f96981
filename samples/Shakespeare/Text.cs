namespace Shakespeare;

/// <summary>A text as tokens: its different characters in their order, of which there are at most so many as the model knows.</summary>
internal sealed class Text
{
    /// <summary>The characters that a sample has.</summary>
    internal const int Window = 128;

    /// <summary>The most different characters.</summary>
    internal const int Characters = 65;

    // Of ten parts one is kept to be judged by.
    private const double Share = 0.9;

    private readonly int[] _tokens;
    private readonly int _learned;
    private ulong _state;

    internal Text(string text, int seed)
    {
        Known = [.. text.Distinct().Order()];
        if (Known.Length > Characters || text.Length < 20 * Window)
        {
            throw new InvalidDataException(
                $"A text of {text.Length:N0} characters, {Known.Length} different ones: the model knows {Characters}, and needs {20 * Window:N0} "
                + "to learn from.");
        }

        _tokens = [.. text.Select(character => Array.BinarySearch(Known, character))];
        _learned = (int)(Share * _tokens.Length);
        _state = (ulong)seed;
    }

    /// <summary>The different characters, by their tokens.</summary>
    internal char[] Known { get; }

    /// <summary>Draws windows of what is to be learned, and at each character the next one.</summary>
    internal void Draw(Span<float> inputs, Span<int> next)
    {
        for (int from = 0; from < inputs.Length; from += Window)
        {
            // A linear congruence (D. Knuth's MMIX), so that whoever compares draws the same windows.
            _state = unchecked((_state * 6364136223846793005) + 1442695040888963407);
            Fill((int)((_state >> 33) % (ulong)(_learned - Window)), inputs.Slice(from, Window), next.Slice(from, Window));
        }
    }

    /// <summary>The windows of what is not learned, side by side.</summary>
    internal IEnumerable<(float[] Inputs, int[] Next)> Kept(int most)
    {
        for (int from = _learned; from < _tokens.Length - Window && most > 0; from += Window, most--)
        {
            (float[] inputs, int[] next) = (new float[Window], new int[Window]);
            Fill(from, inputs, next);
            yield return (inputs, next);
        }
    }

    private void Fill(int from, Span<float> inputs, Span<int> next)
    {
        for (int i = 0; i < Window; i++)
            (inputs[i], next[i]) = (_tokens[from + i], _tokens[from + i + 1]);
    }
}
