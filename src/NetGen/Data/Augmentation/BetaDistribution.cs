namespace NetGen.Data;

/// <summary>The symmetric beta distribution on [0, 1]: near the ends for a small parameter, even for 1.</summary>
internal static class BetaDistribution
{
    /// <summary>Draws a number from Beta(alpha, alpha), as the first share of two gamma variables.</summary>
    internal static double Draw(double alpha, ref RandomStream random)
    {
        double first = LogGamma(alpha, ref random);
        double second = LogGamma(alpha, ref random);
        // In logarithms, because both underflow for a small parameter.
        return 1 / (1 + PortableMath.Exp(second - first));
    }

    /// <summary>
    /// The logarithm of a number from the gamma distribution (G. Marsaglia and W. Tsang, "A Simple Method for Generating
    /// Gamma Variables", 2000). Below 1 the parameter is raised by one and the result multiplied by U^(1/alpha).
    /// </summary>
    private static double LogGamma(double alpha, ref RandomStream random)
    {
        double boost = 0;
        if (alpha < 1)
        {
            boost = LogUniform(ref random) / alpha;
            alpha++;
        }

        double d = alpha - 1.0 / 3;
        double c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            double x = random.NextGaussian();
            double t = 1 + c * x;
            if (t <= 0)
                continue;

            double v = t * t * t;
            if (LogUniform(ref random) < 0.5 * x * x + d - d * v + d * PortableMath.Log(v))
                return PortableMath.Log(d * v) + boost;
        }
    }

    // 1 − u is never 0.
    private static double LogUniform(ref RandomStream random) => PortableMath.Log(1 - random.NextDouble());
}
