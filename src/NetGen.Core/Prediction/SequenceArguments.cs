using System.Buffers;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Sequences as callers of generated methods hold them, tokens as whole numbers and steps without what stands behind the end, and how they become a
/// network's input. How many there are is checked here; what they are is, with that of every other input, before anything is computed.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SequenceArguments
{
    /// <summary>Writes the tokens of one sample as a network reads them that has no other input, into the calling thread's own memory.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <returns>The network's input, good until the next call.</returns>
    /// <exception cref="ArgumentException">There are more or fewer than the network's steps.</exception>
    public static ReadOnlySpan<float> Input<TNetwork>(ReadOnlySpan<int> tokens) where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = InferenceScratch<TNetwork>.Inputs;
        Copy(tokens, input, nameof(tokens));
        return input;
    }

    /// <summary>The same for a network whose samples have different lengths, here the number of tokens.</summary>
    /// <param name="tokens">The tokens, from one to as many as there may be.</param>
    /// <returns>The network's input, good until the next call.</returns>
    /// <exception cref="ArgumentException">There are none or too many.</exception>
    public static ReadOnlySpan<float> InputOfLength<TNetwork>(ReadOnlySpan<int> tokens) where TNetwork : class, INetwork<TNetwork>
    {
        float[] input = InferenceScratch<TNetwork>.Inputs;
        input[^1] = CopyUpToLength(tokens, input.AsSpan(0, input.Length - 1), nameof(tokens));
        return input;
    }

    /// <summary>Predicts many samples of tokens.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="tokens">Samples one after the other.</param>
    /// <param name="outputs">Room for as many outputs.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a token lies outside of the vocabulary.</exception>
    public static void PredictBatch<TNetwork>(ParameterBlock parameters, ReadOnlySpan<int> tokens, Span<float> outputs, int threads)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (tokens.Length % TNetwork.InputLength != 0)
        {
            throw new ArgumentException(
                $"tokens holds {tokens.Length}; {TNetwork.Description.Name} expects a multiple of {TNetwork.InputLength}.", nameof(tokens));
        }

        float[] inputs = ArrayPool<float>.Shared.Rent(tokens.Length);
        try
        {
            Copy(tokens, inputs.AsSpan(0, tokens.Length), nameof(tokens));
            Prediction.PredictBatch<TNetwork>(parameters, inputs.AsSpan(0, tokens.Length), outputs, threads, nameof(tokens));
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
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <exception cref="ArgumentException">A length is wrong, or a token lies outside of the vocabulary.</exception>
    public static void PredictBatch<TNetwork>(
        ParameterBlock parameters, ReadOnlySpan<int> tokens, ReadOnlySpan<int> lengths, Span<float> outputs, int threads)
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
                input[^1] = CopyUpToLength(tokens.Slice(sample * steps, lengths[sample]), input[..^1], nameof(tokens));
            }

            Prediction.PredictBatch<TNetwork>(parameters, inputs.AsSpan(0, length), outputs, threads, nameof(tokens));
        }
        finally
        {
            ArrayPool<float>.Shared.Return(inputs);
        }
    }

    /// <summary>Writes tokens where a network reads them.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="input">Where they go.</param>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void Copy(ReadOnlySpan<int> tokens, Span<float> input, string name)
    {
        if (tokens.Length != input.Length)
            throw new ArgumentException($"{name} holds {tokens.Length} tokens; there must be {input.Length}.", name);
        CopyUpToLength(tokens, input, name);
    }

    /// <summary>Writes tokens where a network reads them that takes fewer too.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="input">Where they go; behind them stands 0 then.</param>
    /// <param name="name">The argument's name.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">There are none or too many.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static int CopyUpToLength(ReadOnlySpan<int> tokens, Span<float> input, string name)
    {
        if (tokens.IsEmpty || tokens.Length > input.Length)
            ThrowWrongLength(tokens.Length, input.Length, "the number of tokens", name);
        // What is no token because it is too large for a float to hold is too large as the nearest float, too.
        for (int i = 0; i < tokens.Length; i++)
            input[i] = tokens[i];
        input[tokens.Length..].Clear();
        return tokens.Length;
    }

    /// <summary>Writes a sequence where a network reads it that takes shorter ones too.</summary>
    /// <param name="values">The steps that there are, or as many as there may be, of which those behind the end do not matter.</param>
    /// <param name="length">How many steps there are.</param>
    /// <param name="steps">How many there may be.</param>
    /// <param name="input">Where they go; behind them stands 0 then.</param>
    /// <param name="name">The argument's name.</param>
    /// <param name="lengthName">The name of the length's argument.</param>
    /// <returns>How many there are.</returns>
    /// <exception cref="ArgumentException">The length is out of its range, or the span holds another number of floats.</exception>
    public static int CopyUpToLength(
        ReadOnlySpan<float> values, int length, int steps, Span<float> input, string name, string lengthName)
    {
        if (length < 1 || length > steps)
            ThrowWrongLength(length, steps, $"the length of {name}", lengthName);
        int used = input.Length / steps * length;
        if (values.Length != used && values.Length != input.Length)
            throw new ArgumentException($"{name} holds {values.Length} floats; {length} steps are {used}, and all {steps} are {input.Length}.", name);
        values[..used].CopyTo(input);
        input[used..].Clear();
        return length;
    }

    [DoesNotReturn]
    private static void ThrowWrongLength(int length, int steps, string what, string name) =>
        throw new ArgumentException($"{char.ToUpperInvariant(what[0])}{what[1..]} is {length}; a sequence has 1 to {steps} steps.", name);
}
