using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;
using NetGen.Testing;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Functions whose derivatives are known in closed form.</summary>
public class FunctionTests
{
    private const string Hill = "[Differentiable(Hessian = true, HessianProduct = true)] public static double Hill(double x, double y, double z) => x*x + 3*x*y + y*y + z*z*z;";

    private static readonly double[] s_point = [1, 2, 3];

    private static readonly double[] s_odd = [0, -0.0, double.NaN, double.PositiveInfinity, -1, double.NegativeInfinity, 0.5, -0.5, 1];

    [Fact]
    public void The_hill_at_1_2_3()
    {
        using CompiledFunctions f = CompiledFunctions.Of(Hill);
        Assert.Equal([38, 8, 7, 27], f.Gradient("Hill", s_point));
        double[] gradient = new double[3], hessian = new double[9], product = new double[3];
        Assert.Equal(38, f.Bind<WithGradient<double>>("HillWithGradient")(s_point, gradient));
        Assert.Equal([8, 7, 27], gradient);
        Assert.Equal(38, f.Bind<WithHessian<double>>("HillWithHessian")(s_point, gradient, hessian));
        Assert.Equal([2, 3, 0, 3, 2, 0, 0, 0, 18], hessian);
        double[] direction = [1, -1, 2];
        Assert.Equal(38, f.Bind<WithProduct<double>>("HillWithHessianProduct")(s_point, direction, gradient, product));
        Assert.Equal([-1, 1, 36], product);
    }

    [Fact]
    public void Every_operation_of_the_hill_allocates_nothing()
    {
        using CompiledFunctions f = CompiledFunctions.Of(Hill);
        double[] gradient = new double[3], hessian = new double[9];
        WithGradient<double> first = f.Bind<WithGradient<double>>("HillWithGradient");
        WithHessian<double> second = f.Bind<WithHessian<double>>("HillWithHessian");
        double sum = 0;
        Allocation.None(() => sum = first(s_point, gradient) + second(s_point, gradient, hessian));
        Assert.Equal(76, sum);
    }

