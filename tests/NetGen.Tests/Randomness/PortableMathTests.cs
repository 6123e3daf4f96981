using NetGen.Data;

namespace NetGen.Tests.Randomness;

public class PortableMathTests
{
    [Fact]
    public void The_logarithm_is_accurate_to_a_few_units_in_the_last_place()
    {
        var random = new RandomStream(1);
        for (int i = 0; i < 100_000; i++)
        {
            double x = Math.Pow(10, 40 * random.NextDouble() - 20);
            Assert.Equal(1, PortableMath.Log(x) / Math.Log(x), 1e-15);
        }

        Assert.Equal(0, PortableMath.Log(1));
        Assert.Equal(Math.Log(Math.BitDecrement(1)), PortableMath.Log(Math.BitDecrement(1)), 1e-31);
    }

    [Fact]
    public void The_exponential_is_accurate_to_a_few_units_in_the_last_place()
    {
        var random = new RandomStream(2);
        for (int i = 0; i < 100_000; i++)
        {
            double x = 1400 * random.NextDouble() - 700;
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 2e-15);
        }

        Assert.Equal(1, PortableMath.Exp(0));
        Assert.Equal(0, PortableMath.Exp(double.NegativeInfinity));
        Assert.Equal(double.PositiveInfinity, PortableMath.Exp(double.PositiveInfinity));
    }

    [Fact]
    public void Sine_and_cosine_are_accurate_for_a_few_turns()
    {
        for (double angle = -10; angle <= 10; angle += 0.0007)
        {
            var (sin, cos) = PortableMath.SinCos(angle);
            Assert.Equal(Math.Sin(angle), sin, 2e-15);
            Assert.Equal(Math.Cos(angle), cos, 2e-15);
        }
    }

    // Mean 1/2 and variance 1 / (4·(2α + 1)).
    [Theory]
    [InlineData(0.2)]
    [InlineData(1)]
    [InlineData(3)]
    public void Beta_draws_have_their_mean_and_variance(double alpha)
    {
        var random = new RandomStream(3);
        double[] draws = [.. Enumerable.Range(0, 100_000).Select(_ => BetaDistribution.Draw(alpha, ref random))];

        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.Equal(0.5, draws.Average(), 0.006);
        Assert.Equal(1, draws.Average(draw => (draw - 0.5) * (draw - 0.5)) * 4 * (2 * alpha + 1), 0.02);
    }

    [Fact]
    public void A_tiny_beta_parameter_gives_the_ends_and_never_nan()
    {
        var random = new RandomStream(4);
        double[] draws = [.. Enumerable.Range(0, 1000).Select(_ => BetaDistribution.Draw(1e-4, ref random))];

        Assert.All(draws, draw => Assert.InRange(draw, 0, 1));
        Assert.InRange(draws.Count(draw => draw is > 1e-3 and < 0.999), 0, 10);
        Assert.InRange(draws.Count(draw => draw < 0.5), 420, 580);
    }
}
