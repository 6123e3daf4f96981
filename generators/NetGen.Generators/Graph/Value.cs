using NetGen.Generators.Declarations;

namespace NetGen.Generators.Graph;

/// <summary>What the elements of a tensor are.</summary>
internal enum ElementType
{
    Float32,

    /// <summary>
    /// Whole numbers, the tokens that an embedding looks up; they lie in memory as floats do, so that data sets are the same for all networks.
    /// </summary>
    Int32,
}

/// <summary>The shape of one sample's tensor, and what its elements are.</summary>
/// <param name="Shape">The shape.</param>
/// <param name="Element">What its elements are.</param>
/// <param name="Vocabulary">How many different tokens there are, where they are tokens.</param>
internal sealed record TensorType(Shape Shape, ElementType Element = ElementType.Float32, int Vocabulary = 0);

/// <summary>What a tensor is for. Where it lives, who may write it and when follow from this and from nothing else.</summary>
internal enum ValueKind
{
    /// <summary>What the caller passes, one per sample.</summary>
    Input,

    /// <summary>What layers compute for each sample.</summary>
    Activation,

    /// <summary>What is computed of all samples of a batch together: a mean, a variance.</summary>
    BatchStatistic,

    /// <summary>What is trained and stored.</summary>
    Parameter,

    /// <summary>What is stored but not trained: running statistics, the memory of a stream.</summary>
    State,

    /// <summary>Numbers known when the network is generated, or, of a batch, before anything is computed.</summary>
    Constant,

    /// <summary>What is computed of parameters and states alone, whenever these have changed.</summary>
    Derived,

    /// <summary>The gradient of the loss by another tensor.</summary>
    Gradient,
}

/// <summary>A tensor that operations read and write. Compared by identity.</summary>
internal class Value(string name, Shape shape, ValueKind kind)
{
    /// <summary>A name that is unique within the network and reads well in generated code.</summary>
    public string Name { get; } = name;

    public TensorType Type { get; init; } = new(shape);

    public Shape Shape => Type.Shape;

    public ValueKind Kind { get; } = kind;

    /// <summary>Whether every sample of a batch has its own: activations do, parameters do not.</summary>
    public bool IsPerSample => Kind switch
    {
        ValueKind.Input or ValueKind.Activation => true,
        ValueKind.Gradient => Primal!.IsPerSample,
        _ => false,
    };

    /// <summary>The tensor that a gradient belongs to; null for other kinds.</summary>
    public Value? Primal { get; private init; }

    /// <summary>Whether it is the derivative of what an operation computes, which forward keeps for backward.</summary>
    public bool IsSlope { get; private init; }

    /// <summary>A tensor for the derivative of what an operation computes, kept for backward.</summary>
    public static Value SlopeOf(Value output) => new($"{output.Name}Slope", output.Shape, output.Kind) { IsSlope = true };

    /// <summary>
    /// Whether it is there for a part of the work on one sample alone, so that the samples of a worker take turns in one place.
    /// </summary>
    public bool IsScratch { get; init; }

    /// <summary>Whether it is made again, or is a copy of what is, where somebody needs it: not before.</summary>
    public bool IsRemade { get; init; }

    /// <summary>The parameter's gradient that it is a share of, and lies as; null for others.</summary>
    public Value? Whole { get; private init; }

    /// <summary>What the few samples that go through layers together add to a parameter's gradient: a row for each such turn.</summary>
    /// <param name="whole">That gradient.</param>
    /// <param name="primal">What it is computed of the gradient of.</param>
    public static Value ShareOf(Value whole, Value primal) =>
        new($"{whole.Name}OfTurn", Shape.Of([.. whole.Shape.Extents.Select(extent => (extent, AxisRole.Head))]), ValueKind.Gradient)
        {
            Primal = primal,
            Whole = whole,
        };

    /// <summary>The gradient of a tensor, or a share of it.</summary>
    public static Value GradientOf(Value primal, string name) => new(name, primal.Shape, ValueKind.Gradient) { Primal = primal };

    /// <summary>A further tensor of the same kind as this one: a copy of it, or a part.</summary>
    public Value Sibling(string name, Shape shape) => Kind switch
    {
        ValueKind.Gradient => GradientOf(Primal!, name, shape),
        ValueKind.Input => new Value(name, shape, ValueKind.Activation),
        _ => new Value(name, shape, Kind) { IsRemade = IsRemade },
    };

    public override string ToString() => $"{Name} [{Shape}]";

    /// <summary>A part of a tensor's gradient, or the whole under another shape.</summary>
    public static Value GradientOf(Value primal, string name, Shape shape) => new(name, shape, ValueKind.Gradient) { Primal = primal };
}

/// <summary>A tensor that is stored: trained, if it is a parameter, or kept up by training, if it is a state.</summary>
internal abstract class Stored(string name, string fileName, Shape shape, ValueKind kind) : Value(name, shape, kind)
{
    /// <summary>The name in weight files, as PyTorch's <c>state_dict</c> has it: <c>0.weight</c>.</summary>
    public string FileName { get; } = fileName;

    /// <summary>Its shape in weight files, where the gates of a recurrent layer, say, are rows of one matrix.</summary>
    public Shape FileShape { get => _fileShape ?? Shape; init => _fileShape = value; }

    private readonly Shape? _fileShape;

    /// <summary>How it is first filled.</summary>
    public required Initialisation Initialisation { get; set; }
}

/// <summary>A trainable tensor.</summary>
internal sealed class Parameter(string name, string fileName, Shape shape) : Stored(name, fileName, shape, ValueKind.Parameter)
{
    /// <summary>Whether weight decay applies by default.</summary>
    public required bool Decays { get; init; }

    /// <summary>What the loss has of it beside what it makes of the outputs.</summary>
    public Penalty Penalty { get; init; } = Penalty.None;
}

/// <summary>A penalty on a tensor's size: L1 · Σ |w| + L2 · Σ w².</summary>
internal sealed record Penalty(double L1, double L2)
{
    public static Penalty None { get; } = new(0, 0);
}

/// <summary>A tensor that training keeps up beside the parameters: running statistics.</summary>
internal sealed class State(string name, string fileName, Shape shape) : Stored(name, fileName, shape, ValueKind.State)
{
    /// <summary>Whether it is a single number that counts, which files hold as PyTorch does: whole, and without a dimension.</summary>
    public bool IsCount { get; init; }
}

/// <summary>How a stored tensor is first filled; the names are the members of the runtime's <c>Initializer</c>.</summary>
internal sealed record Initialisation(string Initializer, double Value, int FanIn, int FanOut);

/// <summary>A tensor and where in it each point of an operation's axes falls, one index per dimension.</summary>
internal sealed record Access(Value Value, IReadOnlyList<Index> Indices)
{
    /// <summary>Whether every dimension is gone through from its beginning to its end, each by an axis of its own.</summary>
    public bool IsWhole => Indices.Select((index, d) => index.IsPlain && index.Terms[0].Axis.Extent == Value.Shape[d]).All(isWhole => isWhole);

    /// <summary>Whether it goes through whole rows, so that a row's padding may be written with it.</summary>
    public bool HasWholeRows => Value.Shape.IsSpatial ? IsWhole
        : Indices[Indices.Count - 1] is { IsPlain: true } row && row.Terms[0].Axis.Extent == Value.Shape[Indices.Count - 1];

    public Access Reading(Func<Value, Value> replace) => this with { Value = replace(Value) };
}
