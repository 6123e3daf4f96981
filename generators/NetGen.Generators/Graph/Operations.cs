using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>Which programs of a network an operation belongs to.</summary>
[Flags]
internal enum Programs
{
    Prediction = 1,
    Training = 2,
    Both = Prediction | Training,
}

/// <summary>
/// A step of the graph. The batch is implicit: where any operand belongs to a sample the operation runs for each, and it
/// sums over samples where its output does not.
/// </summary>
/// <param name="layer">The layer it came from, for comments and names.</param>
/// <param name="output">What it writes.</param>
internal abstract class Operation(string layer, Value output)
{
    public string Layer { get; } = layer;

    public Value Output { get; } = output;

    /// <summary>All that it writes; of most operations that is one tensor.</summary>
    public virtual IReadOnlyList<Value> Outputs => [Output];

    public abstract IEnumerable<Value> Inputs { get; }

    /// <summary>The same operation on other tensors of the same shapes in place of its inputs.</summary>
    public abstract Operation Reading(Func<Value, Value> replace);

    /// <summary>The same operation with its functions in a grade.</summary>
    public virtual Operation In(Grade grade) => this;
}

/// <summary>
/// A sum of products over named axes: output[…] += left[…] · right[…], over every axis. Indices are affine, so a
/// convolution is one, and so is each of its gradients; an output index that is not plain scatters.
/// </summary>
internal sealed class Contract(string layer, Access output, Access left, Access right) : Operation(layer, output.Value)
{
    public Access Target { get; } = output;

    public Access Left { get; } = left;

    public Access Right { get; } = right;

    public override IEnumerable<Value> Inputs => [Left.Value, Right.Value];

    public override Operation Reading(Func<Value, Value> replace) => new Contract(Layer, Target, Left.Reading(replace), Right.Reading(replace));
}

/// <summary>
/// An elementwise scalar expression. Operands are indexed by the output's own dimensions, so that a bias that has only
/// the channel's dimension is broadcast over the others.
/// </summary>
internal sealed class Map(string layer, Value output, Expression body, IReadOnlyList<MapOperand> operands)
    : Operation(layer, output)
{
    public Expression Body { get; } = body;

    /// <summary>The activation that the body is, where it is one: it knows its derivative better than the body tells.</summary>
    public Activation? Activation { get; init; }

    private readonly bool _isRectifier;

    /// <summary>Whether it passes one half of its inputs on: as the activation does that it is, or with slopes that are trained.</summary>
    public bool IsRectifier { get => _isRectifier || Activation is { IsRectifier: true }; init => _isRectifier = value; }

    public IReadOnlyList<MapOperand> Operands { get; } = operands;

    public override IEnumerable<Value> Inputs => Operands.Select(operand => operand.Value);

    public override Operation Reading(Func<Value, Value> replace) =>
        new Map(Layer, Output, Body, [.. Operands.Select(operand => operand with { Value = replace(operand.Value) })])
        {
            Activation = Activation,
            IsRectifier = IsRectifier,
        };

    public override Operation In(Grade grade) => grade == Grade.Exact ? this : new Map(Layer, Output, Body.In(grade), Operands)
    {
        Activation = Activation?.In(grade),
        IsRectifier = IsRectifier,
    };
}

/// <summary>
/// One operand of a map: the variable that stands for it, and which of the output's dimensions its own follow.
/// </summary>
internal sealed record MapOperand(string Variable, Value Value, IReadOnlyList<int> Dimensions)
{
    /// <summary>Whether no gradient flows to it: it depends on nothing that is trained, as random masks do.</summary>
    public bool IsConstant { get; init; }

    /// <summary>An operand of the output's own shape, or of extent 1 where it is spread over one of its dimensions.</summary>
    public static MapOperand Same(string variable, Value value, bool isConstant = false) =>
        new(variable, value, [.. Enumerable.Range(0, value.Shape.Rank)]) { IsConstant = isConstant };

    /// <summary>A vector along one of the output's dimensions.</summary>
    public static MapOperand Along(string variable, Value value, int dimension) => new(variable, value, [dimension]);
}

internal enum WindowKind
{
    Max,
    Average,
}