    [Theory]
    [InlineData("Math.Abs(x)", 0, 0)]
    [InlineData("Math.Abs(x)", -2, -1)]
    [InlineData("Math.Max(x, 2 * x)", 0, 2)]
    [InlineData("Math.Max(2 * x, x)", 0, 1)]
    [InlineData("Math.Min(x, 2 * x)", 0, 2)]
    [InlineData("Math.Max(x, 0)", 0, 0)]
    [InlineData("Math.Max(0, x)", 0, 1)]
    [InlineData("Math.Clamp(x, -1, 1)", 1, 0)]
    [InlineData("Math.Clamp(x, -1, 1)", -1, 0)]
    [InlineData("x > 0 ? 3 * x : 5 * x", 0, 5)]
    [InlineData("x >= 0 ? 3 * x : 5 * x", 0, 3)]
    [InlineData("Math.Floor(x) * x", 2, 2)]
    [InlineData("Math.Floor(x) * x", 1.75, 1)]
    [InlineData("Math.Round(x) * x", 1.75, 2)]
    [InlineData("Math.Ceiling(x) * x", 1.25, 2)]
    [InlineData("Math.Truncate(x) * x", -1.25, -1)]
    [InlineData("Math.Sign(x) * x", -3, -1)]
    [InlineData("Math.Sqrt(x)", 0, double.PositiveInfinity)]
    [InlineData("Math.Pow(x, 3)", 0, 0)]
    [InlineData("Math.Pow(x, 2.5)", 4, 20)]
    [InlineData("Math.Pow(x, -2)", 2, -0.25)]
    [InlineData("Math.Pow(2, x)", 3, 5.545177444479562)]
    [InlineData("Math.Pow(x, x)", 1, 1)]
    [InlineData("Math.Pow(0, x)", 2, 0)]
    [InlineData("Math.Cbrt(x)", -8, 0.08333333333333333)]
    [InlineData("Math.Log2(x)", 2, 0.7213475204444817)]
    [InlineData("Math.Log10(x)", 2, 0.21714724095162588)]
    [InlineData("Math.Log(x, 4)", 2, 0.36067376022224085)]
    [InlineData("Math.FusedMultiplyAdd(x, x, 1)", 3, 6)]
    [InlineData("x == 2 ? 7 * x : x", 2, 7)]
    [InlineData("x != 2 ? 7 * x : x", 2, 1)]
    [InlineData("!(x < 2) && x * x <= 9 || x == -1 ? 4 * x : x", 3, 4)]
    [InlineData("!(x < 2) && x * x <= 9 || x == -1 ? 4 * x : x", -1, 4)]
    [InlineData("!(x < 2) && x * x <= 9 || x == -1 ? 4 * x : x", 3.5, 1)]
    [InlineData("(x > 0) ^ (x > 1) ? 2 * x : x", 0.5, 2)]
    [InlineData("x switch { < 0 => -x, >= 0 and < 1 => x * x, 7 => 70 * x, var v when v > 8 => 9 * v, _ => x }", 0.5, 1)]
    [InlineData("x switch { < 0 => -x, >= 0 and < 1 => x * x, 7 => 70 * x, var v when v > 8 => 9 * v, _ => x }", 7, 70)]
    [InlineData("x switch { < 0 => -x, >= 0 and < 1 => x * x, 7 => 70 * x, var v when v > 8 => 9 * v, _ => x }", 9, 9)]
    [InlineData("x switch { < 0 => -x, >= 0 and < 1 => x * x, 7 => 70 * x, var v when v > 8 => 9 * v, _ => x }", 8, 1)]
    [InlineData("x is > 0 and not 2 ? 3 * x : x", 2, 1)]
    [InlineData("1 / 2 * x + 7 / 2 * x", 1, 3)]
    [InlineData("x * Math.Tau * double.Epsilon", 1, 3.1e-323)]
    [InlineData("x * (x > 0 ? 1 : -1) * 3", -2, -3)]
    [InlineData("x * 0.1f", 1, 0.10000000149011612)]
    [InlineData("x * (float)0.1 * MathF.PI", 1, (float)0.1 * (double)MathF.PI)]
    [InlineData("x * 1e-200 * 1e-200 * 1e300", 1e200, 0)]
    [InlineData("x is double.NaN ? 0 : 2 * x", 3, 2)]
    [InlineData("x switch { double.NaN => 1, _ => x }", 3, 1)]
    [InlineData("Math.Sqrt(Math.Max(x, 0))", -2, 0)]
    [InlineData("Math.Sqrt(x > 0 ? x : 0)", 0, 0)]
    [InlineData("Math.Cbrt(Math.Min(x, 0))", 2, 0)]
    [InlineData("Math.Acos(Math.Clamp(x, -1, 1))", 3, 0)]
    [InlineData("Math.Asin(Math.Clamp(x, -1, 1))", 0, 1)]
    public void A_derivative_in_one_variable(string expression, double x, double expected)
    {
        using CompiledFunctions f = CompiledFunctions.Of($"[Differentiable] public static double G(double x) => {expression};");
        double[] found = f.Gradient("G", x);
        Assert.Equal(f.Value("G", x), found[0], 1e-14 * Math.Max(1, Math.Abs(found[0])));
        Assert.Equal(expected, found[1], double.IsFinite(expected) ? 1e-14 : 0);
    }

