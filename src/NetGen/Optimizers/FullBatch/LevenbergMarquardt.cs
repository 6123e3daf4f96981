namespace NetGen.Optimizers;

/// <summary>
/// Levenberg and Marquardt's method for least squares: steps of Gauss and Newton, <c>(JᵀJ + μ·I)·h = −Jᵀr</c>, damped by μ, which
/// falls where the linear model of the residuals predicts well and grows where it does not.
/// </summary>
/// <remarks>
/// <para>K. Levenberg, 1944, and D. Marquardt, "An algorithm for least-squares estimation of nonlinear parameters", 1963; the control of μ is
/// H. B. Nielsen's, as in K. Madsen, H. B. Nielsen and O. Tingleff, "Methods for non-linear least squares problems", 2004,
/// algorithm 3.16.</para>
/// <para>For few parameters: with n parameters and m residuals it keeps m·n + n² doubles, and an iteration costs m·n² + n³ / 6
/// multiplications. A few hundred parameters are quick, a few thousand are not. The method remembers nothing between calls.</para>
/// </remarks>
public sealed class LevenbergMarquardt
{
    private readonly int _iterations = 200;
    private readonly double _gradientTolerance = 1e-8;
    private readonly double _stepTolerance = 1e-10;
    private readonly double _damping = 1e-3;

    /// <summary>The most steps to try, at least 0.</summary>
    public int Iterations
    {
        get => _iterations;
        init => _iterations = Require.NotNegative(value);
    }

    /// <summary>Ends where no element of Jᵀr exceeds this magnitude, at least 0.</summary>
    public double GradientTolerance
    {
        get => _gradientTolerance;
        init => _gradientTolerance = Require.NotNegative(value);
    }

    /// <summary>Ends when a step is no longer than this share of the point's length, at least 0.</summary>
    public double StepTolerance
    {
        get => _stepTolerance;
        init => _stepTolerance = Require.NotNegative(value);
    }

    /// <summary>The first μ as a share of the largest diagonal element of JᵀJ, above 0: small where the start is good.</summary>
    public double Damping
    {
        get => _damping;
        init => _damping = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Damping), value, "Damping must be a finite number above 0.");
    }

    /// <summary>Minimises half the sum of squares, <c>½·Σ rᵢ²</c>.</summary>
    /// <param name="residuals">The residuals and their derivatives.</param>
    /// <param name="count">How many residuals there are, at least 1.</param>
    /// <param name="point">Where to start; overwritten by the point found.</param>
    /// <param name="cancellationToken">Ends the method after the step that is being tried, or before the first.</param>
    /// <returns>Half the sum of squares found, and how. An iteration is a step that was accepted.</returns>
    /// <exception cref="ArgumentException">A residual or derivative at the start is not finite; nothing has changed.</exception>
    public MinimizationResult Minimize(
        ResidualFunction residuals, int count, Span<double> point, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(residuals);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        double[] x = point.ToArray();
        int n = x.Length;
        var r = new double[count];
        var jacobian = new double[checked(count * n)];
        residuals(x, r, jacobian);
        var normal = new DampedSystem(n);
        normal.Form(jacobian, r);
        double value = 0.5 * DenseVector.Dot(r, r);
        double norm = DenseVector.LargestMagnitude(normal.Gradient);
        if (!double.IsFinite(value) || !double.IsFinite(norm))
        {
            throw new ArgumentException(
                $"At the start half the sum of squares is {value} and its largest derivative {norm}; start where both are finite.",
                nameof(point));
        }

        var values = new List<double> { value };
        var (trial, trialResiduals, step) = (new double[n], new double[count], new double[n]);
        double damping = Damping * Math.Max(normal.LargestDiagonal, double.Epsilon), growth = 2;
        int evaluations = 1;
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
            double gain = double.NaN, trialValue = double.NaN;
            if (normal.TrySolve(damping, step))
            {
                if (DenseVector.Norm(step) <= StepTolerance * (DenseVector.Norm(x) + StepTolerance))
                {
                    end = MinimizationEnd.SmallChange;
                    break;
                }

                DenseVector.Add(x, 1, step, trial);
                residuals(trial, trialResiduals, []);
                evaluations++;
                trialValue = 0.5 * DenseVector.Dot(trialResiduals, trialResiduals);
                // What the linear model promised: ½·h·(μ·h − Jᵀr).
                double promised = 0.5 * (damping * DenseVector.Dot(step, step) - DenseVector.Dot(step, normal.Gradient));
                gain = (value - trialValue) / promised;
            }

            if (!(gain > 0))
            {
                damping *= growth;
                growth *= 2;
                if (double.IsFinite(damping))
                    continue;
                end = MinimizationEnd.NoProgress;
                break;
            }

            value = trialValue;
            trial.CopyTo(x, 0);
            residuals(x, r, jacobian);
            evaluations++;
            normal.Form(jacobian, r);
            norm = DenseVector.LargestMagnitude(normal.Gradient);
            values.Add(value);
            damping *= Math.Max(1.0 / 3, 1 - Math.Pow(2 * gain - 1, 3));
            growth = 2;
        }

        x.CopyTo(point);
        return new MinimizationResult(value, norm, evaluations, end, values);
    }
}
