using Microsoft.CodeAnalysis;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Hostile;

/// <summary>Generated code compiles, without a warning, in projects that use its own names for something else.</summary>
public sealed class HostileProjectTests(GeneratedNames names) : IClassFixture<GeneratedNames>
{
    /// <summary>Names that begin a name written out in full; no project can declare another meaning beside them.</summary>
    private static readonly string[] s_roots = ["System", "NetGen"];

    [Fact]
    public void The_names_are_those_of_generated_code()
    {
        // Not a list to keep up to date: only a sign that the names were really read.
        Assert.Superset(
            new HashSet<string> { "System", "NetGen", "Span", "ReadOnlySpan", "Unsafe", "Vector512", "Avx512F", "nint", "SequenceArguments" },
            names.Outside.ToHashSet());
        Assert.Superset(
            new HashSet<string> { "Parameters", "Predict", "Description", "ToString", "OpenStream", "PredictionStream", "SwishOfMineWithGradient" },
            names.Inside.ToHashSet());
        Assert.DoesNotContain("outputs", names.Free);
    }

    [Fact]
    public void Types_in_the_same_namespace() => Compiles($$"""
        namespace Acme { {{Types()}} {{Networks()}} }
        """);

    [Fact]
    public void Types_in_the_global_namespace() => Compiles($$"""
        {{Types(s_roots)}} {{Networks()}}
        """);

    [Fact]
    public void Types_in_an_enclosing_namespace() => Compiles($$"""
        namespace Acme { {{Types()}} }
        namespace Acme.Deep.Networks { {{Networks()}} }
        """);

    [Fact]
    public void Namespaces_beside_it() => Compiles($$"""
        namespace Acme { {{Each(name => $"namespace {name} {{ class Here; }}")}} {{Networks()}} }
        """);

    [Fact]
    public void Namespaces_in_an_enclosing_namespace() => Compiles($$"""
        namespace Acme { {{Each(name => $"namespace {name} {{ class Here; }}")}} }
        namespace Acme.Deep.Networks { {{Networks()}} }
        """);

    [Fact]
    public void Types_in_the_type_around_it() => Compiles($$"""
        namespace Acme { partial class Outer { {{Types()}} {{Networks()}} } }
        """);

    [Fact]
    public void Fields_of_the_type_around_it() => Compiles($$"""
        namespace Acme { partial class Outer { {{Each(name => $"public static readonly int {name} = 1;")}} {{Networks()}} } }
        """);

    [Fact]
    public void Methods_of_the_type_around_it() => Compiles($$"""
        namespace Acme { partial class Outer { {{Each(name => $"public static void {name}(string a, string b) {{ }}")}} {{Networks()}} } }
        """);

    [Fact]
    public void Members_that_the_type_around_it_inherits() => Compiles($$"""
        namespace Acme
        {
            class Base { {{Each(name => $"public class {name}; public class {name}<T>; ")}} }
            partial class Outer : Base { {{Networks()}} }
        }
        """);

    [Fact]
    public void Aliases_of_the_whole_project() => Compiles($$"""
        {{Each(name => $"global using {name} = Acme.Other;", s_roots)}}
        namespace Acme { class Other; {{Networks()}} }
        """);

    [Theory]
    [InlineData("class {0};")]
    [InlineData("public static readonly int {0} = 1;")]
    [InlineData("public static void {0}(string a, string b) {{ }}")]
    public void Members_of_the_class_itself(string member)
    {
        string Source(IEnumerable<string> taken) => "#pragma warning disable CS0108, CS8981\n" + string.Concat(names.Networks.Select(network =>
            network.Declaration(string.Concat(taken.Select(name => string.Format(null, member, name))))));

        // A name the class needs for itself is refused; it must be one that it declares, and with the others it must compile.
        HashSet<string> refused = [.. Refused(GeneratorHarness.Run(Source(names.Free)))];
        Assert.Subset(names.Inside.ToHashSet(), refused);
        Compiles(Source(names.Free.Except(refused)));
    }

    [Fact]
    public void Extension_methods_in_the_same_namespace()
    {
        GeneratorRun plain = GeneratorHarness.Run(Networks());
        IEnumerable<IMethodSymbol> called = ExtensionCalls.In(plain.Compilation, plain.Result.GeneratedSources.Select(file => file.SyntaxTree));
        Compiles($$"""
            namespace Acme
            {
                static class Extensions { {{string.Concat(called.Select(ExtensionCalls.Imitation))}} }
                {{Networks()}}
            }
            """);
    }

    [Fact]
    public void A_class_named_as_what_generated_code_uses()
    {
        string[] all = [.. names.Free];
        GeneratorRun run = GeneratorHarness.Run("#pragma warning disable CS8981\n" + string.Concat(all.Select((name, i) =>
            $"namespace Only.N{i} {{ [global::NetGen.Network, global::NetGen.Input(1), global::NetGen.Dense(1)] public partial class {name}; }}\n")));
        HashSet<string> refused = [.. Refused(run)];
        Assert.Subset(names.Inside.ToHashSet(), refused);
        AssertNothing(run.CompilerDiagnostics);
    }

    [Fact]
    public void A_base_class_that_seals_ToString() => Compiles("""
        public class Base { public sealed override string ToString() => "mine"; }
        [Network, Input(2), Dense(2)] public partial class Net : Base;
        """);

    /// <summary>Names that a class needs for itself, as diagnostics say them.</summary>
    private static IEnumerable<string> Refused(GeneratorRun run) =>
        run.Diagnostics.Where(mistake => mistake.Id is "NG0007" or "NG0110").Select(mistake => mistake.GetMessage().Split('\'')[1]);

    private string Types(params string[] except) => Each(name => $"class {name}; class {name}<T>; ", except);

    private string Networks() => string.Concat(names.Networks.Select(network => network.Declaration()));

    private string Each(Func<string, string> declaration, params string[] except) =>
        "\n#pragma warning disable CS0108, CS8981\n" + string.Concat(names.Free.Except(except).Select(declaration))
        + "\n#pragma warning restore CS0108, CS8981\n";

    private static void Compiles(string source) => AssertNothing(GeneratorHarness.Run(source).AllDiagnostics);

    private static void AssertNothing(IEnumerable<Diagnostic> diagnostics)
    {
        Diagnostic[] some = [.. diagnostics];
        Assert.True(some.Length == 0, $"{some.Length} diagnostics:\n{string.Join('\n', some.Take(20))}");
    }
}
