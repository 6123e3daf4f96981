namespace NetGen.Optimizers;

/// <summary>
/// Nonlinear conjugate gradients with Polak and Ribière's factor, restarted where it is negative: <c>d = −g + β·d₋₁</c>,
/// <c>β = max(0, g·(g − g₋₁) / g₋₁·g₋₁)</c>.
/// </summary>
/// <remarks>
/// E. Polak and G. Ribière, "Note sur la convergence de méthodes de directions conjuguées", 1969; in this form J. Nocedal and
/// S. Wright, "Numerical Optimization", 2nd edition, section 5.2. It needs the memory of a few vectors; <see cref="Lbfgs"/> usually
/// needs fewer evaluations.
/// </remarks>
public sealed class ConjugateGradient : Minimizer
{
    // Conjugacy needs line searches of some precision.
    private protected override double Flatness => 0.1;

    private protected override IDirection Begin(int length) => new Direction(length);

    private sealed class Direction(int length) : IDirection
    {
        private readonly double[] _direction = new double[length];
        private double _factor;
        private double _stepTimesSlope = double.NaN;
        private double _slope;

        public double[] Next(double[] gradient)
        {
            for (int i = 0; i < gradient.Length; i++)
                _direction[i] = -gradient[i] + _factor * _direction[i];
            return _direction;
        }

        // The change of value to first order is taken to be that of the step before (Nocedal and Wright, equation 3.60).
        public double FirstStep(double[] gradient, double slope)
        {
            _slope = slope;
            return double.IsNaN(_stepTimesSlope) ? Math.Min(1, 1 / DenseVector.Norm(gradient)) : _stepTimesSlope / slope;
        }

        public void Learn(double[] point, double[] gradient, StrongWolfeSearch search)
        {
            double square = DenseVector.Dot(search.Gradient, search.Gradient);
            double change = square - DenseVector.Dot(search.Gradient, gradient);
            _factor = Math.Max(0, change / DenseVector.Dot(gradient, gradient));
            _stepTimesSlope = search.Step * _slope;
        }

        public void Forget() => (_factor, _stepTimesSlope) = (0, double.NaN);
    }
}
