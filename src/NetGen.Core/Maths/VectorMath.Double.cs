namespace NetGen.Maths;

public static partial class VectorMath
{
    /// <summary>
    /// ln(1 + x) in double precision, to a few units in the last place, near 0 too. The quotient undoes the rounding of 1 + x (W. Kahan).
    /// </summary>
    /// <param name="x">Any number; the result is not a number below -1.</param>
    public static double Log1p(double x)
    {
        double sum = 1 + x;
        return sum == 1 || double.IsPositiveInfinity(sum) ? x : Math.Log(sum) * (x / (sum - 1));
    }

    /// <summary>eˣ - 1 in double precision, to a few units in the last place, near 0 too: through 2 eˣᐟ² sinh(x/2) while that is small.</summary>
    /// <param name="x">Any number.</param>
    public static double Expm1(double x) => Math.Abs(x) < 1 ? 2 * Math.Exp(x / 2) * Math.Sinh(x / 2) : Math.Exp(x) - 1;

    /// <summary>1 / (1 + e⁻ˣ) in double precision.</summary>
    /// <param name="x">Any number.</param>
    public static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The same in double precision, where nothing is saved.</summary>
    /// <param name="x">Any number.</param>
    public static double Gate(double x) => Sigmoid(x);

    /// <summary>
    /// The error function in double precision, to about 15 digits: its series 2/√π e^(-x²) Σ 2ⁿ x²ⁿ⁺¹ / (2n+1)!! up to 3, the continued fraction
    /// of its complement beyond (M. Abramowitz and I. Stegun, 7.1.6 and 7.1.14).
    /// </summary>
    /// <param name="x">Any number.</param>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (double.IsNaN(x) || magnitude == 0)
            return x;
        if (magnitude > 6)
            return Math.Sign(x);
        return Math.CopySign(magnitude < 3 ? ErfBySeries(magnitude) : ErfByFraction(magnitude), x);
    }

    /// <summary>Φ(x) = (1 + erf(x / √2)) / 2 in double precision, with an absolute error of some 1e-16.</summary>
    /// <param name="x">Any number.</param>
    public static double NormalCdf(double x) => (1 + Erf(x * Math.Sqrt(0.5))) / 2;

    private static double ErfBySeries(double x)
    {
        double term = x, sum = x;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / (2 * n + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static double ErfByFraction(double x)
    {
        double fraction = x;
        for (int k = 60; k >= 1; k--)
            fraction = x + k / 2.0 / fraction;
        return 1 - Math.Exp(-x * x) / (Math.Sqrt(Math.PI) * fraction);
    }
}
