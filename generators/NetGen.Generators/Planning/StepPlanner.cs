using NetGen.Generators.Collections;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>Turns units into steps: kernels with their operands, and the copies of weights that some of them need.</summary>
internal sealed partial class StepPlanner(Layouts layouts, NetworkGraph graph)
{
    private readonly Lowering _lowering = new(layouts);
    private readonly TransformLowering _transforms = new(layouts);
    private int _scattered;

    /// <summary>The steps that store a weight anew, with another axis along the lanes, and what they write.</summary>
    public List<Repacked> Packing { get; init; } = [];

    public IReadOnlyList<Step> Plan(IEnumerable<ProgramUnit> units, string role)
    {
        var steps = new List<Step>();
        var tiles = new List<Step>();
        foreach (ProgramUnit unit in units)
        {
            IEnumerable<Step> planned = unit.Fused is { } fused ? Plan(fused, role) : Plan(unit.Alone!, role);
            // Tiles, their product and their outputs are one step; what belongs to none of them comes before.
            (unit.IsTiled ? tiles : steps).AddRange(planned);
            if (unit.Fused?.Head is TileTransform outputs)
            {
                steps.Add(Looped(outputs.Convolution, tiles));
                tiles = [];
            }
        }

        return steps;
    }

    /// <summary>A copy of a tensor into another layout.</summary>
    private Step Copy(Relayout relayout)
    {
        Axis[] axes = Axis.Along(relayout.Output.Shape);
        Graph.Index[] indices = [.. axes.Select(Graph.Index.Of)];
        string comment = layouts.IsCallers(relayout.Source)
                ? layouts.CallersOf(relayout.Source).Space == Space.Targets ? "the targets in the order of what they are compared with"
                : "the input with room around it"
            : layouts.IsCallers(relayout.Output)
                ? relayout.Output.Kind == ValueKind.Gradient ? "the gradient of the input as the caller wants it" : "what the caller gets"
            : $"{relayout.Output.Name} = {relayout.Source.Name}, laid out anew";
        return Copy(relayout.Layer, comment, new Access(relayout.Output, indices), new Access(relayout.Source, indices));
    }

    private Step Copy(string layer, string comment, Access target, Access source) => Copy(layer, comment, Lowered("y", target), Lowered("x", source));

    private LoweredAccess Lowered(string name, Access access) =>
        new(name, access.Value, layouts.Of(access.Value), layouts.SampleStride(access.Value), access.Indices);

    private static KernelStep Copy(string layer, string comment, LoweredAccess target, LoweredAccess source)
    {
        LoweredKernel lowered = Lowering.LowerCopy(target, source);
        return KernelStep.Of(layer, comment, $"Copy{layer}", Ranged.BySample(lowered.Kernel), lowered.Bindings);
    }

    private IEnumerable<Step> Plan(FusedOperation fused, string role)
    {
        if (fused.Head is TileTransform outputs)
        {
            yield return PlanOutputs(fused, outputs, role);
            yield break;
        }

        if (fused is { Head: Reduce { Source.Value: { Whole: not null } ofTurn } sum, Reads.Count: 0 } && fused.Results.SequenceEqual([sum.Output]))
        {
            yield return new TurnSumStep(sum.Layer, $"{sum.Output.Name} = Σ {ofTurn.Name}", sum.Output, ofTurn, layouts.Of(ofTurn).Size);
            yield break;
        }

        IReadOnlyList<LoweredKernel> kernels = [.. _lowering.Lower(fused)];
        if (Repacking.Repack(kernels.Count == 1 ? kernels[0] : _lowering.LowerWhole(fused), fused.Head.Layer) is { } repacked)
        {
            Packing.Add(repacked);
            kernels = [.. kernels.Select(repacked.Reading)];
        }

        foreach (LoweredKernel lowered in kernels)
            yield return Plan(fused, lowered, role);
    }

    private Step Plan(FusedOperation fused, LoweredKernel lowered, string role) => fused.Results[0].Whole is null
        ? KernelOf(fused, lowered, fused.Results[0].IsPerSample, role)
        : new TurnStep(KernelOf(fused, lowered, isPerSample: false, "Gradient"));

    private KernelStep KernelOf(FusedOperation fused, LoweredKernel lowered, bool isPerSample, string role)
    {
        Kernel kernel = isPerSample ? Ranged.BySample(lowered.Kernel) : Ranged.ByLargestAxis(lowered.Kernel);
        string what = fused.Head switch { Contract => "", Reduce => role == "Gradient" ? "Bias" : "Sum", _ => "Map" };
        string places = lowered.Places is null ? "" : $", for {lowered.Places}";
        return KernelStep.Of(
            fused.Head.Layer, Describe(lowered) + places, $"{NameOf(fused.Head.Layer)}{what}{role}", kernel, lowered.Bindings);
    }

