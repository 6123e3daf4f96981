using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0010 to NG0019: which attributes there are, and in which order.</summary>
public class ChainDiagnosticsTests
{
    private static void Reports(string attributes, params string[] messages) =>
        Markup.Reports($"[Network]\n{attributes}\npublic partial class Net;", messages);

    [Theory]
    [InlineData("[Input({|NG0010:0|})] [Dense(2)]", "Input: dimension 0 must be 1 to 1048576, but is 0")]
    [InlineData("[Input(3, 5, {|NG0010:-7|})] [Dense(2)]", "Input: dimension 2 must be 1 to 1048576, but is -7")]
    [InlineData("[Input(3, {|NG0010:1 << 30|})] [Dense(2)]", "Input: dimension 1 must be 1 to 1048576, but is 1073741824")]
    [InlineData("[Input(new int[] { 3, {|NG0010:0|} })] [Dense(2)]", "Input: dimension 1 must be 1 to 1048576, but is 0")]
    [InlineData("[Input(new[] { 3, {|NG0010:0|} })] [Dense(2)]", "Input: dimension 1 must be 1 to 1048576, but is 0")]
    [InlineData("[Input([3, {|NG0010:0|}])] [Dense(2)]", "Input: dimension 1 must be 1 to 1048576, but is 0")]
    public void NG0010_an_input_of_impossible_size(string attributes, string message) => Reports(attributes, message);

    [Fact]
    public void NG0010_every_wrong_dimension_is_reported() => Reports(
        "[Input({|NG0010:0|}, 5, {|NG0010:-1|})] [Dense(2)]",
        "Input: dimension 0 must be 1 to 1048576, but is 0",
        "Input: dimension 2 must be 1 to 1048576, but is -1");

    [Fact]
    public void NG0011_a_network_without_an_input() => Markup.Reports(
        "[Network] [Dense(2)] public partial class {|NG0011:Net|};",
        "The network 'Net' has no [Input], so no shape is known; write the shape of one sample before the first layer, such as [Input(784)] or "
        + "[Input(1, 28, 28)]");

    [Fact]
    public void NG0011_a_network_without_anything() => Markup.Reports(
        "[Network] public partial class {|NG0011:Net|};",
        "The network 'Net' has no [Input], so no shape is known; write the shape of one sample before the first layer, such as [Input(784)] or "
        + "[Input(1, 28, 28)]");

    [Fact]
    public void NG0012_two_inputs() => Reports(
        "[Input(4)] [Dense(2)] [{|NG0012:Input(1, 2)|}] [Dense(3)]",
        "'Input(1, 2)' is a second input, but a chain of layers starts from exactly one; remove one of them");

    [Fact]
    public void NG0013_an_input_behind_a_layer() => Reports(
        "[Dense(2)] [{|NG0013:Input(4)|}] [Dense(3)]",
        "[Input] stands behind [Dense], but attributes are read in order; move [Input] before [Dense]");

    [Theory]
    [InlineData("[{|NG0014:Input|}] [Dense(2)]", "0")]
    [InlineData("[{|NG0014:Input(new int[0])|}] [Dense(2)]", "0")]
    [InlineData("[{|NG0014:Input(null!)|}] [Dense(2)]", "0")]
    [InlineData("[{|NG0014:Input(2, 3, 4, 5)|}] [Dense(2)]", "4")]
    public void NG0014_an_input_of_no_or_of_four_dimensions(string attributes, string found) => Reports(
        attributes,
        $"[Input] must have 1 to 3 dimensions, but has {found}; write [Input(features)], [Input(height, width)] or [Input(channels, height, width)]");

    [Theory]
    [InlineData("[{|NG0015:Input(4)|}]")]
    [InlineData("[{|NG0015:Input(4)|}] [MeanSquaredError]")]
    public void NG0015_a_network_without_layers(string attributes) => Reports(
        attributes,
        "The network 'Net' has no layer between its input and its output; write at least one behind [Input], such as [Dense(10)]");

