using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>A kernel with the tensors that its operands are bound to.</summary>
/// <param name="Kernel">The kernel.</param>
/// <param name="Bindings">The tensors, in the order of <see cref="Kernel.Operands"/>.</param>
/// <param name="Tails">What may happen behind the end of an axis, once it is settled which one the vectors lie along.</param>
internal sealed record LoweredKernel(Kernel Kernel, IReadOnlyList<Value> Bindings, Tails Tails)
{
    /// <summary>The positions that it computes, in words; null where these are all.</summary>
    public string? Places { get; init; }
}

/// <summary>Turns fused operations and the layouts of their tensors into kernels: loop nests of strides.</summary>
internal sealed partial class Lowering(Layouts layouts)
{
    // What sums start from.
    private const string Bias = "b";

    /// <summary>The kernels of an operation: several where not all positions of a product have the same taps.</summary>
    public IEnumerable<LoweredKernel> Lower(FusedOperation fused) => fused.Head is Contract contract
        ? layouts.SumsOf(contract).Select(gather => Lower(fused, gather))
        : [fused.IsPass ? LowerPass(fused) : Lower(fused, gather: null)];

    /// <summary>A product as though its window went by single steps, so that all its taps are in one kernel, as its weight is packed.</summary>
    public LoweredKernel LowerWhole(FusedOperation fused) => Lower(fused, ScatterToGather.InSingleSteps((Contract)fused.Head));

    private LoweredKernel Lower(FusedOperation fused, GatheredSum? gather)
    {
        IReadOnlyList<Graph.Index> target = gather?.Target ?? TargetIndices(fused.Head);
        if (gather is { IsEmpty: true })
            return LowerWithoutSum(fused, gather);
        var (left, right) = Factors(fused.Head, gather);

        var accesses = new List<LoweredAccess>();
        foreach (Value result in fused.Results)
            accesses.Add(OfResult(result, fused, target));
        int firstInput = accesses.Count;
        if (left is not null)
            accesses.Add(left);
        if (right is not null)
            accesses.Add(right);
        var reduce = fused.Head as Reduce;
        foreach (MapOperand term in reduce?.Operands ?? [])
            accesses.Add(Pointwise(term, reduce!));
        if (fused.Start is { } start)
            accesses.Add(Pointwise(Bias, start.Value, start.Dimensions, fused, target));
        foreach (MapOperand read in fused.Reads)
            accesses.Add(Pointwise(read.Variable, read.Value, read.Dimensions, fused, target));

        IReadOnlyList<KernelAxis> axes = BuildAxes(target, accesses, out List<KernelOperand> operands);
        int next = firstInput;
        KernelOperand? leftOperand = left is null ? null : operands[next++];
        KernelOperand? rightOperand = right is null ? null : operands[next++];
        EquatableArray<KernelOperand> terms = operands.Skip(next).Take(reduce?.Operands.Count ?? 0).ToEquatableArray();
        next += terms.Count;
        KernelOperand? startOperand = fused.Start is null ? null : operands[next++];
        var kernel = new Kernel
        {
            Axes = axes.ToEquatableArray(),
            Combine = fused.Head switch { Contract => Combine.SumOfProducts, Reduce => Combine.Sum, _ => Combine.None },
            Left = leftOperand,
            Right = rightOperand,
            Term = reduce is null or { Term: Variable }
                ? null
                : reduce.Term.Substitute(new Dictionary<string, Expression> { [Reduce.Summed] = Functions.Variable(left!.Name) }),
            Terms = terms,
            Start = startOperand,
            Reads = operands.Skip(next).ToEquatableArray(),
            Results = fused.Results.Select((result, i) => new KernelResult(operands[i], fused.Computed[result])).ToEquatableArray(),
        };
        if (gather is not null)
        {
            kernel = kernel with
            {
                Lines = LinesOf(gather, kernel).ToEquatableArray(),
                LeftStep = layouts.StepOf(new Access(fused.Head.Output, gather.Target), gather.Left, gather.Right),
            };
        }

        return Complete(kernel, accesses, target) with { Places = gather?.Places };
    }

