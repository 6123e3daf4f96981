namespace NetGen.Optimizers;

/// <summary>
/// The limited-memory method of Broyden, Fletcher, Goldfarb and Shanno: a quasi-Newton method that rebuilds the inverse Hessian's
/// effect from the last few steps and changes of the gradient.
/// </summary>
/// <remarks>
/// D. Liu and J. Nocedal, "On the limited memory BFGS method for large scale optimization", 1989; the two-loop recursion is algorithm
/// 7.4 of J. Nocedal and S. Wright, "Numerical Optimization", 2nd edition, started from <c>γ·I</c>, <c>γ = s·y / y·y</c>.
/// </remarks>
public sealed class Lbfgs : Minimizer
{
    private readonly int _memory = 10;

    /// <summary>How many steps are remembered, at least 1; two vectors of the problem's size each.</summary>
    public int Memory
    {
        get => _memory;
        init => _memory = (int)Require.AtLeastOne(value, nameof(Memory));
    }

    private protected override double Flatness => 0.9;

    private protected override IDirection Begin(int length) => new Direction(length, Memory);

    private sealed class Direction(int length, int memory) : IDirection
    {
        private readonly double[] _direction = new double[length];
        private readonly double[][] _steps = Vectors(length, memory);
        private readonly double[][] _changes = Vectors(length, memory);
        private readonly double[] _curvatures = new double[memory];
        private readonly double[] _factors = new double[memory];

        // Pairs are numbered from the first ever; those from _count − _kept on are remembered, each at its number modulo the memory.
        private int _count;
        private int _kept;

        public double[] Next(double[] gradient)
        {
            DenseVector.Negate(gradient, _direction);
            for (int pair = _count - 1; pair >= _count - _kept; pair--)
            {
                int at = pair % memory;
                _factors[at] = DenseVector.Dot(_steps[at], _direction) / _curvatures[at];
                DenseVector.Add(_direction, -_factors[at], _changes[at], _direction);
            }

            if (_kept > 0)
            {
                int last = (_count - 1) % memory;
                double scale = _curvatures[last] / DenseVector.Dot(_changes[last], _changes[last]);
                for (int i = 0; i < _direction.Length; i++)
                    _direction[i] *= scale;
            }

            for (int pair = _count - _kept; pair < _count; pair++)
            {
                int at = pair % memory;
                double factor = DenseVector.Dot(_changes[at], _direction) / _curvatures[at];
                DenseVector.Add(_direction, _factors[at] - factor, _steps[at], _direction);
            }

            return _direction;
        }

        // With something learned the direction has the length of a Newton step.
        public double FirstStep(double[] gradient, double slope) =>
            _kept > 0 ? 1 : Math.Min(1, 1 / DenseVector.Norm(gradient));

        public void Learn(double[] point, double[] gradient, StrongWolfeSearch search)
        {
            int at = _count % memory;
            DenseVector.Add(search.Point, -1, point, _steps[at]);
            DenseVector.Add(search.Gradient, -1, gradient, _changes[at]);
            double curvature = DenseVector.Dot(_steps[at], _changes[at]);
            // Without positive curvature the matrix would not stay positive definite; the Wolfe conditions rule that out but for rounding.
            if (!(curvature > 1e-12 * DenseVector.Dot(_changes[at], _changes[at])) || !double.IsFinite(curvature))
            {
                // The place may have held the oldest pair.
                _kept = Math.Min(_kept, memory - 1);
                return;
            }

            _curvatures[at] = curvature;
            _count++;
            _kept = Math.Min(_kept + 1, memory);
        }

        public void Forget() => _kept = 0;

        private static double[][] Vectors(int length, int count) =>
            [.. Enumerable.Range(0, count).Select(_ => new double[length])];
    }
}
