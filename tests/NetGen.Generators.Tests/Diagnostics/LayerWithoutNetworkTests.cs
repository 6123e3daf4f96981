using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0008 comes from an analyzer: no [Network], no generator.</summary>
public class LayerWithoutNetworkTests
{
    [Fact]
    public Task NG0008_layers_on_a_class_that_is_no_network() => Reports(
        "[{|NG0008:Input(4)|}] [Dense(2), Relu] public partial class Net;",
        "'Input(4)' has no effect because 'Net' is not a network; write [Network] above it, or remove the attribute");

    [Fact]
    public Task NG0008_a_loss_in_a_nested_class() => Reports(
        "public class Outer { [{|NG0008:Huber|}] class Net; }",
        "'Huber' has no effect because 'Net' is not a network; write [Network] above it, or remove the attribute");

    [Fact]
    public Task NG0008_a_layer_on_a_property_of_a_class_that_is_no_network() => Reports(
        "public class Net { [{|NG0008:Dense(2)|}, Relu] public Layer Hidden { get; } }",
        "'Dense(2)' has no effect because 'Net' is not a network; write [Network] above it, or remove the attribute");

    [Theory]
    [InlineData("[Block, Dense(2)] public class Body;")]
    [InlineData("[Block] public partial class Body { [Dense(2)] public partial Layer Hidden { get; } }")]
    [InlineData("[Network, Input(4), Dense(2)] public partial class Net;")]
    [InlineData("[Network] public partial class Net; [Input(4), Dense(2)] partial class Net;")]
    [InlineData("[Obsolete] public class Net;")]
    public Task Other_classes_are_left_alone(string source) => Reports(source);

    private static async Task Reports(string marked, params string[] messages)
    {
        CSharpCompilation compilation = GeneratorHarness.Compile(Markup.Strip(marked));
        ImmutableArray<Diagnostic> diagnostics = await compilation
            .WithAnalyzers([new LayerWithoutNetworkAnalyzer()])
            .GetAnalyzerDiagnosticsAsync();
        Markup.Verify([marked], messages, diagnostics);
    }
}
