using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// One of a model's outputs: <c>model["kind"]</c>. It takes the model's raw features, all inputs one after the other, and tells what is known of this
/// output alone.
/// </summary>
/// <remarks>Predictions are thread-safe and allocate nothing once warm. The whole network runs for each of them.</remarks>
/// <typeparam name="TNetwork">The network.</typeparam>
public sealed class ModelOutput<TNetwork> where TNetwork : class, INetwork<TNetwork>
{
    // 4 KB, which no thread's stack notices; what is longer uses memory that each thread keeps.
    private const int MostOnStack = 1024;

    private readonly Model<TNetwork> _model;
    private readonly OutputDescription _description;
    private readonly OutputCard _card;
    private readonly int _offset;

    // What messages call it, made once because predictions allocate nothing: a network's only output goes by the network's name.
    private readonly string _subject;

    internal ModelOutput(Model<TNetwork> model, OutputDescription description, OutputMeaning meaning, OutputCard card, int offset)
    {
        _model = model;
        _description = description;
        _card = card;
        _offset = offset;
        Meaning = meaning;
        _subject = IsWhole ? TNetwork.Description.Name : $"'{Name}' of {TNetwork.Description.Name}";
    }

    /// <summary>Its name.</summary>
    public string Name => _description.Name;

    /// <summary>The floats of one sample.</summary>
    public int Length => _description.Length;

    /// <summary>What they are: the network says it, or the file of the network that was trained, where this one has no loss.</summary>
    public OutputMeaning Meaning { get; }

    /// <summary>The classes' names in the order of their ids; none if they have no names.</summary>
    public IReadOnlyList<string> ClassNames => _card.ClassNames;

    private bool IsWhole => Length == TNetwork.OutputLength;

    private int ClassCount => OutputDescription.ClassCountOf(Meaning, _description.StepLength);

    /// <summary>Predicts this output of one sample, with a target scaling undone.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="output"><see cref="Length"/> floats, overwritten; memory apart from the input's.</param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    [SkipLocalsInit]
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        if (IsWhole)
        {
            _model.Predict(input, output);
            return;
        }

