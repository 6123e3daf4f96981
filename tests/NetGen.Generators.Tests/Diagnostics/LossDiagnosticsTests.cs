using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0010 and NG0030 to NG0033: the loss and the output it is given.</summary>
public class LossDiagnosticsTests
{
    private static void Reports(string attributes, params string[] messages) =>
        Markup.Reports($"[Network]\n{attributes}\npublic partial class Net;", messages);

    [Theory]
    [InlineData("Huber({|NG0010:0|})", "Huber: delta must be positive and finite, but is 0")]
    [InlineData("Huber({|NG0010:delta: -0.5f|})", "Huber: delta must be positive and finite, but is -0.5")]
    [InlineData("Huber({|NG0010:float.PositiveInfinity|})", "Huber: delta must be positive and finite, but is Infinity")]
    [InlineData("SmoothL1({|NG0010:-0.5f|})", "SmoothL1: beta must be at least 0 and finite, but is -0.5")]
    [InlineData("SmoothL1({|NG0010:float.PositiveInfinity|})", "SmoothL1: beta must be at least 0 and finite, but is Infinity")]
    [InlineData("Focal({|NG0010:-1|})", "Focal: gamma must be at least 0 and finite, but is -1")]
    [InlineData("Focal({|NG0010:gamma: float.NaN|})", "Focal: gamma must be at least 0 and finite, but is NaN")]
    [InlineData("Focal(ClassWeights = [1, {|NG0010:-2|}, 1])", "Focal: ClassWeights[1] must be positive and finite, but is -2")]
    [InlineData("MultiClassHinge({|NG0010:0|})", "MultiClassHinge: margin must be positive and finite, but is 0")]
    [InlineData("SoftmaxCrossEntropy({|NG0010:LabelSmoothing = 1|})", "SoftmaxCrossEntropy: LabelSmoothing must be at least 0 and below 1, but is 1")]
    [InlineData("SoftmaxCrossEntropy({|NG0010:LabelSmoothing = -0.1f|})", "SoftmaxCrossEntropy: LabelSmoothing must be at least 0 and below 1, but is -0.1")]
    [InlineData(
        "SoftmaxCrossEntropy(ClassWeights = new double[] { 1, {|NG0010:0|}, 1 })",
        "SoftmaxCrossEntropy: ClassWeights[1] must be positive and finite, but is 0")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [1, 1, {|NG0010:-2|}])", "SoftmaxCrossEntropy: ClassWeights[2] must be positive and finite, but is -2")]
    public void NG0010_a_number_out_of_range(string loss, string message) =>
        Reports($"[Input(4)] [Dense(3)] [{loss}]", message);

    [Theory]
    [InlineData("SoftmaxCrossEntropy", "BinaryCrossEntropy")]
    [InlineData("Focal", "BinaryCrossEntropy")]
    [InlineData("KullbackLeibler", "BinaryCrossEntropy")]
    [InlineData("MultiClassHinge", "BinaryHinge")]
    public void NG0030_a_class_loss_on_one_output(string loss, string other) => Reports(
        $"[Input(4)] [Dense(1)] [{{|NG0030:{loss}|}}]",
        $"{loss} needs a vector of at least 2 class scores, but the network's output is 1; write [{other}] for two classes, or give the last layer "
        + "one output per class");

    [Fact]
    public void NG0030_an_angle_between_numbers() => Reports(
        "[Input(4)] [Dense(1)] [{|NG0030:CosineEmbedding|}]",
        "CosineEmbedding needs a vector of at least 2 elements, but the network's output is 1; write [MeanSquaredError], or give the last layer as "
        + "many outputs as the targets have elements");

    [Fact]
    public void NG0030_an_angle_between_images() => Reports(
        "[Input(2, 8, 8)] [Conv2D(3, 3)] [{|NG0030:CosineEmbedding|}]",
        "CosineEmbedding needs a vector of at least 2 elements, but the network's output is 3×6×6; write [Flatten], or [Dense] with one output per "
        + "element, before it");

    [Fact]
    public void NG0030_says_nothing_more_about_weights() => Reports(
        "[Input(4)] [Dense(1)] [{|NG0030:Focal(ClassWeights = [1, -1])|}]",
        "Focal needs a vector of at least 2 class scores, but the network's output is 1; write [BinaryCrossEntropy] for two classes, or give the "
        + "last layer one output per class");

    [Theory]
    [InlineData("Conv2D(3, 3)", "3×6×6")]
    [InlineData("GlobalAveragePool", "2×1×1")]
    public void NG0030_a_softmax_loss_on_an_image(string layer, string shape) => Reports(
        $"[Input(2, 8, 8)] [{layer}] [{{|NG0030:SoftmaxCrossEntropy|}}]",
        $"SoftmaxCrossEntropy needs a vector of at least 2 class scores, but the network's output is {shape}; write [Flatten], or [Dense] with one "
        + "output per class, before it");

