using System.ComponentModel;

namespace NetGen;

/// <summary>A network as a stream: one step of time in, one out, zero bytes.</summary>
public abstract class PredictionStream : StepStream
{
    /// <summary>Made by generated code.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="memory">What a stream of it needs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PredictionStream(ParameterBlock parameters, CompilerServices.StreamMemory memory) : base(parameters, memory)
    {
    }

    /// <summary>Takes one step of the input to one of the output.</summary>
    /// <param name="input"><see cref="StepStream.InputLength"/> floats.</param>
    /// <param name="output"><see cref="StepStream.OutputLength"/> floats, overwritten; memory apart from the input's.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">No step is left (<see cref="StepStream.RemainingSteps"/>); nothing was done.</exception>
    public abstract void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Takes several steps, one after the other.</summary>
    /// <param name="inputs">The steps, <see cref="StepStream.InputLength"/> floats each.</param>
    /// <param name="outputs">
    /// As many outputs, <see cref="StepStream.OutputLength"/> floats each, overwritten; memory apart from the inputs'.
    /// </param>
    /// <exception cref="ArgumentException">
    /// The inputs are no whole number of steps, the outputs not as many, or a token lies outside of its vocabulary; nothing was done.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are more than are left (<see cref="StepStream.RemainingSteps"/>); nothing was done.
    /// </exception>
    public void Steps(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int count = StepsOf(inputs, outputs);
        CheckSteps(count, outputs);
        CheckTokens(inputs, 0, nameof(inputs));
        for (int step = 0; step < count; step++)
            Step(inputs.Slice(step * InputLength, InputLength), outputs.Slice(step * OutputLength, OutputLength));
    }

    /// <summary>Takes one token to one step of the output.</summary>
    /// <param name="token">The token.</param>
    /// <param name="output"><see cref="StepStream.OutputLength"/> floats, overwritten.</param>
    /// <exception cref="ArgumentException">The token lies outside of the vocabulary, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">No step is left.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void StepToken(int token, Span<float> output)
    {
        CheckToken(token);
        float number = token;
        Step(new ReadOnlySpan<float>(in number), output);
    }

    /// <summary>Takes several tokens, one after the other.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="outputs">As many outputs, <see cref="StepStream.OutputLength"/> floats each, overwritten.</param>
    /// <exception cref="ArgumentException">A token lies outside of the vocabulary, or the outputs are not as many; nothing was done.</exception>
    /// <exception cref="InvalidOperationException">There are more than steps are left; nothing was done.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void StepTokens(ReadOnlySpan<int> tokens, Span<float> outputs)
    {
        CheckSteps(tokens.Length, outputs);
        CheckTokens(tokens);
        for (int step = 0; step < tokens.Length; step++)
            StepToken(tokens[step], outputs.Slice(step * OutputLength, OutputLength));
    }

    private void CheckSteps(int count, Span<float> outputs)
    {
        if (outputs.Length != (long)count * OutputLength)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} floats; {count} steps of {OutputLength} floats write {(long)count * OutputLength}.",
                nameof(outputs));
        }

        CheckRemaining(count);
    }
}
