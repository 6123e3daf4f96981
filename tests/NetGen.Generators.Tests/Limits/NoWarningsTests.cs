using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>Generated code asks nothing of the project it stands in, and earns it no warning.</summary>
[Collection(CompiledNetworks.Collection)]
public sealed class NoWarningsTests(CompiledNetworks networks)
{
    [Fact]
    public void Nothing_is_reported_at_the_highest_warning_level_with_nullable_and_documentation_checked()
    {
        Assert.False(networks.Run.Compilation.Options.AllowUnsafe);
        Assert.Equal(9999, networks.Run.Compilation.Options.WarningLevel);
        Assert.Equal(NullableContextOptions.Enable, networks.Run.Compilation.Options.NullableContextOptions);
        SyntaxTree generated = networks.Run.Result.GeneratedSources[0].SyntaxTree;
        Assert.Equal(DocumentationMode.Diagnose, generated.Options.DocumentationMode);
        Assert.Equal(LanguageVersion.CSharp13, ((CSharpParseOptions)generated.Options).LanguageVersion);
        AssertNothing(networks.Run.AllDiagnostics);
    }

    [Fact]
    public void No_using_directive_is_superfluous() => AssertNothing(
        networks.Run.Compilation.GetDiagnostics().Where(diagnostic =>
            diagnostic.Id == "CS8019" && networks.Run.Result.GeneratedSources.Any(file => file.SyntaxTree == diagnostic.Location.SourceTree)));

    [Fact]
    public void Any_namespace_and_any_name_will_do()
    {
        GeneratorRun run = GeneratorHarness.Run(
            """
            namespace Some.Unsafe.Vector512 { [Network, Input(4), Dense(3), Softsign, Dense(2), MeanSquaredError] public partial class Net; }
            namespace Some.System.MathF { [Network, Input(4), Dense(3), Softsign, Dense(2), MeanSquaredError] public partial class Fma2; }
            namespace Some.NetGen { [global::NetGen.Network, global::NetGen.Input(4), global::NetGen.Dense(2)] public partial class @class; }
            namespace Some.System.Networks { [Network, Input(4), Dense(2)] public partial class Drawn { public Drawn() { } } }
            namespace Some.System.Networks { [Network, Input(4), Dense(2)] public partial class @event(string name) { public string Name => name; } }
            #pragma warning disable CS8981
            [Network, Input(4), Dense(2)] public partial class lower;
            """);
        AssertNothing(run.AllDiagnostics);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Any_project_settings_will_do(string settings)
    {
        const string Source =
            """
            [NetGen.Network, NetGen.Input(1, 9, 9)]
            [NetGen.Conv2D(3, 3), NetGen.Gelu, NetGen.MaxPool2D(2)]
            [NetGen.Dense(7), NetGen.Softsign, NetGen.Dropout(0.5f)]
            [NetGen.Dense(3), NetGen.Huber]
            public partial class Net;
            """;
        CSharpCompilation compilation = GeneratorHarness.Compile(Source);
        compilation = settings switch
        {
            "overflow checked" => compilation.WithOptions(compilation.Options.WithOverflowChecks(true)),
            "no global usings" => compilation.RemoveSyntaxTrees(compilation.SyntaxTrees.Single(tree => tree.FilePath == "Usings.cs")),
            "nullable off" => compilation.WithOptions(compilation.Options.WithNullableContextOptions(NullableContextOptions.Disable)),
            "warnings are errors" => compilation.WithOptions(compilation.Options.WithGeneralDiagnosticOption(ReportDiagnostic.Error)),
            "not optimised" => compilation.WithOptions(compilation.Options.WithOptimizationLevel(OptimizationLevel.Debug)),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings, "unknown"),
        };
        using LoadedAssembly loaded = GeneratorHarness.Run(compilation).Load();

        // A negative seed is as good as any, even where conversions are checked.
        Assert.NotNull(Activator.CreateInstance(loaded.Type("Net"), -1));
    }

    // Whose kernels declare long vectors, and call nothing of theirs.
    [Fact]
    public void What_a_text_declares_has_its_namespace() => AssertNothing(GeneratorHarness.Run(
        """
        [Network, Input(4, 5, 7), ConvTranspose2D(4, 4, Stride = 3, Groups = 2)]
        [Conv2D(1, 4, 7, StrideHeight = 2, StrideWidth = 2, PadHeight = 2, PadWidth = 0), ClippedRelu(1.5), Pad(Top = 2, Mode = PadMode.Reflect)]
        [SmoothL1(0.5f)]
        public partial class Net;
        """).AllDiagnostics);

    public static TheoryData<string> Projects =>
        new("overflow checked", "no global usings", "nullable off", "warnings are errors", "not optimised");

    private static void AssertNothing(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] some = [.. diagnostics];
        Assert.True(some.Length == 0, $"{some.Length} diagnostics:\n{string.Join('\n', some.Take(20))}");
    }
}
