using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>What people read in generated files, word for word.</summary>
public class EmittedTextTests
{
    [Fact]
    public void Relu_and_its_derivative() => Check(
        VectorDialect.Vector512,
        [Activations.Relu.Value, Variable("g") * Activations.Relu.Derivative],
        """
        Vector512.MaxNative(Vector512<float>.Zero, x)
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), g, Vector512<float>.Zero)
        """);

    [Fact]
    public void Gelu_and_its_derivative_share_the_distribution_function() => Check(
        VectorDialect.Any,
        [Activations.Gelu.Value, Activations.Gelu.Derivative],
        """
        V normalCdf = VectorMath.NormalCdf(x);
        x * normalCdf
        V.MultiplyAdd(x * VectorMath.Exp(V.Create(-0.5f) * (x * x)), V.Create(0.3989423f), normalCdf)
        """);

    [Fact]
    public void Softplus_and_its_derivative_share_the_exponential_whose_logarithm_is_a_polynomial() => Check(
        VectorDialect.Any,
        [Activations.Softplus.Value, Activations.Softplus.Derivative],
        """
        V exp = VectorMath.Exp(-V.Abs(x));
        V.Max(V.Create(0f), x) + VectorMath.Log1pOfFraction(exp)
        V.Select(V.LessThan(V.Create(0f), x), V.Create(1f), exp) / (exp + V.Create(1f))
        """);

    [Fact]
    public void A_logarithm_of_what_may_be_more_than_two_is_the_general_one() => Check(
        VectorDialect.Any,
        [Log1p(Exp(Variable("x"))), Log1p(Exp(-(Variable("x") * Variable("x"))))],
        """
        VectorMath.Log1p(VectorMath.Exp(x))
        VectorMath.Log1pOfFraction(VectorMath.Exp(-(x * x)))
        """);

    [Fact]
    public void Huber_clamps_once_for_value_and_derivative() => Check(
        VectorDialect.Vector128,
        [ElementwiseLosses.Huber(1).Value, ElementwiseLosses.Huber(1).Derivative],
        """
        Vector128<float> difference = o - t;
        Vector128<float> clamped = Vector128.MinNative(Vector128<float>.One, Vector128.MaxNative(Vector128.Create(-1f), difference));
        clamped * Vector128.MultiplyAddEstimate(clamped, Vector128.Create(-0.5f), difference)
        clamped
        """);

    [Fact]
    public void Scalars_use_operators() => Check(
        VectorDialect.Scalar,
        [Activations.LeakyRelu(0.01).Value, Activations.HardSwish.Derivative, Activations.Tanh.DerivativeFromOutput!],
        """
        x > 0f ? x : 0.01f * x
        x < -3f ? 0f : x > 3f ? 1f : float.MultiplyAddEstimate(x, 0.33333334f, 0.5f)
        float.MultiplyAddEstimate(-y, y, 1f)
        """);

    [Fact]
    public void Parentheses_stand_only_where_they_are_needed() => Check(
        VectorDialect.Scalar,
        [(Variable("x") - Variable("y")) / (Variable("x") * Variable("g")), -(Variable("x") / (1 + Variable("g")))],
        """
        (x - y) / (g * x)
        -(x / (g + 1f))
        """);

    [Fact]
    public void Hoisted_constants_and_locals_are_named_once_for_all_uses_of_an_emitter()
    {
        var emitter = new ExpressionEmitter(VectorDialect.Vector512, new LocalNames("acc0", "acc1")) { HoistConstants = true };
        var first = emitter.Emit(new Dictionary<string, string> { ["x"] = "acc0" }, Activations.Silu.Derivative, Activations.HardSigmoid.Value);
        var second = emitter.Emit(new Dictionary<string, string> { ["x"] = "acc1" }, Activations.Silu.Derivative, Activations.HardSigmoid.Value);

        Assert.Equal(["Vector512<float> sigmoid = VectorMath.Sigmoid(acc0);"], first.Statements);
        Assert.Equal(["Vector512<float> sigmoid2 = VectorMath.Sigmoid(acc1);"], second.Statements);
        Assert.Equal("Avx512F.FusedMultiplyAdd(acc1 * sigmoid2, one - sigmoid2, sigmoid2)", second.Values[0]);
        Assert.Equal("constant * Vector512.MinNative(six, Vector512.MaxNative(Vector512<float>.Zero, acc1 + three))", second.Values[1]);
        Assert.Equal(
            [
                "Vector512<float> one = Vector512<float>.One;",
                "Vector512<float> constant = Vector512.Create(0.16666667f);",
                "Vector512<float> six = Vector512.Create(6f);",
                "Vector512<float> three = Vector512.Create(3f);",
            ],
            emitter.ConstantStatements);
    }

    [Theory]
    [InlineData(0.5, "0.5f")]
    [InlineData(1.0 / 3, "0.33333334f")]
    [InlineData(1e-5, "1E-05f")]
    [InlineData(16777216, "16777216f")]
    [InlineData(-0.0, "-0f")]
    [InlineData(1e39, "float.PositiveInfinity")]
    [InlineData(double.NegativeInfinity, "float.NegativeInfinity")]
    [InlineData(double.NaN, "float.NaN")]
    public void Literals_are_the_shortest_that_read_back(double value, string expected)
    {
        var culture = Thread.CurrentThread.CurrentCulture;
        try
        {
            Thread.CurrentThread.CurrentCulture = new System.Globalization.CultureInfo("de-DE");
            Assert.Equal(expected, FloatLiteral.Of(value));
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = culture;
        }
    }

    private static void Check(VectorDialect dialect, Expression[] roots, string expected)
    {
        string[] variables = ["x", "y", "g", "o", "t"];
        var code = new ExpressionEmitter(dialect, new LocalNames(variables)).Emit(variables.ToDictionary(name => name), roots);
        Assert.Equal(expected.ReplaceLineEndings(), string.Join(Environment.NewLine, code.Statements.Concat(code.Values)));
    }
}
