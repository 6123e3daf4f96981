using NetGen.Generators.Expressions;

namespace NetGen.Generators.Tests.Expressions;

public class ElementwiseLossTests
{
    public static TheoryData<string> All => Catalogue.Names(Catalogue.Losses);

    [Theory]
    [MemberData(nameof(All))]
    public void Derivative_is_the_slope_of_the_value(string name)
    {
        var (loss, kinks) = Catalogue.Losses[name];
        foreach (var t in new[] { -1.3, 0, 0.37, 1, 2.9 })
        {
            foreach (var o in Catalogue.Points(6, 499))
            {
                const double Step = 1e-5;
                if (kinks(t).Any(kink => Math.Abs(o - kink) < 2 * Step))
                {
                    continue;
                }

                var slope = (Value(loss, o + Step, t) - Value(loss, o - Step, t)) / (2 * Step);
                var derivative = Slope(loss, o, t);
                Assert.True(
                    Math.Abs(slope - derivative) < 1e-8 * Math.Max(1, Math.Abs(slope)),
                    $"{name}'({o:R}, {t:R}) is {derivative:R}, the difference quotient {slope:R}.");
            }
        }
    }

    [Theory]
    [InlineData("l1", 1, 1, 0)]
    [InlineData("huber", 1.25, 0.55, 0.7)]
    [InlineData("smooth_l1", 0.5, 0, 1)]
    [InlineData("smooth_l1", 0, 0, 0)]
    [InlineData("log_cosh", 2, 2, 0)]
    [InlineData("hinge", 1, 1, 0)]
    [InlineData("hinge", 0.5, 1, -1)]
    [InlineData("hinge", 0.5, -1, 1)]
    [InlineData("bce", 0, 1, -0.5)]
    [InlineData("bce", 0, 0, 0.5)]
    public void Derivative_at_a_special_point_is_PyTorchs(string name, double o, double t, double expected) =>
        Assert.Equal(expected, Slope(Catalogue.Losses[name].Loss, o, t), 12);

    [Theory]
    [InlineData("mse", 3, 1, 4)]
    [InlineData("l1", 1, 3.5, 2.5)]
    [InlineData("huber", 1.2, 1, 0.5 * 0.2 * 0.2)]
    [InlineData("huber", -3, 1, 0.7 * (4 - 0.35))]
    [InlineData("smooth_l1", 1.2, 1, 0.5 * 0.2 * 0.2 / 0.5)]
    [InlineData("smooth_l1", 5, 1, 4 - 0.25)]
    [InlineData("bce", 2, 1, 0.1269280110429726)]
    [InlineData("bce", -200, 1, 200)]
    [InlineData("bce", 200, 0.25, 150)]
    [InlineData("log_cosh", 1, 0, 0.4337808304830271)]
    [InlineData("log_cosh", 400, 0, 400 - 0.6931471805599453)]
    [InlineData("log_cosh", 1e-6, 0, 5e-13)]
    [InlineData("poisson_nll", 1, 2, 0.7182818284590451)]
    [InlineData("hinge", 0.25, 1, 0.75)]
    [InlineData("hinge", 0.25, -1, 1.25)]
    [InlineData("hinge", 3, 1, 0)]
    public void Value_is_that_of_the_textbook(string name, double o, double t, double expected) =>
        Assert.Equal(expected, Value(Catalogue.Losses[name].Loss, o, t), 1e-10 * Math.Abs(expected));

    private static double Value(ElementwiseLoss loss, double o, double t) => loss.Value.Evaluate(("o", o), ("t", t));

    private static double Slope(ElementwiseLoss loss, double o, double t) => loss.Derivative.Evaluate(("o", o), ("t", t));
}
