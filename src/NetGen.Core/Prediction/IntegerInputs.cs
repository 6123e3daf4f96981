using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The inputs of a network that are whole numbers: tokens of a vocabulary, and the lengths of sequences. They lie among floats, and what is no such
/// number is refused before anything is computed of it.
/// </summary>
internal static class IntegerInputs<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    private static readonly Part[] s_lengths = [.. Parts(input => input.LengthOf is { } of ? (1, StepsOf(of)) : null)];
    private static readonly Part[] s_tokens = [.. Parts(input => input.Vocabulary > 0 ? (0, input.Vocabulary - 1) : null)];

    private static readonly bool s_isNeeded = s_lengths.Length + s_tokens.Length > 0;

    private readonly record struct Part(InputDescription Input, int Offset, int First, int Last, int? LengthAt);

    /// <summary>Checks samples. Tokens behind a sequence's end are not looked at.</summary>
    /// <param name="inputs">Whole samples, one after the other.</param>
    /// <param name="first">The number of the first, in messages.</param>
    /// <param name="parameter">The argument's name.</param>
    /// <exception cref="ArgumentException">A number is not whole or out of its range; the message names the sample.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Check(ReadOnlySpan<float> inputs, int first, string parameter)
    {
        if (s_isNeeded)
            CheckAll(inputs, first, parameter);
    }

    private static void CheckAll(ReadOnlySpan<float> inputs, int first, string parameter)
    {
        for (int sample = 0; sample < inputs.Length / TNetwork.InputLength; sample++)
        {
            ReadOnlySpan<float> input = inputs.Slice(sample * TNetwork.InputLength, TNetwork.InputLength);
            foreach (Part part in s_lengths)
            {
                if (!IsWithin(input[part.Offset], part))
                    ThrowWrongLength(input[part.Offset], part, first + sample, parameter);
            }

            foreach (Part part in s_tokens)
            {
                int count = part.LengthAt is { } at ? (int)input[at] : part.Input.Length;
                for (int step = 0; step < count; step++)
                {
                    if (!IsWithin(input[part.Offset + step], part))
                        ThrowWrongToken(input[part.Offset + step], part, first + sample, step, parameter);
                }
            }
        }
    }

    private static bool IsWithin(float value, in Part part) => value >= part.First && value <= part.Last && value == (int)value;

    private static void ThrowWrongLength(float value, in Part part, int sample, string parameter) => throw new ArgumentException(
        $"{part.Input.Name} of sample {sample} is {value}; {TNetwork.Description.Name} expects a whole number of steps from 1 to {part.Last}.",
        parameter);

    private static void ThrowWrongToken(float value, in Part part, int sample, int step, string parameter) => throw new ArgumentException(
        $"Sample {sample} holds {value} at step {step} of {part.Input.Name}; the tokens of {TNetwork.Description.Name} are 0 to {part.Last}.",
        parameter);

    private static int StepsOf(string input) => TNetwork.Description.InputPoints.First(point => point.Name == input).Shape[0];

    private static IEnumerable<Part> Parts(Func<InputDescription, (int First, int Last)?> rangeOf)
    {
        NetworkDescription network = TNetwork.Description;
        foreach (InputDescription input in network.InputPoints)
        {
            if (rangeOf(input) is not { } range)
                continue;
            InputDescription? length = network.InputPoints.FirstOrDefault(point => point.LengthOf == input.Name);
            yield return new Part(
                input, network.OffsetOf(input.Name), range.First, range.Last, length is null ? null : network.OffsetOf(length.Name));
        }
    }
}
