using System.ComponentModel;

namespace NetGen;

/// <summary>What a network's targets are.</summary>
public enum TargetKind
{
    /// <summary>The network has no loss: it cannot be trained.</summary>
    None,

    /// <summary>One float per output.</summary>
    Values,

    /// <summary>A class id per sample, or one probability per class.</summary>
    Classes,

    /// <summary>Several outputs are judged, each by targets of its own; see <see cref="OutputDescription.Targets"/>.</summary>
    Several,
}

/// <summary>A layer as it appears in a network's summary.</summary>
/// <param name="Name">The layer's name: its index, as in PyTorch's <c>Sequential</c>, or the member's name.</param>
/// <param name="Kind">What it is, with its main numbers: <c>Conv2D(8, 5×5, same)</c>.</param>
/// <param name="OutputShape">The shape of one sample's output.</param>
/// <param name="ParameterCount">Trainable numbers.</param>
/// <param name="Operations">Multiplications and additions for one sample's prediction.</param>
public sealed record LayerDescription(
    string Name, string Kind, IReadOnlyList<int> OutputShape, int ParameterCount, long Operations)
{
    /// <summary>
    /// The names of the layers and inputs that it reads in a prediction. Empty where it reads what is listed right before it, as the layers of a
    /// chain do. Layers that hand on what they read are looked through.
    /// </summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Whether it only hands on what it reads in a prediction, perhaps in another shape: dropout, flattening.</summary>
    public bool HandsOn { get; init; }

    /// <summary>Of a function of the user's some values, by which another of the same name is told apart in files; empty for other layers.</summary>
    public string Values { get; init; } = "";

    /// <summary>Name, kind and shape: <c>0 Conv2D(8, 5×5, same) [8, 28, 28]</c>.</summary>
    public override string ToString() => $"{Name} {Kind} {Shapes.Format(OutputShape)}".TrimStart();
}

/// <summary>A parameter tensor: its name, its logical shape (PyTorch's) and where it lies in the block.</summary>
/// <param name="Name">The name in weight files: <c>0.weight</c>.</param>
/// <param name="Shape">The logical shape, as in PyTorch.</param>
/// <param name="Layout">Where each element lies.</param>
/// <param name="Initializer">How the first values are drawn; never <see cref="Initializer.Default"/>.</param>
/// <param name="InitialValue">The value under <see cref="Initializer.Constant"/>.</param>
/// <param name="FanIn">The number of inputs that reach one output.</param>
/// <param name="FanOut">The number of outputs that one input reaches.</param>
/// <param name="Decays">Whether weight decay applies by default: true for weights, false for biases and norms.</param>
public sealed record ParameterDescription(
    string Name,
    IReadOnlyList<int> Shape,
    TensorLayout Layout,
    Initializer Initializer,
    float InitialValue,
    int FanIn,
    int FanOut,
    bool Decays)
{
    /// <summary>The number of elements.</summary>
    public int Length { get; } = Shapes.LengthOf(Shape);

    /// <summary>
    /// Whether it is a state: training keeps it up, as running statistics, but nothing trains it. A training step leaves a state's next value
    /// where the gradient of a parameter would be.
    /// </summary>
    public bool IsState { get; init; }

    /// <summary>L1 · Σ |w| is part of the network's loss.</summary>
    public float L1 { get; init; }

    /// <summary>L2 · Σ w² is part of the network's loss.</summary>
    public float L2 { get; init; }

    /// <summary>
    /// Whether it counts: files hold it as a whole number of 64 bits, as PyTorch's do. In memory it is a single, which counts to 2²⁴ and stays there;
    /// nothing that is computed depends on it.
    /// </summary>
    public bool IsCount { get; init; }

    /// <summary>Name and shape: <c>0.weight [8, 1, 5, 5]</c>.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape)}";
}

/// <summary>A named point of a network, as its class declares it with a property of type <see cref="Layer"/>.</summary>
/// <param name="Name">The property's name; behind the names of the points whose blocks it stands in.</param>
/// <param name="Shape">The shape of one sample there, channels first.</param>
/// <param name="Parameters">The full names of its layers' parameters.</param>
public sealed record PointDescription(string Name, IReadOnlyList<int> Shape, IReadOnlyList<string> Parameters)
{
    /// <summary>Where a training step keeps the activations there; null where it does not.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PointMemory? Activation { get; init; }

    /// <summary>Where a training step keeps the gradients there; null where it does not.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public PointMemory? Gradient { get; init; }

    /// <summary>Name and shape: <c>Stem [16, 32, 32]</c>.</summary>
    public override string ToString() => $"{Name} {Shapes.Format(Shape)}";
}

/// <summary>Everything the generator knows about a network that is of use at run time.</summary>
public sealed class NetworkDescription
{
    private readonly OutputMeaning _outputs;
    private long _operations = -1;
    private IReadOnlyList<InputDescription>? _inputPoints;
    private IReadOnlyList<OutputDescription>? _outputPoints;
    private IReadOnlyList<OutputDescription>? _judged;

    /// <summary>The class's name.</summary>
    public required string Name { get; init; }

    /// <summary>The shape of one input sample, channels first; of several inputs, one after the other, all their floats.</summary>
    public required IReadOnlyList<int> InputShape { get; init; }

    /// <summary>The shape of one output sample, channels first; of several outputs, one after the other, all their floats.</summary>
    public required IReadOnlyList<int> OutputShape { get; init; }

    /// <summary>The number of floats in one input sample.</summary>
    public int InputLength => Shapes.LengthOf(InputShape);

