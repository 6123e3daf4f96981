using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A network as a stream: one step of time in, one out, zero bytes. What later steps need of earlier ones (the states of recurrent layers, the inputs
/// of causal convolutions, the keys and values of attention) is the stream's own, so that many streams can run on one network at once, each on a
/// thread at a time. Networks make theirs: <c>model.OpenStream()</c>.
/// </summary>
/// <remarks>
/// A stream and the same network over a whole sequence agree to rounding. A step reads the network's parameters as they are then: what
/// <c>Load</c> or a training step changed is seen by the next one.
/// <para>Most streams run for ever. One that attends to all steps so far, or adds to each what belongs to its number, has as many as the network's
/// input is declared with (<see cref="RemainingSteps"/>); a further one is refused, since nothing that the network learned says what it would
/// mean.</para>
/// </remarks>
public abstract class PredictionStream
{
    private readonly CompilerServices.StreamMemory _memory;
    private readonly CompilerServices.AlignedBuffer _state;
    private readonly CompilerServices.AlignedBuffer _scratch;
    private int _position;

    /// <summary>Made by generated code.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="memory">What a stream of it needs.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected PredictionStream(ParameterBlock parameters, CompilerServices.StreamMemory memory)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(memory);
        Parameters = parameters;
        _memory = memory;
        _state = new CompilerServices.AlignedBuffer(memory.StateLength);
        _scratch = new CompilerServices.AlignedBuffer(memory.ScratchLength);
    }

    /// <summary>The floats of one step's input: those of all inputs, one after the other.</summary>
    public int InputLength => _memory.InputLength;

    /// <summary>The floats of one step's output: those of all outputs, one after the other.</summary>
    public int OutputLength => _memory.OutputLength;

    /// <summary>How many steps there still are before the stream has to be reset; null for one that runs for ever.</summary>
    public int? RemainingSteps => _memory.IsBounded ? _memory.Room - _position : null;

    /// <summary>The parameters of the network.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ParameterBlock Parameters { get; }

    /// <summary>The first of the parameters, prepared.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float ParametersStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref Unsafe.AsRef(in Parameters.PreparedStart);
    }

    /// <summary>The first float of what is remembered.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float StateStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _state.Start;
    }

    /// <summary>The first float of scratch memory.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected ref float ScratchStart
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _scratch.Start;
    }

    /// <summary>Takes one step of the input to one of the output.</summary>
    /// <param name="input"><see cref="InputLength"/> floats.</param>
    /// <param name="output"><see cref="OutputLength"/> floats, overwritten; memory apart from the input's.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">No step is left (<see cref="RemainingSteps"/>); nothing was done.</exception>
    public abstract void Step(ReadOnlySpan<float> input, Span<float> output);

    /// <summary>Takes several steps, one after the other.</summary>
    /// <param name="inputs">The steps, <see cref="InputLength"/> floats each.</param>
    /// <param name="outputs">As many outputs, <see cref="OutputLength"/> floats each, overwritten; memory apart from the inputs'.</param>
    /// <exception cref="ArgumentException">
    /// The inputs are no whole number of steps, the outputs not as many, or a token lies outside of its vocabulary; nothing was done.
    /// </exception>
    /// <exception cref="InvalidOperationException">There are more than are left (<see cref="RemainingSteps"/>); nothing was done.</exception>
    public void Steps(ReadOnlySpan<float> inputs, Span<float> outputs)
    {
        (int count, int rest) = Math.DivRem(inputs.Length, InputLength);
        if (rest != 0)
            throw new ArgumentException(
                $"inputs holds {inputs.Length} floats, which is no multiple of the {InputLength} of one step.", nameof(inputs));
        CheckSteps(count, outputs);
        if (inputs.Overlaps(outputs))
            throw new ArgumentException("outputs overlaps inputs; give the outputs memory of their own.", nameof(outputs));
        CheckTokens(inputs, 0);
        for (int step = 0; step < count; step++)
            Step(inputs.Slice(step * InputLength, InputLength), outputs.Slice(step * OutputLength, OutputLength));
    }

    /// <summary>Takes one token to one step of the output.</summary>
    /// <param name="token">The token.</param>
    /// <param name="output"><see cref="OutputLength"/> floats, overwritten.</param>
    /// <exception cref="ArgumentException">The token lies outside of the vocabulary, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">No step is left.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void StepToken(int token, Span<float> output)
    {
        float number = token;
        Step(new ReadOnlySpan<float>(in number), output);
    }

    /// <summary>Takes several tokens, one after the other.</summary>
    /// <param name="tokens">The tokens.</param>
    /// <param name="outputs">As many outputs, <see cref="OutputLength"/> floats each, overwritten.</param>
    /// <exception cref="ArgumentException">A token lies outside of the vocabulary, or the outputs are not as many; nothing was done.</exception>
    /// <exception cref="InvalidOperationException">There are more than steps are left; nothing was done.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void StepTokens(ReadOnlySpan<int> tokens, Span<float> outputs)
    {
        CheckSteps(tokens.Length, outputs);
        for (int step = 0; step < tokens.Length; step++)
        {
            float number = tokens[step];
            CheckTokens(new ReadOnlySpan<float>(in number), step);
        }

        for (int step = 0; step < tokens.Length; step++)
            StepToken(tokens[step], outputs.Slice(step * OutputLength, OutputLength));
    }

    /// <summary>Refuses a step with a token outside of the vocabulary, which would go on to all later steps.</summary>
    /// <param name="input">The step.</param>
    /// <exception cref="ArgumentException">There is one; nothing was done.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckTokens(ReadOnlySpan<float> input) => CheckTokens(input, null);

    private void CheckTokens(ReadOnlySpan<float> inputs, int? first)
    {
        foreach ((int offset, int vocabulary) in _memory.Tokens)
        {
            for (int at = offset; at < inputs.Length; at += InputLength)
            {
                if (CompilerServices.WholeNumber.IsWithin(inputs[at], 0, vocabulary - 1))
                    continue;
                string where = first is null ? "" : $" at step {first + at / InputLength}";
                throw new ArgumentException($"Token {inputs[at]}{where} is not of the vocabulary, whose tokens are 0 to {vocabulary - 1}.");
            }
        }
    }

    /// <summary>Forgets all steps: the next one is the first.</summary>
    public void Reset()
    {
        _state.Span.Clear();
        _position = 0;
    }

    /// <summary>Goes on from where another stream of the same network's class stands.</summary>
    /// <param name="other">The stream, which stays as it is.</param>
    /// <exception cref="ArgumentException">It is of another network.</exception>
    public void CopyStateFrom(PredictionStream other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._memory != _memory)
        {
            throw new ArgumentException(
                $"A stream of {other.Parameters.Description.Name} remembers something else than one of {Parameters.Description.Name}.",
                nameof(other));
        }

        other._state.Span.CopyTo(_state.Span);
        _position = other._position;
    }

    /// <summary>The row that is the present step's; when there is no row left, what is remembered moves back to the beginning.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected int Advance()
    {
        if (_position == _memory.Room)
            Rewind();
        return _position++;
    }

    /// <summary>Throws because a span has the wrong length.</summary>
    /// <param name="input">The input given.</param>
    /// <param name="output">The output given.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void ThrowWrongLength(ReadOnlySpan<float> input, ReadOnlySpan<float> output) => throw (input.Length != InputLength
        ? new ArgumentException($"input holds {input.Length} floats; a step of {Parameters.Description.Name} takes {InputLength}.", nameof(input))
        : new ArgumentException(
            $"output holds {output.Length} floats; a step of {Parameters.Description.Name} writes {OutputLength}.", nameof(output)));

    // Before anything is done, so that a stream never stands in the middle of what it was asked for.
    private void CheckSteps(int count, Span<float> outputs)
    {
        if (outputs.Length != (long)count * OutputLength)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} floats; {count} steps of {OutputLength} floats write {(long)count * OutputLength}.",
                nameof(outputs));
        }

        if (count > RemainingSteps)
            throw EndOfSteps(count);
    }

    private InvalidOperationException EndOfSteps(int count) => new(
        $"{Parameters.Description.Name} knows {_memory.Room} steps, the length of its input, of which {RemainingSteps} are left; {count} more " +
        $"{(count == 1 ? "is" : "are")} too many. Reset the stream, or declare the input longer.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rewind()
    {
        if (_memory.IsBounded)
            throw EndOfSteps(1);
        foreach ((int offset, int rowLength, int lag) in _memory.Past)
            _state.Span.Slice(offset + _memory.Room * rowLength, lag * rowLength).CopyTo(_state.Span[offset..]);
        _position = 0;
    }
}
