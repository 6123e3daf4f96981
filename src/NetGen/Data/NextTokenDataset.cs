namespace NetGen.Data;

/// <summary>
/// Pieces of one long text as samples of a language model: so many tokens one after the other, and as the target of each step the token that comes
/// next. The pieces are not copied: they are parts of the text, and may overlap.
/// </summary>
public sealed class NextTokenDataset : Dataset
{
    private readonly int[] _tokens;
    private readonly int _steps;
    private readonly int _stride;

    /// <param name="tokens">The text; kept, not copied.</param>
    /// <param name="steps">The tokens of a sample, at least 1.</param>
    /// <param name="vocabulary">How many different tokens there are.</param>
    /// <param name="stride">
    /// How many tokens one sample begins behind the one before, at least 1: as many as steps for pieces that do not overlap.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The text is shorter than a sample and the token behind it, or a token lies outside of the vocabulary.
    /// </exception>
    public NextTokenDataset(int[] tokens, int steps, int vocabulary, int stride = 1)
        : base([[steps]], CountOf(tokens, steps, stride), [new TargetPart(TargetKind.Classes, 0, vocabulary, steps)])
    {
        int wrong = Array.FindIndex(tokens, token => (uint)token >= (uint)vocabulary);
        if (wrong >= 0)
            throw new ArgumentException(
                $"The vocabulary's tokens are 0 to {vocabulary - 1}, but tokens[{wrong}] is {tokens[wrong]}.", nameof(tokens));
        _tokens = tokens;
        _steps = steps;
        _stride = stride;
    }

    /// <inheritdoc/>
    protected internal override void ReadCore(ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<int> piece = _tokens.AsSpan(indices[i] * _stride, _steps + 1);
            for (int step = 0; !inputs.IsEmpty && step < _steps; step++)
                inputs[i * _steps + step] = piece[step];
            if (!classes.IsEmpty)
                piece[1..].CopyTo(classes[(i * _steps)..]);
        }
    }

    private static int CountOf(int[] tokens, int steps, int stride)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        return tokens.Length > steps ? (tokens.Length - 1 - steps) / stride + 1
            : throw new ArgumentException($"A sample takes {steps} tokens and the one behind them; the text has {tokens.Length}.", nameof(tokens));
    }
}
