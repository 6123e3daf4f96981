using System.Text.RegularExpressions;
using NetGen.Generators.Expressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>Which grade of a function a network takes: its own, a layer's, that of a use of a block; values and derivatives alike.</summary>
public sealed class GradeTests
{
    [Fact]
    public void A_network_takes_the_fast_grade_for_values_and_slopes()
    {
        string code = Kernels(
            "[Network(Precision = Precision.Fast), Input(8), Dense(16), Gelu, Dense(16), Elu, Dense(4), MeanSquaredError] public partial class Net;");
        Assert.Equal(["FastMath.Exp", "FastMath.Expm1", "FastMath.NormalCdf"], Functions(code));
    }

    [Fact]
    public void A_layer_says_so_for_itself_and_against_its_network()
    {
        Assert.Equal(["FastMath.Tanh", "VectorMath.Sigmoid"], Functions(Kernels(
            "[Network, Input(8), Dense(16), Tanh(Precision = Precision.Fast), Dense(16), Silu, Dense(4), MeanSquaredError] public partial class Net;")));
        Assert.Equal(["FastMath.Sigmoid", "VectorMath.Tanh"], Functions(Kernels(
            "[Network(Precision = Precision.Fast), Input(8), Dense(16), Tanh(Precision = Precision.Exact), Dense(16), Silu, Dense(4), "
            + "MeanSquaredError] public partial class Net;")));
    }

    [Fact]
    public void The_use_of_a_block_says_so_for_its_layers() => Assert.Equal(["FastMath.Tanh", "VectorMath.Tanh"], Functions(Kernels(
        """
        [Network, Input(8), Residual<Body>(Precision = Precision.Fast), Use<Body>, Dense(4), MeanSquaredError] public partial class Net;
        [Block, Dense(8), Tanh] public class Body;
        """)));

    [Fact]
    public void Gates_and_what_they_let_pass_are_of_one_grade()
    {
        Assert.Equal(["FastMath.Gate", "FastMath.GatedMix", "FastMath.Tanh"], Functions(Kernels(
            "[Network, Input(6, 8), Gru(8, Precision = Precision.Fast), LastStep, Dense(4), MeanSquaredError] public partial class Net;")));
        Assert.Contains("FastMath.GatedTanh", Functions(Kernels("[Network(Precision = Precision.Fast), Input(6, 8), Lstm(8)] public partial class Net;")));
    }

    [Fact]
    public void A_loss_is_exact_in_any_case() => Assert.Equal(["VectorMath.Exp", "VectorMath.Log1pOfFraction"], Functions(Kernels(
        "[Network(Precision = Precision.Fast), Input(8), Dense(4), BinaryCrossEntropy] public partial class Net;")));

    /// <summary>No function that there is in both grades is left in the other one, in no derivative and no form of it.</summary>
    [Fact]
    public void Every_activation_is_of_one_grade()
    {
        foreach ((Activation activation, _) in Catalogue.Activations.Values)
        {
            Activation fast = activation.In(Grade.Fast);
            foreach (Expression part in new[] { fast.Value, fast.Derivative, fast.DerivativeFromOutput }.OfType<Expression>())
                Assert.Equal(part, part.In(Grade.Fast));
            bool hasFunctions = !activation.Value.In(Grade.Fast).Equals(activation.Value);
            Assert.Equal(hasFunctions, !ReferenceEquals(activation, fast));
            for (double x = -3; x <= 3; x += 0.37)
            {
                Assert.Equal(activation.Value.Evaluate(("x", x)), fast.Value.Evaluate(("x", x)));
                Assert.Equal(activation.Derivative.Evaluate(("x", x)), fast.Derivative.Evaluate(("x", x)));
            }
        }
    }

    private static string Kernels(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        Assert.Empty(run.AllDiagnostics);
        return run.Files["Net.Kernels.g.cs"];
    }

    /// <summary>The functions that there are in both grades.</summary>
    private static string[] Functions(string code) =>
        [.. Regex.Matches(
                code, @"\b(VectorMath|FastMath)\.(Exp|Expm1|Log|Log1p|Log1pOfFraction|Tanh|Sigmoid|Gate|GatedTanh|GatedMix|Erf|NormalCdf)(?=\()")
            .Select(match => match.Value).Distinct().Order(StringComparer.Ordinal)];
}