    [Theory]
    [InlineData("Math.Log(x)", -1)]
    [InlineData("Math.Log(x) + y", -1)]
    [InlineData("double.LogP1(x)", -2)]
    [InlineData("Math.Sqrt(x)", -1)]
    [InlineData("Math.Asin(x)", 2)]
    [InlineData("Math.Acos(x) * y", 2)]
    [InlineData("Math.Pow(x, 0.5)", -1)]
    [InlineData("Math.Pow(x, y)", -1)]
    [InlineData("Math.Floor(Math.Log(x))", -1)]
    [InlineData("Math.Max(Math.Log(x), 0)", -1)]
    [InlineData("y + (x - x * y) / (x - x * y)", 0)]
    [InlineData("x", double.NaN)]
    [InlineData("x > 0 ? x * x : x", double.NaN)]
    public void Where_a_function_has_no_value_it_has_no_derivative_by_anything(string expression, double x)
    {
        foreach (string type in new[] { "float", "double" })
        {
            string body = type == "float" ? expression.Replace("Math.", "MathF.").Replace("double.", "float.").Replace("0.5", "0.5f") : expression;
            using CompiledFunctions one = CompiledFunctions.Of($"[Differentiable] public static {type} G({type} x) {{ {(body.Contains('y') ? $"{type} y = 0.25f; " : "")}return {body}; }}");
            Assert.All(one.Gradient("G", x).Where((_, i) => i == 0 || expression != "x" && !double.IsNaN(x)), number => Assert.Equal(double.NaN, number));
            if (double.IsNaN(x))
                continue;
            using CompiledFunctions two = CompiledFunctions.Of($"[Differentiable] public static {type} G({type} x, {type} y) => {body};");
            Assert.All(two.Gradient("G", x, 0.25), number => Assert.Equal(double.NaN, number));
        }
    }

    [Fact]
    public void A_choice_keeps_what_is_undefined_in_the_other_branch_out()
    {
        using CompiledFunctions f = CompiledFunctions.Of("[Differentiable] public static double G(double x, double y) => x > 0 ? y * Math.Log(x) : x * y;");
        Assert.Equal([-2, 2, -1], f.Gradient("G", -1, 2));
        Assert.Equal([0, 2, 0], f.Gradient("G", 1, 2));
    }

    [Fact]
    public void Statements_give_locals_their_values()
    {
        using CompiledFunctions f = CompiledFunctions.Of(
            """
            [Differentiable] public static double G(double x, double y)
            {
                const int n = 3;
                double sum = 0, power = 1;
                for (int i = 0, k = n; i < n; i++, k -= 1)
                {
                    power *= x;
                    sum += k * power;
                    if (i == 1)
                        sum -= y;
                }

                if (sum > 10)
                {
                    if (y > 1)
                        return sum * y;
                    sum = sum + 1;
                }
                else
                {
                    sum--;
                }

                bool isSmall = x < 0;
                isSmall |= x == 77;
                isSmall &= y > 100;
                x = isSmall ? 0 : sum;
                x++;
                return x;
            }
            """);
        // 3 x + 2 x² + x³ - y, then one of three.
        Assert.Equal([3 + 2 + 1 - 0.5, 3 + 4 + 3, -1], f.Gradient("G", 1, 0.5));
        Assert.Equal([6 + 8 + 8 - 0.5 + 2, 3 + 8 + 12, -1], f.Gradient("G", 2, 0.5));
        Assert.Equal([(6 + 8 + 8 - 2) * 2, (3 + 8 + 12) * 2, 6 + 8 + 8 - 2 - 2], f.Gradient("G", 2, 2));
    }

    [Fact]
    public void Arrays_are_locals_too()
    {
        using CompiledFunctions f = CompiledFunctions.Of(
            """
            [Differentiable] public static float G(float x)
            {
                Span<float> powers = stackalloc float[4];
                float[] factors = [1, 2, 3, 4];
                var more = new float[2];
                ReadOnlySpan<float> last = stackalloc[] { x, 1f };
                powers[0] = 1;
                for (int i = 1; i < powers.Length; i++)
                    powers[i] = powers[i - 1] * x;
                if (x > 0)
                    more[1] = last[0];
                float sum = more[0] + more[1];
                int k = 0;
                foreach (float power in powers)
                {
                    sum += power * factors[k];
                    k++;
                }

                return sum;
            }
            """);
        Assert.Equal([1 + 4 + 12 + 32 + 2, 2 + 12 + 48 + 1], f.Gradient("G", 2));
        Assert.Equal([1 - 2 + 3 - 4, 2 - 6 + 12], f.Gradient("G", -1));
    }

