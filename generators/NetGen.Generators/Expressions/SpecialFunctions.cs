namespace NetGen.Generators.Expressions;

/// <summary>The functions in double precision that the framework does not have.</summary>
internal static class SpecialFunctions
{
    /// <summary>ln(1 + x). The quotient undoes the rounding of 1 + x (W. Kahan's form).</summary>
    public static double Log1p(double x)
    {
        var sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ − 1, through 2 eˣᐟ² sinh(x/2) while that is small.</summary>
    public static double Expm1(double x) =>
        Math.Abs(x) < 1 ? 2 * Math.Exp(x / 2) * Math.Sinh(x / 2) : Math.Exp(x) - 1;

    /// <summary>∛x: the power's estimate, made exact to the last place or so by a step of Newton's.</summary>
    public static double Cbrt(double x)
    {
        if (x == 0 || double.IsNaN(x) || double.IsInfinity(x))
        {
            return x;
        }

        var root = Math.Pow(Math.Abs(x), 1 / 3.0);
        root -= (root - (Math.Abs(x) / (root * root))) / 3;
        return x < 0 ? -root : root;
    }

    /// <summary>
    /// The error function: its series 2/√π e^(−x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! (all terms positive) up to 3, the continued fraction
    /// of erfc beyond (M. Abramowitz and I. Stegun, 7.1.6 and 7.1.14).
    /// </summary>
    public static double Erf(double x)
    {
        var magnitude = Math.Abs(x);
        if (double.IsNaN(x) || magnitude == 0)
        {
            return x;
        }

        if (magnitude > 6)
        {
            return Math.Sign(x);
        }

        double result;
        if (magnitude < 3)
        {
            double term = magnitude, sum = magnitude;
            for (var n = 1; term > sum * 1e-17; n++)
            {
                term *= 2 * x * x / ((2 * n) + 1);
                sum += term;
            }

            result = 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
        }
        else
        {
            var fraction = magnitude;
            for (var k = 60; k >= 1; k--)
            {
                fraction = magnitude + (k / 2.0 / fraction);
            }

            result = 1 - (Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction));
        }

        return x < 0 ? -result : result;
    }
}
