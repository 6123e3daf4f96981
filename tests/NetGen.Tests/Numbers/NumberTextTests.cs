namespace NetGen.Tests.Numbers;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0.0000734, "7.34e-5")]
    [InlineData(0.00001, "1e-5")]
    [InlineData(-0.0000999999, "-1e-4")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0123456, "0.0123")]
    [InlineData(12345, "12345")]
    [InlineData(1234567, "1.23e6")]
    [InlineData(0, "0")]
    [InlineData(double.NaN, "NaN")]
    public void A_number_is_short(double value, string text) => Assert.Equal(text, NumberText.Short(value));

    [Theory]
    [InlineData(0.5, "0.5000")]
    [InlineData(0.00004, "4e-5")]
    [InlineData(0.0009876, "0.000988")]
    [InlineData(-12.34567, "-12.3457")]
    [InlineData(3.2e7, "3.2e7")]
    [InlineData(0, "0.0000")]
    public void A_measure_is_never_rounded_to_nothing(double value, string text) => Assert.Equal(text, NumberText.Measure(value));
}
