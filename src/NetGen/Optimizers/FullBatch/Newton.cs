namespace NetGen.Optimizers;

/// <summary>
/// Newton's method with the exact second derivatives and line searches: near a minimum each iteration doubles the number of right digits. Where the
/// Hessian is not positive definite, so much of the identity is added that it is.
/// </summary>
/// <remarks>
/// <para>J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition, algorithms 3.2 and 3.3. A function with
/// <see cref="DifferentiableAttribute"/> and <c>Hessian = true</c> has what it takes: <c>new Newton().Minimize(Hills.FWithHessian, point)</c>.</para>
/// <para>For few parameters: with n of them it keeps 2·n² doubles, and an iteration costs n³ / 6 multiplications or a few times that. The method may
/// be used again; it remembers nothing between calls. It finds the minimum that lies downhill from the start.</para>
/// </remarks>
public sealed class Newton
{
    private readonly int _iterations = 100;
    private readonly double _gradientTolerance = 1e-8;
    private readonly double _changeTolerance = 1e-15;

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

    /// <summary>Minimises a function.</summary>
    /// <param name="objective">The function, its gradient and its second derivatives.</param>
    /// <param name="point">Where to start; overwritten by the point found.</param>
    /// <param name="cancellationToken">Ends the method after the iteration that is running, or before the first.</param>
    /// <returns>The value found, and how.</returns>
    /// <exception cref="ArgumentException">The value or gradient at the start is not finite; nothing has changed.</exception>
    public MinimizationResult Minimize(CurvedObjectiveFunction objective, Span<double> point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        var curvature = new Curvature(objective, point);
        var descent = new Descent(curvature)
        {
            Iterations = Iterations,
            GradientTolerance = GradientTolerance,
            ChangeTolerance = ChangeTolerance,
        };
        MinimizationResult result = descent.Minimize(curvature.Evaluate, point, cancellationToken);
        return result with { Evaluations = result.Evaluations + curvature.Evaluations };
    }

    /// <summary>The descent that other methods make, with Newton's direction.</summary>
    private sealed class Descent(Curvature curvature) : Minimizer
    {
        private protected override double Flatness => 0.9;

        private protected override IDirection Begin(int length) => curvature;
    }

    private sealed class Curvature(CurvedObjectiveFunction objective, ReadOnlySpan<double> start) : IDirection
    {
        // The least that is added to a Hessian that is not positive definite, as a share of its largest diagonal element.
        private const double LeastDamping = 1e-3;

        private readonly double[] _point = start.ToArray();
        private readonly double[] _evaluated = new double[start.Length];
        private readonly double[] _direction = new double[start.Length];
        private readonly double[] _gradient = new double[start.Length];
        private readonly double[] _hessian = new double[checked(start.Length * start.Length)];
        private readonly DampedSystem _system = new(start.Length);
        private bool _isForgotten;

        /// <summary>How often the function was evaluated for its second derivatives alone.</summary>
        internal int Evaluations { get; private set; }

        internal double Evaluate(ReadOnlySpan<double> point, Span<double> gradient)
        {
            point.CopyTo(_evaluated);
            return objective(point, gradient, _hessian);
        }

        public double[] Next(double[] gradient)
        {
            // A line search mostly takes the point that it has tried last.
            if (!_evaluated.AsSpan().SequenceEqual(_point))
            {
                Evaluate(_point, _gradient);
                Evaluations++;
            }

            _system.Take(_hessian, gradient);
            if (_isForgotten || !Solve())
                DenseVector.Negate(gradient, _direction);
            return _direction;
        }

        /// <summary>Solves with the Hessian as it is or, where that is not positive definite, with more and more added.</summary>
        private bool Solve()
        {
            double least = LeastDamping * Math.Max(_system.LargestDiagonal, 1e-8);
            double damping = _system.SmallestDiagonal > 0 ? 0 : least - _system.SmallestDiagonal;
            while (double.IsFinite(damping))
            {
                if (_system.TrySolve(damping, _direction))
                    return true;
                damping = Math.Max(2 * damping, least);
            }

            return false;
        }

        public double FirstStep(double[] gradient, double slope) => _isForgotten ? Math.Min(1, 1 / DenseVector.Norm(gradient)) : 1;

        public void Learn(double[] point, double[] gradient, StrongWolfeSearch search)
        {
            search.Point.CopyTo(_point);
            _isForgotten = false;
        }

        // A direction that does not lead down, or not far enough, is given up for this step.
        public void Forget() => _isForgotten = true;
    }
}