    [Theory]
    [InlineData("[Sigmoid] [{|NG0031:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Sigmoid")]
    [InlineData("[Softmax] [{|NG0031:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Softmax")]
    [InlineData("[Softmax] [{|NG0031:Focal|}]", "Focal", "Softmax")]
    [InlineData("[Softmax] [{|NG0031:KullbackLeibler|}]", "KullbackLeibler", "Softmax")]
    [InlineData("[Softmax] [Dropout(0.5f)] [Flatten] [{|NG0031:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Softmax")]
    public void NG0031_an_activation_that_the_loss_contains(string end, string loss, string activation) => Reports(
        $"[Input(4)] [Dense(3)] {end}",
        $"{loss} expects logits and applies {activation} itself, but [{activation}] stands before it and would be applied twice; remove "
        + $"[{activation}]");

    [Theory]
    [InlineData("[Relu] [{|NG0032:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Relu", "of 0 or more")]
    [InlineData("[Sigmoid] [{|NG0032:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Sigmoid", "from 0 to 1")]
    [InlineData("[Tanh] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Tanh", "from -1 to 1")]
    [InlineData("[Softmax] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Softmax", "from 0 to 1")]
    [InlineData("[Softplus] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Softplus", "above 0")]
    [InlineData("[Relu] [{|NG0032:Focal|}]", "Focal", "Relu", "of 0 or more")]
    [InlineData("[Softmax] [{|NG0032:MultiClassHinge|}]", "MultiClassHinge", "Softmax", "from 0 to 1", "scores")]
    [InlineData("[Tanh] [{|NG0032:BinaryHinge|}]", "BinaryHinge", "Tanh", "from -1 to 1", "scores")]
    [InlineData("[Softplus] [{|NG0032:PoissonNll|}]", "PoissonNll", "Softplus", "above 0", "logarithms of rates")]
    public void NG0032_outputs_that_an_activation_bounds(string end, string loss, string activation, string range, string what = "logits") => Reports(
        $"[Input(4)] [Dense(3)] {end}",
        $"{loss} expects {what} of any sign and size, but [{activation}] before it only lets through values {range}; remove [{activation}]");

    [Theory]
    [InlineData("ClassWeights = new double[] { 1, 2 }", "2")]
    [InlineData("ClassWeights = new double[0]", "0")]
    public void NG0033_class_weights_that_do_not_match_the_classes(string weights, string found) => Reports(
        $"[Input(4)] [Dense(3)] [SoftmaxCrossEntropy({{|NG0033:{weights}|}})]",
        $"SoftmaxCrossEntropy: ClassWeights has {found} elements, but there are 3 classes; write one positive weight per class");

    [Fact]
    public void NG0033_of_a_focal_loss() => Reports(
        "[Input(4)] [Dense(3)] [Focal(2, {|NG0033:ClassWeights = [1]|})]",
        "Focal: ClassWeights has 1 elements, but there are 3 classes; write one positive weight per class");

    [Fact]
    public void NG0033_of_a_hinge_loss() => Reports(
        "[Input(4)] [Dense(3)] [MultiClassHinge({|NG0033:ClassWeights = [1, 2]|})]",
        "MultiClassHinge: ClassWeights has 2 elements, but there are 3 classes; write one positive weight per class");

    [Theory]
    [InlineData("BinaryHinge")]
    [InlineData("BinaryCrossEntropy")]
    public void NG0033_of_a_single_output(string loss) => Reports(
        $"[Input(4)] [Dense(1)] [{loss}({{|NG0033:ClassWeights = [1]|}})]",
        $"{loss}: ClassWeights has 1 elements, but there are 2 classes; write one positive weight per class");

    [Theory]
    [InlineData("BinaryHinge")]
    [InlineData("BinaryCrossEntropy")]
    public void Class_weights_of_several_outputs_that_are_a_class_each(string loss) => Markup.Reports(
        $"[Network, Input(4), Dense(3), {loss}({{|NG0030:ClassWeights = [1, 2, 3]|}})] public partial class Net;",
        $"{loss} with ClassWeights needs a single output, which tells two classes apart, but the network's output is 3; give the last layer one "
        + "output, or leave ClassWeights out");

    [Theory]
    [InlineData("[LeakyRelu] [SoftmaxCrossEntropy]")]
    [InlineData("[Softmax] [MeanSquaredError]")]
    [InlineData("[Sigmoid] [Huber(0.5f)]")]
    [InlineData("[SoftmaxCrossEntropy(LabelSmoothing = 0.1f, ClassWeights = new[] { 1, 2.5, 1 })]")]
    [InlineData("[SoftmaxCrossEntropy(ClassWeights = null)]")]
    [InlineData("[SmoothL1(0)]")]
    [InlineData("[Sigmoid] [LogCosh]")]
    [InlineData("[PoissonNll]")]
    [InlineData("[BinaryHinge]")]
    [InlineData("[MultiClassHinge(ClassWeights = [1, 2, 3])]")]
    [InlineData("[Focal(0, ClassWeights = [1, 2, 3])]")]
    [InlineData("[KullbackLeibler]")]
    [InlineData("[MultiClassHinge(0.5f)]")]
    [InlineData("[Tanh] [CosineEmbedding]")]
    public void Losses_that_fit_report_nothing(string end) => Reports($"[Input(4)] [Dense(3)] {end}");
}
