namespace NetGen.Tests.Optimizers.FullBatch;

/// <summary>Methods that look at all samples end when they are told to, with the best so far.</summary>
public sealed class CancellationTests
{
    public static TheoryData<string, Func<ObjectiveFunction, double[], CancellationToken, bool>> Methods => new()
    {
        { nameof(Lbfgs), (f, x, token) => new Lbfgs().Minimize(f, x, token).End == MinimizationEnd.Cancelled },
        { nameof(ConjugateGradient), (f, x, token) => new ConjugateGradient().Minimize(f, x, token).End == MinimizationEnd.Cancelled },
        {
            nameof(LevenbergMarquardt), (f, x, token) => new LevenbergMarquardt().Minimize(
                (point, residuals, jacobian) =>
                {
                    // ½·r² is the function.
                    var gradient = new double[point.Length];
                    residuals[0] = Math.Sqrt(2 * f(point, gradient));
                    for (int i = 0; i < jacobian.Length; i++)
                        jacobian[i] = gradient[i] / residuals[0];
                },
                1, x, token).End == MinimizationEnd.Cancelled
        },
        { nameof(CmaEvolutionStrategy), (f, x, token) => new CmaEvolutionStrategy().Minimize(Cost(f), x, token).IsCancelled },
        { nameof(GeneticAlgorithm), (f, x, token) => new GeneticAlgorithm().Minimize(Cost(f), x, token).IsCancelled },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_method_that_is_cancelled_ends_with_the_best_so_far(
        string method, Func<ObjectiveFunction, double[], CancellationToken, bool> minimize)
    {
        const int Cancelled = 12;
        double[] start = [-1.2, 1, 2, -1], point = [.. start];
        Assert.True(minimize(TestFunctions.Rosenbrock, point, new CancellationToken(canceled: true)), method);
        Assert.Equal(start, point);

        using var source = new CancellationTokenSource();
        int evaluations = 0;
        ObjectiveFunction counted = (x, gradient) =>
        {
            if (++evaluations == Cancelled)
                source.Cancel();
            return TestFunctions.Rosenbrock(x, gradient);
        };
        Assert.True(minimize(counted, point, source.Token), method);
        Assert.InRange(evaluations, Cancelled, Cancelled + 100);
        var unused = new double[4];
        Assert.True(TestFunctions.Rosenbrock(point, unused) < TestFunctions.Rosenbrock(start, unused), method);
    }

    private static CostFunction Cost(ObjectiveFunction function) => TestFunctions.WithoutGradient(function);
}