    /// <summary>Positions on which no tap falls: what their sums start from, or nothing, goes through the epilogue.</summary>
    private LoweredKernel LowerWithoutSum(FusedOperation fused, GatheredSum gather)
    {
        var nothing = new Dictionary<string, Expression>
        {
            [Kernel.Sum] = fused.Start is null ? Functions.Constant(0) : Functions.Variable(Bias),
        };
        Expression[] values = [.. fused.Results.Select(result => Simplifier.Simplify(fused.Computed[result].Substitute(nothing)))];
        var accesses = new List<LoweredAccess>(fused.Results.Select(result => OfResult(result, fused, gather.Target)));
        if (fused.Start is { } start)
            accesses.Add(Pointwise(Bias, start.Value, start.Dimensions, fused, gather.Target));
        foreach (MapOperand read in fused.Reads.Where(read => values.Any(value => value.Occurrences(read.Variable) > 0)))
            accesses.Add(Pointwise(read.Variable, read.Value, read.Dimensions, fused, gather.Target));
        IReadOnlyList<KernelAxis> axes = BuildAxes(gather.Target, accesses, out List<KernelOperand> operands);
        var kernel = new Kernel
        {
            Axes = axes.ToEquatableArray(),
            Combine = Combine.None,
            Reads = operands.Skip(values.Length).ToEquatableArray(),
            Results = values.Select((value, i) => new KernelResult(operands[i], value)).ToEquatableArray(),
        };
        return Complete(kernel, accesses, gather.Target) with { Places = gather.Places };
    }

    private static LoweredKernel Complete(Kernel kernel, IReadOnlyList<LoweredAccess> accesses, IReadOnlyList<Graph.Index> target)
    {
        bool isGrouped = target.Any(index => index.Terms.Count(term => term.Axis.Extent > 1) > 1);
        var tails = new Tails(accesses, hasWholeRows: !isGrouped);
        return new LoweredKernel(kernel with { Tail = tails.Of(kernel) }, [.. accesses.Select(access => access.Value)], tails);
    }

    // A share of a gradient is a sum over the samples that are there, as the gradient is.
    private LoweredAccess OfResult(Value result, FusedOperation fused, IReadOnlyList<Graph.Index> target) => result.Whole is null
        ? Pointwise(Roles.OfResult(result, fused.Results), result, [.. Enumerable.Range(0, result.Shape.Rank)], fused, target)
        : new LoweredAccess(Roles.OfResult(result, fused.Results), result, layouts.Of(result), sampleStride: 0, target);

    // Only of axes that are loops of their own: one that was cut or joined walks over more than lines.
    private static IEnumerable<ImageLines> LinesOf(GatheredSum gather, Kernel kernel)
    {
        Access left = gather.Left;
        if (!left.Value.Shape.IsImage)
            yield break;
        // Columns that are spread apart lie along the vector.
        for (int d = 1; d < (gather.Gap > 1 ? 2 : 3); d++)
        {
            IndexTerm[] terms = [.. left.Indices[d].Terms.Where(term => term.Axis.Extent > 1)];
            IndexTerm? row = terms.FirstOrDefault(term => IsLoop(term.Axis, isReduced: false));
            IndexTerm? tap = terms.FirstOrDefault(term => IsLoop(term.Axis, isReduced: true));
            if (terms.Length != 2 || row is null || tap is null || row.Axis.IsPart)
                continue;
            yield return new ImageLines(
                row.Axis.Name, tap.Axis.Name, left.Indices[d].Offset, row.Coefficient, tap.Coefficient, left.Value.Shape[d]);
        }

        bool IsLoop(Axis axis, bool isReduced) =>
            kernel.Axes.Count(a => a.Name == axis.Name && a.Extent == axis.Extent && a.IsReduced == isReduced) == 1;
    }

    /// <summary>A kernel that stores a tensor under another layout.</summary>
    public static LoweredKernel LowerCopy(LoweredAccess target, LoweredAccess source)
    {
        IReadOnlyList<KernelAxis> axes = BuildAxes(target.Indices, [target, source], out List<KernelOperand> operands);
        var kernel = new Kernel
        {
            Axes = axes.ToEquatableArray(),
            Combine = Combine.None,
            Reads = new[] { operands[1] }.ToEquatableArray(),
            Results = new[] { new KernelResult(operands[0], Functions.Variable(source.Name)) }.ToEquatableArray(),
        };
        // Beside a part of a tensor stand its other parts, which whole vectors would write over, or carry along.
        var tails = new Tails([target, source], target.HasWholeRows && source.HasWholeRows);
        return new LoweredKernel(kernel with { Tail = tails.Of(kernel) }, [target.Value, source.Value], tails);
    }

    private static IReadOnlyList<Graph.Index> TargetIndices(Operation head) => head switch
    {
        Contract contract => contract.Target.Indices,
        Reduce reduce => reduce.Target.Indices,
        Map map => [.. Axis.Along(map.Output.Shape).Select(Graph.Index.Of)],
        _ => throw new NotSupportedException($"{head.GetType().Name} is no loop nest."),
    };

    private (LoweredAccess? Left, LoweredAccess? Right) Factors(Operation head, GatheredSum? gather)
    {
        if (head is Reduce reduce)
            return (Access(Roles.OfFactor(reduce.Source.Value), reduce.Source), null);
        if (gather is null)
            return (null, null);
        string left = Roles.OfFactor(gather.Left.Value), right = Roles.OfFactor(gather.Right.Value);
        return (Access(left, gather.Left, gather.Gap > 1), Access(right == left ? right + "Right" : right, gather.Right));
    }

