using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Declarations;

/// <summary>What the first room makes of a class.</summary>
public class DeclarationReaderTests
{
    [Fact]
    public void Attributes_are_read_in_the_order_they_were_written()
    {
        NetworkDeclaration network = Read("[Relu, Network] [Dense(3)] [Obsolete] [type: Tanh, Input(4)] partial class Net;");
        Assert.Equal(["Relu", "Dense", "Tanh", "Input"], network.Attributes.Select(attribute => attribute.Kind));
    }

    [Fact]
    public void Arguments_carry_the_names_of_parameters_and_properties_in_any_order()
    {
        AttributeDeclaration conv = Attribute("Conv2D(kernelWidth: 5, channels: 2, kernelHeight: 3, Padding = Padding.Same, Bias = false)");
        Assert.Equal("Conv2D", conv.Kind);
        Assert.Equal(
            ["channels=2", "kernelHeight=3", "kernelWidth=5", "Padding=1", "Bias=0"],
            conv.Arguments.Select(argument => $"{argument.Name}={argument.Number}"));
    }

    [Theory]
    [InlineData("Dense(1 + 2 * 3)", "units", 7.0)]
    [InlineData("Dense('a')", "units", 97.0)]
    [InlineData("Dense(sizeof(long))", "units", 8.0)]
    [InlineData("LeakyRelu(0.1f)", "slope", 0.1)]
    [InlineData("LeakyRelu", "slope", 0.01)]
    [InlineData("Elu(3)", "alpha", 3.0)]
    [InlineData("LeakyRelu(float.MaxValue)", "slope", 3.4028235E+38)]
    [InlineData("LeakyRelu(float.NaN)", "slope", double.NaN)]
    [InlineData("Dense(2, BiasInit = (Initializer)(-1))", "BiasInit", -1.0)]
    public void Constants_are_read_as_they_were_meant(string attribute, string argument, double expected) =>
        Assert.Equal(expected, Attribute(attribute).Argument(argument)!.Number);

    [Theory]
    [InlineData("Input(1, 28, 28)")]
    [InlineData("Input(new int[] { 1, 28, 28 })")]
    [InlineData("Input(new[] { 1, 28, 28 })")]
    [InlineData("Input([1, 28, 28])")]
    [InlineData("Input(dimensions: new[] { 1, 28, 28 })")]
    public void Arrays_are_read_however_they_are_written(string attribute)
    {
        ArgumentDeclaration dimensions = Attribute(attribute).Argument("dimensions")!;
        Assert.Equal([1, 28, 28], dimensions.Numbers);
        Assert.Equal(3, dimensions.ElementPlaces.Count);
    }

    [Fact]
    public void A_property_set_to_null_is_as_good_as_not_set() =>
        Assert.Null(Attribute("SoftmaxCrossEntropy(ClassWeights = null)").Argument("ClassWeights"));

    [Fact]
    public void Places_are_those_of_the_attribute_and_of_each_argument()
    {
        const string Source = "[Network] [Conv2D(8, kernel: 5, Padding = Padding.Same)] [LeakyRelu] [Input(1, 2)] partial class Net;";
        Reading<NetworkDeclaration> reading = Assert.Single(ReadAll(Source));
        NetworkDeclaration network = reading.Declaration!;
        Assert.Equal("Net", Text(network.Place));
        Assert.Equal("Conv2D(8, kernel: 5, Padding = Padding.Same)", Text(network.Attributes[0].Place));
        Assert.Equal(["8", "kernel: 5", "Padding = Padding.Same"], network.Attributes[0].Arguments.Select(a => Text(a.Place)));
        Assert.Equal("LeakyRelu", Text(network.Attributes[1].Arguments[0].Place));
        Assert.Equal("1, 2", Text(network.Attributes[2].Arguments[0].Place));
        Assert.Equal(["1", "2"], network.Attributes[2].Arguments[0].ElementPlaces.Select(Text));

        string Text(Place place) => Source.Substring(reading.Places[place.Number].Span.Start, reading.Places[place.Number].Span.Length);
    }

    [Fact]
    public void Types_around_the_class_can_be_opened_again()
    {
        NetworkDeclaration network = Read(
            """
            namespace A.@namespace.C;
            public partial struct One { public partial record struct Two { internal partial interface Three { protected partial record Four {
                public static partial class @event { [Network, Input(4), Dense(2)] public partial class @async; } } } } }
            """);
        Assert.Equal("A.@namespace.C", network.Namespace);
        Assert.Equal(
            ["partial struct One", "partial record struct Two", "partial interface Three", "partial record Four", "partial class @event"],
            network.ContainingTypes);
        Assert.Equal("@async", network.Name);
    }

    [Theory]
    [InlineData("partial class Net { public override string ToString() => base.ToString()!; }", true)]
    [InlineData("partial class Net { public string ToString(string format) => format; }", false)]
    [InlineData("partial class Net;", false)]
    public void A_text_form_written_by_hand_is_noticed(string declaration, bool expected) =>
        Assert.Equal(expected, Read("[Network, Input(4), Dense(2)] " + declaration).HasToString);

