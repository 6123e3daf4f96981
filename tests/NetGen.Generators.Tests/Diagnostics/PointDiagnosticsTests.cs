using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0040 to NG0057: points, and how they name one another.</summary>
public class PointDiagnosticsTests
{
    private static void Reports(string points, params string[] messages) =>
        Markup.Reports([$"[Network, Input(4)] public partial class Net {{ {points} }}"], ["CS9248"], messages);

    [Theory]
    [InlineData("[Dense(2)] public Layer {|NG0040:A|} { get; }", "not partial", "public partial Layer A { get; }")]
    [InlineData("[Dense(2)] internal static Layer {|NG0040:A|} { get; }", "static", "internal partial Layer A { get; }")]
    [InlineData("[Dense(2)] public int {|NG0040:A|} { get; }", "of type 'int'", "public partial Layer A { get; }")]
    [InlineData("[Dense(2)] public partial Layer {|NG0040:A|} { get; set; }", "one that can be set", "public partial Layer A { get; }")]
    [InlineData("[Dense(2)] public partial Layer {|NG0040:A|} { get; init; }", "one that can be set", "public partial Layer A { get; }")]
    public void NG0040_a_point_of_another_form(string point, string fault, string cure) => Reports(
        point, $"'A' is {fault}, but a point is a partial property of type Layer that is only read; write '{cure}'");

    [Fact]
    public void NG0005_points_on_two_declarations() => Markup.Reports(
        ["[Network, Input(4)] public partial class Net { [Dense(2)] public partial Layer A { get; } }",
         "public partial class Net { [Dense(3)] public partial Layer {|NG0005:B|} { get; } [Dense(3)] public partial Layer C { get; } }"],
        ["CS9248"],
        "'B' stands on another partial declaration of 'Net' than the rest of the network, and attributes on several declarations have no order; move "
        + "all of them to one declaration");

    [Theory]
    [InlineData("[From({|NG0041:\"Stam\"|}), Dense(2)]", "Stam", "those above are Stem")]
    [InlineData("[Dense(4), Add(nameof(Stem), {|NG0041:nameof(Elsewhere)|})]", "Elsewhere", "those above are Stem")]
    [InlineData("[Dense(4), Add([nameof(Stem), {|NG0041:\"\"|}])]", "", "those above are Stem")]
    public void NG0041_an_unknown_point_is_reported_at_its_name(string attributes, string name, string there) => Markup.Reports(
        [
            "public class Elsewhere; [Network, Input(4)] public partial class Net { [Dense(4)] public partial Layer Stem { get; } "
            + $"{attributes} public partial Layer B {{ get; }} }}",
        ],
        ["CS9248"],
        $"'{name}' is no point of 'Net': {there}");

    [Fact]
    public void NG0041_a_chain_has_no_points() => Markup.Reports(
        "[Network, Input(4), Dense(4), Add({|NG0041:\"Stem\"|})] public partial class Net;",
        "'Stem' is no point of 'Net': there are no points above");

    [Fact]
    public void NG0041_an_input_that_is_a_point_has_a_name() => Markup.Reports(
        ["[Network] public partial class Net { [Input(4), Dense(2)] public partial Layer A { get; } "
         + "[From({|NG0041:Layer.Input|}), Dense(2), Add(nameof(A))] public partial Layer B { get; } }"],
        ["CS9248"],
        "'(input)' is no point of 'Net': its inputs are points: write the name of one");

    [Fact]
    public void NG0042_a_point_from_below() => Reports(
        "[Dense(4)] public partial Layer A { get; } [From({|NG0042:nameof(C)|}), Dense(4)] public partial Layer B { get; } [From(nameof(A)), "
        + "Dense(4), Output] public partial Layer C { get; } [Add(nameof(B), nameof(C)), Output] public partial Layer D { get; }",
        "'B' reads 'C', which stands below it, but points are read in order; move 'C' above 'B'");

    [Theory]
    [InlineData("[From({|NG0043:nameof(A)|}), Dense(4)] public partial Layer A { get; }", "A", "A → A")]
    [InlineData("[Dense(4), Add({|NG0043:nameof(B)|})] public partial Layer A { get; } [Dense(4)] public partial Layer B { get; }", "B", "A → B → A")]
    [InlineData("[From({|NG0043:nameof(C)|}), Dense(4)] public partial Layer A { get; } [Dense(4)] public partial Layer B { get; } "
        + "[Dense(4)] public partial Layer C { get; }", "C", "A → C → B → A")]
    public void NG0043_a_circle(string points, string name, string circle) => Reports(
        points, $"'{name}' closes a circle, in which no point could be computed first: {circle}; name another point");

    [Fact]
    public void NG0044_points_and_inputs_that_nothing_reads() => Markup.Reports(
        ["[Network] public partial class Net { [Input(4)] public partial Layer {|NG0044:Wheel|} { get; } "
         + "[Input(3), Dense(2)] public partial Layer {|NG0044:Speed|} { get; } "
         + "[Input(2), Dense(2)] public partial Layer Out { get; } }"],
        ["CS9248"],
        "Nothing reads 'Wheel', and it is no output; name it in a point below, write [Output] on it, or remove it",
        "Nothing reads 'Speed', and it is no output; name it in a point below, write [Output] on it, or remove it");