/// <summary>The geometry of a pooling over height and width.</summary>
internal sealed record WindowGeometry(
    int Height, int Width, int StrideHeight, int StrideWidth, int PadTop, int PadLeft, bool CountPadding)
{
    /// <summary>Whether windows neither overlap nor leave gaps nor reach outside an input of this shape.</summary>
    public bool Tiles(Shape input) =>
        StrideHeight == Height && StrideWidth == Width && PadTop == 0 && PadLeft == 0 &&
        input[1] % Height == 0 && input[2] % Width == 0;

    /// <summary>Whether some window reaches outside, before an input's first element or, as windows of even size may, behind its last only.</summary>
    public bool ReachesOutside(Shape input, Shape output) =>
        PadTop > 0 || (output[1] - 1) * StrideHeight + Height - PadTop > input[1] ||
        PadLeft > 0 || (output[2] - 1) * StrideWidth + Width - PadLeft > input[2];
}

/// <summary>The largest or mean value of each window, channel by channel. Padding never wins a maximum.</summary>
internal sealed class Window(string layer, Value output, Value input, WindowKind kind, WindowGeometry geometry)
    : Operation(layer, output)
{
    public Value Source { get; } = input;

    public WindowKind Kind { get; } = kind;

    public WindowGeometry Geometry { get; } = geometry;

    /// <summary>Whether what is below zero becomes zero, as by the rectifier that follows.</summary>
    public bool IsRectified { get; init; }

    public override IEnumerable<Value> Inputs => [Source];

    public override Operation Reading(Func<Value, Value> replace) =>
        new Window(Layer, Output, replace(Source), Kind, Geometry) { IsRectified = IsRectified };
}

/// <summary>Carries the gradient of a window's output back to its input: to the winner, or evenly.</summary>
internal sealed class WindowGradient(string layer, Value output, Value outputGradient, Window forward)
    : Operation(layer, output)
{
    public Value OutputGradient { get; } = outputGradient;

    public Window Forward { get; } = forward;

    public override IEnumerable<Value> Inputs =>
        Forward.Kind == WindowKind.Max ? [OutputGradient, Forward.Source, Forward.Output] : [OutputGradient];

    public override Operation Reading(Func<Value, Value> replace) => new WindowGradient(
        Layer, Output, replace(OutputGradient),
        new Window(Forward.Layer, replace(Forward.Output), replace(Forward.Source), Forward.Kind, Forward.Geometry));
}

/// <summary>The same elements under another shape. Free whenever the layouts agree.</summary>
internal sealed class Reshape(string layer, Value output, Value input) : Operation(layer, output)
{
    public Value Source { get; } = input;

    public override IEnumerable<Value> Inputs => [Source];

    public override Operation Reading(Func<Value, Value> replace) => new Reshape(Layer, Output, replace(Source));
}

/// <summary>A copy of a tensor that the plan may lay out in another way.</summary>
internal sealed class Relayout(string layer, Value output, Value input) : Operation(layer, output)
{
    public Value Source { get; } = input;

    public override IEnumerable<Value> Inputs => [Source];

    public override Operation Reading(Func<Value, Value> replace) => new Relayout(Layer, Output, replace(Source));
}

/// <summary>
/// eˣ / Σ eˣ along the channels of an image, or along the last dimension of other tensors: a map, a sum and a map in one, because subtracting the
/// row's maximum first is what keeps it finite.
/// </summary>
internal sealed class Softmax(string layer, Value output, Value input) : Operation(layer, output)
{
    public Value Source { get; } = input;

    public override IEnumerable<Value> Inputs => [Source];

    public override Operation Reading(Func<Value, Value> replace) => new Softmax(Layer, Output, replace(Source));
}

/// <summary>The gradient through a softmax: dx = y · (dy − Σ y · dy).</summary>
internal sealed class SoftmaxGradient(string layer, Value output, Value outputGradient, Value forwardOutput)
    : Operation(layer, output)
{
    public Value OutputGradient { get; } = outputGradient;

    public Value ForwardOutput { get; } = forwardOutput;

    public override IEnumerable<Value> Inputs => [OutputGradient, ForwardOutput];

    public override Operation Reading(Func<Value, Value> replace) =>
        new SoftmaxGradient(Layer, Output, replace(OutputGradient), replace(ForwardOutput));
}

/// <summary>Random factors, 0 or 1 / (1 − rate), drawn anew for each step and sample.</summary>
internal sealed class DropoutMask(string layer, Value output, double rate, int stream) : Operation(layer, output)
{
    public double Rate { get; } = rate;

    /// <summary>The number of this dropout within the network, so that two of them draw different numbers.</summary>
    public int Stream { get; } = stream;

    public override IEnumerable<Value> Inputs => [];

