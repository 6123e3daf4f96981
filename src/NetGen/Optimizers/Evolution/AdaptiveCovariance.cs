namespace NetGen.Optimizers;

/// <summary>A covariance matrix C = B·D²·Bᵀ with its eigenvectors B and the roots D of its eigenvalues; or a diagonal.</summary>
internal sealed class AdaptiveCovariance
{
    private readonly int _length;
    private readonly bool _diagonal;
    private readonly double[] _matrix;
    private readonly double[] _vectors;
    private readonly double[] _roots;
    private readonly double[] _scratch;
    private int _decomposedAt;

    internal AdaptiveCovariance(int length, bool diagonal)
    {
        (_length, _diagonal) = (length, diagonal);
        _matrix = new double[diagonal ? length : checked(length * length)];
        _vectors = new double[diagonal ? 0 : _matrix.Length];
        _roots = new double[length];
        _scratch = new double[length];
        Array.Fill(_roots, 1);
        for (int i = 0; i < length; i++)
        {
            _matrix[diagonal ? i : i * length + i] = 1;
            if (!diagonal)
                _vectors[i * length + i] = 1;
        }
    }

    /// <summary>The largest standard deviation in any direction.</summary>
    internal double LargestDeviation => _roots.Max();

    /// <summary>From independent normal numbers z to ones with this covariance, B·D·z.</summary>
    internal void Color(double[] normal, double[] result)
    {
        if (_diagonal)
        {
            for (int i = 0; i < _length; i++)
                result[i] = _roots[i] * normal[i];
            return;
        }

        for (int i = 0; i < _length; i++)
            _scratch[i] = _roots[i] * normal[i];
        for (int i = 0; i < _length; i++)
            result[i] = DenseVector.Dot(_vectors.AsSpan(i * _length, _length), _scratch);
    }

    /// <summary>The other way, keeping the axes: C^(−1/2)·y = B·D⁻¹·Bᵀ·y.</summary>
    internal void Whiten(double[] step, double[] result)
    {
        if (_diagonal)
        {
            for (int i = 0; i < _length; i++)
                result[i] = step[i] / _roots[i];
            return;
        }

        Array.Clear(_scratch);
        for (int i = 0; i < _length; i++)
            DenseVector.Add(_scratch, step[i], _vectors.AsSpan(i * _length, _length), _scratch);
        for (int i = 0; i < _length; i++)
            _scratch[i] /= _roots[i];
        for (int i = 0; i < _length; i++)
            result[i] = DenseVector.Dot(_vectors.AsSpan(i * _length, _length), _scratch);
    }

    /// <summary>Takes in the path and the better half of a generation's steps.</summary>
    internal void Learn(CmaConstants constants, double[] path, bool pathStalls, double[][] steps, int[] rank, int generation)
    {
        // What a path that stalls does not add is made up for, so that the matrix does not shrink.
        double makeUp = pathStalls ? constants.Path * (2 - constants.Path) : 0;
        double keep = 1 - constants.RankOne - constants.RankMany + constants.RankOne * makeUp;
        for (int i = 0; i < _length; i++)
        {
            for (int j = _diagonal ? i : 0; j <= i; j++)
            {
                double sum = constants.RankOne * path[i] * path[j];
                for (int k = 0; k < constants.Weights.Length; k++)
                    sum += constants.RankMany * constants.Weights[k] * steps[rank[k]][i] * steps[rank[k]][j];
                int at = _diagonal ? i : i * _length + j;
                _matrix[at] = keep * _matrix[at] + sum;
                if (!_diagonal)
                    _matrix[j * _length + i] = _matrix[at];
            }
        }

        if (_diagonal)
        {
            for (int i = 0; i < _length; i++)
                _roots[i] = Math.Sqrt(_matrix[i]);
            return;
        }

        // The matrix changes slowly, so that it need not be decomposed every time.
        if (generation - _decomposedAt < 1 / ((constants.RankOne + constants.RankMany) * _length * 10))
            return;
        _decomposedAt = generation;
        SymmetricEigen.Decompose(_matrix, _vectors, _roots, _length);
        for (int i = 0; i < _length; i++)
            _roots[i] = Math.Sqrt(Math.Max(_roots[i], 1e-30));
    }
}
