namespace NetGen.Tests.Optimizers;

/// <summary>Functions whose minima are known.</summary>
internal static class TestFunctions
{
    /// <summary>½·Σ cᵢ·(xᵢ − i)² with curvatures from 1 to the condition: its minimum, 0, is at (0, 1, 2, …).</summary>
    internal static ObjectiveFunction Quadratic(double condition) => (point, gradient) =>
    {
        double value = 0;
        for (int i = 0; i < point.Length; i++)
        {
            double curvature = point.Length == 1 ? condition : Math.Pow(condition, i / (point.Length - 1.0));
            gradient[i] = curvature * (point[i] - i);
            value += 0.5 * gradient[i] * (point[i] - i);
        }

        return value;
    };

    /// <summary>
    /// H. Rosenbrock's curved valley, "An automatic method for finding the greatest or least value of a function", 1960, in any number
    /// of dimensions: its minimum, 0, is at (1, …, 1).
    /// </summary>
    internal static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        gradient.Clear();
        double value = 0;
        for (int i = 0; i + 1 < x.Length; i++)
        {
            double valley = x[i + 1] - x[i] * x[i], along = 1 - x[i];
            value += 100 * valley * valley + along * along;
            gradient[i] += -400 * x[i] * valley - 2 * along;
            gradient[i + 1] += 200 * valley;
        }

        return value;
    }

    internal static CostFunction WithoutGradient(ObjectiveFunction function) => point => function(point, new double[point.Length]);
}
