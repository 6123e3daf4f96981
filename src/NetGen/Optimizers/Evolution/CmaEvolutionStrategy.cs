namespace NetGen.Optimizers;

/// <summary>
/// The evolution strategy with covariance matrix adaptation, (μ/μ_w, λ)-CMA-ES: it draws points from a normal distribution,
/// moves its mean to a weighted mean of the better half, and learns step size and covariance from the path that the mean takes.
/// </summary>
/// <remarks>
/// <para>N. Hansen and A. Ostermeier, "Completely Derandomized Self-Adaptation in Evolution Strategies", 2001; formulas and default
/// constants as in N. Hansen, "The CMA Evolution Strategy: A Tutorial", arXiv:1604.00772, with the weights of the better half alone.
/// With <see cref="Diagonal"/> it is sep-CMA-ES (R. Ros and N. Hansen, "A Simple Modification in CMA-ES Achieving Linear Time and
/// Space Complexity", 2008).</para>
/// <para>With n parameters a generation takes λ evaluations and λ·n² multiplications, and now and then an eigendecomposition of
/// about 30·n³: good for up to a few hundred parameters, beyond that use <see cref="Diagonal"/>.</para>
/// </remarks>
public sealed class CmaEvolutionStrategy : EvolutionMethod
{
    private readonly int _population;
    private readonly double _tolerance = 1e-12;

    /// <summary>The points of a generation, at least 4; 0 means 4 + ⌊3·ln n⌋. More find better minima among many, more slowly.</summary>
    public int Population
    {
        get => _population;
        init => _population = value is 0 or >= 4
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Population), value, "Population must be at least 4, or 0 for the default.");
    }

    /// <summary>Whether only the diagonal of the covariance is adapted: for many parameters, each with a scale of its own.</summary>
    public bool Diagonal { get; init; }

    /// <summary>Ends when the largest standard deviation of the distribution is below this, at least 0.</summary>
    public double Tolerance
    {
        get => _tolerance;
        init => _tolerance = Require.NotNegative(value);
    }

    private protected override void Evolve(EvolutionSearch search)
    {
        int n = search.Start.Length;
        int lambda = Population > 0 ? Population : 4 + (int)(3 * Math.Log(n));
        var constants = new CmaConstants(n, lambda, Diagonal);
        var random = new RandomStream(Seed);
        var covariance = new AdaptiveCovariance(n, Diagonal);
        double[] mean = [.. search.Start], pathOfSteps = new double[n], path = new double[n], shift = new double[n];
        double[][] steps = [.. Enumerable.Range(0, lambda).Select(_ => new double[n])];
        var (costs, point, normal) = (new double[lambda], new double[n], new double[n]);
        double deviation = Deviation;
        for (int generation = 1; generation <= Generations; generation++)
        {
            for (int k = 0; k < lambda; k++)
            {
                foreach (ref double value in normal.AsSpan())
                    value = random.NextGaussian();
                covariance.Color(normal, steps[k]);
                DenseVector.Add(mean, deviation, steps[k], point);
                costs[k] = search.Evaluate(point);
            }

            search.EndGeneration();
            if (search.IsOver)
                return;

            int[] rank = EvolutionSearch.Rank(costs);
            Array.Clear(shift);
            for (int i = 0; i < constants.Weights.Length; i++)
                DenseVector.Add(shift, constants.Weights[i], steps[rank[i]], shift);
            DenseVector.Add(mean, deviation, shift, mean);

            // Evolution paths: of the whitened steps for the step size, of the steps themselves for the covariance.
            covariance.Whiten(shift, normal);
            double keep = 1 - constants.PathOfSteps, enter = Math.Sqrt(constants.PathOfSteps * (2 - constants.PathOfSteps) * constants.Effective);
            for (int i = 0; i < n; i++)
                pathOfSteps[i] = keep * pathOfSteps[i] + enter * normal[i];
            double length = DenseVector.Norm(pathOfSteps);
            double expected = constants.ExpectedNorm;
            bool stalls = length / Math.Sqrt(1 - Math.Pow(keep, 2 * generation)) >= (1.4 + 2.0 / (n + 1)) * expected;
            enter = stalls ? 0 : Math.Sqrt(constants.Path * (2 - constants.Path) * constants.Effective);
            for (int i = 0; i < n; i++)
                path[i] = (1 - constants.Path) * path[i] + enter * shift[i];

            covariance.Learn(constants, path, stalls, steps, rank, generation);
            deviation *= Math.Exp(constants.PathOfSteps / constants.Damping * (length / expected - 1));
            double largest = deviation * covariance.LargestDeviation;
            if (largest <= Tolerance || !double.IsFinite(largest))
                return;
        }
    }
}

/// <summary>The constants of the strategy, equations 49 to 58 of the tutorial.</summary>
internal sealed class CmaConstants
{
    internal CmaConstants(int n, int lambda, bool diagonal)
    {
        int parents = lambda / 2;
        Weights = new double[parents];
        for (int i = 0; i < parents; i++)
            Weights[i] = Math.Log((lambda + 1) / 2.0) - Math.Log(i + 1);
        double sum = Weights.Sum();
        for (int i = 0; i < parents; i++)
            Weights[i] /= sum;
        Effective = 1 / DenseVector.Dot(Weights, Weights);
        Path = (4 + Effective / n) / (n + 4 + 2 * Effective / n);
        PathOfSteps = (Effective + 2) / (n + Effective + 5);
        // A diagonal has fewer numbers to learn, and may learn them faster.
        double faster = diagonal ? (n + 2) / 3.0 : 1;
        RankOne = Math.Min(1, faster * 2 / ((n + 1.3) * (n + 1.3) + Effective));
        RankMany = Math.Min(1 - RankOne, faster * 2 * (Effective - 2 + 1 / Effective) / ((n + 2.0) * (n + 2.0) + Effective));
        Damping = 1 + 2 * Math.Max(0, Math.Sqrt((Effective - 1) / (n + 1)) - 1) + PathOfSteps;
        ExpectedNorm = Math.Sqrt(n) * (1 - 1.0 / (4 * n) + 1.0 / (21.0 * n * n));
    }

    /// <summary>The weights of the better half, from the best on; they sum to 1.</summary>
    internal double[] Weights { get; }

    /// <summary>How many points of equal weight they are worth, μ_eff.</summary>
    internal double Effective { get; }

    /// <summary>How fast the covariance's path forgets, c_c.</summary>
    internal double Path { get; }

    /// <summary>How fast the step size's path forgets, c_σ.</summary>
    internal double PathOfSteps { get; }

    /// <summary>What the path adds to the covariance, c₁.</summary>
    internal double RankOne { get; }

    /// <summary>What the better half adds to it, c_μ.</summary>
    internal double RankMany { get; }

    /// <summary>The damping of the step size, d_σ.</summary>
    internal double Damping { get; }

    /// <summary>The expected length of a vector of normal numbers.</summary>
    internal double ExpectedNorm { get; }
}
