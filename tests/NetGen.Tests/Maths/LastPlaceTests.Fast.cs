namespace NetGen.Tests.Maths;

/// <content>The second grade, in the same units.</content>
public sealed partial class LastPlaceTests
{
    // Above, 2 to the nearest whole number is infinite.
    private const float LargestFastExponent = 88.37f;

    [Fact]
    public void Fast_exp() => Within(150, Math.Exp, FastMath.Exp, least: -87.3f, most: LargestFastExponent);

    [Fact]
    public void Fast_expm1() => Within(360, VectorMathTests.Reference.Expm1, FastMath.Expm1, most: LargestFastExponent);

    [Fact]
    public void Fast_log() => Within(150, Math.Log, FastMath.Log, least: (float)SmallestNormal);

    [Fact]
    public void Fast_log1p() => Within(150, VectorMathTests.Reference.Log1p, FastMath.Log1p);

    [Fact]
    public void Fast_tanh() => Within(330, Math.Tanh, FastMath.Tanh);

    [Fact]
    public void Fast_sigmoid() => Within(150, x => 1 / (1 + Math.Exp(-x)), FastMath.Sigmoid, least: -87);

    [Fact]
    public void Fast_erf() => Within(300, VectorMathTests.Reference.Erf, FastMath.Erf);
}
