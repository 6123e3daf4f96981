namespace NetGen.Optimizers;

/// <summary>A function to minimise, without a gradient. It may be noisy, have steps, or count something.</summary>
/// <param name="point">Where.</param>
/// <returns>The cost; NaN counts as worse than anything.</returns>
public delegate double CostFunction(ReadOnlySpan<double> point);

/// <summary>What an evolutionary method came to.</summary>
/// <param name="Value">The lowest cost found.</param>
/// <param name="Evaluations">How often the cost was computed.</param>
/// <param name="Values">The lowest cost so far, after each generation.</param>
public sealed record EvolutionResult(double Value, int Evaluations, IReadOnlyList<double> Values)
{
    /// <summary>The generations bred.</summary>
    public int Generations => Values.Count;

    /// <summary>Whether it was cancelled; the point is the best so far.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The result in a line: <c>1.5E-08 after 80 generations and 960 evaluations</c>.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Value:G6} after {Generations} generations and {Evaluations} evaluations{(IsCancelled ? ", cancelled" : "")}");
}

/// <summary>
/// A method that minimises a function without its gradient, by trying a population of points, keeping what is good about the best
/// and varying it at random. The same seed gives the same result.
/// </summary>
public abstract class EvolutionMethod
{
    private readonly int _generations = 200;
    private readonly double _deviation = 0.5;

    private protected EvolutionMethod()
    {
    }

    /// <summary>The most generations to breed, at least 1.</summary>
    public int Generations
    {
        get => _generations;
        init => _generations = (int)Require.AtLeastOne(value, nameof(Generations));
    }

    /// <summary>The standard deviation around the start of the first points tried, above 0: about the distance of what is sought.</summary>
    public double Deviation
    {
        get => _deviation;
        init => _deviation = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Deviation), value, "Deviation must be a finite number above 0.");
    }

    /// <summary>Ends once a cost is at or below this.</summary>
    public double Target { get; init; } = double.NegativeInfinity;

    /// <summary>The seed of all draws.</summary>
    public int Seed { get; init; }

    /// <summary>Minimises a function.</summary>
    /// <param name="cost">The function.</param>
    /// <param name="point">Around what to start; overwritten by the best point found, if that is better than the start.</param>
    /// <param name="cancellationToken">Ends the search after the generation that is running, or before the first.</param>
    /// <returns>The lowest cost found, and how.</returns>
    public EvolutionResult Minimize(CostFunction cost, Span<double> point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cost);
        ArgumentOutOfRangeException.ThrowIfZero(point.Length, nameof(point));
        var search = new EvolutionSearch(cost, point, Target, cancellationToken);
        if (!search.IsOver)
            Evolve(search);
        search.BestPoint.CopyTo(point);
        return new EvolutionResult(search.Best, search.Evaluations, search.Values)
        {
            IsCancelled = search.Best > Target && cancellationToken.IsCancellationRequested,
        };
    }

    /// <summary>Breeds until the search has had enough.</summary>
    private protected abstract void Evolve(EvolutionSearch search);
}

/// <summary>Keeps the best of all points tried.</summary>
internal sealed class EvolutionSearch
{
    private readonly CostFunction _cost;
    private readonly double _target;
    private readonly CancellationToken _cancellationToken;
    private readonly List<double> _values = [];

    internal EvolutionSearch(CostFunction cost, ReadOnlySpan<double> start, double target, CancellationToken cancellationToken)
    {
        _cost = cost;
        _target = target;
        _cancellationToken = cancellationToken;
        Start = start.ToArray();
        BestPoint = start.ToArray();
        Best = double.PositiveInfinity;
        Evaluate(Start);
    }

    internal double[] Start { get; }

    internal double[] BestPoint { get; }

    internal double Best { get; private set; }

    internal int Evaluations { get; private set; }

    /// <summary>Whether the target is met, or nobody waits for it any more.</summary>
    internal bool IsOver => !(Best > _target) || _cancellationToken.IsCancellationRequested;

    internal IReadOnlyList<double> Values => _values;

    /// <summary>The cost of a point; infinite where it is not a number.</summary>
    internal double Evaluate(double[] point)
    {
        Evaluations++;
        double cost = _cost(point);
        if (double.IsNaN(cost))
            return double.PositiveInfinity;
        if (cost < Best)
        {
            Best = cost;
            point.CopyTo(BestPoint, 0);
        }

        return cost;
    }

    internal void EndGeneration() => _values.Add(Best);

    /// <summary>The numbers of the points from best to worst, equal ones in their order.</summary>
    internal static int[] Rank(double[] costs) => [.. Enumerable.Range(0, costs.Length).OrderBy(i => costs[i])];
}
