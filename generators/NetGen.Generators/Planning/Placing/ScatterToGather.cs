using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// The gradient of a convolution's input adds each term into position i·s + u·d − p. Read the other way round, position y
/// takes its terms from output row (y − u·d + p) / s, with the taps u for which that is a whole number: a convolution again. Positions s apart
/// have the same taps, so that there is one for each remainder of y.
/// </summary>
internal static class ScatterToGather
{
    private const int Column = 2;

    /// <param name="contract">A product.</param>
    /// <param name="alongColumns">
    /// Whether vectors lie along the columns of what it writes. They take all columns then, and read an image whose columns are as far apart as
    /// the stride says, with zeros between.
    /// </param>
    /// <returns>The product as one that gathers, or one for each of the positions that have their taps in common.</returns>
    public static IReadOnlyList<GatheredSum> Of(Contract contract, bool alongColumns)
    {
        var whole = new GatheredSum(contract.Target.Indices, contract.Left, contract.Right);
        IEnumerable<GatheredSum> gathers = [whole];
        for (int d = 0; d < contract.Target.Indices.Count; d++)
        {
            if (FindWindow(contract, d) is { } window)
            {
                int dimension = d;
                gathers = window.IsStill ? gathers.Select(gather => gather.Still(dimension, window))
                    : d == Column && alongColumns ? gathers.Select(gather => gather.Spread(dimension, window))
                    : gathers.SelectMany(gather => gather.Phases(dimension, window));
            }
        }

        return [.. gathers];
    }

    /// <summary>The product as one that gathers where its window goes by single steps.</summary>
    public static GatheredSum InSingleSteps(Contract contract)
    {
        var gather = new GatheredSum(contract.Target.Indices, contract.Left, contract.Right);
        for (int d = 0; d < contract.Target.Indices.Count; d++)
        {
            if (FindWindow(contract, d) is { } window)
                gather = gather.Spread(d, window with { Stride = 1 });
        }

        return gather;
    }

    /// <summary>How far apart vectors along columns want those of the left factor: the stride of the convolution it is a gradient of.</summary>
    public static int GapOf(Contract contract, bool alongColumns) =>
        alongColumns && contract.Left.Value.Shape.IsImage && contract.Target.Value.Shape.IsImage
        && FindWindow(contract, Column) is { IsStill: false } window
            ? window.Stride
            : 1;

    /// <summary>The axes of a window if the target's index is one: what moves, by how much, and the tap inside.</summary>
    private static SlidingWindow? FindWindow(Contract contract, int dimension)
    {
        Graph.Index index = contract.Target.Indices[dimension];
        if (index.Terms.Count < 2 || !contract.Target.Value.IsPerSample)
            return null;
        // The moving axis indexes the gradient that flows in; the tap indexes only the weight.
        IndexTerm? moving = index.Terms.FirstOrDefault(term => IsSpatial(contract.Left, term.Axis));
        IndexTerm? tap = index.Terms.FirstOrDefault(term => !ReferenceEquals(term, moving) && IsSpatial(contract.Right, term.Axis));
        return moving is not null && tap is not null
            ? new SlidingWindow(
                moving.Axis, moving.Coefficient, tap.Axis, tap.Coefficient, -index.Offset,
                contract.Target.Value.Shape.IsImage && dimension == 1 ? "row" : "column", contract.Target.Value.Shape[dimension])
            : null;
    }

    private static bool IsSpatial(Access access, Axis axis) =>
        access.Indices.Skip(1).Any(index => index.IsPlain && index.Terms[0].Axis == axis);
}

/// <summary>A window that slides along a dimension of a product's target.</summary>
/// <param name="Moving">The axis that counts its places.</param>
/// <param name="Stride">How far one place is from the next.</param>
/// <param name="Tap">The axis inside.</param>
/// <param name="Dilation">How far one tap is from the next.</param>
/// <param name="Pad">How far the first place lies before the first position.</param>
/// <param name="Name">What a position is called.</param>
/// <param name="Positions">The length of the dimension.</param>
internal sealed record SlidingWindow(Axis Moving, int Stride, Axis Tap, int Dilation, int Pad, string Name, int Positions)
{
    /// <summary>Whether it has a single place and covers every position with a tap of its own, so that nothing slides.</summary>
    public bool IsStill => Moving.Extent == 1 && Dilation == 1 && Pad >= 0 && Pad + Positions <= Tap.Extent;
}