    [Fact]
    public void Functions_call_functions_in_any_order_and_file_with_arguments_by_name()
    {
        using var f = new CompiledFunctions(GeneratorHarness.Run(
            [
                """
                public static partial class F
                {
                    [Differentiable] public static double G(double x, double y) => Inner.Half(b: y, a: x * x) + Length([x, y, 2]);
                    [Differentiable] public static double Length([Elements(3)] ReadOnlySpan<double> v) => v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
                }
                """,
                "static partial class Inner { [Differentiable] internal static double Half(double a, double b, double c = 3) => a / 2 + b * c; }",
            ]));
        Assert.Equal([2 + 3 + 4 + 1 + 4, 2 + 4, 3 + 2], f.Gradient("G", 2, 1));
    }

    [Fact]
    public void A_function_of_spans_and_numbers_some_of_which_are_data()
    {
        using CompiledFunctions f = CompiledFunctions.Of(
            """
            [Differentiable(Hessian = true)] public static float Error([Elements(2)] ReadOnlySpan<float> w, float bias, [NotDifferentiated, Elements(2)] float[] x, [NotDifferentiated] float y)
            {
                float difference = w[0] * x[0] + w[1] * x[1] + bias - y;
                return difference * difference;
            }
            """);
        var call = f.Bind<ErrorWithGradient>("ErrorWithGradient");
        float[] gradient = new float[3];
        Assert.Equal(4, call([1, 2], 3, [1, 0.5f], 7, gradient));
        Assert.Equal([-4, -2, -4], gradient);
        Assert.Equal(
            "'w' has 1 elements, but must have 2. (Parameter "
            + "'w')", Assert.Throws<ArgumentException>(() => call([1], 3, [1, 0.5f], 7, gradient)).Message);
        Assert.Equal(
            "'gradient' has 2 elements, but must have 3. (Parameter 'gradient')",
            Assert.Throws<ArgumentException>(() => call([1, 2], 3, [1, 0.5f], 7, gradient.AsSpan(1))).Message);
    }

    private delegate float ErrorWithGradient(ReadOnlySpan<float> w, float bias, ReadOnlySpan<float> x, float y, Span<float> gradient);

    [Theory]
    [InlineData("float", "x * y + MathF.Exp(-x * x) - MathF.Tanh(y) * 0.3f + (x > y ? x : 0.5f * MathF.Floor(y))")]
    [InlineData("float", "MathF.Sin(x) * y")]
    [InlineData("float", "MathF.Log(x) * y")]
    [InlineData("double", "Math.Exp(-x * x) * y")]
    [InlineData("double", "x * y + Math.Sqrt(x * x + 1) / (2 + y * y) - Math.Max(x, y) * Math.Abs(y)")]
    [InlineData("double", "x > y ? x * x : Math.Min(y, 0.5) / x")]
    [InlineData("double", "Math.Floor(3 * x) * y + Math.Round(5 * y) * x - Math.Clamp(-x, -0.3, 0.4) + Math.Sign(y) * x")]
    [InlineData("double", "Math.Sqrt(x) * y - 1 / y")]
    public void Element_by_element_it_is_what_it_is_of_one(string type, string expression)
    {
        using CompiledFunctions f = CompiledFunctions.Of($"[Differentiable] public static {type} G({type} x, {type} y) => {expression};");
        for (int count = 0; count < 40; count++)
        {
            double[] x = [.. Enumerable.Range(0, count).Select(i => (double)(float)Math.Sin(i + 1))], y = [.. x.Select(value => (double)(float)Math.Cos(7 * value))];
            s_odd.AsSpan(0, Math.Min(count / 3, s_odd.Length)).CopyTo(x);
            s_odd.AsSpan(0, Math.Min(count / 4, s_odd.Length)).CopyTo(y.AsSpan(count / 7));
            double[][] found = type == "float" ? Run<float>(f, x, y) : Run<double>(f, x, y);
            for (int i = 0; i < count; i++)
                Assert.Equal(f.Gradient("G", x[i], y[i]).Select(Bits), new[] { found[0][i], found[1][i], found[2][i] }.Select(Bits));
        }

        // What is no number has no bits of its own.
        static long Bits(double number) => double.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(number);

        static double[][] Run<T>(CompiledFunctions f, double[] x, double[] y) where T : struct, System.Numerics.INumber<T>
        {
            T[] values = new T[x.Length + 1], byX = new T[x.Length + 1], byY = new T[x.Length + 1];
            f.Bind<Elementwise<T>>("GWithGradients")(Converted(x), Converted(y), values, byX, byY);
            Assert.All([values[^1], byX[^1], byY[^1]], beyond => Assert.Equal(T.Zero, beyond));
            return [.. new[] { values, byX, byY }.Select(numbers => numbers.Select(number => double.CreateChecked(number)).ToArray())];

            static T[] Converted(double[] numbers) => [.. numbers.Select(number => T.CreateChecked(number))];
        }
    }