    [Fact]
    public void NG0044_the_last_point_is_an_output_only_where_no_other_says_so() => Reports(
        "[Dense(4), Output] public partial Layer A { get; } [Dense(2)] public partial Layer {|NG0044:B|} { get; }",
        "Nothing reads 'B', and it is no output; name it in a point below, write [Output] on it, or remove it");

    [Fact]
    public void NG0045_both_shapes_and_both_points_are_named() => Reports(
        "[Dense(4)] public partial Layer A { get; } [Dense(3)] public partial Layer B { get; } [Add(nameof(A), {|NG0045:nameof(B)|})] public partial "
        + "Layer C { get; }",
        "Add: 'A' is 4, but 'B' is 3; give both the same shape, or 1 where a dimension is to be repeated");

    [Fact]
    public void NG0045_what_stands_before_a_join_has_a_shape_too() => Reports(
        "[Dense(4)] public partial Layer A { get; } [Dense(3), Multiply({|NG0045:nameof(A)|})] public partial Layer B { get; }",
        "Multiply: what comes before is 3, but 'A' is 4; give both the same shape, or 1 where a dimension is to be repeated");

    [Fact]
    public void NG0046_layers_on_the_class_beside_points() => Markup.Reports(
        ["[Network, Input(4), {|NG0046:Dense(3)|}, Huber] public partial class Net { [Dense(2)] public partial Layer A { get; } }"],
        ["CS9248"],
        "[Dense] stands on the class 'Net', but the layers of a class with points stand on these; move it to a point");

    [Fact]
    public void NG0047_a_loss_on_the_class_and_two_outputs() => Markup.Reports(
        ["[Network, Input(4), {|NG0047:Huber|}] public partial class Net { [Dense(2), Output] public partial Layer A { get; } "
         + "[Dense(2), LogCosh] public partial Layer B { get; } }"],
        ["CS9248"],
        "[Huber] stands on the class, but a loss judges one output, and 'Net' has several: A, B; move it to the one that it judges");

    [Fact]
    public void NG0017_a_loss_on_the_class_and_on_its_output() => Markup.Reports(
        ["[Network, Input(4), Huber] public partial class Net { [Dense(2), {|NG0017:LogCosh|}] public partial Layer A { get; } }"],
        ["CS9248"],
        "[LogCosh] is a second loss behind [Huber], but a network minimises one; remove one of them");

    [Fact]
    public void NG0010_a_weight_that_is_not_positive() => Markup.Reports(
        "[Network, Input(4), Dense(2), Huber({|NG0010:Weight = 0|})] public partial class Net;",
        "Huber: Weight must be positive and finite, but is 0");

    [Fact]
    public void NG0048_a_name_in_files_given_twice() => Reports(
        "[Dense(4, Name = \"fc\")] public partial Layer A { get; } [Dense(4, {|NG0048:Name = \"fc\"|})] public partial Layer B { get; }",
        "'fc.weight' would be the name of two tensors in weight files, of this layer and of [Dense] before it; write another Name");

    [Fact]
    public void NG0054_a_point_without_layers() => Reports(
        "public partial Layer {|NG0054:A|} { get; } [Dense(2)] public partial Layer B { get; }",
        "The point 'A' has no layers; write at least one on it, such as [Dense(10)]");

    [Fact]
    public void NG0054_an_input_that_would_be_an_output_as_it_is() => Markup.Reports(
        ["[Network] public partial class Net { [Input(3), MeanSquaredError] public partial Layer {|NG0054:A|} { get; } "
         + "[Input(4), Dense(2), MeanSquaredError] public partial Layer B { get; } }"],
        ["CS9248"],
        "The point 'A' has no layers; write at least one on it, such as [Dense(10)]");

    [Fact]
    public void NG0055_the_first_point_starts_from_an_input() => Markup.Reports(
        ["[Network] public partial class Net { [Dense(4)] public partial Layer {|NG0055:A|} { get; } "
         + "[Input(4), Add(nameof(A))] public partial Layer B { get; } }"],
        ["CS9248"],
        "Nothing stands above 'A' that it could start from; write [Input(…)] on it or on the class");

    [Fact]
    public void NG0056_two_beginnings() => Reports(
        "[Dense(4)] public partial Layer A { get; } [From({|NG0056:nameof(A)|}), Input(4), Dense(2)] public partial Layer B { get; }",
        "'B' has an [Input] of its own, so it cannot start from another point; remove [From], or move [Input] to a point of its own");

    [Fact]
    public void NG0057_nothing_to_join() => Markup.Reports(
        "[Network, Input(4), Dense(4), {|NG0057:Add|}] public partial class Net;",
        "Add has nothing to join; write the names of at least two points, or one behind what stands before it");

    [Fact]
    public void Rules_of_chains_hold_on_points_too() => Reports(
        "[Dense({|NG0010:0|}), Relu, {|NG0019:Tanh|}] public partial Layer A { get; } [Huber, {|NG0016:Dense(2)|}] public partial Layer B { get; }",
        "Dense: units must be 1 to 1048576, but is 0",
        "[Tanh] directly follows the activation [Relu]; remove one of them, or write a layer with weights between them",
        "[Dense] stands behind the loss [Huber], which ends the network; move [Huber] behind [Dense], or remove [Dense]");
}
