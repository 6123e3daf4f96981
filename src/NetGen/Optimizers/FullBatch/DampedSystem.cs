namespace NetGen.Optimizers;

/// <summary>
/// A symmetrical matrix A and a gradient g: JᵀJ and Jᵀr of residuals, or a function's own. The damped system made of them is solved by Cholesky's
/// factorisation.
/// </summary>
internal sealed class DampedSystem(int length)
{
    private readonly double[] _matrix = new double[checked(length * length)];
    private readonly double[] _factor = new double[checked(length * length)];
    private readonly double[] _gradient = new double[length];

    /// <summary>g.</summary>
    internal double[] Gradient => _gradient;

    /// <summary>The largest element of A's diagonal.</summary>
    internal double LargestDiagonal
    {
        get
        {
            double largest = 0;
            for (int i = 0; i < length; i++)
                largest = Math.Max(largest, _matrix[i * length + i]);
            return largest;
        }
    }

    /// <summary>Forms the lower half of JᵀJ, and Jᵀr, row by row of J.</summary>
    internal void Form(ReadOnlySpan<double> jacobian, ReadOnlySpan<double> residuals)
    {
        Array.Clear(_matrix);
        Array.Clear(_gradient);
        for (int row = 0; row < residuals.Length; row++)
        {
            ReadOnlySpan<double> derivatives = jacobian.Slice(row * length, length);
            for (int i = 0; i < length; i++)
            {
                double left = derivatives[i];
                // Weights of features that are zero, and of units that are off, are many.
                if (left == 0)
                    continue;
                _gradient[i] += left * residuals[row];
                Span<double> target = _matrix.AsSpan(i * length, i + 1);
                for (int j = 0; j < target.Length; j++)
                    target[j] += left * derivatives[j];
            }
        }
    }

    /// <summary>The smallest element of A's diagonal.</summary>
    internal double SmallestDiagonal
    {
        get
        {
            double smallest = double.PositiveInfinity;
            for (int i = 0; i < length; i++)
                smallest = Math.Min(smallest, _matrix[i * length + i]);
            return smallest;
        }
    }

    /// <summary>Takes A, of which the lower half is read, and g.</summary>
    internal void Take(ReadOnlySpan<double> matrix, ReadOnlySpan<double> gradient)
    {
        matrix.CopyTo(_matrix);
        gradient.CopyTo(_gradient);
    }

    /// <summary>Solves (A + μ·I)·step = −g.</summary>
    /// <returns>False if the matrix is not positive definite to rounding.</returns>
    internal bool TrySolve(double damping, double[] step)
    {
        for (int i = 0; i < length; i++)
        {
            Span<double> row = _factor.AsSpan(i * length, length);
            for (int j = 0; j <= i; j++)
            {
                double sum = _matrix[i * length + j] + (i == j ? damping : 0)
                    - DenseVector.Dot(row[..j], _factor.AsSpan(j * length, j));
                if (i != j)
                {
                    row[j] = sum / _factor[j * length + j];
                    continue;
                }

                if (!(sum > 0) || !double.IsFinite(sum))
                    return false;
                row[j] = Math.Sqrt(sum);
            }
        }

        for (int i = 0; i < length; i++)
            step[i] = (-_gradient[i] - DenseVector.Dot(_factor.AsSpan(i * length, i), step.AsSpan(0, i))) / _factor[i * length + i];
        for (int i = length - 1; i >= 0; i--)
        {
            double sum = step[i];
            for (int j = i + 1; j < length; j++)
                sum -= _factor[j * length + i] * step[j];
            step[i] = sum / _factor[i * length + i];
        }

        return true;
    }
}