        Prediction.CheckLength(output, Length, nameof(output));
        Span<float> all = TNetwork.OutputLength <= MostOnStack
            ? stackalloc float[MostOnStack].Slice(0, TNetwork.OutputLength)
            : InferenceScratch<TNetwork>.Scores;
        _model.Predict(input, all);
        all.Slice(_offset, Length).CopyTo(output);
    }

    /// <summary>
    /// Predicts one sample's probabilities, whatever the network gives: logits become them by softmax or sigmoid, those of a sequence step by step.
    /// </summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="probabilities">
    /// <see cref="Length"/> floats, overwritten. An output of a single number gives one, that of class 1, or two, those of class 0 and class 1.
    /// </param>
    /// <exception cref="ArgumentException">A span has another length.</exception>
    /// <exception cref="InvalidOperationException">The output holds no probabilities: it is of a regression, or has learned margins.</exception>
    [SkipLocalsInit]
    public void PredictProbabilities(ReadOnlySpan<float> input, Span<float> probabilities)
    {
        Probabilities.Check(_subject, Meaning, Length, probabilities);
        Span<float> outputs = probabilities.Length == Length ? probabilities : stackalloc float[1];
        Predict(input, outputs);
        int steps = _description.Steps, length = outputs.Length / steps, room = probabilities.Length / steps;
        for (int step = 0; step < steps; step++)
            Probabilities.Of(outputs.Slice(step * length, length), Meaning, probabilities.Slice(step * room, room));
    }

    /// <summary>The class of one sample.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <returns>The class's id, 0 being the first; −1 where what the network gives is not a number, as for features that are none.</returns>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">The output does not tell classes apart.</exception>
    [SkipLocalsInit]
    public int Classify(ReadOnlySpan<float> input)
    {
        RequireOneStep();
        if (ClassCount == 0)
            throw new InvalidOperationException($"{_subject} does not tell classes apart: its outputs are {Meaning}.");
        Span<float> outputs = Length <= MostOnStack ? stackalloc float[MostOnStack].Slice(0, Length) : Long;
        Predict(input, outputs);
        return outputs.Length == 1 ? Prediction.Classify(outputs[0], Meaning) : Prediction.Classify(outputs);
    }

    /// <summary>The name of one sample's class.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">
    /// The output does not tell classes apart, they have no names, or it is not a number, as for features that are none.
    /// </exception>
    public string ClassifyName(ReadOnlySpan<float> input)
    {
        if (ClassNames.Count == 0)
        {
            throw new InvalidOperationException(
                $"The classes of {_subject} have no names: give a ModelCard with ClassNames when it is made or saved, or use Classify.");
        }

        int id = Classify(input);
        return id != Prediction.NoClass
            ? ClassNames[id]
            : throw new InvalidOperationException($"What {_subject} gives for this input is not a number, which is no class; Classify returns -1.");
    }

    /// <summary>The most probable classes of one sample, the most probable first. Allocates nothing.</summary>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="ranking">Room for as many classes as are wanted, overwritten.</param>
    /// <returns>How many there are: the length of <paramref name="ranking"/>, or all classes if it is longer.</returns>
    /// <remarks>Of equally probable classes the first comes first; NaN comes last.</remarks>
    /// <exception cref="ArgumentException">The span has another length.</exception>
    /// <exception cref="InvalidOperationException">The output holds no probabilities: it is of a regression, or has learned margins.</exception>
    [SkipLocalsInit]
    public int RankClasses(ReadOnlySpan<float> input, Span<RankedClass> ranking)
    {
        RequireOneStep();
        int count = Math.Max(Length, ClassCount);
        Span<float> probabilities = count <= MostOnStack ? stackalloc float[MostOnStack].Slice(0, count) : Long;
        PredictProbabilities(input, probabilities);
        int ranked = 0;
        for (int id = 0; id < count; id++)
        {
            float probability = probabilities[id];
            int place = ranked;
            while (place > 0 && IsAbove(probability, ranking[place - 1].Probability))
                place--;
            if (place == ranking.Length)
                continue;
            ranked = Math.Min(ranked + 1, ranking.Length);
            ranking[place..(ranked - 1)].CopyTo(ranking[(place + 1)..]);
            ranking[place] = new RankedClass(id, ClassNames.Count > 0 ? ClassNames[id] : null, probability);
        }

        return ranked;
    }

    /// <summary>The most probable classes of one sample, the most probable first, in an array of their own.</summary>
    /// <inheritdoc cref="RankClasses(ReadOnlySpan{float}, Span{RankedClass})"/>
    /// <param name="input"><see cref="INetwork{TSelf}.InputLength"/> raw floats.</param>
    /// <param name="count">How many are wanted, at least 1; fewer if there are fewer classes.</param>
    /// <returns>The classes.</returns>
    public RankedClass[] RankClasses(ReadOnlySpan<float> input, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var ranking = new RankedClass[Math.Min(count, Math.Max(Length, ClassCount))];
        RankClasses(input, ranking.AsSpan());
        return ranking;
    }

    /// <summary>Brings this output of samples back to its targets' units.</summary>
    /// <param name="outputs">All outputs of one sample after the other.</param>
    internal void Unscale(Span<float> outputs)
    {
        if (_card.TargetScaling is not { } scaling)
            return;
        if (IsWhole)
        {
            scaling.Invert(outputs);
            return;
        }

        for (int row = _offset; row < outputs.Length; row += TNetwork.OutputLength)
            scaling.Invert(outputs.Slice(row, Length));
    }

    private void RequireOneStep()
    {
        if (_description.Steps > 1)
            throw new InvalidOperationException(
                $"{_subject} decides at each of its {_description.Steps} steps, not once for a sample: use PredictProbabilities.");
    }

    // More than the stack has room for; apart from the memory that the whole prediction uses, where this is a part of it.
    private Span<float> Long => IsWhole ? InferenceScratch<TNetwork>.Scores : InferenceScratch<TNetwork>.Sample.AsSpan(0, Length);

    private static bool IsAbove(float one, float other) => one > other || (float.IsNaN(other) && !float.IsNaN(one));
}
