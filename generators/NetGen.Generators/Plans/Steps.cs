using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;

namespace NetGen.Generators.Plans;

/// <summary>A call in a program: which method, on which tensors, over which range.</summary>
/// <param name="Layer">The layer it serves, for names and comments.</param>
/// <param name="Comment">What it computes, in a few words.</param>
internal abstract record Step(string Layer, string Comment)
{
    /// <summary>The tensors it is called with, in the order of the method's parameters.</summary>
    public abstract IReadOnlyList<Value> Bindings { get; }

    /// <summary>The first of the bindings that are only read.</summary>
    public abstract int WrittenCount { get; }

    public IEnumerable<Value> Writes => Bindings.Take(WrittenCount);

    public IEnumerable<Value> Reads => Bindings.Skip(WrittenCount);

    /// <summary>Whether it reads or writes pixels, or steps of time: so much of each sample that several at once gain nothing.</summary>
    public bool IsOnPositions => Bindings.Any(value => value is { IsPerSample: true, IsScratch: false, Shape.HasPositions: true });

    /// <summary>Whether it may be done sample by sample, between others that should be.</summary>
    public virtual bool GoesBySample => IsOnPositions;
}

/// <summary>A loop nest.</summary>
internal sealed record KernelStep(
    string Layer, string Comment, string Name, Kernel Kernel, IReadOnlyList<Value> Operands, IReadOnlyList<int> Offsets)
    : Step(Layer, Comment)
{
    /// <summary>A step whose operands' offsets are taken out of the kernel, so that it can be shared.</summary>
    public static KernelStep Of(string layer, string comment, string name, Kernel kernel, IReadOnlyList<Value> operands) => new(
        layer, comment, name, kernel.WithoutOffsets(), operands, [.. kernel.Operands.Select(operand => operand.Offset)]);

    public override IReadOnlyList<Value> Bindings => Operands;

    public override int WrittenCount => Kernel.Results.Count;

    /// <summary>The same for the first step along an axis, and the floats from one step of it to the next.</summary>
    public (KernelStep First, IReadOnlyDictionary<Value, int> Moving) Along(string axis)
    {
        int along = Kernel.Axes.ToList().FindIndex(candidate => candidate.Name == axis);
        var moving = new Dictionary<Value, int>();
        foreach ((KernelOperand operand, Value value) in Kernel.Operands.Zip(Operands, (operand, value) => (operand, value)))
            moving[value] = operand.Strides[along];
        return (this with { Kernel = Kernel.Without(candidate => candidate.Name == axis) }, moving);
    }

    // Vectors share the weights that they are multiplied with, or come of. The sum of a vector shares nothing.
    public override bool GoesBySample => Kernel.Combine == Combine.None
        || (Kernel.Combine == Combine.Sum && Bindings.All(value => value.IsPerSample))
        || (IsOnPositions && !MakesVectors
        && Factors.Where(value => value is { IsPerSample: true, IsScratch: false }).All(value => value.Shape.HasPositions));

    private bool MakesVectors =>
        Kernel.Combine == Combine.SumOfProducts && !Operands[0].Shape.HasPositions && Factors.Any(value => !value.IsPerSample);

    // What its sums go through at each step.
    private IEnumerable<Value> Factors => Kernel.Operands.Zip(Operands, (operand, value) => (operand, value))
        .Where(pair => Kernel.Factors.Contains(pair.operand) && !Kernel.IsHeld(pair.operand)).Select(pair => pair.value);
}

/// <summary>
/// A sum over the few samples that go through layers together: for the kernel they are all there are, and what it writes is a row of their turn.
/// </summary>
internal sealed record TurnStep(KernelStep Kernel) : Step(Kernel.Layer, Kernel.Comment)
{
    public override IReadOnlyList<Value> Bindings => Kernel.Bindings;

    public override int WrittenCount => Kernel.WrittenCount;

    public override bool GoesBySample => true;
}

/// <summary>The sum of what turns have added, row by row, by the runtime library.</summary>
/// <param name="Length">The floats of a row.</param>
internal sealed record TurnSumStep(string Layer, string Comment, Value Sum, Value OfTurn, int Length) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Sum, OfTurn];

    public override int WrittenCount => 1;
}

/// <summary>A pooling, forward: from source to output.</summary>
internal sealed record WindowStep(string Layer, string Comment, string Name, WindowKernel Kernel, IReadOnlyList<Value> Operands)
    : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => Operands;

    public override int WrittenCount => 1;
}

