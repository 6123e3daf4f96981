namespace NetGen;

/// <summary>One of a network's inputs. Those of a sample lie one after the other, in the order of the description.</summary>
/// <param name="Name">Its name as an argument: <c>wheel</c>; <c>input</c> where there is one without a name.</param>
/// <param name="Shape">The shape of one sample, channels first.</param>
public sealed record InputDescription(string Name, IReadOnlyList<int> Shape)
{
    /// <summary>The floats of one sample.</summary>
    public int Length { get; } = Shapes.LengthOf(Shape);

    /// <summary>
    /// How many different tokens there are, if these are what it takes: whole numbers from 0 up to below this; 0 where it takes numbers.
    /// </summary>
    public int Vocabulary { get; init; }

    /// <summary>
    /// The name of the input whose steps it counts, if that is what it is: a whole number from 1 to the steps of that input, of which those behind it
    /// do not matter. Null where it is data.
    /// </summary>
    public string? LengthOf { get; init; }

    /// <summary>Name and shape: <c>wheel [1, 28, 28]</c>.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape)}";
}

/// <summary>One of a network's outputs. Those of a sample lie one after the other, in the order of the description.</summary>
/// <param name="Name">Its name as an argument; <c>output</c> where there is one without a name.</param>
/// <param name="Shape">The shape of one sample, channels first.</param>
/// <param name="Meaning">What the numbers are.</param>
public sealed record OutputDescription(string Name, IReadOnlyList<int> Shape, OutputMeaning Meaning)
{
    /// <summary>The name of the layer whose output it is; empty where that is the last.</summary>
    public string From { get; init; } = "";

    /// <summary>The loss that judges it, with its settings, or null.</summary>
    public string? Loss { get; init; }

    /// <summary>What the loss compares it with; <see cref="TargetKind.None"/> where nothing judges it.</summary>
    public TargetKind Targets { get; init; }

    /// <summary>Whether its loss takes class ids alone, and no probability per class.</summary>
    public bool NeedsClassIds { get; init; }

    /// <summary>The share of its loss in the network's, which is the weighted sum of all.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>The loss's weight of each class, or none.</summary>
    public IReadOnlyList<float> ClassWeights { get; init; } = [];

    /// <summary>The floats of one sample.</summary>
    public int Length { get; } = Shapes.LengthOf(Shape);

    /// <summary>The steps of a sequence, each of which is judged, and decides between classes, for itself; 1 where it is no sequence.</summary>
    public int Steps { get; init; } = 1;

    /// <summary>The floats of one step, or of a sample where it is no sequence.</summary>
    public int StepLength => Length / Steps;

    /// <summary>The class id of steps and samples without a target, which count for nothing; null where each has one.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>The name of the input that says how many of a sample's steps count; null where all do.</summary>
    public string? Lengths { get; init; }

    /// <summary>The number of classes that it, or each of its steps, decides between: two for a single number; 0 where there are none.</summary>
    public int ClassCount => ClassCountOf(Meaning, StepLength);

    /// <summary>Name, shape and meaning: <c>output [10] ClassLogits</c>.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape)} {Meaning}";

    /// <summary>What its loss counts for and, where a sample's class is told by its target value, what the sample does.</summary>
    /// <param name="network">The network whose output it is.</param>
    internal CompilerServices.TermWeighting WeightingIn(NetworkDescription network) =>
        new(Weight, Targets == TargetKind.Values && ClassWeights.Count == 2 && Length == 1 ? WeightOfTarget : null)
        {
            Steps = Steps,
            IgnoreIndex = IgnoreIndex,
            LengthAt = Lengths is null ? null : network.OffsetOf(Lengths),
        };

    // Between the weights of the two classes where the target lies between them.
    private double WeightOfTarget(float target)
    {
        double share = Math.Clamp(Meaning == OutputMeaning.Margins ? (target + 1.0) / 2 : target, 0, 1);
        return ((1 - share) * ClassWeights[0]) + (share * ClassWeights[1]);
    }

    internal static int ClassCountOf(OutputMeaning meaning, int outputLength) => meaning switch
    {
        OutputMeaning.ClassLogits or OutputMeaning.ClassProbabilities or OutputMeaning.ClassScores => outputLength,
        OutputMeaning.Logits or OutputMeaning.Probabilities or OutputMeaning.Signs or OutputMeaning.Margins when outputLength == 1 => 2,
        _ => 0,
    };
}
