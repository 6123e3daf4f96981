using System.Globalization;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Expressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Functions of enormous size or depth, and names and places that are none for everyday.</summary>
public class FunctionLimitTests
{
    /// <summary>
    /// Neither the compiler's stack nor NetGen's overflows, and nothing takes long: there is one diagnostic. Of a sum, it depends on the stack which.
    /// </summary>
    [Theory]
    [InlineData("-", 6000)]
    [InlineData("x + (", 3000)]
    [InlineData("x > 1 ? y : ", 2000)]
    [InlineData("Math.Sin(", 1000)]
    [InlineData("x +", 20_000, "more than")]
    public void What_is_nested_too_deep_or_too_long_is_refused(string part, int times, string why = "nested more than 250 deep") => IsTooLarge(
        $"=> {string.Concat(Enumerable.Repeat(part + " ", times))}x{new string(')', part.EndsWith('(') ? times : 0)};", why);

    [Theory]
    [InlineData(2000)]
    [InlineData(240, true)]
    public void Conditions_within_conditions(int depth, bool isWritten = false)
    {
        string body = $"{{ {string.Concat(Enumerable.Range(0, depth).Select(i => $"if (x > {i}) {{ "))}return y;{new string('}', depth)} return x; }}";
        if (isWritten)
            Assert.Empty(Run(body).AllDiagnostics);
        else
            IsTooLarge(body, "nested more than 250 deep");
    }

    /// <summary>What functions have in common is differentiated and simplified once.</summary>
    [Theory]
    [InlineData("for (int i = 0; i < 60; i++) x = x * x + y;")]
    [InlineData("for (int i = 0; i < 20; i++) { double t = x * y + 1; y = x + y; x = t; }")]
    [InlineData("for (int i = 0; i < 30; i++) { x = Math.Sin(x * y) + Math.Exp(-x * x); y = Math.Cos(x + y) / (1 + x * x); }")]
    [InlineData("for (int i = 0; i < 100; i++) x = Math.Sin(x);")]
    [InlineData("for (int i = 0; i < 100; i++) x = x * x + y;")]
    [InlineData("double s = 0; for (int i = 0; i < 20; i++) { double t = x * i + y; for (int k = 0; k < 30; k++) t = t * Math.Sin(t + k) + i; s += t; } x = s;")]
    public void Recurrences_cost_no_more_than_what_is_written(string loop)
    {
        string body = $"{{ {loop} return x + y; }}";
        IsQuick(() => Run(body));
    }

    /// <summary>Derivatives by hundreds of elements, each of which has all of the others in it.</summary>
    [Theory]
    [InlineData(1000, "double s = 0; for (int i = 0; i < x.Length; i++) s += x[i] * x[i]; return Math.Log(1 + Math.Sqrt(s));")]
    [InlineData(500, "double s = 0; for (int i = 0; i + 1 < x.Length; i++) { double a = x[i + 1] - x[i] * x[i]; s += 100 * a * a; } return s;")]
    [InlineData(50,
        "double m = x[0], s = 0; for (int i = 1; i < 50; i++) m = Math.Max(m, x[i]); for (int i = 0; i < 50; i++) s += Math.Exp(x[i] - m); return m + Math.Log(s);")]
    public void Many_elements_cost_no_more_than_what_is_written(int count, string body) => IsQuick(() => GeneratorHarness.Run(
        $"public static partial class F {{ [Differentiable] public static double G([Elements({count})] ReadOnlySpan<double> x) {{ {body} }} }}"));

    /// <summary>Each element of a norm's Hessian has all others in it; a chain's has few, of a thousand as well.</summary>
    [Fact]
    public void A_Hessian_times_a_vector()
    {
        static string Squares(int count, string of, string function) =>
            $"public static partial class F {{ [Differentiable(HessianProduct = true)] public static double G([Elements({count})] ReadOnlySpan<double> x) "
            + $"{{ double s = 0; for (int i = 0; i + 1 < x.Length; i++) s += {of}; return {function}(s); }} }}";

        const string Chain = "(x[i + 1] - x[i] * x[i]) * (x[i + 1] - x[i] * x[i])";
        IsQuick(() => GeneratorHarness.Run(Squares(40, "x[i] * x[i]", "Math.Sqrt")));
        IsQuick(() => GeneratorHarness.Run(Squares(300, Chain, "")));
        Assert.Empty(GeneratorHarness.Run(Squares(40, "x[i] * x[i]", "Math.Sqrt")).AllDiagnostics);
        Assert.Empty(GeneratorHarness.Run(Squares(300, Chain, "")).AllDiagnostics);
        Diagnostic refused = Assert.Single(GeneratorHarness.Run(Squares(1000, "x[i] * x[i]", "Math.Sqrt")).AllDiagnostics);
        Assert.Equal("NG0109", refused.Id);
        Assert.Contains("a Hessian of more than 60000 operations", refused.GetMessage(CultureInfo.InvariantCulture));
    }

    /// <summary>A loop over a thousand elements makes no function that is a thousand deep.</summary>
    [Fact]
    public void Long_rows_are_computed_in_groups()
    {
        using CompiledFunctions f = CompiledFunctions.Of(
            """
            [Differentiable] public static double Norm([Elements(1000)] ReadOnlySpan<double> x)
            {
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                    sum += x[i] * x[i];
                return Math.Sqrt(sum);
            }

            [Differentiable] public static double Product([Elements(300)] ReadOnlySpan<double> x)
            {
                double product = 1;
                foreach (double factor in x)
                    product *= factor;
                return product;
            }

            [Differentiable] public static double Range([Elements(300)] ReadOnlySpan<double> x)
            {
                double least = x[0], most = x[0];
                foreach (double number in x)
                {
                    least = Math.Min(least, number);
                    most = Math.Max(most, number);
                }

                return most - least;
            }
            """);
        double[] ones = [.. Enumerable.Repeat(1.0, 1000)], gradient = new double[1000];
        Assert.Equal(Math.Sqrt(1000), f.Bind<WithGradient<double>>("NormWithGradient")(ones, gradient), 1e-12);
        Assert.All(gradient, slope => Assert.Equal(1 / Math.Sqrt(1000), slope, 1e-12));

        double[] numbers = [.. Enumerable.Range(0, 300).Select(i => i == 7 ? 4 : i == 250 ? 0.5 : 1.0)];
        gradient = new double[300];
        Assert.Equal(2, f.Bind<WithGradient<double>>("ProductWithGradient")(numbers, gradient), 1e-12);
        Assert.Equal(numbers.Select(number => 2 / number), gradient, (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(3.5, f.Bind<WithGradient<double>>("RangeWithGradient")(numbers, gradient));
        Assert.Equal(numbers.Select((_, i) => i == 7 ? 1.0 : i == 250 ? -1.0 : 0), gradient);
    }

    // What takes memory takes time, and a busy machine changes nothing about it.
    private static void IsQuick(Func<GeneratorRun> generate)
    {
        generate();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Empty(generate().Diagnostics);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000_000, 0, 350);
    }

    /// <summary>Where hash codes are alike, looking for one means to compare all, to the bottom.</summary>
    [Fact]
    public void Terms_of_a_recurrence_have_hash_codes_of_their_own()
    {
        Expression[] starts = [Functions.Variable("x"), Functions.Variable("y")];
        Func<Expression, Expression>[] steps =
            [x => x * x + starts[1], x => x / x, x => Functions.Pow(x, x), x => Functions.Select(x > starts[1], x, x), x => Functions.Max(-x, -x)];
        foreach (Func<Expression, Expression> step in steps)
        {
            var codes = new HashSet<int>();
            Expression x = starts[0];
            for (int i = 0; i < 200; i++)
                codes.Add((x = step(x)).GetHashCode());
            Assert.Equal(200, codes.Count);
        }
    }

    /// <summary>
    /// Terms that run away from one another double what is rounded with each step, so that the same formula in another order ends elsewhere; in this one, it
    /// ends where C# does, and so does its derivative. Beyond the largest number, it is infinite as the value is.
    /// </summary>
    [Theory]
    [InlineData(0.1, 0.1)]
    [InlineData(-0.3, -0.7)]
    [InlineData(0.25, -1.9)]
    [InlineData(0.5, 0.3)]
    [InlineData(3, 1)]
    [InlineData(-2, 0)]
    public void A_long_recurrence_of_squares(double x, double y)
    {
        using CompiledFunctions f = CompiledFunctions.Of(
            "[Differentiable] public static double G(double x, double y) { for (int i = 0; i < 100; i++) x = x * x + y; return x; }");
        (double value, double byX, double byY) = (x, 1, 0);
        for (int i = 0; i < 100; i++)
            (value, byX, byY) = (value * value + y, 2 * value * byX, 2 * value * byY + 1);
        double[] expected = [value, byX, byY], found = f.Gradient("G", x, y);
        Assert.Equal(f.Value("G", x, y), found[0]);
        for (int i = 0; i < 3; i++)
            Assert.True(expected[i] == found[i] || Math.Abs(found[i] / expected[i] - 1) < 1e-12, $"[{i}] is {found[i]} instead of {expected[i]}");
    }

    [Fact]
    public void Lines_keep_to_the_width_of_a_page()
    {
        string[] names = [.. Enumerable.Range(0, 12).Select(i => $"someLongParameterName{i}")];
        foreach (string type in new[] { "float", "double" })
        {
            GeneratorRun run = GeneratorHarness.Run(
                $"public static partial class F {{ [Differentiable(Hessian = true, HessianProduct = true)] public static {type} G("
                + $"{string.Join(", ", names.Select(name => $"{type} {name}"))}) => "
                + $"{string.Join(" + ", names.Select((name, i) => $"{name} / (1 + {names[(i * 7 + 1) % 12]} * {names[(i * 5 + 2) % 12]})"))}; }}");
            Assert.Empty(run.AllDiagnostics);
            Assert.All(
                run.Files.Values.SelectMany(file => file.Split('\n')).Where(line => !line.Contains("FunctionForm(", StringComparison.Ordinal)),
                line => Assert.InRange(line.Length, 0, 150));
        }
    }

    [Theory]
    [InlineData("public readonly partial record struct F { [Differentiable] public static double G(double x) => x; }")]
    [InlineData("public partial interface F { [Differentiable] static double G(double x) => x; }")]
    [InlineData("public ref partial struct F { [Differentiable] public static double G(double x) => x; }")]
    [InlineData("public partial class O { private static partial class F { [Differentiable] internal static double G(double x) => x; } }")]
    [InlineData("namespace A.@class { public static partial class F { [Differentiable] public static double @double(double x) => x; } }")]
    [InlineData("namespace Q { class Math { } class Vector { } class Unsafe { } public static partial class F { [Differentiable] public static double G(double x) => System.Math.Sin(x); } }")]
    [InlineData("public partial class B { [Differentiable] public static double G(double x) => x; } public partial class F : B { [Differentiable] public static new double G(double x) => x; }")]
    [InlineData("public static partial class F { [Differentiable] public static double G(double global, double System, double @double, double Math, double value) => global * System * @double * Math * value; }")]
    [InlineData("public static partial class F { [Differentiable] public static float G(float V, float Vector, float lanes, float i, float count) => V * Vector * lanes * i * count; }")]
    [InlineData("public static partial class F { [Differentiable] public static double Größe(double α, double Α, double İ, double ı) => α * Α * İ * ı; }")]
    [InlineData("public static partial class F { [Differentiable] public static float G(float x, float y) => (float)(x * 1e60) + y * float.NaN + 1 / 0f; }")]
    public void Odd_places_and_names_compile_without_a_warning(string source) => Assert.Empty(GeneratorHarness.Run(source).AllDiagnostics);

    [Fact]
    public void NG0004_a_function_of_a_file_local_type() => Markup.Reports(
        "{|NG0004:file|} static partial class F { [Differentiable] public static double G(double x) => x; }",
        "The type of the function 'F' is file-local, but must be an ordinary class: generated code stands in another file and cannot see it: remove 'file'");

    private static GeneratorRun Run(string body) => GeneratorHarness.Run(
        $"public static partial class F {{ [Differentiable] public static double G(double x, double y) {body} }}");

    private static void IsTooLarge(string body, string why)
    {
        GeneratorRun run = Run(body);
        Microsoft.CodeAnalysis.Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("NG0109", diagnostic.Id);
        Assert.Contains(why, diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.True(diagnostic.Location.SourceSpan.Length > 0);
    }
}