/// <summary>A pooling's geometry and the layouts it works on; backward carries gradients from output to source.</summary>
internal sealed record WindowKernel(
    WindowKind Kind,
    bool IsBackward,
    WindowGeometry Geometry,
    Shape Source,
    Shape Output,
    Layout SourceLayout,
    Layout OutputLayout,
    Layout SourceGradientLayout,
    Layout OutputGradientLayout,
    int SourceStride,
    int OutputStride,
    int SourceGradientStride,
    int OutputGradientStride)
{
    /// <summary>Whether what is below zero becomes zero.</summary>
    public bool IsRectified { get; init; }

    /// <summary>Whether a border cuts windows.</summary>
    public bool IsClipped => Geometry.ReachesOutside(Source, Output);

    /// <summary>Whether windows tile their input, so that every element of the gradient is written once; others add up.</summary>
    public bool WritesOnce => Geometry.Tiles(Source) && SourceGradientLayout.Border.SpaceX == 1;

    // The columns of a line that a few pages of the stack hold.
    private const int LongestLine = 4096;

    /// <summary>Whether vectors are used: along columns only for windows one or two columns apart, on the way back for whole ones alone.</summary>
    public bool IsVectorised => !SourceLayout.HasColumnsInnermost || (IsBackward
        ? !IsClipped && Geometry is { StrideWidth: 2, Width: 2 } && WritesOnce
        : Geometry.StrideWidth is 1 or 2 && (!IsClipped || GoesByLines));

    /// <summary>
    /// Whether the rows of a border's windows are joined first, into a line with what stands for the border at its ends, and then the columns of
    /// that; what counts the elements that are left of each window does not.
    /// </summary>
    public bool GoesByLines => IsClipped && !IsBackward && SourceLayout.HasColumnsInnermost && Geometry.StrideWidth is 1 or 2
        && (Kind == WindowKind.Max || Geometry.CountPadding) && Source[2] <= LongestLine
        && SourceLayout.Stride(2) == 1 && OutputLayout.Stride(2) == 1;
}

/// <summary>
/// Rows of a softmax or of its gradient, by the runtime library: nothing in them depends on the shape. The pixels of an
/// image are rows; where lines of pixels have a border between them, they are so many calls.
/// </summary>
/// <param name="Layer">The layer.</param>
/// <param name="Comment">What it computes.</param>
/// <param name="IsGradient">Whether it is the gradient.</param>
/// <param name="HasPixelsAlongVector">Whether the elements of a row lie channel by channel, and those of neighbouring rows side by side.</param>
/// <param name="Length">The elements of a row.</param>
/// <param name="Rows">The rows of a line.</param>
/// <param name="Lines">The lines of rows.</param>
/// <param name="Operands">The tensors, with the distance from row to row or, where pixels lie along the vector, from channel to channel.</param>
internal sealed record SoftmaxStep(
    string Layer, string Comment, bool IsGradient, bool HasPixelsAlongVector, int Length, int Rows, int Lines, IReadOnlyList<RowOperand> Operands)
    : Step(Layer, Comment)
{
    /// <summary>The runtime library's method.</summary>
    public string Method => $"{(HasPixelsAlongVector ? "SoftmaxColumns" : "SoftmaxRows")}.{(IsGradient ? "SoftmaxGradient" : "Softmax")}";

    public override IReadOnlyList<Value> Bindings => [.. Operands.Select(operand => operand.Value)];

    public override int WrittenCount => 1;
}

/// <summary>Rows of a table by their numbers, for samples.</summary>
internal sealed record GatherStep(string Layer, string Comment, RowOperand Table, RowOperand Rows, RowOperand Tokens) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Rows.Value, Table.Value, Tokens.Value];

    public override int WrittenCount => 1;
}

/// <summary>Sums of rows in a table, by their numbers, over all samples.</summary>
internal sealed record ScatterStep(string Layer, string Comment, RowOperand Table, RowOperand Rows, RowOperand Tokens) : Step(Layer, Comment)
{
    /// <summary>The number of the table among those of the program.</summary>
    public int Number { get; init; }

    public override IReadOnlyList<Value> Bindings => [Table.Value, Rows.Value, Tokens.Value];

    public override int WrittenCount => 1;
}

/// <summary>Zeros in all of a tensor's memory, or in a part of it.</summary>
internal sealed record ClearStep(string Layer, string Comment, Value Target, int SampleStride, int Length, int Offset = 0) : Step(Layer, Comment)
{
    /// <summary>The numbers of samples' steps, where a step of time is cleared of those alone that have it; null where of all.</summary>
    public RowOperand? Steps { get; init; }

    public override IReadOnlyList<Value> Bindings => Steps is { } steps ? [Target, steps.Value] : [Target];

    public override int WrittenCount => 1;
}

/// <summary>What depends on no sample and is there before anything is computed of them.</summary>
internal abstract record ConstantStep(string Layer, string Comment, Value Target) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Target];

    public override int WrittenCount => 1;
}

/// <summary>A table of positions: so many rows of so many features, by the runtime library.</summary>
/// <param name="Stride">The floats from one row to the next.</param>
internal sealed record PositionTableStep(
    string Layer, string Comment, Value Target, PositionFunction Function, int Rows, int Features, int Stride, double Base, bool IsHalved)
    : ConstantStep(Layer, Comment, Target);

/// <summary>Attention of the present step of a stream to all so far: heads of so many elements; values may have another number.</summary>
internal sealed record CachedAttentionStep(
    string Layer, string Comment, RowOperand Context, RowOperand Queries,
    RowOperand Keys, RowOperand Values, int Heads, int Size, int ValueSize, double Scale, Clock Clock)
    : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Context.Value, Queries.Value, Keys.Value, Values.Value];

    public override int WrittenCount => 1;
}

