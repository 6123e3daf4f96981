namespace NetGen.Optimizers;

/// <summary>
/// A method that minimises a smooth function from its value and its whole gradient, by line searches: for problems small enough to
/// be evaluated as a whole in every iteration, where it reaches far smaller gradients than descent by batches.
/// </summary>
/// <remarks>
/// The state is in double precision. A minimiser may be used again; it remembers nothing between calls. It finds the minimum that
/// lies downhill from the start, which need not be the lowest there is.
/// </remarks>
public abstract class Minimizer
{
    private readonly int _iterations = 200;
    private readonly double _gradientTolerance = 1e-6;
    private readonly double _changeTolerance = 1e-12;

    private protected Minimizer()
    {
    }

    /// <summary>The most iterations to make, at least 0.</summary>
    public int Iterations
    {
        get => _iterations;
        init => _iterations = Require.NotNegative(value);
    }

    /// <summary>Ends where no partial derivative exceeds this magnitude, at least 0.</summary>
    public double GradientTolerance
    {
        get => _gradientTolerance;
        init => _gradientTolerance = Require.NotNegative(value);
    }

    /// <summary>Ends after an iteration that changes the value by no more than this share of it, at least 0.</summary>
    public double ChangeTolerance
    {
        get => _changeTolerance;
        init => _changeTolerance = Require.NotNegative(value);
    }

    /// <summary>c₂ of the strong Wolfe conditions.</summary>
    private protected abstract double Flatness { get; }

    /// <summary>Minimises a function.</summary>
    /// <param name="objective">The function and its gradient.</param>
    /// <param name="point">Where to start; overwritten by the point found.</param>
    /// <param name="cancellationToken">Ends the method after the iteration that is running, or before the first.</param>
    /// <returns>The value found, and how.</returns>
    /// <exception cref="ArgumentException">The value or gradient at the start is not finite; nothing has changed.</exception>
    public MinimizationResult Minimize(ObjectiveFunction objective, Span<double> point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        double[] x = point.ToArray();
        var gradient = new double[x.Length];
        double value = objective(x, gradient);
        double norm = DenseVector.LargestMagnitude(gradient);
        if (!double.IsFinite(value) || !double.IsFinite(norm))
        {
            throw new ArgumentException(
                $"At the start the function is {value} and its largest derivative {norm}; start from a point where both are finite.",
                nameof(point));
        }

        var values = new List<double> { value };
        var search = new StrongWolfeSearch(objective, x.Length, Flatness);
        IDirection direction = Begin(x.Length);
        MinimizationEnd end = MinimizationEnd.IterationLimit;
        for (int i = 0; i <= Iterations; i++)
        {
            if (norm <= GradientTolerance)
            {
                end = MinimizationEnd.SmallGradient;
                break;
            }

            if (cancellationToken.IsCancellationRequested)
            {
                end = MinimizationEnd.Cancelled;
                break;
            }

            if (i == Iterations)
                break;
            if (!Descend(search, direction, x, value, gradient))
            {
                end = MinimizationEnd.NoProgress;
                break;
            }

            direction.Learn(x, gradient, search);
            double change = value - search.Value;
            value = search.Value;
            search.Point.CopyTo(x);
            search.Gradient.CopyTo(gradient);
            norm = DenseVector.LargestMagnitude(gradient);
            values.Add(value);
            if (change <= ChangeTolerance * Math.Abs(value) && norm > GradientTolerance)
            {
                end = MinimizationEnd.SmallChange;
                break;
            }
        }

        x.CopyTo(point);
        return new MinimizationResult(value, norm, search.Evaluations + 1, end, values);
    }

    /// <summary>Begins a minimisation.</summary>
    private protected abstract IDirection Begin(int length);

    private static bool Descend(StrongWolfeSearch search, IDirection direction, double[] x, double value, double[] gradient)
    {
        double[] along = direction.Next(gradient);
        double slope = DenseVector.Dot(along, gradient);
        if (slope < 0 && search.Search(x, value, along, slope, direction.FirstStep(gradient, slope)))
            return true;

        // What was learned so far may mislead; straight down always leads down.
        direction.Forget();
        along = direction.Next(gradient);
        slope = DenseVector.Dot(along, gradient);
        return slope < 0 && search.Search(x, value, along, slope, direction.FirstStep(gradient, slope));
    }
}

/// <summary>What tells full-batch methods apart: the direction in which each line search goes.</summary>
internal interface IDirection
{
    /// <summary>The next direction; straight down if nothing is known.</summary>
    double[] Next(double[] gradient);

    /// <summary>The step to try first.</summary>
    double FirstStep(double[] gradient, double slope);

    /// <summary>Takes note of a step from a point and gradient to where the search ended.</summary>
    void Learn(double[] point, double[] gradient, StrongWolfeSearch search);

    /// <summary>Forgets what was learned.</summary>
    void Forget();
}
