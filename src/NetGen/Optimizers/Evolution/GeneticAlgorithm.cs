namespace NetGen.Optimizers;

/// <summary>
/// A genetic algorithm on real numbers: parents win small tournaments, children lie in and around the box between their parents
/// (BLX-α), some of their numbers mutate, and the best of a generation live on.
/// </summary>
/// <remarks>
/// L. Eshelman and J. Schaffer, "Real-Coded Genetic Algorithms and Interval-Schemata", 1993, for the crossover; D. Goldberg and K. Deb, "A
/// Comparative Analysis of Selection Schemes Used in Genetic Algorithms", 1991, for the tournaments. On smooth functions
/// <see cref="CmaEvolutionStrategy"/> needs far fewer evaluations; this one keeps more variety, which helps where there are many minima.
/// </remarks>
public sealed class GeneticAlgorithm : EvolutionMethod
{
    private readonly int _population = 60;
    private readonly int _elite = 2;
    private readonly int _tournament = 3;
    private readonly double _blend = 0.5;
    private readonly double? _mutationRate;
    private readonly double _coolingTo = 1e-3;

    /// <summary>The points of a generation, at least 2.</summary>
    public int Population
    {
        get => _population;
        init => _population = AtLeast(2, value, nameof(Population));
    }

    /// <summary>How many of the best live on unchanged, at least 0; if fewer than <see cref="Population"/>, there is something new to try.</summary>
    public int Elite
    {
        get => _elite;
        init => _elite = AtLeast(0, value, nameof(Elite));
    }

    /// <summary>How many points, drawn at random, a parent must be the best of; at least 1.</summary>
    public int Tournament
    {
        get => _tournament;
        init => _tournament = AtLeast(1, value, nameof(Tournament));
    }

    /// <summary>α: by which share of their distance children may lie outside of their parents, at least 0.</summary>
    public double Blend
    {
        get => _blend;
        init => _blend = Require.NotNegative(value);
    }

    /// <summary>The probability with which each number of a child mutates, 0 to 1; by default 1 / n.</summary>
    public double? MutationRate
    {
        get => _mutationRate;
        init => _mutationRate = value is { } rate ? Require.Share(rate, nameof(MutationRate)) : null;
    }

    /// <summary>
    /// The share of <see cref="EvolutionMethod.Deviation"/> to which mutations' standard deviation falls by the last generation, in
    /// equal factors; above 0.
    /// </summary>
    public double CoolingTo
    {
        get => _coolingTo;
        init => _coolingTo = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(CoolingTo), value, "CoolingTo must be a finite number above 0.");
    }

    private protected override void Evolve(EvolutionSearch search)
    {
        if (Elite >= Population)
            throw new InvalidOperationException($"An elite of {Elite} leaves no place for children in a population of {Population}.");
        int n = search.Start.Length;
        var random = new RandomStream(Seed);
        double rate = MutationRate ?? 1.0 / n;
        double[][] points = Points(n), children = Points(n);
        var costs = new double[Population];
        search.Start.CopyTo(points[0], 0);
        costs[0] = search.Best;
        for (int k = 1; k < Population; k++)
        {
            for (int i = 0; i < n; i++)
                points[k][i] = search.Start[i] + Deviation * random.NextGaussian();
            costs[k] = search.Evaluate(points[k]);
        }

        search.EndGeneration();
        for (int generation = 1; generation < Generations && !search.IsOver; generation++)
        {
            double deviation = Deviation * Math.Pow(CoolingTo, (double)generation / Generations);
            int[] rank = EvolutionSearch.Rank(costs);
            var childCosts = new double[Population];
            for (int k = 0; k < Population; k++)
            {
                if (k < Elite)
                {
                    points[rank[k]].CopyTo(children[k], 0);
                    childCosts[k] = costs[rank[k]];
                    continue;
                }

                Cross(points[Choose(costs, ref random)], points[Choose(costs, ref random)], children[k], ref random);
                Mutate(children[k], rate, deviation, ref random);
                childCosts[k] = search.Evaluate(children[k]);
            }

            (points, children, costs) = (children, points, childCosts);
            search.EndGeneration();
        }
    }

    private double[][] Points(int length) => [.. Enumerable.Range(0, Population).Select(_ => new double[length])];

    private int Choose(double[] costs, ref RandomStream random)
    {
        int best = random.NextInt(costs.Length);
        for (int i = 1; i < Tournament; i++)
        {
            int other = random.NextInt(costs.Length);
            if (costs[other] < costs[best])
                best = other;
        }

        return best;
    }

    private void Cross(double[] first, double[] second, double[] child, ref RandomStream random)
    {
        for (int i = 0; i < child.Length; i++)
        {
            double share = -Blend + (1 + 2 * Blend) * random.NextDouble();
            child[i] = first[i] + share * (second[i] - first[i]);
        }
    }

    private static void Mutate(double[] child, double rate, double deviation, ref RandomStream random)
    {
        foreach (ref double value in child.AsSpan())
        {
            if (random.NextDouble() < rate)
                value += deviation * random.NextGaussian();
        }
    }

    private static int AtLeast(int least, int value, string name) => value >= least
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");
}
