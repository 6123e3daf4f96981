namespace NetGen.Optimizers;

/// <summary>
/// Finds a step along a direction of descent that satisfies the strong Wolfe conditions
/// <c>φ(α) ≤ φ(0) + c₁·α·φ′(0)</c> and <c>|φ′(α)| ≤ c₂·|φ′(0)|</c> (J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition,
/// algorithms 3.5 and 3.6, with cubic interpolation and safeguards).
/// </summary>
internal sealed class StrongWolfeSearch(ObjectiveFunction objective, int length, double c2)
{
    // The usual constant: any real decrease will do.
    private const double C1 = 1e-4;
    private const int Limit = 40;
    private const double LongestStep = 1e12;

    private readonly double[] _point = new double[length];
    private readonly double[] _gradient = new double[length];
    private double[] _start = [];
    private double[] _direction = [];
    private double _startValue;
    private double _startSlope;

    private readonly record struct Trial(double Step, double Value, double Slope);

    /// <summary>The point found.</summary>
    internal ReadOnlySpan<double> Point => _point;

    /// <summary>The gradient there.</summary>
    internal ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>The value there.</summary>
    internal double Value { get; private set; }

    /// <summary>The step found.</summary>
    internal double Step { get; private set; }

    /// <summary>How often the function was evaluated, over all searches.</summary>
    internal int Evaluations { get; private set; }

    /// <summary>Searches; if no step satisfies both conditions, the best that lowers the value will do.</summary>
    /// <returns>Whether the value was lowered.</returns>
    internal bool Search(double[] start, double value, double[] direction, double slope, double firstStep)
    {
        (_start, _direction, _startValue, _startSlope) = (start, direction, value, slope);
        var before = new Trial(0, value, slope);
        double step = firstStep;
        for (int i = 0; i < Limit; i++)
        {
            Trial trial = Try(step);
            if (!Decreases(trial) || (i > 0 && trial.Value >= before.Value))
                return Narrow(before, trial);
            if (IsFlat(trial))
                return Accept(trial);
            if (trial.Slope >= 0)
                return Narrow(trial, before);
            before = trial;
            if (step >= LongestStep)
                break;
            step *= 2;
        }

        return Accept(before);
    }

    /// <summary>
    /// Algorithm 3.6. Of the two ends, the first has the lowest value found that decreases enough, and its slope points to the other.
    /// </summary>
    private bool Narrow(Trial low, Trial high)
    {
        for (int i = 0; i < Limit; i++)
        {
            double width = Math.Abs(high.Step - low.Step);
            if (width <= 1e-16 * Math.Max(low.Step, high.Step))
                break;
            Trial trial = Try(Between(low, high, width));
            if (!Decreases(trial) || trial.Value >= low.Value)
            {
                high = trial;
                continue;
            }

            if (IsFlat(trial))
                return Accept(trial);
            if (trial.Slope * (high.Step - low.Step) >= 0)
                high = low;
            low = trial;
        }

        return Accept(low);
    }

    /// <summary>
    /// The minimum of the cubic through both values and slopes (equation 3.59), kept away from the ends; the middle where there is none.
    /// </summary>
    private static double Between(Trial low, Trial high, double width)
    {
        double d1 = low.Slope + high.Slope - 3 * (low.Value - high.Value) / (low.Step - high.Step);
        double square = d1 * d1 - low.Slope * high.Slope;
        double d2 = Math.Sign(high.Step - low.Step) * Math.Sqrt(square);
        double step = high.Step - (high.Step - low.Step) * (high.Slope + d2 - d1) / (high.Slope - low.Slope + 2 * d2);
        double left = Math.Min(low.Step, high.Step);
        // NaN, from values that are not finite or a cubic without a minimum, fails this comparison too.
        return step >= left + 0.1 * width && step <= left + 0.9 * width ? step : left + 0.5 * width;
    }

    private Trial Try(double step)
    {
        DenseVector.Add(_start, step, _direction, _point);
        Evaluations++;
        (Value, Step) = (objective(_point, _gradient), step);
        return new Trial(step, Value, DenseVector.Dot(_gradient, _direction));
    }

    private bool Accept(Trial trial)
    {
        // The point and the gradient must be those of the step accepted, which need not be the last tried.
        if (trial.Step != Step && trial.Step > 0)
            Try(trial.Step);
        return trial.Step > 0 && trial.Value < _startValue;
    }

    // NaN is no decrease.
    private bool Decreases(Trial trial) =>
        double.IsFinite(trial.Slope) && trial.Value <= _startValue + C1 * trial.Step * _startSlope;

    private bool IsFlat(Trial trial) => Math.Abs(trial.Slope) <= -c2 * _startSlope;
}
