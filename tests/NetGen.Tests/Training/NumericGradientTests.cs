namespace NetGen.Tests.Training;

public class NumericGradientTests
{
    [Fact]
    public void The_gradient_of_a_polynomial_is_exact_to_eleven_digits()
    {
        double[] gradient = NumericGradient.Of(x => x[0] * x[0] + 3 * x[0] * x[1] + x[1] * x[1] + x[2] * x[2] * x[2], [1, 2, 3]);

        Assert.Equal(8, gradient[0], 1e-10);
        Assert.Equal(7, gradient[1], 1e-10);
        Assert.Equal(27, gradient[2], 1e-10);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1.25)]
    [InlineData(3)]
    public void The_gradient_of_a_transcendental_function_is_nearly_exact(double at)
    {
        double gradient = NumericGradient.Of(x => Math.Exp(x[0]) * Math.Sin(2 * x[0]), [at])[0];

        Assert.Equal(Math.Exp(at) * (Math.Sin(2 * at) + 2 * Math.Cos(2 * at)), gradient, 1e-9);
    }

    [Fact]
    public void Steps_grow_with_large_elements()
    {
        // At a million, a step of a thousandth would lose ten of the sixteen digits.
        double gradient = NumericGradient.Of(x => x[0] * x[0], [1e6])[0];

        Assert.Equal(2e6, gradient, 2e6 * 1e-10);
    }

    [Fact]
    public void The_point_is_left_as_it_was_and_each_direction_starts_from_it()
    {
        double[] point = [0.5, -2, 4];
        var gradient = new double[3];
        NumericGradient.Compute(x => x[0] * x[1] * x[2], point, gradient);

        Assert.Equal([0.5, -2, 4], point);
        Assert.True(NumericGradient.LargestError([-8, 2, -1], gradient) < 1e-11, string.Join(", ", gradient));
    }

    [Fact]
    public void A_wrong_gradient_has_a_large_error()
    {
        Assert.Equal(0, NumericGradient.LargestError([1, 2], [1, 2]));
        Assert.Equal(0.25, NumericGradient.LargestError([0.5, 3], [0.5, 4]), 1e-15);
        Assert.Equal(0.5, NumericGradient.LargestError([0.5], [0]), 1e-15);
        Assert.True(double.IsNaN(NumericGradient.LargestError([double.NaN, 1], [0, 1])));
    }

    [Fact]
    public void Mistakes_are_named()
    {
        Assert.Contains("has 2, found room for 3", Assert.Throws<ArgumentException>(
            () => NumericGradient.Compute(x => x[0], [1, 2], new double[3])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => NumericGradient.Of(x => x[0], [1], step: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NumericGradient.Of(x => x[0], [1], step: double.NaN));
        Assert.Contains("2 and 1", Assert.Throws<ArgumentException>(() => NumericGradient.LargestError([1], [1, 2])).Message);
    }
}
