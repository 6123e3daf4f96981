namespace NetGen.Numerics.Tests.Losses;

/// <summary>The losses of one sample in double precision, each as its documentation writes it.</summary>
/// <remarks>Of class losses the target is a probability per class; a class id is one that has them all on one class.</remarks>
internal static class LossFormulas
{
    internal static double SquaredError(double[] x, double[] t) => Mean(x, t, (o, y) => (o - y) * (o - y));

    internal static double AbsoluteError(double[] x, double[] t) => Mean(x, t, (o, y) => Math.Abs(o - y));

    internal static Func<double[], double[], double> Huber(double delta) => (x, t) => Mean(x, t, (o, y) =>
    {
        double error = Math.Abs(o - y);
        return error <= delta ? error * error / 2 : delta * (error - delta / 2);
    });

    internal static Func<double[], double[], double> SmoothL1(double beta) => (x, t) => Mean(x, t, (o, y) =>
    {
        double error = Math.Abs(o - y);
        return error < beta ? error * error / (2 * beta) : error - beta / 2;
    });

    internal static double LogCosh(double[] x, double[] t) => Mean(x, t, (o, y) => Math.Log(Math.Cosh(o - y)));

    internal static double PoissonNll(double[] x, double[] t) => Mean(x, t, (o, y) => Math.Exp(o) - y * o);

    internal static double BinaryHinge(double[] x, double[] t) => Mean(x, t, (o, y) => Math.Max(0, 1 - y * o));

    internal static double BinaryCrossEntropy(double[] x, double[] t) => Mean(x, t, (o, y) =>
    {
        double p = 1 / (1 + Math.Exp(-o));
        return -y * Math.Log(p) - (1 - y) * Math.Log(1 - p);
    });

    internal static double CrossEntropy(double[] x, double[] t) => t.Zip(LogSoftmax(x), (y, log) => -y * log).Sum();

    internal static Func<double[], double[], double> SmoothedCrossEntropy(double smoothing, double[] classWeights) => (x, t) =>
    {
        double[] logs = LogSoftmax(x);
        return -x.Select((_, i) => classWeights[i] * (t[i] * (1 - smoothing) + smoothing / x.Length) * logs[i]).Sum();
    };

    internal static Func<double[], double[], double> Focal(double gamma) => (x, t) =>
    {
        double log = t.Zip(LogSoftmax(x), (y, value) => y * value).Sum();
        return -Math.Pow(1 - Math.Exp(log), gamma) * log;
    };

    internal static double KullbackLeibler(double[] x, double[] t) =>
        t.Zip(LogSoftmax(x), (y, log) => y == 0 ? 0 : y * (Math.Log(y) - log)).Sum();

    internal static Func<double[], double[], double> MultiClassHinge(double margin) => (x, t) =>
    {
        int right = Array.IndexOf(t, 1);
        return x.Where((_, i) => i != right).Sum(score => Math.Max(0, margin - x[right] + score)) / x.Length;
    };

    internal static double CosineEmbedding(double[] x, double[] t) =>
        1 - x.Zip(t, (o, y) => o * y).Sum() / Math.Sqrt((x.Sum(o => o * o) + 1e-12) * (t.Sum(y => y * y) + 1e-12));

    private static double Mean(double[] x, double[] t, Func<double, double, double> element) => x.Zip(t, element).Average();

    private static double[] LogSoftmax(double[] x)
    {
        double sum = x.Max() + Math.Log(x.Sum(value => Math.Exp(value - x.Max())));
        return [.. x.Select(value => value - sum)];
    }
}
