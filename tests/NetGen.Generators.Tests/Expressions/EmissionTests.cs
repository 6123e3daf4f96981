using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>Emitted code, compiled and run on the runtime library, against the plain evaluation in double precision.</summary>
public class EmissionTests(EmissionTests.CompiledCases compiled) : IClassFixture<EmissionTests.CompiledCases>
{
    public static TheoryData<string, string> All
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var name in CompiledCases.Cases.Keys)
            {
                foreach (var vectors in CompiledCases.Vectors.Keys)
                {
                    data.Add(name, vectors);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Code_of_every_width_computes_the_expression(string name, string vectors)
    {
        var (first, second, roots) = CompiledCases.Cases[name];
        float[] a = [.. Catalogue.Points(20, 400).Select(x => (float)x), 0, 3, -3, 6, 88, -88, 104, -104, 200, -200, 0.5f, 1, -1, 1e-8f, -1e-8f, 1e-3f];
        float[] b = [.. a.Select((_, i) => (i % 5) / 4f)];
        for (var root = 0; root < roots.Length; root++)
        {
            var result = new float[a.Length];
            compiled.Run(name, vectors, root, a, b, result);
            for (var i = 0; i < a.Length; i++)
            {
                var expected = roots[root].Evaluate((first, a[i]), (second, b[i]));
                if (Math.Abs(expected) > 1e30)
                {
                    continue;
                }

                Assert.True(
                    Math.Abs(expected - result[i]) <= 4e-6 * Math.Max(1, Math.Abs(expected)),
                    $"{name}[{root}] with {vectors} at {a[i]:R}, {b[i]:R} is {result[i]:R} instead of {expected:R}.");
            }
        }
    }

    [Fact]
    public void A_relu_lets_NaN_through()
    {
        foreach (var vectors in CompiledCases.Vectors.Keys)
        {
            var result = new float[16];
            compiled.Run("relu", vectors, 0, [.. Enumerable.Repeat(float.NaN, 16)], new float[16], result);
            Assert.All(result, value => Assert.True(float.IsNaN(value), $"{vectors} turned NaN into {value}."));
        }
    }

    [Fact]
    public void The_larger_and_the_smaller_of_two_are_NaN_where_either_is()
    {
        float[] a = [float.NaN, 1, float.NaN, 3, float.NegativeInfinity, float.NaN, 2, -0f, .. new float[8]];
        float[] b = [1, float.NaN, float.NaN, 2, float.NaN, float.PositiveInfinity, 2, 1, .. new float[8]];
        foreach (var vectors in CompiledCases.Vectors.Keys)
        {
            float[] larger = new float[16], smaller = new float[16];
            compiled.Run("extremes", vectors, 0, a, b, larger);
            compiled.Run("extremes", vectors, 1, a, b, smaller);
            Assert.Equal([.. a.Select((x, i) => MathF.Max(x, b[i]))], larger);
            Assert.Equal([.. a.Select((x, i) => MathF.Min(x, b[i]))], smaller);
        }
    }

    public sealed class CompiledCases
    {
        private readonly Type _code;

        // The dialects, with what stands for a type parameter.
        internal static IReadOnlyDictionary<string, (VectorDialect Dialect, string? TypeArgument)> Vectors { get; } =
            new Dictionary<string, (VectorDialect, string?)>
            {
                ["Vector512"] = (VectorDialect.Vector512, null),
                ["Vector128"] = (VectorDialect.Vector128, null),
                ["any of 16"] = (VectorDialect.Any, "F32x16"),
                ["any of 8"] = (VectorDialect.Any, "F32x8"),
                ["any of N"] = (VectorDialect.Any, "F32xN"),
                ["any of twice N"] = (VectorDialect.Any, "F32x2N"),
                ["up to eight"] = (VectorDialect.UpToEight, "F32xN"),
                ["pairs of four"] = (VectorDialect.UpToEight, "F32x2x4"),
                ["four"] = (VectorDialect.Four, null),
                ["floats"] = (VectorDialect.Scalar, null),
            };

        internal static IReadOnlyDictionary<string, (string First, string Second, Expression[] Roots)> Cases { get; } = Create();

        public CompiledCases()
        {
            var source = new StringBuilder(
                """

                public static class Code
                {

                """);
            source.Insert(0, string.Concat(VectorDialect.Usings.Select(names => $"using global::{names.Namespace};\n")));
            foreach (var (name, (first, second, roots)) in Cases)
            {
                foreach (var vectors in Vectors.Keys)
                {
                    for (var root = 0; root < roots.Length; root++)
                    {
                        source.AppendLine(Method(name, vectors, root, first, second, roots));
                    }
                }
            }

            source.AppendLine("}");
            var trusted = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
            var compilation = CSharpCompilation.Create(
                "Emitted",
                [CSharpSyntaxTree.ParseText(source.ToString())],
                trusted.Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
                new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
            using var assembly = new MemoryStream();
            var result = compilation.Emit(assembly);
            Assert.True(result.Success, string.Join("\n", result.Diagnostics) + "\n" + source);
            _code = Assembly.Load(assembly.ToArray()).GetType("Code")!;
        }

        public void Run(string name, string vectors, int root, float[] a, float[] b, float[] result)
        {
            Assert.Equal(0, a.Length % 16);
            _code.GetMethod(MethodName(name, vectors, root))!.Invoke(null, [a, b, result]);
        }

        private static string Method(string name, string vectors, int root, string first, string second, Expression[] roots)
        {
            var (dialect, argument) = Vectors[vectors];
            // All roots together, so that sharing between them is exercised too; odd ones with hoisted constants.
            var emitter = new ExpressionEmitter(dialect, new LocalNames("a", "b", "result", "i", "lanes", first, second))
            {
                HoistConstants = root % 2 == 1,
            };
            var code = emitter.Emit(new Dictionary<string, string> { [first] = first, [second] = second }, roots);
            var (parameter, constraint) = argument is null ? ("", "") : ("<V>", VectorDialect.TypeParameter.Constraint);
            return $$"""
                    public static void {{MethodName(name, vectors, root)}}(float[] a, float[] b, float[] result)
                    {
                        {{(argument is null ? "Run(a, b, result);" : $"Run<{argument}>(a, b, result);")}}
                        static void Run{{parameter}}(float[] a, float[] b, float[] result) {{constraint}}
                        {
                        nuint lanes = {{(argument is not null ? "(nuint)V.Count" : $"{dialect.Width}")}};
                        {{string.Join("\n", emitter.ConstantStatements)}}
                        for (nuint i = 0; i < (nuint)a.Length; i += lanes)
                        {
                            {{dialect.Type}} {{first}} = {{dialect.Load("a[0]", "i")}};
                            {{dialect.Type}} {{second}} = {{dialect.Load("b[0]", "i")}};
                            {{string.Join("\n", code.Statements)}}
                            {{dialect.Type}} value = {{code.Values[root]}};
                            {{dialect.Store("value", "result[0]", "i")}};
                        }
                        }
                    }
                """;
        }

        private static string MethodName(string name, string vectors, int root) =>
            new string([.. $"{name}_{vectors}_{root}".Select(c => char.IsLetterOrDigit(c) ? c : '_')]);

        private static Dictionary<string, (string, string, Expression[])> Create()
        {
            var cases = new Dictionary<string, (string, string, Expression[])>();
            foreach (var (name, (activation, _)) in Catalogue.Activations)
            {
                // The second root is what a backward pass computes, the third what it computes from the output alone.
                var fromOutput = activation.DerivativeFromOutput?.Replace(Activation.Output, Activation.Input);
                cases.Add(
                    name,
                    ("x", "g", [activation.Value, Variable("g") * activation.Derivative, .. fromOutput is null ? (Expression[])[] : [fromOutput]]));
            }

            foreach (var (name, (loss, _)) in Catalogue.Losses)
            {
                cases.Add(name, ("o", "t", [loss.Value, loss.Derivative]));
            }

            cases.Add("extremes", ("x", "y", [Max(Variable("x"), Variable("y")), Min(Variable("x"), Variable("y"))]));
            var random = new Random(5);
            for (var i = 0; i < 12; i++)
            {
                cases.Add($"random {i}", ("x", "y", [Bounded(random), Bounded(random)]));
            }

            return cases;
        }

        // Moderate arguments, so that float rounding does not decide what is compared.
        private static Expression Bounded(Random random) =>
            RandomExpression.CreateSmooth(random, 3).Replace(Variable("x"), Tanh(Variable("x")));
    }
}
