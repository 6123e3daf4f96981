using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Activations and losses that are functions of the user's: those of NetGen's own formulas get NetGen's own kernels.</summary>
public class FunctionLayerTests
{
    [Theory]
    [InlineData("Relu", "MathF.Max(x, 0)", "")]
    [InlineData("Silu", "x * NetGen.Maths.VectorMath.Sigmoid(x)", "")]
    [InlineData("Tanh", "MathF.Tanh(x)", "")]
    [InlineData("Softsign", "x / (1 + MathF.Abs(x))", "")]
    [InlineData("Softplus", "MathF.Max(x, 0) + float.LogP1(MathF.Exp(MathF.Min(-x, x)))", "")]
    [InlineData("HardSwish", "x * Math.Clamp(x + 3, 0f, 6f) / 6", "")]
    [InlineData("TanhShrink", "x - MathF.Tanh(x)", "")]
    [InlineData("LeakyRelu(0.2)", "x > 0 ? x : a * x", "0.2")]
    [InlineData("LeakyRelu", "x > 0 ? x : 0.01f * x", "")]
    [InlineData("Elu(0.7)", "x > 0 ? x : a * float.ExpM1(x)", "0.7")]
    [InlineData("Celu(1.5)", "x > 0 ? x : a * float.ExpM1(x / a)", "1.5")]
    [InlineData("ClippedRelu(4)", "MathF.Min(MathF.Max(x, 0), a)", "4")]
    [InlineData("HardTanh(-2, 3)", "Math.Clamp(x, a, b)", "-2, 3")]
    [InlineData("SoftShrink(0.4)", "x <= a ? x >= -a ? 0 : x + a : x - a", "0.4")]
    [InlineData("Threshold(0.1, -2)", "x <= a ? b : x", "0.1, -2")]
    [InlineData("PRelu", "x > 0 ? x : a * x", "0.25, Trainable = true")]
    [InlineData("PRelu(PerChannel = true)", "x > 0 ? x : a * x", "0.25, Trainable = true, PerChannel = true")]
    public void An_activation_of_a_shipped_formula_is_the_shipped_one(string shipped, string formula, string arguments) => Same(
        shipped, "MeanSquaredError", $"Activation(nameof(F){(arguments.Length > 0 ? ", " : "")}{arguments})", "MeanSquaredError", Function("x", formula));

    [Theory]
    [InlineData("MeanSquaredError", "(o - t) * (o - t)", "")]
    [InlineData("MeanAbsoluteError", "MathF.Abs(o - t)", "")]
    [InlineData("PoissonNll", "MathF.Exp(o) - t * o", "")]
    [InlineData("BinaryHinge", "MathF.Max(1 - t * o, 0)", "")]
    [InlineData("Huber(0.3)", "Math.Clamp(o - t, -a, a) * ((o - t) - 0.5f * Math.Clamp(o - t, -a, a))", "0.3")]
    [InlineData("BinaryCrossEntropy", "MathF.Max(o, 0) - o * t + float.LogP1(MathF.Exp(MathF.Min(-o, o)))", "")]
    public void A_loss_of_a_shipped_formula_is_the_shipped_one(string shipped, string formula, string arguments) => Same(
        "Tanh", shipped, "Tanh", $"Loss(nameof(F){(arguments.Length > 0 ? ", " : "")}{arguments})", Function("o, float t", formula));

    private static string Function(string parameters, string formula)
    {
        string constants = string.Concat(new[] { "a", "b" }.Where(name => Regex.IsMatch(formula, $@"\b{name}\b")).Select(name => $", float {name}"));
        return $"[Differentiable] public static float F(float {parameters}{constants}) => {formula};";
    }

    /// <summary>The same code in all files of both, but for what comments and descriptions call it.</summary>
    private static void Same(string activation, string loss, string ownActivation, string ownLoss, string function)
    {
        string kind = activation.Split('(')[0];
        Assert.Equal(Code(activation, loss, function), Code(ownActivation, ownLoss, function));

        string Code(string activation, string loss, string function)
        {
            GeneratorRun run = GeneratorHarness.Run(
                $"[Network, Input(2, 9, 7), Conv2D(3, 3), {activation}, Dense(5), {activation}, Dense(4), {loss}] public partial class Net {{ "
                + $"{function} }}");
            Assert.Empty(run.AllDiagnostics);
            string code = string.Concat(run.Files["Net.Kernels.g.cs"].Split('\n').Where(line => !line.TrimStart().StartsWith("//", StringComparison.Ordinal)));
            // Buffers and methods have the layers' names, and lines are broken where these are long.
            code = Regex.Replace(code, @$"({kind}|activation)(?=\d)", "Layer", RegexOptions.IgnoreCase);
            return Regex.Replace(code, @";\s*ref float |\s+", match => match.Value.Contains(';') ? "," : "");
        }
    }