    [Theory]
    [InlineData("x * y / (1 + Math.Abs(x))", true)]
    [InlineData("x * y / (1 + Math.Exp(x))", false)]
    public void Doubles_are_computed_in_vectors_where_there_are_the_operations(string expression, bool hasVectors)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"public static partial class F {{ [Differentiable] public static double G(double x, double y) => {expression}; }}");
        Assert.Equal(hasVectors, run.Files["F.G.g.cs"].Contains("Vector<double> xLanes = Vector.LoadUnsafe(", StringComparison.Ordinal));
    }

    [Fact]
    public void Spans_of_other_lengths_are_refused()
    {
        using CompiledFunctions f = CompiledFunctions.Of("[Differentiable] public static float G(float x, float y) => x * y;");
        Elementwise<float> call = f.Bind<Elementwise<float>>("GWithGradients");
        Assert.Equal(
            "'y' has 3 elements, but must have 2. (Parameter 'y')",
            Assert.Throws<ArgumentException>(() => call(new float[2], new float[3], new float[2], new float[2], new float[2])).Message);
        Assert.Equal(
            "'byX' has 1 elements, but needs 2. (Parameter 'byX')",
            Assert.Throws<ArgumentException>(() => call(new float[2], new float[2], new float[2], new float[1], new float[2])).Message);
    }

    [Fact]
    public void Overloads_and_names_that_differ_in_case_have_files_of_their_own()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            public static partial class F
            {
                [Differentiable] public static double G(double x) => x * x;
                [Differentiable] public static float G(float x) => x * x;
                [Differentiable] public static double G(double x, [NotDifferentiated] double y) => x * y;
                [Differentiable] public static double g(double x) => x;
            }
            """);
        Assert.Empty(run.AllDiagnostics);
        Assert.Equal(4, run.Files.Keys.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_function_of_another_project_is_called_by_the_form_that_it_carries()
    {
        CSharpCompilation there = GeneratorHarness.Compile(
            """
            public static partial class There
            {
                [Differentiable] public static double Bowl([Elements(2)] ReadOnlySpan<double> x, double by) => (x[0] * x[0] + Math.Sinh(x[1])) * by;
                [Differentiable] public static double Bowl(double x) => x > 0 ? 0.1 * x : -0.0;
            }
            """).WithAssemblyName("There");
        CSharpCompilation here = GeneratorHarness.Compile(
            "public static partial class F { [Differentiable] public static double G(double x, double y) => There.Bowl([x, y], 3) + There.Bowl(x); "
            + "}");
        using LoadedAssembly thereLoaded = GeneratorHarness.Run(there).Load();
        using var f = new CompiledFunctions(GeneratorHarness.Run(here.AddReferences(MetadataReference.CreateFromImage(thereLoaded.Image))));
        Assert.Equal(
            [3 * (4 + Math.Sinh(1)) + 0.2, 12.1, 3 * Math.Cosh(1)], f.Gradient("G", 2, 1), (expected, found) => Math.Abs(expected - found) < 1e-12);
    }
}
