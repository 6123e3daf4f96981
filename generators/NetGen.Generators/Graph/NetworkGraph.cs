using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>A network as a typed graph: every shape known, every name resolved.</summary>
internal sealed record NetworkGraph
{
    public required string Name { get; init; }

    /// <summary>What callers pass, in the order in which they pass it.</summary>
    public required IReadOnlyList<InputPoint> Inputs { get; init; }

    /// <summary>What callers get, in the order in which they get it, and what each is judged by.</summary>
    public required IReadOnlyList<OutputPoint> Outputs { get; init; }

    public required IReadOnlyList<LayerSummary> Layers { get; init; }

    /// <summary>The named points, those inside of blocks among them.</summary>
    public required IReadOnlyList<NamedPoint> Points { get; init; }

    /// <summary>What is stored: parameters and states, in the order of their layers.</summary>
    public required IReadOnlyList<Stored> Stored { get; init; }

    /// <summary>
    /// The operations of a prediction, each behind those it reads from. Layers that train in another way than they predict
    /// (dropout, batch normalisation) put different operations here and in <see cref="Training"/>, on the same values.
    /// </summary>
    public required IReadOnlyList<Operation> Prediction { get; init; }

    /// <summary>The forward operations of a training step.</summary>
    public required IReadOnlyList<Operation> Training { get; init; }

    /// <summary>What a training step makes of the states.</summary>
    public IReadOnlyList<StateUpdate> StateUpdates { get; init; } = [];

    /// <summary>The points at which a training step keeps what it computes.</summary>
    public IReadOnlyList<NamedPoint> KeptPoints { get; init; } = [];

    public IEnumerable<Parameter> Parameters => Stored.OfType<Parameter>();

    /// <summary>The outputs that have a loss. Losses and targets are numbered in this order.</summary>
    public IReadOnlyList<OutputPoint> Judged => [.. Outputs.Where(output => output.Loss is not null)];

    /// <summary>Whether outputs without a loss can be trained too, by gradients that the caller computes.</summary>
    public bool TakesOutputGradients { get; init; }

    /// <summary>Whether every product is computed as the sum that it is, and convolutions not tile by tile.</summary>
    public bool HasPlainSums { get; init; }

    /// <summary>The outputs whose gradients a training step begins its way back with.</summary>
    public IReadOnlyList<OutputPoint> Trained => [.. Outputs.Where(output => output.Loss is not null || TakesOutputGradients)];

    public bool IsTrainable => Trained.Count > 0;

    /// <summary>The floats of one sample's inputs.</summary>
    public int InputLength => Inputs.Sum(input => input.Value.Shape.Length);

    /// <summary>The floats of one sample's outputs.</summary>
    public int OutputLength => Outputs.Sum(output => output.Value.Shape.Length);
}

/// <summary>One of a network's inputs.</summary>
/// <param name="Name">Its name, as an argument of methods: <c>wheel</c>; <c>input</c> where there is one without a name.</param>
internal sealed record InputPoint(string Name, Value Value)
{
    /// <summary>The input whose steps it counts, where it is a length; null where it is data.</summary>
    public InputPoint? LengthOf { get; init; }
}

/// <summary>One of a network's outputs.</summary>
/// <param name="Name">Its name, as an argument of methods; <c>output</c> where there is one without a name.</param>
/// <param name="Loss">What it is judged by, or null.</param>
/// <param name="Meaning">What it is: the loss's to say or, where that takes it as it comes, the last layer's.</param>
/// <param name="Weight">The share of its loss in the loss of the network.</param>
internal sealed record OutputPoint(string Name, Value Value, Loss? Loss, OutputMeaning Meaning, double Weight = 1)
{
    /// <summary>The layer whose output it is, by its name; of one that only hands on, the one before.</summary>
    public string From { get; init; } = "";

    /// <summary>The input that says how many of a sample's steps count; null where all do.</summary>
    public InputPoint? Length { get; init; }

    /// <summary>The steps of a sequence, each of which is judged for itself; 1 where it is no sequence.</summary>
    public int Steps => Value.Shape.IsSequence ? Value.Shape[0] : 1;

    /// <summary>Whether it decides between classes, so that the network can have a <c>Classify</c>.</summary>
    public bool Classifies => Value.Shape.Length == 1
        ? Meaning is OutputMeaning.Logits or OutputMeaning.Probabilities or OutputMeaning.Margins
        : Value.Shape.IsVector && (Loss is null
            || Meaning is OutputMeaning.ClassLogits or OutputMeaning.ClassProbabilities or OutputMeaning.ClassScores);
}

