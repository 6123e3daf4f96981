namespace NetGen.Tests.Optimizers.FullBatch;

public sealed class MinimizerTests
{
    public static TheoryData<string> Kinds => [.. s_kinds.Keys];

    private static readonly Dictionary<string, Func<Minimizer>> s_kinds = new()
    {
        ["conjugate gradients"] = () => new ConjugateGradient { Iterations = 2000, ChangeTolerance = 0 },
        ["L-BFGS"] = () => new Lbfgs { Iterations = 2000, ChangeTolerance = 0 },
        ["L-BFGS that remembers one step"] = () => new Lbfgs { Iterations = 2000, Memory = 1, ChangeTolerance = 0 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_minimum_of_a_long_narrow_bowl_is_found(string kind)
    {
        var point = new double[12];
        MinimizationResult result = s_kinds[kind]().Minimize(TestFunctions.Quadratic(1e4), point);
        Assert.Equal(MinimizationEnd.SmallGradient, result.End);
        for (int i = 0; i < point.Length; i++)
            Assert.Equal(i, point[i], 1e-5);
        Assert.True(result.GradientNorm <= 1e-6, $"the gradient is {result.GradientNorm}");
        AssertFalls(result);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_end_of_a_curved_valley_is_found(string kind)
    {
        double[] point = [-1.2, 1, -1.2, 1, 0.5, 2];
        MinimizationResult result = s_kinds[kind]().Minimize(TestFunctions.Rosenbrock, point);
        Assert.True(result.Converged, $"{result.End} after {result.Iterations} iterations at {result.Value}");
        Assert.All(point, value => Assert.Equal(1, value, 1e-5));
        AssertFalls(result);
    }

    [Fact]
    public void L_BFGS_takes_few_evaluations_in_the_valley()
    {
        // Published implementations take 35 to 50 from this start.
        double[] point = [-1.2, 1];
        MinimizationResult result = new Lbfgs().Minimize(TestFunctions.Rosenbrock, point);
        Assert.InRange(result.Evaluations, 20, 60);
    }

    [Fact]
    public void Conjugate_gradients_solve_a_quadratic_in_about_as_many_iterations_as_it_has_dimensions()
    {
        var point = new double[8];
        MinimizationResult result = new ConjugateGradient().Minimize(TestFunctions.Quadratic(20), point);
        Assert.True(result.Converged);
        Assert.InRange(result.Iterations, 4, 16);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Points_where_the_function_does_not_exist_are_avoided(string kind)
    {
        // x − ln x exists above zero alone, and a first step from 10 goes far.
        double[] point = [0.01];
        MinimizationResult result = s_kinds[kind]().Minimize(
            (x, gradient) =>
            {
                gradient[0] = 1 - 1 / x[0];
                return x[0] - Math.Log(x[0]);
            },
            point);
        Assert.True(result.Converged);
        Assert.Equal(1, point[0], 1e-5);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_wrong_gradient_ends_without_progress_and_without_harm(string kind)
    {
        double[] point = [3];
        MinimizationResult result = s_kinds[kind]().Minimize((x, gradient) => { gradient[0] = -2 * x[0]; return x[0] * x[0]; }, point);
        Assert.Equal(MinimizationEnd.NoProgress, result.End);
        Assert.Equal(3, point[0]);
    }

    [Fact]
    public void Limits_end_the_search()
    {
        var point = new double[20];
        Assert.Equal(3, new Lbfgs { Iterations = 3 }.Minimize(TestFunctions.Quadratic(1e4), point).Iterations);
        Assert.Equal(0, new Lbfgs { Iterations = 0 }.Minimize(TestFunctions.Quadratic(1e4), point).Iterations);
        Assert.Equal(MinimizationEnd.SmallChange, new Lbfgs { ChangeTolerance = 0.5, GradientTolerance = 0 }
            .Minimize(TestFunctions.Quadratic(2), new double[20]).End);
        Assert.Equal(MinimizationEnd.SmallGradient, new Lbfgs().Minimize(TestFunctions.Quadratic(2), [0.0, 1]).End);
    }

    [Fact]
    public void A_start_that_is_not_finite_is_refused_and_kept()
    {
        double[] point = [-1];
        Assert.Throws<ArgumentException>(() => new Lbfgs().Minimize((x, gradient) => Math.Log(x[0]), point));
        Assert.Equal(-1, point[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Lbfgs { Memory = 0 });
    }

    private static void AssertFalls(MinimizationResult result)
    {
        for (int i = 1; i < result.Values.Count; i++)
            Assert.True(result.Values[i] <= result.Values[i - 1], $"iteration {i} went up");
        Assert.Equal(result.Value, result.Values[^1]);
    }
}