    /// <summary>A layer's kind and index, for the names of its kernels: Dense2.</summary>
    private string NameOf(string layer) =>
        graph.Layers.FirstOrDefault(summary => summary.Layer == layer) is { } summary ? summary.Kind + layer
        : char.IsLetter(layer[0]) ? layer.Capitalised() : $"Layer{layer}";

    private IEnumerable<Step> Plan(Operation operation, string role)
    {
        switch (operation)
        {
            case Reshape:
                // A view: its layout was chosen so that nothing moves.
                break;
            case Relayout relayout:
                yield return Copy(relayout);
                break;

            case Move row when layouts.IsUncopied(row.Output):
                // A view of a row of its source.
                break;

            case Scan scan:
                foreach (Step step in PlanScan(scan, role))
                    yield return step;
                break;

            case Move move:
                if (!move.Covers)
                    yield return Clear(move);
                foreach (MovePiece piece in move.Pieces.Where(piece => !layouts.IsInPlace(move, piece)))
                    yield return Copy(
                        move.Layer, $"{move.Output.Name}: what comes from {piece.Source.Value.Name}",
                        new Access(move.Output, piece.Target), piece.Source);
                break;

            case Judgement judgement:
                yield return new LossStep(
                    KernelOf(judgement), judgement.Judged, judgement.Output, judgement.Point,
                    graph.Outputs.TakeWhile(output => !ReferenceEquals(output, judgement.Point)).Sum(output => output.Value.Shape.Length))
                {
                    Given = judgement.Given,
                };
                break;
            case Window window:
                string taken = window.Kind == WindowKind.Max ? window.IsRectified ? "largest, or 0 where that is less," : "largest" : "mean";
                yield return new WindowStep(
                    window.Layer,
                    $"{window.Output.Name} = the {taken} of each window of {window.Source.Name}",
                    $"{NameOf(window.Layer)}{role}",
                    KernelOf(window, window.Source, window.Output, isBackward: false) with { IsRectified = window.IsRectified },
                    [window.Output, window.Source]);
                break;
            case WindowGradient gradient:
                string where = gradient.Forward.Kind == WindowKind.Max ? "where each window's largest was" : "spread over each window";
                yield return new WindowStep(
                    gradient.Layer, $"{gradient.Output.Name}: {gradient.OutputGradient.Name} {where}", $"{NameOf(gradient.Layer)}{role}",
                    KernelOf(gradient.Forward, gradient.Output, gradient.OutputGradient, isBackward: true),
                    [gradient.Output, .. gradient.Inputs]);
                break;
            case Softmax softmax:
                yield return Rows(softmax, [softmax.Output, softmax.Source]);
                break;
            case SoftmaxGradient gradient:
                yield return Rows(gradient, [gradient.Output, gradient.OutputGradient, gradient.ForwardOutput]);
                break;
            case Gather gather:
                yield return new GatherStep(
                    gather.Layer, $"{gather.Output.Name}: the rows of {gather.Table.Name} that {gather.Tokens.Name} number",
                    TableOf(gather.Table), RowsOf(gather.Output), TokensOf(gather.Tokens));
                break;
            case GatherGradient gradient:
                yield return new ScatterStep(
                    gradient.Layer, $"{gradient.Output.Name}: each row of {gradient.OutputGradient.Name} where it came from",
                    TableOf(gradient.Output), RowsOf(gradient.OutputGradient), TokensOf(gradient.Tokens))
                {
                    Number = _scattered++,
                };
                break;
            case TileTransform transform:
                yield return Plan(transform, role);
                break;
            case SampleShare share:
                yield return new SampleShareStep(share.Layer, share.Output);
                break;

            case PositionTable table:
                yield return new PositionTableStep(
                    table.Layer, $"{table.Output.Name}: {DescriptionOf(table)}", table.Output, table.Function,
                    table.Output.Shape[0], table.Output.Shape[1], layouts.Of(table.Output).Stride(0), table.Base, table.IsHalved);
                break;
            case Attention attention:
                yield return new AttentionSteps(HeadsOf).Of(attention);
                break;
            case AttentionGradient gradient:
                yield return new AttentionSteps(HeadsOf).Of(gradient);
                break;
            case CachedAttention attention:
                yield return new CachedAttentionStep(
                    attention.Layer, $"{attention.Output.Name}: the values of all steps so far, each as much as its key is like the query",
                    HeadsOf(attention.Output), HeadsOf(attention.Queries), CachedHeadsOf(attention.Keys), CachedHeadsOf(attention.Values),
                    attention.Queries.Shape[0], attention.Queries.Shape[1], attention.Values.Rows.Shape[2], attention.Scale, attention.Clock);
                break;
            case PastWindow window:
                yield return Window(window);
                break;
            case DropoutMask mask:
                yield return new MaskStep(
                    mask.Layer, $"{mask.Output.Name}: random factors", mask.Output, mask.Rate, mask.Stream, layouts.SampleStride(mask.Output));
                break;
            case LengthMask mask:
                yield return new LengthStep(
                    mask.Layer,
                    $"{mask.Output.Name}: 1 at {(mask.Kind == LengthMaskKind.Last ? "the last step" : "each step")} of the sequence, 0 elsewhere",
                    TokensOf(mask.Output), TokensOf(mask.Length), mask.Kind);
                break;
            default:
                throw new NotSupportedException($"{operation.GetType().Name} has no plan.");
        }
    }