    [Fact]
    public void NG0016_layers_after_the_loss() => Reports(
        "[Input(4)] [Dense(2)] [MeanSquaredError] [{|NG0016:Dropout(0.5f)|}] [{|NG0016:Dense(3)|}]",
        "[Dropout] stands behind the loss [MeanSquaredError], which ends the network; move [MeanSquaredError] behind [Dropout], or remove [Dropout]",
        "[Dense] stands behind the loss [MeanSquaredError], which ends the network; move [MeanSquaredError] behind [Dense], or remove [Dense]");

    [Fact]
    public void NG0017_two_losses() => Reports(
        "[Input(4)] [Dense(2)] [MeanSquaredError] [{|NG0017:Huber|}]",
        "[Huber] is a second loss behind [MeanSquaredError], but a network minimises one; remove one of them");

    [Fact]
    public void NG0018_a_layer_that_somebody_else_derived() => Markup.Reports(
        """
        namespace Mine;
        public sealed class TwiceAttribute : LayerAttribute;
        [Network] [Input(4)] [{|NG0018:Twice|}] [Dense(2)] public partial class Net;
        """,
        "'Mine.Twice' is not a layer that NetGen can generate: deriving from its attributes adds none; use the layers in the namespace NetGen");

    [Fact]
    public void NG0018_an_attribute_derived_from_the_networks_bases_only() => Markup.Reports(
        """
        namespace Mine;
        public abstract class LayerAttribute : Attribute;
        public sealed class DenseAttribute(int units) : LayerAttribute { public int Units => units; }
        [Network] [Input(4)] [Dense(0)] [NetGen.Dense(2)] public partial class Net;
        """);

    [Theory]
    [InlineData("[Input(4)] [Dense(2)] [Relu] [{|NG0019:Relu|}]", "Relu", "Relu")]
    [InlineData("[Input(4)] [Dense(2)] [Tanh, {|NG0019:LeakyRelu(0.1f)|}] [Dense(3)]", "LeakyRelu", "Tanh")]
    [InlineData("[Input(4)] [Dense(2)] [Relu, {|NG0019:Softmax|}]", "Softmax", "Relu")]
    public void NG0019_an_activation_directly_behind_another(string attributes, string second, string first) => Reports(
        attributes,
        $"[{second}] directly follows the activation [{first}]; remove one of them, or write a layer with weights between them");

    [Fact]
    public void A_warning_can_be_switched_off_where_it_stands() => Markup.Reports(
        """
        #pragma warning disable NG0019
        [Network, Input(4), Dense(2), Relu, Relu] public partial class Meant;
        #pragma warning restore NG0019
        [Network, Input(4), Dense(2), Relu, {|NG0019:Relu|}] public partial class Slip;
        """,
        "[Relu] directly follows the activation [Relu]; remove one of them, or write a layer with weights between them");

    [Fact]
    public void Mistakes_in_the_chain_and_in_a_layer_are_reported_together() => Reports(
        "[Input(4)] [Dense({|NG0010:0|})] [MeanSquaredError] [{|NG0017:Huber|}]",
        "Dense: units must be 1 to 1048576, but is 0",
        "[Huber] is a second loss behind [MeanSquaredError], but a network minimises one; remove one of them");

    [Fact]
    public void Of_two_wrong_layers_the_first_is_reported_because_the_second_ones_input_is_unknown() => Reports(
        "[Input(4)] [Dense({|NG0010:-1|})] [Conv2D(3, 3)]",
        "Dense: units must be 1 to 1048576, but is -1");

    [Fact]
    public void Correct_networks_of_all_kinds_report_nothing() => Markup.Reports(
        """
        [Network, Input(28, 28), Conv2D(4, 3, Padding = Padding.Same), Relu, MaxPool2D(2), Dense(10), SoftmaxCrossEntropy]
        public partial class A;
        [Network, Obsolete("not ours"), Input(3, 8, 9)]
        [Conv2D(6, 3, 5, Pad = 2, Groups = 3, Bias = false), Gelu(Approximate = true), GlobalAveragePool, Flatten, Softmax]
        internal sealed partial class B;
        namespace Some.Where.@in
        {
            public partial record Outer
            {
                partial interface IMiddle { [Network, Input(4), Dropout(0.5f), Dense(1), BinaryCrossEntropy] private partial class @class; }
            }
        }
        """);
}
