namespace NetGen.Tests.Optimizers.FullBatch;

public sealed class LevenbergMarquardtTests
{
    [Fact]
    public void The_parameters_of_a_curve_are_found()
    {
        // y = a·exp(−b·t) + c without noise: the residuals vanish at the true parameters.
        double[] times = [.. Enumerable.Range(0, 30).Select(i => i / 10.0)];
        double[] point = [1, 1, 0];
        MinimizationResult result = new LevenbergMarquardt().Minimize(
            (x, residuals, jacobian) =>
            {
                for (int i = 0; i < times.Length; i++)
                {
                    double decay = Math.Exp(-x[1] * times[i]);
                    residuals[i] = x[0] * decay + x[2] - (3 * Math.Exp(-1.7 * times[i]) + 0.5);
                    if (jacobian.IsEmpty)
                        continue;
                    jacobian[i * 3] = decay;
                    jacobian[i * 3 + 1] = -x[0] * times[i] * decay;
                    jacobian[i * 3 + 2] = 1;
                }
            },
            times.Length, point);
        Assert.True(result.Converged, result.End.ToString());
        Assert.Equal(3, point[0], 1e-6);
        Assert.Equal(1.7, point[1], 1e-6);
        Assert.Equal(0.5, point[2], 1e-6);
        Assert.InRange(result.Evaluations, 3, 40);
    }

    [Fact]
    public void The_curved_valley_is_a_sum_of_two_squares()
    {
        double[] point = [-1.2, 1];
        MinimizationResult result = new LevenbergMarquardt().Minimize(Valley, 2, point);
        Assert.Equal(1, point[0], 1e-6);
        Assert.Equal(1, point[1], 1e-6);
        for (int i = 1; i < result.Values.Count; i++)
            Assert.True(result.Values[i] < result.Values[i - 1], $"step {i} went up");
    }

    [Fact]
    public void More_parameters_than_residuals_are_no_trouble()
    {
        // One equation in three unknowns: damping picks a solution near the start.
        double[] point = [0, 0, 0];
        MinimizationResult result = new LevenbergMarquardt().Minimize(
            (x, residuals, jacobian) =>
            {
                residuals[0] = x[0] + 2 * x[1] + 3 * x[2] - 14;
                if (jacobian.IsEmpty)
                    return;
                (jacobian[0], jacobian[1], jacobian[2]) = (1, 2, 3);
            },
            1, point);
        Assert.Equal(0, result.Value, 1e-10);
        Assert.Equal(1, point[0], 1e-4);
        Assert.Equal(2, point[1], 1e-4);
        Assert.Equal(3, point[2], 1e-4);
    }

    [Fact]
    public void Limits_and_starts_that_are_not_finite_are_seen()
    {
        double[] point = [-1.2, 1];
        Assert.Equal(MinimizationEnd.IterationLimit, new LevenbergMarquardt { Iterations = 2 }.Minimize(Valley, 2, point).End);
        Assert.Throws<ArgumentException>(() => new LevenbergMarquardt().Minimize(Valley, 2, [double.NaN, 1.0]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LevenbergMarquardt { Damping = 0 });
    }

    private static void Valley(ReadOnlySpan<double> x, Span<double> residuals, Span<double> jacobian)
    {
        residuals[0] = 10 * (x[1] - x[0] * x[0]);
        residuals[1] = 1 - x[0];
        if (jacobian.IsEmpty)
            return;
        (jacobian[0], jacobian[1], jacobian[2], jacobian[3]) = (-20 * x[0], 10, -1, 0);
    }
}