/// <summary>The value that a state has after a training step, computed by it.</summary>
internal sealed record StateUpdate(State State, Value Next);

/// <summary>A place in the network with a name: a point, or a block's use.</summary>
/// <param name="Name">Its path, <c>Stem</c> or <c>Stage.First</c>.</param>
/// <param name="Value">The tensor there.</param>
/// <param name="Stored">The parameters and states of its layers.</param>
internal sealed record NamedPoint(string Name, Value Value, IReadOnlyList<Stored> Stored);

/// <summary>A line of the network's summary.</summary>
/// <param name="Name">The layer's place: <c>Stem.0</c>.</param>
/// <param name="Layer">Its name within identifiers, as operations have it.</param>
/// <param name="Kind">The kind of layer: <c>Dense</c>.</param>
/// <param name="Description">The kind with its settings: <c>Dense(16)</c>.</param>
internal sealed record LayerSummary(
    string Name, string Layer, string Kind, string Description, Shape Output, int Parameters, long Operations)
{
    /// <summary>
    /// The layers and inputs that a prediction reads, by their names; those that only hand on what they read are looked through. Empty where that is
    /// what comes right before, as in a chain.
    /// </summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Whether a prediction finds the same elements behind it as before it, in the same order.</summary>
    public bool HandsOn { get; init; }

    /// <summary>Some values of a function that the description only names; empty for other layers.</summary>
    public string Values { get; init; } = "";
}

/// <summary>What is compared with the targets.</summary>
internal abstract record Loss(string Summary, LossTargets Targets)
{
    /// <summary>What the loss reads outputs as, or null where it takes them as they come.</summary>
    public OutputMeaning? Reads { get; init; }

    /// <summary>A weight per class, or none.</summary>
    public IReadOnlyList<double> ClassWeights { get; init; } = [];

    /// <summary>The class id that stands for no target, or null where there is none.</summary>
    public int? IgnoreIndex { get; init; }

    /// <summary>Whether it looks at the outputs of a row together: of a sample, or of each step of a sequence.</summary>
    public virtual bool JudgesRows => false;
}

/// <summary>No loss: the gradient of the output is the caller's to give, and zero where none is given.</summary>
internal sealed record NoLoss() : Loss("no loss", LossTargets.Values);

/// <summary>What a loss is told about a sample; the names are those of the runtime's <c>TargetKind</c>.</summary>
internal enum LossTargets
{
    Values,
    Classes,
}

/// <summary>A loss whose code is generated, of expressions in outputs and targets.</summary>
internal abstract record GeneratedLoss(string Summary) : Loss(Summary, LossTargets.Values);

/// <summary>A mean over elements of a scalar expression in output and target.</summary>
internal sealed record MeanLoss(string Summary, ElementwiseLoss Element) : GeneratedLoss(Summary);

/// <summary>A mean over rows of a scalar expression in all outputs and targets of a row.</summary>
/// <param name="Function">The expression in <see cref="OutputAt"/> and <see cref="TargetAt"/>, with the derivatives by the outputs.</param>
internal sealed record FunctionLoss(string Summary, FunctionDerivatives Function) : GeneratedLoss(Summary)
{
    public static Variable OutputAt(int i) => Functions.Variable(FormattableString.Invariant($"o{i}"));

    public static Variable TargetAt(int i) => Functions.Variable(FormattableString.Invariant($"t{i}"));

    public override bool JudgesRows => true;

    /// <summary>How often each row counts in the mean.</summary>
    public int Times { get; init; } = 1;
}

/// <summary>
/// A loss that looks at all outputs of a sample together, by the runtime library: nothing in it depends on the shape. Softmax
/// and what follows it are one rule there, because apart they lose the small probabilities.
/// </summary>
/// <param name="RuntimeClass">The class whose <c>Run</c> computes it.</param>
internal sealed record RowLoss(string Summary, string RuntimeClass, LossTargets Targets) : Loss(Summary, Targets)
{
    /// <summary>Whether it is told a class id per sample and nothing else, not a probability per class.</summary>
    public bool NeedsClassIds { get; init; }

    public override bool JudgesRows => true;

    /// <summary>The method's number behind the range of samples, or null if it has none.</summary>
    public double? Setting { get; init; }
}