/// <summary>The largest or mean values of some steps of a stream, by the runtime library: nothing in them depends on the shape.</summary>
/// <param name="Length">The floats of a step.</param>
/// <param name="Clock">When there is a window.</param>
internal sealed record PastWindowStep(
    string Layer, string Comment, WindowKind Kind, bool CountsPadding, RowOperand Output, RowOperand Rows, PastSteps Steps, int Length, Clock Clock)
    : Step(Layer, Comment)
{
    /// <summary>Whether windows at the beginning have fewer steps.</summary>
    public bool Grows => Steps.Missing > 0 && !CountsPadding;

    public override IReadOnlyList<Value> Bindings => [Output.Value, Rows.Value];

    public override int WrittenCount => 1;
}

/// <summary>What an attention over whole sequences works on.</summary>
/// <param name="Heads">The heads.</param>
/// <param name="Queries">The steps that look.</param>
/// <param name="Keys">The steps that are looked at.</param>
/// <param name="Size">The elements of a query and of a key.</param>
/// <param name="ValueSize">The elements of a value.</param>
/// <param name="Scale">What scores are multiplied by.</param>
/// <param name="IsCausal">Whether a step looks at itself and earlier ones alone.</param>
internal sealed record AttentionExtents(int Heads, int Queries, int Keys, int Size, int ValueSize, double Scale, bool IsCausal);

/// <summary>An attention over whole sequences, or its gradients, by the runtime library.</summary>
/// <param name="Method">Which of its methods.</param>
/// <param name="Operands">What it writes, then what it reads: rows of heads.</param>
/// <param name="WrittenCount">How many of them are written.</param>
/// <param name="Length">How many keys each sample has, where not all have all.</param>
internal sealed record AttentionStep(
    string Layer, string Comment, string Method, AttentionExtents Extents, IReadOnlyList<RowOperand> Operands, int WrittenCount, RowOperand? Length)
    : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings =>
        [.. Operands.Select(operand => operand.Value), .. Length is { } length ? [length.Value] : Array.Empty<Value>()];

    public override int WrittenCount { get; } = WrittenCount;
}

/// <summary>1 / the number of samples, for what is a mean over them.</summary>
internal sealed record SampleShareStep(string Layer, Value Share) : ConstantStep(Layer, $"{Share.Name} = 1 / the number of samples", Share);

/// <summary>The random factors of a dropout.</summary>
internal sealed record MaskStep(string Layer, string Comment, Value Mask, double Rate, int Stream, int Stride) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Mask];

    public override int WrittenCount => 1;
}

/// <summary>A number for each step of a sequence, by its length.</summary>
internal sealed record LengthStep(string Layer, string Comment, RowOperand Mask, RowOperand Length, LengthMaskKind Kind) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Mask.Value, Length.Value];

    public override int WrittenCount => 1;
}

/// <summary>The loss: each sample's share of it, and the gradient of the network's output, unless the caller gives that.</summary>
/// <param name="Offset">The output's first float among those of a sample.</param>
internal sealed record LossStep(LossKernel Kernel, Value Output, Value Gradient, OutputPoint Point, int Offset) : Step("Loss", Kernel.Loss.Summary)
{
    /// <summary>
    /// Where other steps compute the loss and the gradient: the flag of each sample that says whether the caller gives the gradient; in the
    /// gradient's place is then what each sample counts for. Null where the loss computes it.
    /// </summary>
    public Value? Given { get; init; }

    public override IReadOnlyList<Value> Bindings => Given is null ? [Gradient, Output] : [Gradient, Given, Output];

    public override int WrittenCount => Given is null ? 1 : 2;

    /// <summary>Whether each output is read before its gradient is written, which may then lie in its place.</summary>
    public bool WritesInPlace => Given is null && Kernel.Loss is GeneratedLoss;
}

/// <summary>A loss of rows in the caller's order; the caller's targets lie without room between them.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Steps">The rows of a sample: the steps of a sequence, or one.</param>
/// <param name="Length">The outputs of a row.</param>
/// <param name="IsOneOfSeveral">
/// Whether it is one of several losses, which have their targets side by side and are each a term of the step; a single one is told what it needs
/// by the step itself.
/// </param>
internal sealed record LossKernel(Loss Loss, int Steps, int Length, bool IsOneOfSeveral)
{
    /// <summary>Floats from one row's outputs to the next, and from one row's gradient to the next.</summary>
    public required int Stride { get; init; }

    /// <summary>Floats from one sample's outputs to the next, and from one sample's gradient to the next.</summary>
    public required int SampleStride { get; init; }

    /// <summary>Whether samples have different numbers of steps, of which those behind the end count for nothing.</summary>
    public bool HasLengths { get; init; }

    /// <summary>The outputs of a sample.</summary>
    public int Total => Steps * Length;

    /// <summary>The same loss of outputs as callers hold them.</summary>
    public LossKernel OnCallersRows() => this with { Stride = Length, SampleStride = Total };
}

/// <summary>Where the rows of an operand lie: floats from sample to sample, row to row, line to line, and to the first.</summary>
internal readonly record struct RowOperand(Value Value, int SampleStride, int RowStride, int LineStride, int Offset);
