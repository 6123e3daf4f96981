namespace NetGen.Optimizers;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric matrix by Jacobi's rotations (C. G. J. Jacobi, 1846; the cyclic form of G. Golub and
/// C. Van Loan, "Matrix Computations", section 8.5): simple, accurate, and quick enough for the sizes it is used for.
/// </summary>
internal static class SymmetricEigen
{
    private const int Sweeps = 30;

    /// <summary>Decomposes a matrix, M = V·diag(values)·Vᵀ.</summary>
    /// <param name="matrix">The matrix, length by length; not changed.</param>
    /// <param name="vectors">Overwritten by V, an eigenvector in each column.</param>
    /// <param name="values">Overwritten by the eigenvalues, in no order.</param>
    /// <param name="length">The number of rows.</param>
    internal static void Decompose(double[] matrix, double[] vectors, double[] values, int length)
    {
        double[] a = [.. matrix];
        Array.Clear(vectors);
        for (int i = 0; i < length; i++)
            vectors[i * length + i] = 1;

        double whole = DenseVector.Dot(a, a);
        for (int sweep = 0; sweep < Sweeps; sweep++)
        {
            double outside = 0;
            for (int p = 0; p < length; p++)
            {
                for (int q = 0; q < p; q++)
                    outside += 2 * a[p * length + q] * a[p * length + q];
            }

            if (outside <= 1e-30 * whole)
                break;
            for (int p = 0; p < length; p++)
            {
                for (int q = p + 1; q < length; q++)
                    Rotate(a, vectors, length, p, q);
            }
        }

        for (int i = 0; i < length; i++)
            values[i] = a[i * length + i];
    }

    /// <summary>Turns the plane of two axes so that their element outside the diagonal vanishes.</summary>
    private static void Rotate(double[] a, double[] vectors, int length, int p, int q)
    {
        double element = a[p * length + q];
        if (element == 0)
            return;
        double theta = (a[q * length + q] - a[p * length + p]) / (2 * element);
        // The smaller of the two roots; for a huge theta its limit, since the square overflows.
        double t = Math.Abs(theta) > 1e150 ? 0.5 / theta : Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt(theta * theta + 1));
        double c = 1 / Math.Sqrt(t * t + 1), s = t * c;
        for (int k = 0; k < length; k++)
            Turn(a, k * length + p, k * length + q, c, s);
        for (int k = 0; k < length; k++)
            Turn(a, p * length + k, q * length + k, c, s);
        for (int k = 0; k < length; k++)
            Turn(vectors, k * length + p, k * length + q, c, s);
    }

    private static void Turn(double[] values, int first, int second, double c, double s)
    {
        (double x, double y) = (values[first], values[second]);
        values[first] = c * x - s * y;
        values[second] = s * x + c * y;
    }
}
