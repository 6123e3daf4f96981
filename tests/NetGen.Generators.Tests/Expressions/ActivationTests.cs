using NetGen.Generators.Expressions;

namespace NetGen.Generators.Tests.Expressions;

public class ActivationTests
{
    private const double Sigmoid1 = 0.7310585786300049, Tanh1 = 0.7615941559557649;

    public static TheoryData<string> All => Catalogue.Names(Catalogue.Activations);

    [Theory]
    [MemberData(nameof(All))]
    public void Derivative_is_the_slope_of_the_value(string name)
    {
        var (activation, kinks) = Catalogue.Activations[name];
        foreach (var x in Catalogue.Points(12, 997))
        {
            const double Step = 1e-5;
            if (kinks.Any(kink => Math.Abs(x - kink) < 2 * Step))
            {
                continue;
            }

            var slope = (Value(activation, x + Step) - Value(activation, x - Step)) / (2 * Step);
            var derivative = Slope(activation, x);
            Assert.True(Math.Abs(slope - derivative) < 1e-8, $"{name}'({x:R}) is {derivative:R}, the difference quotient {slope:R}.");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Derivative_at_zero_is_that_of_the_smooth_function(string name)
    {
        var (activation, kinks) = Catalogue.Activations[name];
        if (kinks.Contains(0))
        {
            return;
        }

        var slope = (Value(activation, 1e-5) - Value(activation, -1e-5)) / 2e-5;
        Assert.True(Math.Abs(slope - Slope(activation, 0)) < 1e-5, $"{name}'(0) is {Slope(activation, 0):R}, not {slope:R}.");
    }

    [Theory]
    [InlineData("relu", 0, 0)]
    [InlineData("relu6", 0, 0)]
    [InlineData("relu6", 6, 0)]
    [InlineData("leaky_relu", 0, 0.01)]
    [InlineData("leaky_relu negative", 0, -0.5)]
    [InlineData("elu", 0, 1)]
    [InlineData("elu 0.7", 0, 0.7)]
    [InlineData("selu", 0, 1.7580993408473766)]
    [InlineData("hardsigmoid", -3, 0)]
    [InlineData("hardsigmoid", 3, 0)]
    [InlineData("hardswish", -3, -0.5)]
    [InlineData("hardswish", 3, 1.5)]
    [InlineData("hardtanh", -1, 0)]
    [InlineData("hardtanh", 1, 0)]
    [InlineData("clipped_relu", 4, 0)]
    [InlineData("hardshrink", 0.5, 0)]
    [InlineData("softshrink", -0.5, 0)]
    [InlineData("threshold", 0.25, 0)]
    public void Derivative_at_a_kink_is_PyTorchs(string name, double x, double expected) =>
        Assert.Equal(expected, Slope(Catalogue.Activations[name].Activation, x), 12);

    [Theory]
    [InlineData("relu", 1, 1)]
    [InlineData("relu6", 7, 6)]
    [InlineData("leaky_relu", -1, -0.01)]
    [InlineData("elu 0.7", -1, 0.7 * -0.6321205588285577)]
    [InlineData("selu", -1, 1.7580993408473766 * -0.6321205588285577)]
    [InlineData("silu", 1, Sigmoid1)]
    [InlineData("gelu", 1, 0.8413447460685429)]
    [InlineData("gelu_tanh", 1, 0.8411919906082768)]
    [InlineData("mish", 1, 0.8650983882673103)]
    [InlineData("softplus", 1, 1.3132616875182228)]
    [InlineData("softsign", -3, -0.75)]
    [InlineData("sigmoid", 1, Sigmoid1)]
    [InlineData("tanh", 1, Tanh1)]
    [InlineData("hardsigmoid", 1, 2 / 3.0)]
    [InlineData("hardswish", 1, 2 / 3.0)]
    [InlineData("hardtanh", -3, -1)]
    [InlineData("clipped_relu", 7, 4)]
    [InlineData("celu", -1, 1.5 * -0.486582880967408)]
    [InlineData("hardshrink", 0.4, 0)]
    [InlineData("hardshrink", -0.6, -0.6)]
    [InlineData("softshrink", -0.6, -0.1)]
    [InlineData("tanhshrink", 1, 1 - Tanh1)]
    [InlineData("threshold", 0, -2)]
    [InlineData("logsigmoid", 1, -0.31326168751822286)]
    public void Value_is_the_published_one(string name, double x, double expected) =>
        Assert.Equal(expected, Value(Catalogue.Activations[name].Activation, x), 12);

    [Theory]
    [MemberData(nameof(All))]
    public void Derivative_from_the_output_agrees_with_that_from_the_input(string name)
    {
        var (activation, kinks) = Catalogue.Activations[name];
        if (activation.DerivativeFromOutput is not { } derivative)
        {
            return;
        }

        foreach (var x in Catalogue.Points(8, 401).Concat(kinks).Append(0))
        {
            Assert.Equal(Slope(activation, x), derivative.Evaluate(("y", Value(activation, x))), 9);
        }
    }

    [Theory]
    [InlineData("relu", "(y > 0 ? 1 : 0)")]
    [InlineData("relu6", "(y < 6 ? (y > 0 ? 1 : 0) : 0)")]
    [InlineData("leaky_relu", "(y > 0 ? 1 : 0.01)")]
    [InlineData("leaky_relu negative", null)]
    [InlineData("elu", "(y > 0 ? 1 : y + 1)")]
    [InlineData("selu", "(y > 0 ? 1.0507009873554805 : y + 1.7580993408473766)")]
    [InlineData("sigmoid", "y * (1 - y)")]
    [InlineData("tanh", "1 - y * y")]
    [InlineData("hardsigmoid", "(y < 1 ? (y > 0 ? 0.16666666666666666 : 0) : 0)")]
    [InlineData("silu", null)]
    [InlineData("gelu", null)]
    [InlineData("hardswish", null)]
    [InlineData("softsign", null)]
    public void Training_keeps_the_output_where_that_is_enough(string name, string? expected) =>
        Assert.Equal(expected, Catalogue.Activations[name].Activation.DerivativeFromOutput?.ToString());

    [Theory]
    [MemberData(nameof(All))]
    public void Declared_facts_hold(string name)
    {
        var activation = Catalogue.Activations[name].Activation;
        var points = Catalogue.Points(9, 801).Append(0).Order().ToList();
        var values = points.ConvertAll(x => Value(activation, x));

        Assert.Equal(activation.IsMonotone, values.Zip(values.Skip(1)).All(pair => pair.First <= pair.Second));
        Assert.Equal(activation.PreservesPositivity, points.Zip(values).All(pair => pair.First > 0 == pair.Second > 0));
        Assert.Equal(activation.IsZeroAtZero, Value(activation, 0) == 0);
    }

    [Fact]
    public void Only_these_activations_are_not_zero_at_zero() =>
        Assert.Equal(
            ["gate", "hardsigmoid", "hardtanh above 0", "logsigmoid", "sigmoid", "softplus", "threshold"],
            Catalogue.Activations.Where(entry => !entry.Value.Activation.IsZeroAtZero).Select(entry => entry.Key).Order());

    private static double Value(Activation activation, double x) => activation.Value.Evaluate(("x", x));

    private static double Slope(Activation activation, double x) => activation.Derivative.Evaluate(("x", x));
}
