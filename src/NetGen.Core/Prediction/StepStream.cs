using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A network that takes a sequence step by step, without allocating. What later steps need of earlier ones (the states of recurrent layers, the
/// inputs of causal convolutions and poolings, the keys and values of attention) is the stream's own, so that many streams can run on one network
/// at once, each on a thread at a time. Networks make theirs, <c>model.OpenStream()</c>: a <see cref="PredictionStream"/> where each step gives an
/// output, a <see cref="DecimatingStream"/> where several make one.
/// </summary>
/// <remarks>
/// A stream and the same network over a whole sequence agree to rounding. A step reads the network's parameters as they are then: what
/// <c>Load</c> or a training step changed is seen by the next one.
/// <para>Most streams run for ever. One that attends to all steps so far, or adds to each what belongs to its number, has as many as the network's
/// input is declared with (<see cref="RemainingSteps"/>); a further one is refused, since nothing that the network learned says what it would
/// mean.</para>
/// </remarks>
public abstract class StepStream
{
    private readonly CompilerServices.StreamMemory _memory;
    private readonly CompilerServices.AlignedBuffer _state;
    private readonly CompilerServices.AlignedBuffer _scratch;
    private int _position;

    /// <param name="parameters">The network's parameters.</param>
    /// <param name="memory">What a stream of it needs.</param>
    private protected StepStream(ParameterBlock parameters, CompilerServices.StreamMemory memory)
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

    /// <summary>The floats of one output: those of all outputs, one after the other.</summary>
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

    /// <summary>Forgets all steps: the next one is the first.</summary>
    public void Reset()
    {
        _state.Span.Clear();
        _position = 0;
    }

    /// <summary>Goes on from where another stream of the same network's class stands.</summary>
    /// <param name="other">The stream, which stays as it is.</param>
    /// <exception cref="ArgumentException">It is of another network.</exception>
    public void CopyStateFrom(StepStream other)
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

    /// <summary>The outputs that so many more steps give.</summary>
    private protected int CountOutputs(int steps) => (int)(_memory.OutputsBefore((long)_position + steps) - _memory.OutputsBefore(_position));

    /// <summary>The steps that a stretch of inputs is, beside memory for outputs.</summary>
    private protected int StepsOf(ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs)
    {
        (int count, int rest) = Math.DivRem(inputs.Length, InputLength);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"inputs holds {inputs.Length} floats, which is no multiple of the {InputLength} of one step.", nameof(inputs));
        }

        return inputs.Overlaps(outputs)
            ? throw new ArgumentException("outputs overlaps inputs; give the outputs memory of their own.", nameof(outputs))
            : count;
    }

    /// <summary>Refuses a step with a token outside of the vocabulary, which would go on to all later steps.</summary>
    /// <param name="input">The step.</param>
    /// <exception cref="ArgumentException">There is one; nothing was done.</exception>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected void CheckTokens(ReadOnlySpan<float> input) => CheckTokens(input, null, nameof(input));

    /// <summary>The same for a step that is a token.</summary>
    private protected void CheckToken(int token)
    {
        float number = token;
        CheckTokens(new ReadOnlySpan<float>(in number), null, nameof(token));
    }

    /// <summary>The same for several steps, the number of whose first is given, and the name of the argument.</summary>
    private protected void CheckTokens(ReadOnlySpan<float> inputs, int? first, string argument)
    {
        foreach ((int offset, int vocabulary) in _memory.Tokens)
        {
            for (int at = offset; at < inputs.Length; at += InputLength)
            {
                if (CompilerServices.WholeNumber.IsWithin(inputs[at], 0, vocabulary - 1))
                    continue;
                string where = first is null ? "" : $" at step {first + at / InputLength}";
                throw new ArgumentException(
                    $"Token {inputs[at]}{where} is not of the vocabulary, whose tokens are 0 to {vocabulary - 1}.", argument);
            }
        }
    }

    /// <summary>The same for several steps that are a token each.</summary>
    private protected void CheckTokens(ReadOnlySpan<int> tokens)
    {
        for (int step = 0; step < tokens.Length; step++)
        {
            float number = tokens[step];
            CheckTokens(new ReadOnlySpan<float>(in number), step, nameof(tokens));
        }
    }

    // Before anything is done, so that a stream never stands in the middle of what it was asked for.
    private protected void CheckRemaining(int steps)
    {
        if (steps > RemainingSteps)
            throw EndOfSteps(steps);
    }

    private InvalidOperationException EndOfSteps(int count) => new(
        $"{Parameters.Description.Name} knows {_memory.Room} steps, the length of its input, of which {RemainingSteps} are left; {count} more " +
        $"{(count == 1 ? "is" : "are")} too many. Reset the stream, or declare the input longer.");

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Rewind()
    {
        if (_memory.IsBounded)
            throw EndOfSteps(1);
        foreach ((int offset, int rowLength, int lag, int period) in _memory.Past)
        {
            Span<float> rows = _state.Span.Slice(offset, (_memory.Room / period + lag) * rowLength);
            rows[(_memory.Room / period * rowLength)..].CopyTo(rows[(_memory.Warm / period * rowLength)..]);
        }

        _position = _memory.Warm;
    }
}