    [Fact]
    public void File_names_differ_in_more_than_case()
    {
        Assert.Equal(
            ["App.NET", "App.Net-2", "App.Outer.net", "App.net-3"],
            ReadAll(
                """
                namespace App;
                [Network, Input(4), Dense(2)] partial class Net;
                [Network, Input(4), Dense(2)] partial class net;
                [Network, Input(4), Dense(2)] partial class NET;
                partial class Outer { [Network, Input(4), Dense(2)] partial class net; }
                """).Select(reading => reading.Declaration!.FileName).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["A.B.Net", "A.b-2.Net", "a-2.B.Net"],
            ReadAll(
                """
                namespace A.B { [Network, Input(4), Dense(2)] partial class Net; }
                namespace A { partial class b { [Network, Input(4), Dense(2)] partial class Net; } }
                namespace a.B { [Network, Input(4), Dense(2)] partial class Net; }
                """).Select(reading => reading.Declaration!.FileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("@class", "class")]
    [InlineData("Größe", "Größe")]
    [InlineData("\u0928\u0947\u091f", "\u0928_0947\u091f")]
    public void File_names_hold_only_what_the_compiler_takes(string name, string expected) =>
        Assert.Equal(expected, Read($"[Network, Input(4), Dense(2)] partial class {name};").FileName);

    [Theory]
    [InlineData("public partial class Net;", false)]
    [InlineData("public partial class Net { static Net() { } }", false)]
    [InlineData("public partial class Net { private Net(string name) { } }", true)]
    [InlineData("public partial class Net(int seed) { int Seed => seed; }", true)]
    public void Constructors_written_by_hand_are_noticed(string declaration, bool expected)
    {
        NetworkDeclaration network = Read("[Network, Input(4), Dense(2)] " + declaration);
        Assert.Equal(expected, network.HasConstructor);
        Assert.Equal("", network.Namespace);
    }

    [Theory]
    [InlineData("public partial class Net;", "FromSeed")]
    [InlineData("public partial class Net(int seed) { int Seed => seed; }", "FromSeed")]
    [InlineData("public partial class Net { public Net() { } public Net(int seed) { } }", "FromSeed")]
    [InlineData("public partial class Net { public Net() { } }", "ThenDraw")]
    [InlineData("public partial class Net { private Net() { } public Net(string name) { } }", "ThenDraw")]
    [InlineData("public partial class Net { public Net(int size) { } }", "ByHand")]
    [InlineData("public partial class Net { public Net(in int seed) { } }", "ByHand")]
    [InlineData("public partial class Net(string name, int seed) { string Name => name + seed; }", "ByHand")]
    [InlineData("public partial class Net { public required string Name { get; init; } }", "ByHand")]
    [InlineData("public class Named { public required string Name; } public partial class Net : Named;", "ByHand")]
    public void How_a_seed_alone_makes_a_network_follows_from_its_constructors(string declaration, string expected)
    {
        string network = declaration.Replace("public partial class", "[Network, Input(4), Dense(2)] public partial class", StringComparison.Ordinal);
        Assert.Equal(expected, Read(network).Making.ToString());
    }

    [Fact]
    public void A_declaration_equals_one_that_stands_elsewhere()
    {
        Reading<NetworkDeclaration> here = Assert.Single(ReadAll("[Network, Input(1, 4), Dense(2, Bias = false)] partial class Net;"));
        Reading<NetworkDeclaration> there = Assert.Single(
            ReadAll("\n// moved\n[Network]\n[Input(new[] { 1,  4 })]\n[Dense(2, Bias=false)] partial class Net;"));
        Assert.NotEqual(here, there);
        Assert.Equal(here.Declaration, there.Declaration);
        Assert.Equal(here.Declaration!.GetHashCode(), there.Declaration!.GetHashCode());
    }

    [Theory]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net;", "[Network, Input(4), Dense(3)] partial class Net;")]
    [InlineData("[Network, Input(4), Relu, Tanh] partial class Net;", "[Network, Input(4), Tanh, Relu] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net;", "[Network, Input(4), Dense(2, Bias = true)] partial class Net;")]
    [InlineData("[Network, Input(4), Dense(2)] partial class Net;", "[Network, Input(4), Dense(2)] partial class Net { Net(int a) { } }")]
    public void Declarations_that_generate_differently_are_not_equal(string one, string other) =>
        Assert.NotEqual(Read(one), Read(other));

    private static AttributeDeclaration Attribute(string attribute) =>
        Assert.Single(Read($"[Network] [{attribute}] partial class Net;").Attributes);

    private static NetworkDeclaration Read(string source) =>
        Assert.Single(ReadAll(source)).Declaration ?? throw new InvalidOperationException("Nothing was read.");

    private static IEnumerable<Reading<NetworkDeclaration>> ReadAll(string source)
    {
        GeneratorRun run = GeneratorHarness.Run(source);
        return run.Result.TrackedSteps[NetworkGenerator.DeclarationsStage]
            .SelectMany(step => step.Outputs)
            .Where(output => output.Reason != IncrementalStepRunReason.Removed)
            .Select(output => (Reading<NetworkDeclaration>)output.Value);
    }
}