    private LossKernel KernelOf(Judgement judgement)
    {
        (Value judged, OutputPoint point) = (judgement.Judged, judgement.Point);
        return new LossKernel(point.Loss ?? new NoLoss(), point.Steps, judged.Shape.Length / point.Steps, graph.Judged.Count > 1)
        {
            Stride = point.Steps > 1 ? layouts.Of(judged).Stride(0) : layouts.SampleStride(judged),
            SampleStride = layouts.SampleStride(judged),
            HasLengths = point.Length is not null,
        };
    }

    private ClearStep Clear(Move move)
    {
        (int offset, int length) = layouts.MemoryOf(move.Output);
        return new ClearStep(
            move.Layer, $"{move.Output.Name}: zeros where nothing is copied", move.Output, layouts.SampleStride(move.Output), length, offset);
    }

    private WindowKernel KernelOf(Window window, Value sourceGradient, Value outputGradient, bool isBackward) => new(
        window.Kind, isBackward, window.Geometry, window.Source.Shape, window.Output.Shape,
        layouts.Of(window.Source), layouts.Of(window.Output), layouts.Of(sourceGradient), layouts.Of(outputGradient),
        layouts.SampleStride(window.Source), layouts.SampleStride(window.Output),
        layouts.SampleStride(sourceGradient), layouts.SampleStride(outputGradient));
}

/// <summary>Marks the axis over which callers share a kernel.</summary>
internal static class Ranged
{
    public static Kernel BySample(Kernel kernel) => Mark(kernel, axis => axis.IsDynamic);

    /// <summary>
    /// For what does not belong to samples: the parallel axis with the most steps that is not needed for the vector, and of a
    /// copy none along which it runs contiguously; or one that makes the whole kernel a single task.
    /// </summary>
    public static Kernel ByLargestAxis(Kernel kernel)
    {
        int vector = VectorAxes.Of(kernel);
        int best = Enumerable.Range(0, kernel.Axes.Count)
            .Where(a => a != vector && !kernel.Axes[a].IsReduced)
            .OrderBy(a => kernel.Combine == Combine.None && kernel.Operands.Any(operand => operand.Strides[a] == 1))
            .ThenByDescending(a => kernel.Axes[a].Extent)
            .DefaultIfEmpty(-1)
            .First();
        if (best >= 0)
            return Mark(kernel, axis => ReferenceEquals(axis, kernel.Axes[best]));

        KernelOperand Widen(KernelOperand operand) => operand with { Strides = operand.Strides.Prepend(0).ToEquatableArray() };
        return kernel with
        {
            Axes = kernel.Axes.Prepend(new KernelAxis("task", 1, false) { IsRanged = true }).ToEquatableArray(),
            Left = kernel.Left is null ? null : Widen(kernel.Left),
            Right = kernel.Right is null ? null : Widen(kernel.Right),
            Terms = kernel.Terms.Select(Widen).ToEquatableArray(),
            Start = kernel.Start is null ? null : Widen(kernel.Start),
            Reads = kernel.Reads.Select(Widen).ToEquatableArray(),
            Results = kernel.Results.Select(result => result with { Operand = Widen(result.Operand) }).ToEquatableArray(),
        };
    }

    private static Kernel Mark(Kernel kernel, Func<KernelAxis, bool> isRanged) => kernel with
    {
        Axes = kernel.Axes.Select(axis => axis with { IsRanged = isRanged(axis) }).ToEquatableArray(),
    };
}
