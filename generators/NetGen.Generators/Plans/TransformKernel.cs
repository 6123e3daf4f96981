using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Plans;

/// <summary>
/// A small matrix applied along two sides of many squares: y = M x Mᵀ, then an epilogue of each element, vectors along the channels. What a
/// convolution that is computed tile by tile does before and behind its product.
/// </summary>
/// <param name="Matrix">M.</param>
/// <param name="Axes">The loops over the squares; callers name a part of the first.</param>
/// <param name="Lanes">The channels, which vectors may cover up to the next multiple of the widest.</param>
/// <param name="Source">What is read of a square.</param>
internal sealed record TransformKernel(TileMatrix Matrix, EquatableArray<TransformAxis> Axes, int Lanes, TransformOperand Source)
{
    /// <summary>What is added to each element, or null.</summary>
    public TransformOperand? Start { get; init; }

    /// <summary>What the epilogue reads beside the element <see cref="Kernel.Sum"/>.</summary>
    public EquatableArray<TransformOperand> Reads { get; init; }

    /// <summary>What is written, and the expression that is.</summary>
    public required EquatableArray<TransformResult> Results { get; init; }

    /// <summary>Whether channels lie side by side in all that is read and written, so that vectors can be used.</summary>
    public bool IsVectorised => Results.All(result => result.Operand.Lane == 1) && Operands.All(operand => operand.Lane is 0 or 1);

    public IReadOnlyList<TransformOperand> Operands =>
        [.. Results.Select(result => result.Operand), Source, .. Start is null ? [] : new[] { Start }, .. Reads];

    /// <summary>The same loops with every operand starting where it is said to.</summary>
    public TransformKernel WithoutOffsets() => this with
    {
        Source = Source with { Offset = 0 },
        Start = Start is null ? null : Start with { Offset = 0 },
        Reads = Reads.Select(read => read with { Offset = 0 }).ToEquatableArray(),
        Results = Results.Select(result => result with { Operand = result.Operand with { Offset = 0 } }).ToEquatableArray(),
    };
}

/// <summary>A loop over squares. Where they do not divide an image the last begins so early that it ends with it.</summary>
/// <param name="Name">What counts them.</param>
/// <param name="Extent">How many there are.</param>
/// <param name="Step">Lines of the image from one to the next; 1 where there is no image.</param>
/// <param name="Last">The line at which the last begins.</param>
internal sealed record TransformAxis(string Name, int Extent, int Step = 1, int Last = 0)
{
    public bool IsDynamic => Extent == Axis.Dynamic;

    /// <summary>Whether the last square reaches back.</summary>
    public bool ReachesBack => Step > 1 && (Extent - 1) * Step != Last;
}

/// <summary>An operand of a transform.</summary>
/// <param name="Name">Its name in the generated code.</param>
/// <param name="Strides">The floats from one step of each axis to the next.</param>
/// <param name="Down">The floats from one row of a square to the next.</param>
/// <param name="Across">The floats from one column of a square to the next.</param>
/// <param name="Offset">The floats to the first.</param>
internal sealed record TransformOperand(string Name, EquatableArray<int> Strides, int Down, int Across, int Offset)
{
    /// <summary>Whether its steps are lines of an image, and not squares.</summary>
    public bool IsImage { get; init; }

    /// <summary>The floats from one channel to the next; 0 where it is one number for all.</summary>
    public int Lane { get; init; } = 1;
}

/// <summary>One output of a transform.</summary>
internal sealed record TransformResult(TransformOperand Operand, Expression Value);

/// <summary>A transform of tiles or weights.</summary>
internal sealed record TransformStep(
    string Layer, string Comment, string Name, TransformKernel Kernel, IReadOnlyList<Value> Operands, IReadOnlyList<int> Offsets)
    : Step(Layer, Comment)
{
    /// <summary>A step whose operands' offsets are taken out of the kernel, so that it can be shared.</summary>
    public static TransformStep Of(string layer, string comment, string name, TransformKernel kernel, IReadOnlyList<Value> operands) => new(
        layer, comment, name, kernel.WithoutOffsets(), operands, [.. kernel.Operands.Select(operand => operand.Offset)]);

    public override IReadOnlyList<Value> Bindings => Operands;

    public override int WrittenCount => Kernel.Results.Count;
}

/// <summary>A transform of tiles or weights as a method.</summary>
internal sealed record ScheduledTransform(string Name, string Summary, string Reason, TransformKernel Kernel)
    : ScheduledMethod(Name, Summary, Reason);
