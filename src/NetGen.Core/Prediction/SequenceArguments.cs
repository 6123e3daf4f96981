using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;

namespace NetGen.CompilerServices;

/// <summary>
/// Sequences as callers of generated methods hold them, tokens as whole numbers and steps without what stands behind the end, and how they become a
/// network's input: checked, before anything is computed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SequenceArguments
{
    /// <summary>Writes the tokens of one sample as a network reads them that has no other input, into the calling thread's own memory.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="vocabulary">How many different ones there are.</param>
    /// <returns>The network's input, good until the next call.</returns>
    /// <exception cref="ArgumentException">There are more or fewer than the network's steps, or one lies outside of the vocabulary.</exception>
    public static ReadOnlySpan<float> Input<TNetwork>(ReadOnlySpan<int> tokens, int vocabulary) where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = InferenceScratch<TNetwork>.Inputs;
        Copy(tokens, vocabulary, input, nameof(tokens));
        return input;
    }

    /// <summary>The same for a network whose samples have different lengths, here the number of tokens.</summary>
    /// <param name="tokens">The tokens, from one to as many as there may be.</param>
    /// <param name="vocabulary">How many different ones there are.</param>
    /// <returns>The network's input, good until the next call.</returns>
    /// <exception cref="ArgumentException">There are none or too many, or one lies outside of the vocabulary.</exception>
    public static ReadOnlySpan<float> InputOfLength<TNetwork>(ReadOnlySpan<int> tokens, int vocabulary) where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = InferenceScratch<TNetwork>.Inputs;
        input[^1] = CopyUpToLength(tokens, vocabulary, input.AsSpan(0, input.Length - 1), nameof(tokens));
        return input;
    }

    /// <summary>Checks the tokens of many samples and predicts them.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="tokens">Samples one after the other.</param>
    /// <param name="outputs">Room for as many outputs.</param>
    /// <param name="vocabulary">How many different tokens there are.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a token lies outside of the vocabulary.</exception>
    public static void PredictBatch<TNetwork>(
        ParameterBlock parameters, ReadOnlySpan<int> tokens, Span<float> outputs, int vocabulary, int threads)
        where TNetwork : class, INetwork<TNetwork>
    {
        float[] inputs = ArrayPool<float>.Shared.Rent(tokens.Length);
        try
        {
            Copy(tokens, vocabulary, inputs.AsSpan(0, tokens.Length), nameof(tokens));
            Prediction.PredictBatch<TNetwork>(parameters, inputs.AsSpan(0, tokens.Length), outputs, threads);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    /// <summary>The same for a network whose samples have different lengths.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="tokens">
    /// Samples one after the other, each with room for as many tokens as there may be, of which those behind its end do not matter.
    /// </param>
    /// <param name="lengths">How many tokens each sample has.</param>
    /// <param name="outputs">Room for as many outputs.</param>
    /// <param name="vocabulary">How many different tokens there are.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a token lies outside of the vocabulary.</exception>
    public static void PredictBatch<TNetwork>(
        ParameterBlock parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, Span<float> outputs, int vocabulary, int threads)
        where TNetwork : class, INetwork<TNetwork>
    {
        int steps = TNetwork.InputLength - 1;
        if (tokens.Length != (long)lengths.Length * steps)
        {
            throw new ArgumentException(
                $"tokens holds {tokens.Length}; {lengths.Length} samples of {steps}, as many as lengths holds, are {(long)lengths.Length * steps}.",
                nameof(tokens));
        }

        int length = checked(lengths.Length * TNetwork.InputLength);
        float[] inputs = ArrayPool<float>.Shared.Rent(length);
        try
        {
            for (int sample = 0; sample < lengths.Length; sample++)
            {
                Span<float> input = inputs.AsSpan(sample * TNetwork.InputLength, TNetwork.InputLength);
                if (lengths[sample] < 1 || lengths[sample] > steps)
                    ThrowWrongLength(lengths[sample], steps, $"lengths at {sample}", nameof(lengths));
                input[^1] = CopyUpToLength(tokens.Slice(sample * steps, lengths[sample]), vocabulary, input[..^1], nameof(tokens), sample * steps);
            }

            Prediction.PredictBatch<TNetwork>(parameters, inputs.AsSpan(0, length), outputs, threads);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    /// <summary>Writes tokens where a network reads them.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="vocabulary">How many different ones there are.</param>
    /// <param name="input">Where they go.</param>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentException">There are more or fewer, or one lies outside of the vocabulary.</exception>
    public static void Copy(ReadOnlySpan<int> tokens, int vocabulary, Span<float> input, string name)
    {
        if (tokens.Length != input.Length)
            throw new ArgumentException($"{name} holds {tokens.Length} tokens; there must be {input.Length}.", name);
        CopyUpToLength(tokens, vocabulary, input, name);
    }

    /// <summary>Writes tokens where a network reads them that takes fewer too.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="vocabulary">How many different ones there are.</param>
    /// <param name="input">Where they go; behind them stands 0 then.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="first">The place of the first, in messages.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">There are none or too many, or one lies outside of the vocabulary.</exception>
    public static int CopyUpToLength(ReadOnlySpan<int> tokens, int vocabulary, Span<float> input, string name, int first = 0)
    {
        if (tokens.IsEmpty || tokens.Length > input.Length)
            ThrowWrongLength(tokens.Length, input.Length, "the number of tokens", name);
        CheckTokens(tokens, vocabulary, name, first);
        for (int i = 0; i < tokens.Length; i++)
            input[i] = tokens[i];
        input[tokens.Length..].Clear();
        return tokens.Length;
    }

    /// <summary>Refuses tokens outside of a vocabulary.</summary>
    internal static void CheckTokens(ReadOnlySpan<int> tokens, int vocabulary, string name, int first = 0)
    {
        for (int i = 0; i < tokens.Length; i++)
        {
            if ((uint)tokens[i] >= (uint)vocabulary)
                throw new ArgumentException(
                    $"Token {tokens[i]} at {first + i} of {name} is not of the vocabulary, whose tokens are 0 to {vocabulary - 1}.", name);
        }
    }

    /// <summary>Writes a sequence where a network reads it that takes shorter ones too.</summary>
    /// <param name="values">The steps that there are, or as many as there may be, of which those behind the end do not matter.</param>
    /// <param name="length">How many steps there are.</param>
    /// <param name="steps">How many there may be.</param>
    /// <param name="input">Where they go; behind them stands 0 then.</param>
    /// <param name="name">The argument's name.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">The length is out of its range, or the span holds another number of floats.</exception>
    public static int CopyUpToLength(ReadOnlySpan<float> values, int length, int steps, Span<float> input, string name)
    {
        if (length < 1 || length > steps)
            ThrowWrongLength(length, steps, $"the length of {name}", name);
        int used = input.Length / steps * length;
        if (values.Length != used && values.Length != input.Length)
            throw new ArgumentException($"{name} holds {values.Length} floats; {length} steps are {used}, and all {steps} are {input.Length}.", name);
        values[..used].CopyTo(input);
        input[used..].Clear();
        return length;
    }

    /// <summary>Checks a token before a stream takes it.</summary>
    /// <param name="token">The token.</param>
    /// <param name="vocabulary">How many different ones there are.</param>
    /// <exception cref="ArgumentException">It lies outside of the vocabulary.</exception>
    public static void CheckToken(float token, int vocabulary)
    {
        if (!(token >= 0 && token < vocabulary && token == (int)token))
            throw new ArgumentException($"Token {token} is not of the vocabulary, whose tokens are 0 to {vocabulary - 1}.", nameof(token));
    }

    [DoesNotReturn]
    private static void ThrowWrongLength(int length, int steps, string what, string name) =>
        throw new ArgumentException($"{char.ToUpperInvariant(what[0])}{what[1..]} is {length}; a sequence has 1 to {steps} steps.", name);
}