    [Fact]
    public void Constants_that_are_trained_have_names_in_files()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            public static partial class Outer
            {
                [Differentiable] private static float Swish(float x, float beta) => x * NetGen.Maths.VectorMath.Sigmoid(beta * x);

                [Network, Input(4), Dense(3), Activation("Swish", 1, Trainable = true), Dense(3), Activation("Bent", 0.5, 2, In = typeof(Elsewhere), Trainable = true), Dense(1), MeanSquaredError]
                public partial class Net;
            }

            public static partial class Elsewhere
            {
                [Differentiable] public static float Bent(float x, float low, float high) => x > 0 ? high * x : low * x;
            }
            """);
        Assert.Empty(run.AllDiagnostics);
        string parameters = run.Files["Outer.Net.Parameters.g.cs"];
        Assert.All(new[] { "\"1.weight\"", "\"3.low\"", "\"3.high\"" }, name => Assert.Contains(name, parameters));
    }

    [Theory]
    [InlineData("Activation({|NG0111:\"Missing\"|})", "'Missing' cannot be used because there is no method of that name in 'Net' or a type around it; write it there, or say where it is: In = typeof(...)")]
    [InlineData("Activation({|NG0111:\"Missing\"|}, In = typeof(string))", "'Missing' cannot be used because there is no method of that name in 'String'; write it there, or say where it is: In = typeof(...)")]
    [InlineData("Activation({|NG0111:nameof(Unmarked)|})", "'Unmarked' cannot be used because it is not marked [Differentiable]; mark it, so that there is a derivative")]
    [InlineData("Activation({|NG0112:nameof(Wide)|})", "'Wide' does not fit as activation: it computes in double precision and networks in single: write 'float'")]
    [InlineData("Activation({|NG0112:nameof(Row)|})", "'Row' does not fit as activation: it takes more than single numbers: write one of the input and constants")]
    [InlineData("Activation({|NG0112:nameof(Two)|})", "'Two' does not fit as activation: it takes 1 numbers beside the input, but 0 are written: write 1 behind the name")]
    [InlineData("Activation({|NG0112:nameof(One)|}, 3)", "'One' does not fit as activation: it takes 0 numbers beside the input, but 1 are written: write 0 behind the name")]
    [InlineData("Activation(nameof(One), {|NG0112:Trainable = true|})", "'One' does not fit as activation: there is nothing to train: write the numbers that training starts from behind the name")]
    [InlineData("Activation(nameof(Two), 1, {|NG0112:PerChannel = true|})", "'Two' does not fit as activation: constants are the same everywhere: write Trainable = true, too, or leave it out")]
    [InlineData("Activation(nameof(Two), {|NG0010:double.NaN|})", "Activation: constants must be finite numbers, but is NaN")]
    [InlineData("Loss({|NG0112:nameof(One)|})", "'One' does not fit as loss: it takes one number: write one of output and target and constants")]
    [InlineData("Loss({|NG0111:\"Missing\"|})", "'Missing' cannot be used because there is no method of that name in 'Net' or a type around it; write it there, or say where it is: In = typeof(...)")]
    [InlineData("Loss({|NG0112:nameof(OneSpan)|})", "'OneSpan' does not fit as loss: it takes elements and a single number: write one of output and target, or elements of both")]
    [InlineData("Loss({|NG0112:nameof(Rows)|})", "'Rows' does not fit as loss: it takes 2 outputs and 2 targets, and there are 3: write [Elements(3)] before both")]
    [InlineData("Loss({|NG0112:nameof(WideRows)|})", "'WideRows' does not fit as loss: it computes in double precision and networks in single: write 'float'")]
    [InlineData("Loss({|NG0112:nameof(ThreeRows)|})", "'ThreeRows' does not fit as loss: it takes more elements than those of outputs and targets: write constants")]
    [InlineData("Loss({|NG0112:nameof(Weighed)|})", "'Weighed' does not fit as loss: it takes 1 numbers beside outputs and targets, but 0 are written: write 1 behind the name")]
    [InlineData("Loss(nameof(Weighed), {|NG0010:double.NaN|})", "Loss: constants must be finite numbers, but is NaN")]
    [InlineData("Loss(nameof(Weighed), 2, {|NG0112:Sum = true|})", "'Weighed' does not fit as loss: it takes all outputs of a sample at once, and there is nothing to sum: leave Sum out")]
    public void NG0111_and_NG0112_functions_that_cannot_be_used(string use, string message) => Markup.Reports(
        $$"""
        [Network, Input(4), Dense(3), {{use}}{{(use.StartsWith("Loss", StringComparison.Ordinal) ? "" : ", Dense(1), MeanSquaredError")}}]
        public partial class Net
        {
            public static float Unmarked(float x) => x;
            [Differentiable] public static double Wide(double x) => x;
            [Differentiable] public static float Row([Elements(2)] ReadOnlySpan<float> x) => x[0];
            [Differentiable] public static float One(float x) => x;
            [Differentiable] public static float Two(float x, float y) => x * y;
            [Differentiable] public static float OneSpan([Elements(3)] ReadOnlySpan<float> o, float t) => o[0] * t;
            [Differentiable] public static float Rows([Elements(2)] ReadOnlySpan<float> o, [Elements(2)] ReadOnlySpan<float> t) => o[0] * t[1];
            [Differentiable] public static double WideRows([Elements(3)] ReadOnlySpan<double> o, [Elements(3)] ReadOnlySpan<double> t) => o[0] * t[1];
            [Differentiable] public static float ThreeRows([Elements(3)] float[] o, [Elements(3)] float[] t, [Elements(3)] float[] more) => o[0] * t[1] * more[0];
            [Differentiable] public static float Weighed([Elements(3)] ReadOnlySpan<float> o, [Elements(3)] ReadOnlySpan<float> t, float w) => w * o[0] * t[1];
        }
        """,
        message);

    [Fact]
    public void NG0112_a_loss_of_rows_needs_a_row_and_may_not_be_too_long()
    {
        const string image = """
            [Network, Input(2, 3, 3), Conv2D(2, 2), Loss({|NG0112:nameof(F)|})]
            public partial class Net
            {
                [Differentiable] public static float F([Elements(8)] ReadOnlySpan<float> o, [Elements(8)] ReadOnlySpan<float> t) => o[0] * t[0];
            }
            """;
        Markup.Reports(image, "'F' does not fit as loss: it takes a row of outputs, and the output is 2×2×2: write [Flatten], or [Dense], before it");
        const string large = """
            [Network, Input(4), Dense(25), Loss({|NG0112:nameof(F)|})]
            public partial class Net
            {
                [Differentiable] public static float F([Elements(25)] ReadOnlySpan<float> o, [Elements(25)] ReadOnlySpan<float> t)
                {
                    float sum = 0;
                    for (int i = 0; i < 25; i++)
                    {
                        float part = 0;
                        for (int k = 0; k < 25; k++)
                            part += MathF.Sin(o[i] * t[k]);
                        sum += part * part;
                    }

                    return sum;
                }
            }
            """;
        Markup.Reports(
            large,
            "'F' does not fit as loss: written out, it and its derivatives are more than 2000 operations: compute it where StepFromOutputGradient is called");
    }

    /// <summary>Straight code that reads each output and target once.</summary>
    [Fact]
    public void A_loss_of_rows_is_written_out()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            [Network, Input(4), Dense(2), Loss(nameof(F), 3)]
            public partial class Net
            {
                [Differentiable] public static float F([Elements(2)] ReadOnlySpan<float> o, [Elements(2)] ReadOnlySpan<float> t, float a) => a * (o[0] - t[0]) * (o[1] - t[1]);
            }
            """);
        Assert.Empty(run.AllDiagnostics);
        string kernels = run.Files["Net.Kernels.g.cs"];
        string body = kernels[kernels.IndexOf("static void Loss(", StringComparison.Ordinal)..];
        Assert.StartsWith(
            """
            static void Loss(TrainingFrame frame, ref float gradient, ref float output, ref float target, int from, int to)
                {
                    for (int s = from; s < to; s++)
                    {
                        float share = frame.ShareOf(s);
                        ref float outputS = ref Unsafe.Add(ref output, (nint)s * 16);
                        ref float targetS = ref Unsafe.Add(ref target, (nint)s * 2);
                        ref float gradientS = ref Unsafe.Add(ref gradient, (nint)s * 16);
                        float o0 = outputS;
                        float o1 = Unsafe.Add(ref outputS, 1);
                        float t0 = targetS;
                        float t1 = Unsafe.Add(ref targetS, 1);
            """.ReplaceLineEndings("\n"), body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_network_with_a_function_that_has_a_mistake_waits_for_it() => Markup.Reports(
        [
            """
            [Network, Input(4), Dense(3), Activation(nameof(F)), Dense(1), MeanSquaredError]
            public partial class Net { [Differentiable] public static float F(float x) => {|NG0103:x % 2|}; }
            """,
        ],
        [],
        "A differentiable function cannot have an operator of 'float' here; numbers have +, -, *, / and comparisons, conditions &&, || and !");

    [Fact]
    public void A_network_is_written_again_when_its_function_computes_something_else()
    {
        const string net = "[Network, Input(4), Dense(3), Activation(nameof(F.G), In = typeof(F)), Dense(1), MeanSquaredError] public partial class Net;";
        const string function = "public static partial class F { [Differentiable] public static float G(float x) => x * x; }";
        CSharpCompilation compilation = GeneratorHarness.Compile(net, function);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        Assert.Empty(first.AllDiagnostics);
        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(compilation.WithFile(1, function.Replace("=> x * x", "=> (x) * x"))));
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(compilation.WithFile(1, function.Replace("x * x", "x * 3"))));

        IEnumerable<IncrementalStepRunReason> Reasons(CSharpCompilation edited) =>
            GeneratorHarness.Run(edited, first.Driver).Result.TrackedSteps[NetworkGenerator.SourcesStage].SelectMany(step => step.Outputs).Select(output => output.Reason);
    }
}
