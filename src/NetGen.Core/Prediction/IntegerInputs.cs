using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The check of a network's <see cref="IntegerInputs"/>, which costs nothing where there are none.</summary>
internal static class IntegerInputs<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    private static readonly IntegerInputs? s_inputs = IntegerInputs.Of(TNetwork.Description);

    /// <inheritdoc cref="IntegerInputs.Check"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(ReadOnlySpan<float> inputs, int first, string? parameter) => s_inputs?.Check(inputs, first, parameter);
}

/// <summary>
/// The inputs of a network that are whole numbers: tokens of a vocabulary, and the lengths of sequences. They lie among floats, and what is no such
/// number is refused before anything is computed of it.
/// </summary>
internal sealed class IntegerInputs
{
    private readonly NetworkDescription _network;
    private readonly Part[] _lengths;
    private readonly Part[] _tokens;

    private IntegerInputs(NetworkDescription network)
    {
        _network = network;
        _lengths = [.. Parts(input => input.LengthOf is { } of ? (1, StepsOf(of)) : null)];
        _tokens = [.. Parts(input => input.Vocabulary > 0 ? (0, input.Vocabulary - 1) : null)];
    }

    /// <summary>Those of a network, null where all its inputs are real numbers.</summary>
    internal static IntegerInputs? Of(NetworkDescription network)
    {
        foreach (InputDescription input in network.InputPoints)
        {
            if (input.LengthOf is not null || input.Vocabulary > 0)
                return new IntegerInputs(network);
        }

        return null;
    }

    /// <summary>Checks samples. Tokens behind a sequence's end are not looked at.</summary>
    /// <param name="inputs">Whole samples, one after the other.</param>
    /// <param name="first">The number of the first, in messages.</param>
    /// <param name="parameter">The argument's name; null where each input is an argument of its own name.</param>
    /// <exception cref="ArgumentException">A number is not whole or out of its range; the message names the sample.</exception>
    internal void Check(ReadOnlySpan<float> inputs, int first, string? parameter)
    {
        int length = _network.InputLength;
        for (int sample = 0; sample < inputs.Length / length; sample++)
        {
            ReadOnlySpan<float> input = inputs.Slice(sample * length, length);
            foreach (Part part in _lengths)
            {
                if (!part.Holds(input[part.Offset]))
                    ThrowWrongLength(input[part.Offset], part, first + sample, parameter);
            }

            foreach (Part part in _tokens)
            {
                int count = part.LengthAt is { } at ? (int)input[at] : part.Input.Length;
                for (int step = 0; step < count; step++)
                {
                    if (!part.Holds(input[part.Offset + step]))
                        ThrowWrongToken(input[part.Offset + step], part, first + sample, step, parameter);
                }
            }
        }
    }

    private void ThrowWrongLength(float value, Part part, int sample, string? parameter) => throw new ArgumentException(
        $"{part.Input.Name} of sample {sample} is {value}; {_network.Name} expects a whole number of steps from 1 to {part.Last}.",
        parameter ?? part.Input.Name);

    private void ThrowWrongToken(float value, Part part, int sample, int step, string? parameter) => throw new ArgumentException(
        $"Sample {sample} holds {value} at step {step} of {part.Input.Name}; the tokens of {_network.Name} are 0 to {part.Last}.",
        parameter ?? part.Input.Name);

    private int StepsOf(string input) => _network.InputPoints.First(point => point.Name == input).Shape[0];

    private IEnumerable<Part> Parts(Func<InputDescription, (int First, int Last)?> rangeOf)
    {
        foreach (InputDescription input in _network.InputPoints)
        {
            if (rangeOf(input) is not { } range)
                continue;
            InputDescription? length = _network.InputPoints.FirstOrDefault(point => point.LengthOf == input.Name);
            yield return new Part(
                input, _network.OffsetOf(input.Name), range.First, range.Last, length is null ? null : _network.OffsetOf(length.Name));
        }
    }

    private sealed record Part(InputDescription Input, int Offset, int First, int Last, int? LengthAt)
    {
        internal bool Holds(float value) => WholeNumber.IsWithin(value, First, Last);
    }
}
