namespace NetGen.Maths;

/// <summary>
/// Functions of double precision made of correctly rounded operations alone, so that random draws that need them have the
/// same bits on every system. Relative errors are a few units in the last place.
/// </summary>
internal static class PortableMath
{
    private const double Ln2 = 0.693147180559945309417232121458;

    /// <summary>
    /// The natural logarithm of a positive normal number, from correctly rounded operations alone: with x = 2ᵉ·m and m
    /// near 1, ln x = e·ln 2 + 2·artanh((m − 1) / (m + 1)), and the series of artanh is short because |s| ≤ 0.172.
    /// </summary>
    internal static double Log(double x)
    {
        const double SqrtHalf = 0.707106781186547524400844362105;

        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52) - 1022;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FE0000000000000);
        if (m < SqrtHalf)
        {
            m *= 2;
            exponent--;
        }

        double s = (m - 1) / (m + 1);
        double z = s * s;
        double series = 0;
        for (int k = 21; k >= 1; k -= 2)
            series = series * z + 1.0 / k;

        return exponent * Ln2 + 2 * s * series;
    }

    /// <summary>
    /// The exponential function: x = k·ln 2 + r with |r| ≤ ln 2 / 2, then 2ᵏ times the Taylor polynomial of degree 14. Zero
    /// where the result would be subnormal.
    /// </summary>
    internal static double Exp(double x)
    {
        // ln 2 in two parts, the first with zeros at its end, so that k times it is exact.
        const double Ln2High = 6.93147180369123816490e-01;
        const double Ln2Low = 1.90821492927058770002e-10;

        double k = Math.Round(x / Ln2);
        if (k < -1021)
            return 0;
        if (k > 1022)
            return double.PositiveInfinity;

        double r = x - k * Ln2High - k * Ln2Low;
        double series = 1;
        for (int n = 14; n >= 1; n--)
            series = 1 + series * r / n;

        return series * BitConverter.Int64BitsToDouble((long)(k + 1023) << 52);
    }

    /// <summary>Sine and cosine of a small angle (a few turns at most) in radians, by Taylor polynomials on ±π/4.</summary>
    internal static (double Sin, double Cos) SinCos(double angle)
    {
        double quarters = Math.Round(angle / (Math.PI / 2));
        double r = angle - quarters * (Math.PI / 2);
        double sin = 0;
        double cos = 0;
        for (int n = 18; n >= 2; n -= 2)
        {
            cos = 1 - r * r / (n * (n - 1)) * (n == 18 ? 1 : cos);
            sin = 1 - r * r / (n * (n + 1)) * (n == 18 ? 1 : sin);
        }

        sin *= r;
        return ((int)quarters & 3) switch
        {
            0 => (sin, cos),
            1 => (cos, -sin),
            2 => (-sin, -cos),
            _ => (-cos, sin),
        };
    }
}
