using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0049 to NG0054: blocks, where they are declared and where they are used.</summary>
public class BlockDiagnosticsTests
{
    private static void Reports(string source, params string[] messages) => Markup.Reports([source], ["CS9248"], messages);

    [Theory]
    [InlineData("public class Body; ", "Body")]
    [InlineData("", "string")]
    [InlineData("[Network, Input(4), Dense(4)] public partial class Other; ", "Other")]
    public void NG0049_a_class_that_is_no_block(string declaration, string name) => Reports(
        $"{declaration}[Network, Input(4), Use<{{|NG0049:{name}|}}>] public partial class Net;",
        $"'{name}' is no block of this project; write [Block] above its class");

    [Fact]
    public void NG0049_is_found_in_a_residual_connection_and_in_a_block() => Reports(
        "[Block, Residual<{|NG0049:int|}, {|NG0049:long|}>] public class Body; [Network, Input(4), Use<Body>] public partial class Net;",
        "'int' is no block of this project; write [Block] above its class",
        "'long' is no block of this project; write [Block] above its class");

    [Theory]
    [InlineData("[Block, Dense(4), Use<{|NG0050:A|}>] public class A;", "A → A")]
    [InlineData(
        "[Block, Dense(4), Use<{|NG0050:B|}>] public class A; [Block, Residual<C>] public class B; [Block, Use<A>] public class C;",
        "A → B → C → A")]
    public void NG0050_a_block_that_contains_itself(string blocks, string circle) => Markup.Verify(
        [blocks],
        [$"The block 'A' contains itself, and would have no end: {circle}; use another block here"],
        GeneratorHarness.Run(Markup.Strip(blocks) + " [Network, Input(4), Use<A>] public partial class Net;")
            .Diagnostics.Where(diagnostic => diagnostic.GetMessage().Contains("The block 'A'")));

    [Theory]
    [InlineData("[Block, {|NG0051:Input(4)|}, Dense(4)] public class Body;", "Input", "a block takes its sizes from the input that it meets; remove it")]
    [InlineData("[Block, Dense(4), {|NG0051:Huber|}] public class Body;", "Huber", "a loss judges the output of a network; move it there")]
    [InlineData(
        "[Block] public partial class Body { [{|NG0051:Output|}, Dense(4)] public partial Layer A { get; } }", "Output",
        "its output is its last point; remove it, and move the point to the end")]
    public void NG0051_what_belongs_to_networks(string block, string attribute, string cure) => Reports(
        block + " [Network, Input(4), Use<Body>] public partial class Net;", $"[{attribute}] cannot stand in the block 'Body': {cure}");

    [Theory]
    [InlineData("Use<Body>({|NG0010:Times = 0|})", "Use", "0")]
    [InlineData("Residual<Body>({|NG0010:Times = 1001|})", "Residual", "1001")]
    public void NG0010_a_block_no_times_or_too_often(string layer, string kind, string found) => Reports(
        $"[Block, Dense(4)] public class Body; [Network, Input(4), {layer}] public partial class Net;",
        $"{kind}: Times must be 1 to 1000, but is {found}");

    [Theory]
    [InlineData("[Dense(4)]", "[Use<Tower>(Share = {|NG0052:nameof(Left)|})]")]
    [InlineData("[Use<Other>]", "[Use<Tower>(Share = {|NG0052:nameof(Left)|})]")]
    public void NG0052_nothing_to_share(string left, string right) => Reports(
        $"[Block, Dense(4)] public class Tower; [Block, Dense(4)] public class Other; [Network, Input(4)] public partial class Net {{ {left} public "
        + $"partial Layer Left {{ get; }} {right.Replace("Share = {|NG0052:nameof(Left)|}", "{|NG0052:Share = nameof(Left)|}")} public partial Layer "
        + $"Right {{ get; }} }}",
        "'Left' does not use the block 'Tower' as often, so it has no parameters of it to share; name a point above that does");

    [Fact]
    public void NG0053_shared_parameters_of_two_shapes() => Reports(
        "[Block, {|NG0053:Dense(4)|}] public class Tower; [Network, Input(8)] public partial class Net { [Use<Tower>] public partial Layer Left { "
        + "get; } [Use<Tower>(Share = nameof(Left))] public partial Layer Right { get; } }",
        "'Left.0.weight' would be 4×4 here, but the layer that it is shared with made it 4×8; give both the same input shape, or remove Share");

    [Theory]
    [InlineData("[Block] public class {|NG0054:Body|};", "block", "Body")]
    [InlineData("[Block] public partial class Body { public partial Layer {|NG0054:A|} { get; } }", "point", "A")]
    public void NG0054_a_block_without_layers(string block, string what, string name) => Reports(
        block, $"The {what} '{name}' has no layers; write at least one on it, such as [Dense(10)]");

    [Fact]
    public void NG0045_a_residual_connection_that_changes_the_shape() => Reports(
        "[Block, Dense(3)] public class Body; [Block, Dense(5)] public class Short; [Network, Input(4), Residual<{|NG0045:Body|}>] public partial "
        + "class A; [Network, Input(4), Residual<{|NG0045:Body|}, Short>] public partial class B;",
        "Residual: the body's output is 3, but its input is 4; give the body that shape, or write a block between the angle brackets that gives the "
        + "shortcut the body's: [Residual<Body, Shortcut>]",
        "Residual: the body's output is 3, but the shortcut's output is 5; give the body that shape, or write a block between the angle brackets "
        + "that gives the shortcut the body's: [Residual<Body, Shortcut>]");

    [Fact]
    public void NG0001_a_block_of_points_is_partial_and_a_chain_need_not_be() => Markup.Reports(
        ["[Block] public class {|NG0001:Body|} { [Dense(4)] public partial Layer A { get; } } [Block, Dense(3)] public class Chain;"],
        ["CS0751", "CS9248", "CS0260"],
        "The block 'Body' is not partial, so nothing can be generated into it; write 'public partial class Body'");

    [Fact]
    public void A_mistake_in_a_block_is_reported_once_however_often_it_is_used() => Reports(
        "[Block, Dense(4), Relu, {|NG0019:Tanh|}] public class Body; [Network, Input(4), Use<Body>(Times = 2)] public partial class A; [Network, "
        + "Input(4), Use<Body>] public partial class B;",
        "[Tanh] directly follows the activation [Relu]; remove one of them, or write a layer with weights between them");
}
