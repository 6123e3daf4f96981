using NetGen.Generators.Expressions;

namespace NetGen.Generators.Plans;

/// <summary>How a kernel makes one number of many.</summary>
internal enum Combine
{
    /// <summary>Nothing is summed: an elementwise map.</summary>
    None,

    /// <summary>The sum of the left operand, or of a term in it.</summary>
    Sum,

    /// <summary>The sum of the products of left and right.</summary>
    SumOfProducts,
}

/// <summary>
/// A loop nest over named axes: for every point of the parallel axes, combine the operands over the reduced axes, then
/// pass the sum through the epilogue. Everything the emitter needs and nothing about which layer it serves, so that equal
/// kernels are one method.
/// </summary>
internal sealed record Kernel
{
    public required EquatableArray<KernelAxis> Axes { get; init; }

    public required Combine Combine { get; init; }

    /// <summary>The first factor; null for a map.</summary>
    public KernelOperand? Left { get; init; }

    /// <summary>The second factor, for a sum of products.</summary>
    public KernelOperand? Right { get; init; }

    /// <summary>
    /// What is summed, in the names of the left operand and of <see cref="Terms"/>; null where it is the operand itself, or the product.
    /// </summary>
    public Expression? Term { get; init; }

    /// <summary>What the term reads beside the left operand.</summary>
    public EquatableArray<KernelOperand> Terms { get; init; }

    /// <summary>The terms of further sums over the same steps; each stands for a variable of the epilogue of its own.</summary>
    public EquatableArray<Expression> Further { get; init; }

    /// <summary>The terms of all sums, named by <see cref="SumName"/>; none where what is summed is the operand itself, or the product.</summary>
    public IEnumerable<Expression> SumTerms => Term is null ? [] : Further.Prepend(Term);

    /// <summary>How many sums are taken over the same steps.</summary>
    public int SumCount => 1 + Further.Count;

    /// <summary>What is written at each step of the sums.</summary>
    public IEnumerable<KernelResult> Passing => Results.Where(result => result.IsPassing);

    /// <summary>What is computed at each step of the sums: their terms, and what is written.</summary>
    public IEnumerable<Expression> StepValues => SumTerms.Concat(Passing.Select(result => result.Value));

    /// <summary>All that is read at each step of the sum.</summary>
    public IEnumerable<KernelOperand> Factors => new[] { Left, Right }.OfType<KernelOperand>().Concat(Terms);

    /// <summary>Whether all steps of a sum read the same of an operand of its term.</summary>
    public bool IsHeld(KernelOperand factor) =>
        Terms.Contains(factor) && Enumerable.Range(0, Axes.Count).All(a => !Axes[a].IsReduced || factor.Strides[a] == 0);

    /// <summary>What the sum starts from (a bias), or null for zero.</summary>
    public KernelOperand? Start { get; init; }

    /// <summary>What the epilogue reads beside the sum <c>z</c>: each operand stands for the variable of its name.</summary>
    public EquatableArray<KernelOperand> Reads { get; init; }

    /// <summary>What is written, and the expression that is.</summary>
    public required EquatableArray<KernelResult> Results { get; init; }

    /// <summary>How far apart vectors may read the left factor: the stride of a convolution whose columns lie along them.</summary>
    public int LeftStep { get; init; } = 1;

    /// <summary>Where the left factor reads zeros around the lines of an image.</summary>
    public EquatableArray<ImageLines> Lines { get; init; }

    /// <summary>What may happen behind the extent of the vector axis.</summary>
    public Tail Tail { get; init; }

    /// <summary>Whether nobody shares it: a stream's, which takes one sample from one step to the next.</summary>
    public bool IsOfOneSample => Axes.All(axis => !axis.IsRanged);

    /// <summary>The axis of the samples that are summed over; −1 where they are not.</summary>
    public int SummedSamples
    {
        get
        {
            for (int a = 0; a < Axes.Count; a++)
            {
                if (Axes[a] is { IsReduced: true, IsDynamic: true })
                    return a;
            }

            return -1;
        }
    }

    /// <summary>Whether elements behind the extent of the vector axis must not be touched.</summary>
    public bool IsExact => Tail == Tail.Exact;

    /// <summary>
    /// The elements along the vector axis that vectors may cover: all up to the next multiple of the widest vector where
    /// padding stands behind the end.
    /// </summary>
    public int Span(int vectorAxis) => IsExact ? Axes[vectorAxis].Extent : Layout.RoundUp(Axes[vectorAxis].Extent);

    /// <summary>The multiply-adds of all axes whose extent is known.</summary>
    public long StaticWork => Axes.Where(axis => !axis.IsDynamic).Aggregate(1L, (product, axis) => product * axis.Extent);

    /// <summary>The variable of the epilogue that stands for the sum.</summary>
    public const string Sum = "z";

