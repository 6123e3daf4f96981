namespace NetGen;

internal readonly struct SquaredError : IElementLoss
{
    public T Value<T>(T output, T target) where T : struct, IVector<T>
    {
        T error = output - target;
        return error * error;
    }

    public T Slope<T>(T output, T target) where T : struct, IVector<T>
    {
        T error = output - target;
        return error + error;
    }
}

internal readonly struct AbsoluteError : IElementLoss
{
    public T Value<T>(T output, T target) where T : struct, IVector<T> => T.Abs(output - target);

    public T Slope<T>(T output, T target) where T : struct, IVector<T>
    {
        T error = output - target, zero = T.Create(0);
        return T.Select(T.Equal(error, zero), zero, T.CopySign(T.Create(1), error));
    }
}

/// <summary>½ e² / scale up to the threshold, a line behind it.</summary>
internal readonly struct HuberError(float threshold, float scale) : IElementLoss
{
    private readonly float _threshold = threshold;
    private readonly float _scale = scale;

    public T Value<T>(T output, T target) where T : struct, IVector<T>
    {
        // With m = min(|e|, d): m (|e| - m / 2) is the square up to d and the line behind it.
        T error = T.Abs(output - target);
        T bounded = T.Min(T.Create(_threshold), error);
        return bounded * (error - bounded * T.Create(0.5f)) * T.Create(_scale);
    }

    public T Slope<T>(T output, T target) where T : struct, IVector<T> =>
        T.Max(T.Create(-_threshold), T.Min(T.Create(_threshold), output - target)) * T.Create(_scale);
}

internal readonly struct LogCosh : IElementLoss
{
    public T Value<T>(T output, T target) where T : struct, IVector<T>
    {
        T error = T.Abs(output - target);
        // ln cosh e = |e| + ln(1 + exp(-2|e|)) - ln 2, which cancels near 0; there it is e²/2 - e⁴/12 + e⁶/45 - 17 e⁸/2520.
        T square = error * error;
        T series = T.MultiplyAdd(square, T.Create(-17f / 2520), T.Create(1f / 45));
        series = T.MultiplyAdd(series, square, T.Create(-1f / 12));
        series = T.MultiplyAdd(series, square, T.Create(0.5f)) * square;
        T far = error + VectorMath.Log1p(VectorMath.Exp(error * T.Create(-2))) - T.Create(0.693147181f);
        return T.Select(T.LessThan(error, T.Create(0.25f)), series, far);
    }

    public T Slope<T>(T output, T target) where T : struct, IVector<T> => VectorMath.Tanh(output - target);
}

internal readonly struct LogisticCrossEntropy : IElementLoss
{
    // -t ln p - (1 - t) ln (1 - p) with p = sigmoid(x) is max(x, 0) - x t + ln(1 + exp(-|x|)), which never overflows.
    public T Value<T>(T output, T target) where T : struct, IVector<T> =>
        T.Max(T.Create(0), output) - output * target + VectorMath.Log1p(VectorMath.Exp(-T.Abs(output)));

    public T Slope<T>(T output, T target) where T : struct, IVector<T> => VectorMath.Sigmoid(output) - target;
}

internal readonly struct PoissonLikelihood : IElementLoss
{
    public T Value<T>(T output, T target) where T : struct, IVector<T> => VectorMath.Exp(output) - target * output;

    public T Slope<T>(T output, T target) where T : struct, IVector<T> => VectorMath.Exp(output) - target;
}

internal readonly struct Hinge : IElementLoss
{
    public T Value<T>(T output, T target) where T : struct, IVector<T>
    {
        T lack = T.Create(1) - output * target;
        return T.Select(T.LessThan(lack, T.Create(0)), T.Create(0), lack);
    }

    public T Slope<T>(T output, T target) where T : struct, IVector<T> =>
        T.Select(T.LessThan(T.Create(0), T.Create(1) - output * target), -target, T.Create(0));
}
