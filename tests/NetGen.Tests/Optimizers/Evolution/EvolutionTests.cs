namespace NetGen.Tests.Optimizers.Evolution;

public sealed class EvolutionTests
{
    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    private static readonly Dictionary<string, Func<int, EvolutionMethod>> s_kinds = new()
    {
        ["CMA-ES"] = seed => new CmaEvolutionStrategy { Seed = seed, Generations = 1500, Target = 1e-8 },
        ["CMA-ES on the diagonal"] = seed => new CmaEvolutionStrategy { Seed = seed, Diagonal = true, Generations = 1500, Target = 1e-8 },
        ["genetic algorithm"] = seed => new GeneticAlgorithm { Seed = seed, Generations = 400, Deviation = 2, Target = 1e-4 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_minimum_of_a_bowl_is_found(string kind)
    {
        var point = new double[5];
        EvolutionResult result = s_kinds[kind](1).Minimize(TestFunctions.WithoutGradient(TestFunctions.Quadratic(10)), point);
        Assert.True(result.Value <= 1e-4, $"{result.Value} after {result.Generations} generations");
        for (int i = 0; i < point.Length; i++)
            Assert.Equal(i, point[i], 0.02);
        for (int i = 1; i < result.Values.Count; i++)
            Assert.True(result.Values[i] <= result.Values[i - 1]);
    }

    [Fact]
    public void Covariance_adaptation_follows_a_curved_valley()
    {
        double[] point = [-1.2, 1, 0, 2];
        EvolutionResult result = new CmaEvolutionStrategy { Generations = 2000, Target = 1e-10 }.Minimize(
            TestFunctions.WithoutGradient(TestFunctions.Rosenbrock), point);
        Assert.True(result.Value <= 1e-10, $"{result.Value} after {result.Generations} generations");
        Assert.All(point, value => Assert.Equal(1, value, 1e-3));
        Assert.True(result.Evaluations < 8000, $"{result.Evaluations} evaluations");
    }

    [Fact]
    public void A_genetic_algorithm_finds_the_lowest_of_many_minima()
    {
        // L. Rastrigin's function: a minimum near every point of whole numbers, the lowest at 0.
        double[] point = [3.2, -2.8];
        EvolutionResult result = new GeneticAlgorithm { Deviation = 2, Generations = 300, Population = 100, Target = 1e-3 }.Minimize(
            x =>
            {
                double sum = 0;
                foreach (double value in x)
                    sum += value * value - 10 * Math.Cos(2 * Math.PI * value) + 10;
                return sum;
            },
            point);
        Assert.True(result.Value <= 1e-3, $"{result.Value} at {point[0]}, {point[1]}");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_seed_alone_decides_and_costs_that_are_not_numbers_are_the_worst(string kind)
    {
        double[] first = Run(3);
        Assert.Equal(first, Run(3));
        Assert.NotEqual(first, Run(4));
        Assert.True(first[0] >= 0.5, $"{first[0]} has no cost");

        double[] Run(int seed)
        {
            double[] point = [4, 4, 4];
            s_kinds[kind](seed).Minimize(x => x[0] < 0.5 ? double.NaN : DenseVector.Dot(x, x), point);
            return point;
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_start_is_kept_where_nothing_better_is_found(string kind)
    {
        double[] point = [1, 2];
        EvolutionResult result = s_kinds[kind](1).Minimize(x => x[0] == 1 && x[1] == 2 ? 5 : 10, point);
        Assert.Equal(5, result.Value);
        Assert.Equal([1.0, 2], point);
    }

    [Fact]
    public void Eigenvalues_and_eigenvectors_make_the_matrix_again()
    {
        const int N = 6;
        var random = new RandomStream(5);
        var matrix = new double[N * N];
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j <= i; j++)
                matrix[i * N + j] = matrix[j * N + i] = random.NextGaussian();
        }

        var vectors = new double[N * N];
        var values = new double[N];
        SymmetricEigen.Decompose(matrix, vectors, values, N);
        for (int i = 0; i < N; i++)
        {
            for (int j = 0; j < N; j++)
            {
                double product = 0, unit = 0;
                for (int k = 0; k < N; k++)
                {
                    product += vectors[i * N + k] * values[k] * vectors[j * N + k];
                    unit += vectors[k * N + i] * vectors[k * N + j];
                }

                Assert.Equal(matrix[i * N + j], product, 1e-12);
                Assert.Equal(i == j ? 1 : 0, unit, 1e-12);
            }
        }
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal("Population", Assert.Throws<ArgumentOutOfRangeException>(() => new CmaEvolutionStrategy { Population = 3 }).ParamName);
        Assert.Equal("Deviation", Assert.Throws<ArgumentOutOfRangeException>(() => new GeneticAlgorithm { Deviation = 0 }).ParamName);
        Assert.Equal("MutationRate", Assert.Throws<ArgumentOutOfRangeException>(() => new GeneticAlgorithm { MutationRate = 2 }).ParamName);
        Assert.Throws<InvalidOperationException>(
            () => new GeneticAlgorithm { Elite = 5, Population = 5 }.Minimize(x => x[0], [0.0]));
    }
}
