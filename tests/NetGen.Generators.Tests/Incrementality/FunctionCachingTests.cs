using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Incrementality;

/// <summary>What an edit makes the generator do again for functions.</summary>
public class FunctionCachingTests
{
    private const string Functions =
        """
        public static partial class F
        {
            const double Rate = 2;
            [Differentiable] public static double A(double x) => Rate * x;
            [Differentiable] public static double B(double x) => A(x) + C.D(x);
            [Differentiable] public static double E(double x) { return x; }
        }
        """;

    private const string Called = "public static partial class C { [Differentiable] public static double D(double x) => x * x; }";

    [Theory]
    [InlineData("return x;", "return x * 2;", 0, "E")]
    [InlineData("Rate * x", "Rate * x * x", 0, "A,B")]
    [InlineData("Rate = 2", "Rate = 3", 0, "A,B")]
    [InlineData("x * x", "x * 3", 1, "B,D")]
    [InlineData("return x;", "double y = x; /* moved */\n return y;", 0, "")]
    [InlineData("Rate * x", "2.0 * x", 0, "")]
    [InlineData("public static partial class F", "// A comment.\npublic static partial class F", 0, "")]
    public void Only_the_files_of_functions_that_compute_something_else_are_written_again(string old, string with, int file, string written)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Functions, Called);
        GeneratorRun first = GeneratorHarness.Run(compilation);
        GeneratorRun second = GeneratorHarness.Run(compilation.WithFile(file, new[] { Functions, Called }[file].Replace(old, with)), first.Driver);
        Assert.Empty(second.AllDiagnostics);
        Assert.Equal(4, second.Files.Count);
        var results = second.Result.TrackedSteps[NetworkGenerator.FunctionStages + NetworkGenerator.SourcesStage]
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged))
            .Select(output => ((GenerationResult)output.Value).FileName.Split('.')[^1]);
        Assert.Equal(written, string.Join(",", results.Order(StringComparer.Ordinal)));
    }
}