    public override Operation Reading(Func<Value, Value> replace) => this;
}

/// <summary>
/// Copies, piece by piece: output[…] = source[…] with affine indices on both sides, so that one operation joins, cuts, turns,
/// pads and repeats tensors. Pieces do not overlap in the output; where none writes, the output is zero.
/// </summary>
internal sealed class Move(string layer, Value output, IReadOnlyList<MovePiece> pieces) : Operation(layer, output)
{
    public IReadOnlyList<MovePiece> Pieces { get; } = pieces;

    /// <summary>Whether every element of the output is written.</summary>
    public bool Covers => Pieces.Sum(piece => piece.Axes.Aggregate(1L, (product, axis) => product * axis.Extent)) == Output.Shape.Length;

    public override IEnumerable<Value> Inputs => Pieces.Select(piece => piece.Source.Value).Distinct();

    public override Operation Reading(Func<Value, Value> replace) =>
        new Move(Layer, Output, [.. Pieces.Select(piece => piece with { Source = piece.Source.Reading(replace) })]);
}

/// <summary>A piece of a <see cref="Move"/>.</summary>
/// <param name="Target">Where in the output each point of the axes falls; different points fall on different elements.</param>
/// <param name="Source">What is copied there. An axis that is not among its indices repeats it.</param>
internal sealed record MovePiece(IReadOnlyList<Index> Target, Access Source)
{
    public IEnumerable<Axis> Axes => Target.SelectMany(index => index.Terms).Select(term => term.Axis).Distinct();
}

/// <summary>1 / the number of samples in the batch, known before anything is computed of them.</summary>
internal sealed class SampleShare(string layer, Value output) : Operation(layer, output)
{
    public override IEnumerable<Value> Inputs => [];

    public override Operation Reading(Func<Value, Value> replace) => this;
}

/// <summary>A loss: each sample's share of it, and the gradient of the output it judges; or that gradient alone, as the caller gives it.</summary>
internal sealed class Judgement(Value gradient, Value judged, OutputPoint point) : Operation(point.Name, gradient)
{
    public Value Judged { get; } = judged;

    public OutputPoint Point { get; } = point;

    /// <summary>
    /// Where operations compute the loss and the gradient: what the gradient has of the targets' place, 1 where the caller gives it there and 0
    /// otherwise; the output is then what each sample's loss counts for. Null where the loss computes the gradient itself.
    /// </summary>
    public Value? Given { get; init; }

    public override IReadOnlyList<Value> Outputs => Given is null ? [Output] : [Output, Given];

    public override IEnumerable<Value> Inputs => [Judged];

    public override Operation Reading(Func<Value, Value> replace) => Reading(replace(Judged));

    public Judgement Reading(Value judged) => new(Output, judged, Point) { Given = Given };
}

internal enum LengthMaskKind
{
    /// <summary>1 at each step within the length.</summary>
    Within,

    /// <summary>1 at the last step within the length.</summary>
    Last,
}

/// <summary>A number for each step, 1 or 0, by a sequence's length. No gradient flows through it.</summary>
internal sealed class LengthMask(string layer, Value output, Value length, LengthMaskKind kind) : Operation(layer, output)
{
    public Value Length { get; } = length;

    public LengthMaskKind Kind { get; } = kind;

    public override IEnumerable<Value> Inputs => [Length];

    public override Operation Reading(Func<Value, Value> replace) => new LengthMask(Layer, Output, replace(Length), Kind);
}

/// <summary>Rows of a table, by the tokens that number them.</summary>
internal sealed class Gather(string layer, Value output, Value table, Value tokens) : Operation(layer, output)
{
    public Value Table { get; } = table;

    public Value Tokens { get; } = tokens;

    public override IEnumerable<Value> Inputs => [Table, Tokens];

    public override Operation Reading(Func<Value, Value> replace) => new Gather(Layer, Output, replace(Table), replace(Tokens));
}

/// <summary>The gradient of a table whose rows were read: each adds up in the row it came from, sample by sample in order.</summary>
internal sealed class GatherGradient(string layer, Value output, Value outputGradient, Value tokens) : Operation(layer, output)
{
    public Value OutputGradient { get; } = outputGradient;

    public Value Tokens { get; } = tokens;

    public override IEnumerable<Value> Inputs => [OutputGradient, Tokens];

    public override Operation Reading(Func<Value, Value> replace) => new GatherGradient(Layer, Output, replace(OutputGradient), replace(Tokens));
}
