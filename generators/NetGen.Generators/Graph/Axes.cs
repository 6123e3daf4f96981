namespace NetGen.Generators.Graph;

/// <summary>
/// A named axis of a loop. The batch's axis has an extent known only at run time, written as <see cref="Dynamic"/>.
/// </summary>
internal sealed record Axis(string Name, int Extent)
{
    public const int Dynamic = -1;

    /// <summary>The samples of a batch.</summary>
    public static readonly Axis Sample = new("s", Dynamic);

    public bool IsDynamic => Extent == Dynamic;

    /// <summary>An axis along each dimension of a tensor, named as its dimensions are by habit: channel, row, column.</summary>
    public static Axis[] Along(Shape shape)
    {
        const string Names = "ghcij";
        int first = shape.Rank <= 3 ? 2 : Names.Length - shape.Rank;
        return [.. shape.Extents.Select((extent, d) => new Axis(Names.Substring(first + d, 1), extent))];
    }

    /// <summary>Whether it is a part of a longer axis, at a place that is known at run time only.</summary>
    public bool IsPart { get; init; }
}

/// <summary>
/// Where along one dimension a point of the axes falls: Σ coefficient · axis + offset. Outside the dimension's extent a
/// tensor reads as zero, which is what padding is.
/// </summary>
internal sealed record Index(EquatableArray<IndexTerm> Terms, int Offset)
{
    /// <summary>The plain index by one axis.</summary>
    public static Index Of(Axis axis) => new(new[] { new IndexTerm(axis, 1) }.ToEquatableArray(), 0);

    /// <summary>A weighted sum of axes.</summary>
    public static Index Sum(int offset, params (Axis Axis, int Coefficient)[] terms) => new(
        terms.Select(term => new IndexTerm(term.Axis, term.Coefficient)).ToEquatableArray(), offset);

    /// <summary>Whether the index is one axis and nothing else, so that it visits each position once.</summary>
    public bool IsPlain => Offset == 0 && Terms.Count == 1 && Terms[0].Coefficient == 1;

    /// <summary>The same index by another axis.</summary>
    public Index Replace(Axis axis, Axis replacement) => this with
    {
        Terms = Terms.Select(term => term.Axis == axis ? term with { Axis = replacement } : term).ToEquatableArray(),
    };

    /// <summary>The first and the last position it falls on.</summary>
    public (int First, int Last) Range
    {
        get
        {
            (int first, int last) = (Offset, Offset);
            foreach (IndexTerm term in Terms)
            {
                int reach = term.Coefficient * (term.Axis.Extent - 1);
                (first, last) = (first + Math.Min(0, reach), last + Math.Max(0, reach));
            }

            return (first, last);
        }
    }

    public int CoefficientOf(Axis axis)
    {
        int sum = 0;
        foreach (IndexTerm term in Terms)
            sum += term.Axis == axis ? term.Coefficient : 0;
        return sum;
    }
}

/// <summary>One term of an <see cref="Index"/>.</summary>
internal sealed record IndexTerm(Axis Axis, int Coefficient);