/// <summary>A sum of products for all positions of its target, or for those that are so many apart.</summary>
/// <param name="Target">The indices of what it writes.</param>
/// <param name="Left">What it reads of the left factor.</param>
/// <param name="Right">What it reads of the right factor.</param>
internal sealed record GatheredSum(IReadOnlyList<Graph.Index> Target, Access Left, Access Right)
{
    /// <summary>How far apart it reads the columns of the left factor, whose index counts the gaps between them.</summary>
    public int Gap { get; private init; } = 1;

    /// <summary>Whether no tap falls on its positions, so that its sums are of nothing.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>The positions in words, where they are not all.</summary>
    public string? Places { get; private init; }

    /// <summary>The same of a window that covers all positions of a dimension: each has one tap, and reads the only place there is.</summary>
    public GatheredSum Still(int dimension, SlidingWindow window)
    {
        var position = new Axis(window.Name, window.Positions);
        return Along(
            dimension, window, Graph.Index.Of(position), Graph.Index.Sum(0), Graph.Index.Sum(window.Pad, (position, 1)));
    }

    /// <summary>The same for all positions of a dimension, read from positions that are spread apart with zeros between: y − u·d + p.</summary>
    public GatheredSum Spread(int dimension, SlidingWindow window)
    {
        var position = new Axis(window.Name, window.Positions);
        Graph.Index read = Graph.Index.Sum(window.Pad, (position, 1), (window.Tap, -window.Dilation));
        return Along(dimension, window, Graph.Index.Of(position), read, Graph.Index.Of(window.Tap)) with { Gap = window.Stride };
    }

    /// <summary>The same, one for each remainder of a dimension's positions.</summary>
    public IEnumerable<GatheredSum> Phases(int dimension, SlidingWindow window)
    {
        int stride = window.Stride, common = GreatestCommonDivisor(stride, window.Dilation), period = stride / common;
        for (int first = 0; first < Math.Min(stride, window.Positions); first++)
        {
            // The first tap that falls on them, which every so many-th does from there on.
            int start = 0;
            while (start < period && (first + window.Pad - start * window.Dilation) % stride != 0)
                start++;
            int taps = start == period ? 0 : (window.Tap.Extent - start + period - 1) / period;
            var position = new Axis(window.Name, (window.Positions - first + stride - 1) / stride);
            var tap = new Axis(window.Tap.Name, taps);
            GatheredSum phase = Along(
                dimension, window, Graph.Index.Sum(first, (position, stride)),
                Graph.Index.Sum((first + window.Pad - start * window.Dilation) / stride, (position, 1), (tap, -window.Dilation / common)),
                Graph.Index.Sum(start, (tap, period)));
            string places = $"{window.Name}s {stride}n{(first == 0 ? "" : $" + {first}")}";
            yield return phase with
            {
                IsEmpty = IsEmpty || taps <= 0,
                Places = stride == 1 ? Places : Places is null ? places : $"{Places} and {places}",
            };
        }
    }

    private GatheredSum Along(int dimension, SlidingWindow window, Graph.Index written, Graph.Index read, Graph.Index tap)
    {
        Graph.Index[] target = [.. Target];
        target[dimension] = written;
        return this with { Target = target, Left = With(Left, window.Moving, read), Right = With(Right, window.Tap, tap) };

        static Access With(Access access, Axis axis, Graph.Index index) => access with
        {
            Indices = [.. access.Indices.Select(old => old.CoefficientOf(axis) == 0 ? old : index)],
        };
    }

    private static int GreatestCommonDivisor(int a, int b) => b == 0 ? a : GreatestCommonDivisor(b, a % b);
}