    private LoweredAccess Access(string name, Access access, bool countsGaps = false)
    {
        Layout layout = layouts.Of(access.Value);
        return new(name, access.Value, countsGaps ? layout.WithoutGaps() : layout, layouts.SampleStride(access.Value), access.Indices);
    }

    /// <summary>A tensor that follows the target's own dimensions, or a flattened view of it.</summary>
    public LoweredAccess Pointwise(
        string name, Value value, IReadOnlyList<int> dimensions, FusedOperation fused, IReadOnlyList<Graph.Index> target)
    {
        Layout layout = layouts.Of(value);
        Shape shape = fused.Head.Output.Shape;
        // A whole tensor under another shape is followed by its memory; others by the dimensions that they have.
        if (value.Shape.Length == shape.Length && !value.Shape.Extents.SequenceEqual(shape.Extents) && !Follows(value.Shape, dimensions, shape))
            return new LoweredAccess(name, value, layout.Reshaped(shape), layouts.SampleStride(value), target);
        return new LoweredAccess(name, value, layout, layouts.SampleStride(value),
            [.. dimensions.Select((d, own) => value.Shape[own] == 1 && shape[d] != 1 ? Graph.Index.Sum(0) : target[d])]);
    }

    // What a term reads beside the source of its sum, along the dimensions of that, or along its groups.
    private LoweredAccess Pointwise(MapOperand term, Reduce sum) => new(
        term.Variable, term.Value, layouts.Of(term.Value), layouts.SampleStride(term.Value),
        [.. term.Dimensions.Select((d, own) => term.Value.Shape[own] == 1 ? Graph.Index.Sum(0)
            : term.Value.Shape[own] == sum.Source.Value.Shape[d] ? sum.Source.Indices[d]
            : sum.Target.Indices[own])]);

    /// <summary>Whether each dimension of a shape is one of another's, or a single element: a column of weights is, beside its products.</summary>
    private static bool Follows(Shape own, IReadOnlyList<int> dimensions, Shape shape)
    {
        for (int d = 0; d < dimensions.Count; d++)
        {
            if (dimensions[d] >= shape.Rank || (own[d] != 1 && own[d] != shape[dimensions[d]]))
                return false;
        }

        return true;
    }

    private static List<KernelAxis> BuildAxes(
        IReadOnlyList<Graph.Index> target, List<LoweredAccess> accesses, out List<KernelOperand> operands)
    {
        var splitter = new AxisSplitter();
        foreach (LoweredAccess access in accesses)
            splitter.Observe(access.Indices, access.Layout);

        var parallel = new List<Axis>();
        Collect(target, parallel);
        var all = new List<Axis>();
        foreach (LoweredAccess access in accesses)
            Collect(access.Indices, all);
        Collect(target, all);

        bool targetIsPerSample = accesses[0].Value is { IsPerSample: true, Whole: null };
        var axes = new List<LoopAxis>();
        if (accesses.Any(access => access.Value.IsPerSample))
            axes.Add(Of(Axis.Sample, 1, Axis.Sample.Name, Axis.Dynamic, isReduced: !targetIsPerSample));
        foreach (Axis axis in all)
        {
            foreach ((Axis part, int step) in splitter.Parts(axis))
                axes.Add(Of(axis, step, part.Name, part.Extent, !parallel.Contains(axis)));
        }

        axes = LoopOrder.WithLongInnerLoop(AxisMerger.Merge(LoopOrder.Sort(axes)));
        if (axes.Count == 0 || axes.All(axis => axis.IsReduced))
            axes.Insert(0, new LoopAxis("one", 1, false, new int[accesses.Count]));
        operands = [.. accesses.Select((access, i) => new KernelOperand(
            access.Name, axes.Select(axis => axis.Strides[i]).ToEquatableArray(), access.Offset))];
        return [.. axes.Select(axis => new KernelAxis(axis.Name, axis.Extent, axis.IsReduced))];

        LoopAxis Of(Axis axis, int step, string name, int extent, bool isReduced)
        {
            var strides = new int[accesses.Count];
            for (int i = 0; i < strides.Length; i++)
                strides[i] = accesses[i].StrideAlong(axis, step);
            return new LoopAxis(name, extent, isReduced, strides);
        }

        static void Collect(IReadOnlyList<Graph.Index> indices, List<Axis> axes)
        {
            foreach (Graph.Index index in indices)
            {
                foreach (IndexTerm term in index.Terms)
                {
                    if (!axes.Contains(term.Axis))
                        axes.Add(term.Axis);
                }
            }
        }
    }
}
