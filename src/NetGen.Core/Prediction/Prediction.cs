using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetGen.CompilerServices;

/// <summary>What generated <c>Predict</c>, <c>PredictBatch</c> and <c>Classify</c> methods call.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Prediction
{
    /// <summary>What stands for a class where scores are not numbers.</summary>
    internal const int NoClass = -1;

    // Waking sleeping helpers takes tens of microseconds, so the work to share must take longer than that alone.
    private const long OperationsWorthSharing = 2_000_000;

    /// <summary>Checks the lengths and predicts one sample on the calling thread.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="input">The network's input, exactly.</param>
    /// <param name="output">Room for the network's output, exactly.</param>
    /// <param name="argument">
    /// What the caller's caller passed the input as, for exceptions; null where each of the network's inputs has an argument of its own name.
    /// </param>
    /// <exception cref="ArgumentException">A length is wrong, or a token or the length of a sequence out of its range.</exception>
    /// <exception cref="InvalidOperationException">Hot reload has replaced the code that the parameters were made for.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Predict<TNetwork>(
        ParameterBlock parameters, ReadOnlySpan<float> input, Span<float> output, string? argument = "input")
        where TNetwork : class, INetwork<TNetwork>
    {
        if (input.Length != TNetwork.InputLength)
            ThrowWrongInput(input, TNetwork.Description);
        if (output.Length != TNetwork.OutputLength)
            ThrowWrongOutput(output, TNetwork.Description);
        IntegerInputs<TNetwork>.Check(input, 0, argument);
        CheckCode<TNetwork>(parameters);
        TNetwork.InferBlock(
            in parameters.PreparedStart,
            in MemoryMarshal.GetReference(input),
            ref MemoryMarshal.GetReference(output),
            ref InferenceScratch<TNetwork>.Start,
            1);
    }

    /// <summary>Checks the lengths and predicts many samples, on several threads when the work is worth it.</summary>
    /// <remarks>
    /// Blocks begin at the same samples whatever the number of threads, so the bits of the result do not depend on it.
    /// </remarks>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="outputs">Room for at least as many outputs.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <param name="argument">What the caller's caller passed the inputs as, for exceptions.</param>
    /// <exception cref="ArgumentException">
    /// A length is wrong, a token or the length of a sequence is out of its range, or the spans overlap.
    /// </exception>
    public static void PredictBatch<TNetwork>(
        ParameterBlock parameters, ReadOnlySpan<float> inputs, Span<float> outputs, int threads, string argument = "inputs")
        where TNetwork : class, INetwork<TNetwork>
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        int count = CheckBatch(inputs, outputs, TNetwork.Description);
        if (count == 0)
            return;

        IntegerInputs<TNetwork>.Check(inputs, 0, argument);
        CheckCode<TNetwork>(parameters);
        Run<TNetwork>(in parameters.PreparedStart, inputs, outputs, count, threads);
    }

    /// <summary>Predicts samples that were checked, all with the parameters that begin at a place.</summary>
    internal static void Run<TNetwork>(
        ref readonly float start, ReadOnlySpan<float> inputs, Span<float> outputs, int count, int threads)
        where TNetwork : class, INetwork<TNetwork>
    {
        if (threads == 0)
            threads = Environment.ProcessorCount;
        int blocks = (count - 1) / TNetwork.InferenceBlock + 1;
        int workers = Math.Min(threads, blocks);
        if (workers > 1 && count * TNetwork.Description.Operations < OperationsWorthSharing)
            workers = 1;
        if (workers == 1 || !BatchPrediction<TNetwork>.TryRun(in start, inputs, outputs, count, workers))
            RunAlone<TNetwork>(in start, inputs, outputs, count);
    }

    /// <summary>
    /// Memory for the scores of one sample, too many for the stack: the calling thread's own, allocated at the first use.
    /// </summary>
    /// <returns><see cref="INetwork{TSelf}.OutputLength"/> floats, with whatever the last use left in them.</returns>
    public static Span<float> ScratchScores<TNetwork>() where TNetwork : class, INetwork<TNetwork> =>
        InferenceScratch<TNetwork>.Scores;

    /// <summary>
    /// Memory for the inputs of one sample, one after the other, and its outputs behind them, for callers that hold each apart: the calling thread's
    /// own, allocated at the first use.
    /// </summary>
    /// <returns>As many floats as the inputs and outputs have, with whatever the last use left in them.</returns>
    public static Span<float> ScratchSample<TNetwork>() where TNetwork : class, INetwork<TNetwork> => InferenceScratch<TNetwork>.Sample;

    /// <summary>Checks the length of one of several inputs or outputs.</summary>
    /// <param name="values">What was given.</param>
    /// <param name="length">The floats there should be.</param>
    /// <param name="name">The argument's name.</param>
    /// <exception cref="ArgumentException">There are more or fewer.</exception>
    public static void CheckLength(ReadOnlySpan<float> values, int length, string name)
    {
        if (values.Length != length)
            throw new ArgumentException($"{name} holds {values.Length} floats; it has {length}.", name);
    }

    /// <summary>The index of the largest score: the first of equals.</summary>
    /// <param name="scores">At least one score.</param>
    /// <returns>The index, or −1 where a score is NaN: what is not a number decides for no class.</returns>
    /// <exception cref="ArgumentException">There are no scores.</exception>
    public static int Classify(ReadOnlySpan<float> scores)
    {
        if (scores.IsEmpty)
            throw new ArgumentException("There are no scores to choose from.", nameof(scores));

        int best = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            if (float.IsNaN(scores[i]))
                return NoClass;
            if (scores[i] > scores[best])
                best = i;
        }

        return best;
    }

    /// <summary>Class 1 where a single output is for it, else class 0; −1 where it is NaN.</summary>
    /// <param name="score">The output.</param>
    /// <param name="meaning">What it is: a probability decides at 0.5, everything else by its sign.</param>
    public static int Classify(float score, OutputMeaning meaning) => float.IsNaN(score) ? NoClass
        : score > (meaning == OutputMeaning.Probabilities ? 0.5f : 0) ? 1 : 0;

    /// <summary>Refuses parameters that were made for other code than there is now.</summary>
    /// <exception cref="InvalidOperationException">Hot reload has replaced the code.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void CheckCode<TNetwork>(ParameterBlock parameters) where TNetwork : class, INetwork<TNetwork>
    {
        if (parameters.CodeStamp != TNetwork.CodeStamp)
            ThrowStale(parameters.Description);
    }

    /// <summary>Throws because the code was replaced while the program ran, and the parameters were not.</summary>
    /// <param name="network">The network.</param>
    /// <exception cref="InvalidOperationException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowStale(NetworkDescription network) => throw new InvalidOperationException(
        $"The layers of {network.Name} were changed while the program runs (hot reload), and its memory still has the shape of those it started "
        + "with: start the program again.");

    /// <summary>Throws because one sample's input has the wrong length.</summary>
    /// <param name="input">The input given.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowWrongInput(ReadOnlySpan<float> input, NetworkDescription network) => throw new ArgumentException(
        $"input holds {input.Length} floats; {network.Name} expects {ExpectedInput(network)}.", nameof(input));

    /// <summary>Throws because one sample's output has the wrong length.</summary>
    /// <param name="output">The output given.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="ArgumentException">Always.</exception>
    [DoesNotReturn]
    public static void ThrowWrongOutput(ReadOnlySpan<float> output, NetworkDescription network) => throw new ArgumentException(
        $"output holds {output.Length} floats; {network.Name} writes {ExpectedOutput(network)}.", nameof(output));

    /// <summary>Runs the blocks one after the other on the calling thread.</summary>
    private static void RunAlone<TNetwork>(
        ref readonly float parameters, ReadOnlySpan<float> inputs, Span<float> outputs, int count)
        where TNetwork : class, INetwork<TNetwork>
    {
        ref float scratch = ref InferenceScratch<TNetwork>.Start;
        ref float input = ref MemoryMarshal.GetReference(inputs);
        ref float output = ref MemoryMarshal.GetReference(outputs);
        for (int from = 0; from < count; from += TNetwork.InferenceBlock)
        {
            TNetwork.InferBlock(
                in parameters,
                in Unsafe.Add(ref input, (nint)from * TNetwork.InputLength),
                ref Unsafe.Add(ref output, (nint)from * TNetwork.OutputLength),
                ref scratch,
                Math.Min(TNetwork.InferenceBlock, count - from));
        }
    }

    /// <summary>Checks the lengths of a batch and returns how many samples it has.</summary>
    internal static int CheckBatch(
        ReadOnlySpan<float> inputs, ReadOnlySpan<float> outputs, NetworkDescription network)
    {
        int outputLength = network.OutputLength;
        (int count, int rest) = Math.DivRem(inputs.Length, network.InputLength);
        if (rest != 0)
        {
            throw new ArgumentException(
                $"inputs holds {inputs.Length} floats; {network.Name} expects a multiple of {ExpectedInput(network)}.",
                nameof(inputs));
        }

        if (outputs.Length < (long)count * outputLength)
        {
            throw new ArgumentException(
                $"outputs holds {outputs.Length} floats; {network.Name} writes {ExpectedOutput(network)} for each of "
                + $"the {count} samples, {(long)count * outputLength} in all.",
                nameof(outputs));
        }

        if (inputs.Overlaps(outputs))
            throw new ArgumentException("outputs overlaps inputs; give the outputs memory of their own.", nameof(outputs));

        return count;
    }

    private static string ExpectedInput(NetworkDescription network) =>
        Expected([.. network.InputPoints.Select(input => (input.Name, input.Shape))]);

    private static string ExpectedOutput(NetworkDescription network) =>
        Expected([.. network.OutputPoints.Select(output => (output.Name, output.Shape))]);

    private static string Expected((string Name, IReadOnlyList<int> Shape)[] points)
    {
        int length = points.Sum(point => Shapes.LengthOf(point.Shape));
        string parts = string.Join(", ", points.Select(point => (points.Length == 1 ? "" : point.Name + " ") + string.Join('×', point.Shape)));
        return points is [{ Shape.Count: 1 }] ? $"{length}" : $"{length} ({parts})";
    }
}
