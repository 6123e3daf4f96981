using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen;

/// <summary>
/// A network as a stream that does not give an output with each step: strides and poolings make one of several, and what has no padding before its
/// first step begins later. An output comes with the step that completes it. Zero bytes.
/// </summary>
public abstract class DecimatingStream : StepStream
{
    private readonly CompilerServices.StreamMemory _memory;

    /// <summary>Made by generated code.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="memory">What a stream of it needs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected DecimatingStream(ParameterBlock parameters, CompilerServices.StreamMemory memory) : base(parameters, memory) => _memory = memory;

    /// <summary>The steps from one output to the next, at least 1.</summary>
    public int StepsPerOutput => _memory.Period;

    /// <summary>The steps up to the first output, that which gives it among them; at least 1.</summary>
    public int StepsToFirstOutput => _memory.First + 1;

    /// <summary>How many outputs the next steps give.</summary>
    /// <param name="steps">The steps, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of steps is negative.</exception>
    public int OutputsOf(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(steps);
        return CountOutputs(steps);
    }

    /// <summary>Takes one step of the input, which completes an output or does not.</summary>
    /// <param name="input"><see cref="StepStream.InputLength"/> floats.</param>
    /// <param name="output">
    /// <see cref="StepStream.OutputLength"/> floats, overwritten if there is an output; memory apart from the input's.
    /// </param>
    /// <returns>Whether there is an output.</returns>
    /// <exception cref="ArgumentException">A span has another length, or a token lies outside of its vocabulary.</exception>
    /// <exception cref="InvalidOperationException">No step is left (<see cref="StepStream.RemainingSteps"/>); nothing was done.</exception>
    public bool Step(ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != InputLength || output.Length != OutputLength)
            ThrowWrongLength(input, output);
        CheckTokens(input);
        return Take(ref MemoryMarshal.GetReference(input), ref MemoryMarshal.GetReference(output));
    }

    /// <summary>Takes several steps, one after the other.</summary>
    /// <param name="inputs">The steps, <see cref="StepStream.InputLength"/> floats each.</param>
    /// <param name="outputs">
    /// Room for the outputs, <see cref="StepStream.OutputLength"/> floats each, of which as many are overwritten as there are; memory apart from the
    /// inputs'.
    /// </param>
    /// <returns>The number of outputs, as <see cref="OutputsOf"/> tells it beforehand.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs are no whole number of steps, the outputs have not enough room, or a token lies outside of its vocabulary; nothing was done.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// There are more than are left (<see cref="StepStream.RemainingSteps"/>); nothing was done.
    /// </exception>
    public int Steps(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        int count = StepsOf(inputs, outputs);
        Check(count, outputs);
        CheckTokens(inputs, 0, nameof(inputs));
        int written = 0;
        for (int step = 0; step < count; step++)
        {
            ref float input = ref Unsafe.Add(ref MemoryMarshal.GetReference(inputs), (nint)step * InputLength);
            if (Take(ref input, ref Unsafe.Add(ref MemoryMarshal.GetReference(outputs), (nint)written * OutputLength)))
                written++;
        }

        return written;
    }

    /// <summary>Takes one step.</summary>
    /// <param name="input">The first float of the input.</param>
    /// <param name="output">The first float of the output, which is overwritten if there is one.</param>
    /// <returns>Whether there is an output.</returns>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected abstract bool Take(ref float input, ref float output);

    /// <summary>Takes one token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="output"><see cref="StepStream.OutputLength"/> floats, overwritten if there is an output.</param>
    /// <returns>Whether there is an output.</returns>
    /// <exception cref="ArgumentException">The token lies outside of the vocabulary, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">No step is left.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected bool StepToken(int token, Span<float> output)
    {
        CheckToken(token);
        float number = token;
        return Step(new ReadOnlySpan<float>(in number), output);
    }

    /// <summary>Takes several tokens, one after the other.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="outputs">Room for the outputs.</param>
    /// <returns>The number of outputs.</returns>
    /// <exception cref="ArgumentException">
    /// A token lies outside of the vocabulary, or the outputs have not enough room; nothing was done.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are more than steps are left; nothing was done.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected int StepTokens(ReadOnlySpan<int> tokens, Span<float> outputs)
    {
        Check(tokens.Length, outputs);
        CheckTokens(tokens);
        int written = 0;
        foreach (int token in tokens)
        {
            float number = token;
            if (Take(ref number, ref Unsafe.Add(ref MemoryMarshal.GetReference(outputs), (nint)written * OutputLength)))
                written++;
        }

        return written;
    }

    private void Check(int steps, ReadOnlySpan<float> outputs)
    {
        CheckRemaining(steps);
        long length = (long)CountOutputs(steps) * OutputLength;
        if (outputs.Length < length)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} floats; {steps} steps give {length / OutputLength} outputs of {OutputLength} floats, " +
                $"which are {length}.",
                nameof(outputs));
        }
    }
}