    /// <summary>The variables of the epilogue that stand for sums over the same steps: z, zB, zC.</summary>
    public static string SumName(int number) => Sum + SumSuffix(number);

    /// <summary>What tells a sum from the first.</summary>
    public static string SumSuffix(int number) => number == 0 ? "" : $"{(char)('A' + number)}";

    /// <summary>The same loops with every operand starting where it is said to.</summary>
    public Kernel WithoutOffsets() => this with
    {
        Left = Left is null ? null : Left with { Offset = 0 },
        Right = Right is null ? null : Right with { Offset = 0 },
        Terms = Terms.Select(term => term with { Offset = 0 }).ToEquatableArray(),
        Start = Start is null ? null : Start with { Offset = 0 },
        Reads = Reads.Select(read => read with { Offset = 0 }).ToEquatableArray(),
        Results = Results.Select(result => result with { Operand = result.Operand with { Offset = 0 } }).ToEquatableArray(),
    };

    /// <summary>The same loops without one along an axis: for the first step of it alone.</summary>
    public Kernel Without(Func<KernelAxis, bool> isLeftOut)
    {
        int[] kept = [.. Enumerable.Range(0, Axes.Count).Where(a => !isLeftOut(Axes[a]))];
        KernelOperand Narrow(KernelOperand operand) => operand with { Strides = kept.Select(a => operand.Strides[a]).ToEquatableArray() };
        return this with
        {
            Axes = kept.Select(a => Axes[a]).ToEquatableArray(),
            Left = Left is null ? null : Narrow(Left),
            Right = Right is null ? null : Narrow(Right),
            Terms = Terms.Select(Narrow).ToEquatableArray(),
            Start = Start is null ? null : Narrow(Start),
            Reads = Reads.Select(Narrow).ToEquatableArray(),
            Results = Results.Select(result => result with { Operand = Narrow(result.Operand) }).ToEquatableArray(),
        };
    }

    public IReadOnlyList<KernelOperand> Operands
    {
        get
        {
            var operands = new List<KernelOperand>(Results.Count + Terms.Count + Reads.Count + 3);
            foreach (KernelResult result in Results)
                operands.Add(result.Operand);
            operands.AddRange(Factors);
            if (Start is not null)
                operands.Add(Start);
            operands.AddRange(Reads);
            return operands;
        }
    }
}

/// <summary>What may happen behind the extent of the vector axis, where the last vector is not full.</summary>
internal enum Tail
{
    /// <summary>Padding stands there: whole vectors are harmless.</summary>
    Free,

    /// <summary>Zeros stand there and must stay: whole vectors are stored with zeros in the lanes behind the end.</summary>
    Zeros,

    /// <summary>Somebody else's data stands there, or what is read must not be counted: nothing is touched.</summary>
    Exact,
}

/// <summary>
/// An axis of a kernel. The ranged one runs over the part of its extent that the caller names, which is how workers share
/// a kernel; the batch's extent is dynamic.
/// </summary>
internal sealed record KernelAxis(string Name, int Extent, bool IsReduced)
{
    public bool IsRanged { get; init; }

    public bool IsDynamic => Extent == Graph.Axis.Dynamic;
}

/// <summary>An operand: its name in the generated code, and how far one step along each axis moves in it.</summary>
internal sealed record KernelOperand(string Name, EquatableArray<int> Strides, int Offset);

/// <summary>
/// Which line of an image a kernel's left factor reads, be it a row or a column: <c>First + row · RowStep + tap · TapStep</c>.
/// Lines outside the image are its border, all zeros.
/// </summary>
/// <param name="Row">The name of the parallel axis.</param>
/// <param name="Tap">The name of the reduced axis.</param>
/// <param name="First">The line at row 0 and tap 0.</param>
/// <param name="RowStep">Lines from row to row.</param>
/// <param name="TapStep">Lines from tap to tap.</param>
/// <param name="Extent">The image's lines.</param>
internal sealed record ImageLines(string Row, string Tap, int First, int RowStep, int TapStep, int Extent)
{
    /// <summary>The share of pairs of row and tap that read something else than zeros.</summary>
    public double LiveShare(int rows, int taps)
    {
        int live = 0;
        for (int row = 0; row < rows; row++)
        {
            for (int tap = 0; tap < taps; tap++)
                live += IsZero(row, tap) ? 0 : 1;
        }

        return (double)live / (rows * taps);
    }

    public bool IsZero(int row, int tap)
    {
        int line = First + row * RowStep + tap * TapStep;
        return line < 0 || line >= Extent;
    }
}

/// <summary>One output of a kernel.</summary>
/// <param name="Operand">What is written.</param>
/// <param name="Value">In the sums and what the epilogue reads; in what a step reads, if it is written in passing.</param>
internal sealed record KernelResult(KernelOperand Operand, Expression Value)
{
    /// <summary>Whether it is written at each step of the sums, and has an element for each.</summary>
    public bool IsPassing { get; init; }
}