    /// <summary>The number of floats in one output sample.</summary>
    public int OutputLength => Shapes.LengthOf(OutputShape);

    /// <summary>The inputs, in the order in which those of a sample lie one after the other. A single one need not be written.</summary>
    public IReadOnlyList<InputDescription> InputPoints
    {
        get => _inputPoints ??= [new InputDescription("input", InputShape)];
        init => _inputPoints = value;
    }

    /// <summary>The outputs, in the order in which those of a sample lie one after the other. A single one need not be written.</summary>
    public IReadOnlyList<OutputDescription> OutputPoints
    {
        get => _outputPoints ??=
            [
                new OutputDescription("output", OutputShape, Outputs)
                {
                    Loss = Loss, Targets = Targets, NeedsClassIds = NeedsClassIds, ClassWeights = ClassWeights,
                },
            ];
        init => _outputPoints = value;
    }

    /// <summary>The layers in order.</summary>
    public required IReadOnlyList<LayerDescription> Layers { get; init; }

    /// <summary>The named points, for networks that are declared by points.</summary>
    public IReadOnlyList<PointDescription> Points { get; init; } = [];

    /// <summary>The parameter tensors in the order of the block.</summary>
    public required IReadOnlyList<ParameterDescription> Parameters { get; init; }

    /// <summary>The length of the parameter block in floats, padding included.</summary>
    public required int ParameterBlockLength { get; init; }

    /// <summary>
    /// The floats behind the parameter block that predictions read and <see cref="Prepare"/> computes; 0 if there is nothing to prepare.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public int PreparedLength { get; init; }

    /// <summary>
    /// Computes what predictions use instead of parameters as they lie, such as packed weights; null if they use them as they lie. It is called
    /// before the first prediction and after every change, never by two threads at once for the same memory.
    /// </summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ParameterPreparation? Prepare { get; init; }

    /// <summary>Stands for the code that the memory of parameters and workspaces is made for.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public ulong CodeStamp { get; init; }

    /// <summary>The loss with its settings, the sum of several, or null for a network that has none.</summary>
    public string? Loss { get; init; }

    /// <summary>Whether outputs without a loss can be trained too (<see cref="NetworkAttribute.OutputGradients"/>).</summary>
    public bool TakesOutputGradients { get; init; }

    /// <summary>What the loss compares the outputs with.</summary>
    public TargetKind Targets { get; init; }

    /// <summary>
    /// What the outputs are; of several outputs, see <see cref="OutputPoints"/>. Unless it is said, logits of classes or values, as the
    /// targets are.
    /// </summary>
    public OutputMeaning Outputs
    {
        // A network written by hand need not say what its loss says already.
        get => _outputs != OutputMeaning.Unknown ? _outputs
            : Targets == TargetKind.Classes ? OutputMeaning.ClassLogits
            : Targets == TargetKind.Values ? OutputMeaning.Values
            : OutputMeaning.Unknown;
        init => _outputs = value;
    }

    /// <summary>Whether the loss takes class ids alone, and no probability per class.</summary>
    public bool NeedsClassIds { get; init; }

    /// <summary>The loss's weight of each class, or none.</summary>
    public IReadOnlyList<float> ClassWeights { get; init; } = [];

    /// <summary>
    /// The number of classes that the outputs, or those of each step of a sequence, decide between: two for a single output; 0 where there are none.
    /// </summary>
    public int ClassCount => OutputPoints.Count == 1 ? OutputPoints[0].ClassCount : 0;

    /// <summary>The number of trainable numbers, neither padding nor states counted.</summary>
    public int ParameterCount => Parameters.Sum(parameter => parameter.IsState ? 0 : parameter.Length);

    /// <summary>Multiplications and additions for one sample's prediction.</summary>
    public long Operations => _operations >= 0 ? _operations : _operations = Layers.Sum(layer => layer.Operations);

    /// <summary>The layers as a table: name, kind, output shape, parameters and operations, with the sums below.</summary>
    public string ToTable()
    {
        var rows = new List<string[]>
        {
            new[] { "layer", Name, "output", "parameters", "operations" },
        };
        rows.AddRange(InputPoints.Select(input => new[] { InputPoints.Count == 1 ? "" : input.Name, "Input", Times(input.Shape), "", "" }));
        rows.AddRange(Layers.Select(layer => new[]
        {
            layer.Name, layer.Kind, Times(layer.OutputShape), Count(layer.ParameterCount), Count(layer.Operations),
        }));
        rows.Add(["", Loss ?? "", "", Count(ParameterCount), Count(Layers.Sum(layer => layer.Operations))]);

        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        return string.Join('\n', rows.Select(row => string.Join("  ", row.Select((cell, column) =>
            column >= 3 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd()));

        static string Times(IReadOnlyList<int> shape) => string.Join('×', shape);

        static string Count(long number) =>
            number == 0 ? "" : number.ToString("N0", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Whether the loss has penalties on the size of weights.</summary>
    internal bool HasPenalties => Parameters.Any(parameter => parameter.L1 != 0 || parameter.L2 != 0);

    /// <summary>The outputs that have a loss.</summary>
    internal IReadOnlyList<OutputDescription> Judged => _judged ??= [.. OutputPoints.Where(output => output.Targets != TargetKind.None)];

    /// <summary>Where in a sample's inputs one of them begins.</summary>
    internal int OffsetOf(string input) => InputPoints.TakeWhile(point => point.Name != input).Sum(point => point.Length);
}
