using System.Buffers;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// A network ready for use: it takes raw features and gives values in their own units, probabilities, and classes with names. What that needs
/// beside the parameters, the <see cref="Card"/>, is saved and loaded with them.
/// </summary>
/// <remarks>Predictions are thread-safe and allocate nothing once warm.</remarks>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed partial class Model<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    // 4 KB, which no thread's stack notices; samples that are longer use memory that each thread keeps.
    private const int MostOnStack = 1024;

    // 4 MB of inputs are scaled at once.
    private const int MostScaledAtOnce = 1 << 20;

    private readonly Scaling? _inputScaling;
    private readonly ModelOutput<TNetwork>[] _outputs;

    /// <summary>A network with what is known about it.</summary>
    /// <param name="network">The network; kept, not copied.</param>
    /// <param name="card">Class names and scalings; nothing if left out.</param>
    /// <exception cref="ArgumentException">The card does not fit the network; the message says what does not.</exception>
    public Model(TNetwork network, ModelCard? card = null)
        : this(network, card ?? new ModelCard(), [.. TNetwork.Description.OutputPoints.Select(output => output.Meaning)])
    {
        if (Card.MistakeFor(TNetwork.Description, Meanings) is { } mistake)
            throw new ArgumentException($"The card does not fit: {mistake}.", nameof(card));
    }

    private Model(TNetwork network, ModelCard card, OutputMeaning[] meanings)
    {
        ArgumentNullException.ThrowIfNull(network);
        Network = network;
        Card = card;
        Meanings = meanings;
        _inputScaling = card.InputScaling;
        IReadOnlyList<OutputDescription> outputs = TNetwork.Description.OutputPoints;
        _outputs = new ModelOutput<TNetwork>[outputs.Count];
        for (int i = 0, offset = 0; i < _outputs.Length; offset += outputs[i].Length, i++)
            _outputs[i] = new ModelOutput<TNetwork>(this, outputs[i], meanings[i], card.CardOf(TNetwork.Description, outputs[i]), offset);
    }

    /// <summary>The network, which takes scaled inputs and gives its outputs as they are.</summary>
    public TNetwork Network { get; }

    /// <summary>Class names and scalings.</summary>
    public ModelCard Card { get; }

    /// <summary>
    /// What the outputs are: the network says it, or the file of the network that was trained, where this one has no loss. Of several outputs each
    /// knows it for itself.
    /// </summary>
    public OutputMeaning Outputs => _outputs.Length == 1 ? _outputs[0].Meaning : OutputMeaning.Unknown;

    /// <summary>One of several outputs, which gives values, probabilities and classes as the model of a single output does.</summary>
    /// <param name="output">Its name, as that of an argument: <c>kind</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no such output; the message lists those there are.</exception>
    public ModelOutput<TNetwork> this[string output] => _outputs.FirstOrDefault(candidate => candidate.Name == output)
        ?? throw new KeyNotFoundException($"{TNetwork.Description.Name} has no output '{output}'; it has {Names}.");

    private OutputMeaning[] Meanings { get; }

    private static string Names => string.Join(", ", TNetwork.Description.OutputPoints.Select(output => output.Name));

    /// <summary>The only output.</summary>
    private ModelOutput<TNetwork> Single => _outputs.Length == 1 ? _outputs[0] : throw new InvalidOperationException(
        $"{TNetwork.Description.Name} has several outputs, {Names}: say which, model[\"{_outputs[0].Name}\"], or use Predict, which gives all.");

    /// <summary>Predicts one sample: raw features in, what the network gives out, with a target scaling undone.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="output"><see cref="INetwork{TSelf}.OutputLength"/> floats, overwritten; memory apart from the input's.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (_inputScaling is { } scaling)
            PredictScaled(scaling, input, output);
        else
            Network.Predict(input, output);
        Unscale(output);
    }

    /// <summary>Predicts many samples, raw features in, as <see cref="Predict"/> does.</summary>
    /// <param name="inputs">Samples one after the other.</param>
    /// <param name="outputs">Room for as many outputs, overwritten; memory apart from the inputs'.</param>
    /// <param name="threads">How many threads may share the work; 0 means one per processor core.</param>
    /// <exception cref="ArgumentException">A span's length does not fit.</exception>
    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0)
    {
        if (_inputScaling is { } scaling)
            PredictScaledBatch(scaling, inputs, outputs, threads);
        else
            Network.PredictBatch(inputs, outputs, threads);
        Unscale(outputs[..(inputs.Length / TNetwork.InputLength * TNetwork.OutputLength)]);
    }

    /// <summary>Predicts one sample's probabilities, whatever the network gives: logits become them by softmax or sigmoid.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="probabilities">
    /// <see cref="INetwork{TSelf}.OutputLength"/> floats, overwritten. A network with a single output gives one, that of class 1, or two, those of
    /// class 0 and class 1.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">
    /// The outputs are no probabilities: the network is a regression, or has learned margins; or there are several.
    /// </exception>
    public void PredictProbabilities(ReadOnlySpan<float> input, Span<float> probabilities) => Single.PredictProbabilities(input, probabilities);

    /// <summary>The class of one sample.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <returns>The class's id, 0 being the first; −1 where what the network gives is not a number, as for features that are none.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">The network does not tell classes apart, or has several outputs.</exception>
    public int Classify(ReadOnlySpan<float> input) => Single.Classify(input);

    /// <summary>The name of one sample's class.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">
    /// The network does not tell classes apart, they have no names, there are several outputs, or what it gives is not a number.
    /// </exception>
    public string ClassifyName(ReadOnlySpan<float> input) => Single.ClassifyName(input);

    /// <summary>The most probable classes of one sample, the most probable first. Allocates nothing.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="ranking">Room for as many classes as are wanted, overwritten.</param>
    /// <returns>How many there are: the length of <paramref name="ranking"/>, or all classes if it is longer.</returns>
    /// <remarks>Of equally probable classes the first comes first; NaN comes last.</remarks>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">
    /// The outputs are no probabilities: the network is a regression, or has learned margins; or there are several.
    /// </exception>
    public int RankClasses(ReadOnlySpan<float> input, Span<RankedClass> ranking) => Single.RankClasses(input, ranking);

    /// <summary>The most probable classes of one sample, the most probable first, in an array of their own.</summary>
    /// <inheritdoc cref="RankClasses(ReadOnlySpan{float}, Span{RankedClass})"/>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="count">How many are wanted, at least 1; fewer if there are fewer classes.</param>
    /// <returns>The classes.</returns>
    public RankedClass[] RankClasses(ReadOnlySpan<float> input, int count) => Single.RankClasses(input, count);

    /// <summary>Brings outputs back to their targets' units.</summary>
    private void Unscale(Span<float> outputs)
    {
        foreach (ModelOutput<TNetwork> output in _outputs)
            output.Unscale(outputs);
    }

    [SkipLocalsInit]
    private void PredictScaled(Scaling scaling, ReadOnlySpan<float> input, Span<float> output)
    {
        if (input.Length != TNetwork.InputLength)
            Prediction.ThrowWrongInput(input, TNetwork.Description);
        Span<float> scaled = TNetwork.InputLength <= MostOnStack
            ? stackalloc float[MostOnStack].Slice(0, TNetwork.InputLength)
            : InferenceScratch<TNetwork>.Inputs;
        scaling.Apply(input, scaled);
        Network.Predict(scaled, output);
    }

    private void PredictScaledBatch(Scaling scaling, ReadOnlySpan<float> inputs, Span<float> outputs, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        int count = Prediction.CheckBatch(inputs, outputs, TNetwork.Description);
        Prediction.CheckCode<TNetwork>(Network.Parameters);
        // Read once: whoever loads other parameters meanwhile must not have some samples predicted with them and some without.
        ref readonly float start = ref Network.Parameters.PreparedStart;
        // Whole blocks, so that each begins at the same sample, and gives the same bits, as if all were predicted at once.
        int blocks = Math.Max(1, MostScaledAtOnce / TNetwork.InputLength / TNetwork.InferenceBlock);
        int atOnce = Math.Min(count, blocks * TNetwork.InferenceBlock);
        float[] rented = ArrayPool<float>.Shared.Rent(atOnce * TNetwork.InputLength);
        for (int from = 0; from < count; from += atOnce)
        {
            int samples = Math.Min(atOnce, count - from);
            Span<float> scaled = rented.AsSpan(0, samples * TNetwork.InputLength);
            scaling.Apply(inputs.Slice(from * TNetwork.InputLength, scaled.Length), scaled);
            IntegerInputs<TNetwork>.Check(scaled, from, nameof(inputs));
            Prediction.Run<TNetwork>(in start, scaled, outputs[(from * TNetwork.OutputLength)..], samples, threads);
        }

        ArrayPool<float>.Shared.Return(rented);
    }
}
