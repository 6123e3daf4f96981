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
    [InlineData("SoftmaxCrossEntropy({|NG0010:LabelSmoothing = 1|})", "SoftmaxCrossEntropy: LabelSmoothing must be at least 0 and below 1, but is 1")]
    [InlineData("SoftmaxCrossEntropy({|NG0010:LabelSmoothing = -0.1f|})", "SoftmaxCrossEntropy: LabelSmoothing must be at least 0 and below 1, but is -0.1")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = new float[] { 1, {|NG0010:0|}, 1 })", "SoftmaxCrossEntropy: ClassWeights[1] must be positive and finite, but is 0")]
    [InlineData("SoftmaxCrossEntropy(ClassWeights = [1, 1, {|NG0010:-2|}])", "SoftmaxCrossEntropy: ClassWeights[2] must be positive and finite, but is -2")]
    public void NG0010_a_number_out_of_range(string loss, string message) =>
        Reports($"[Input(4)] [Dense(3)] [{loss}]", message);

    [Fact]
    public void NG0030_a_softmax_loss_on_one_output() => Reports(
        "[Input(4)] [Dense(1)] [{|NG0030:SoftmaxCrossEntropy|}]",
        "SoftmaxCrossEntropy needs a vector of at least 2 class scores, but the network's output is 1; write [BinaryCrossEntropy] for two classes, or give the last layer one output per class");

    [Theory]
    [InlineData("Conv2D(3, 3)", "3×6×6")]
    [InlineData("GlobalAveragePool", "2×1×1")]
    public void NG0030_a_softmax_loss_on_an_image(string layer, string shape) => Reports(
        $"[Input(2, 8, 8)] [{layer}] [{{|NG0030:SoftmaxCrossEntropy|}}]",
        $"SoftmaxCrossEntropy needs a vector of at least 2 class scores, but the network's output is {shape}; write [Flatten], or [Dense] with one output per class, before it");

    [Theory]
    [InlineData("[Sigmoid] [{|NG0031:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Sigmoid")]
    [InlineData("[Softmax] [{|NG0031:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Softmax")]
    [InlineData("[Softmax] [Dropout(0.5f)] [Flatten] [{|NG0031:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Softmax")]
    public void NG0031_an_activation_that_the_loss_contains(string end, string loss, string activation) => Reports(
        $"[Input(4)] [Dense(3)] {end}",
        $"{loss} expects logits and applies {activation} itself, but [{activation}] stands before it and would be applied twice; remove [{activation}]");

    [Theory]
    [InlineData("[Relu] [{|NG0032:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Relu", "of 0 or more")]
    [InlineData("[Sigmoid] [{|NG0032:SoftmaxCrossEntropy|}]", "SoftmaxCrossEntropy", "Sigmoid", "from 0 to 1")]
    [InlineData("[Tanh] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Tanh", "from -1 to 1")]
    [InlineData("[Softmax] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Softmax", "from 0 to 1")]
    [InlineData("[Softplus] [{|NG0032:BinaryCrossEntropy|}]", "BinaryCrossEntropy", "Softplus", "above 0")]
    public void NG0032_logits_that_an_activation_bounds(string end, string loss, string activation, string range) => Reports(
        $"[Input(4)] [Dense(3)] {end}",
        $"{loss} expects logits of any sign and size, but [{activation}] before it only lets through values {range}; remove [{activation}]");

    [Theory]
    [InlineData("ClassWeights = new float[] { 1, 2 }", "2")]
    [InlineData("ClassWeights = new float[0]", "0")]
    public void NG0033_class_weights_that_do_not_match_the_classes(string weights, string found) => Reports(
        $"[Input(4)] [Dense(3)] [SoftmaxCrossEntropy({{|NG0033:{weights}|}})]",
        $"SoftmaxCrossEntropy: ClassWeights has {found} elements, but the network has 3 outputs; write one positive weight per class");

    [Theory]
    [InlineData("[LeakyRelu] [SoftmaxCrossEntropy]")]
    [InlineData("[Softmax] [MeanSquaredError]")]
    [InlineData("[Sigmoid] [Huber(0.5f)]")]
    [InlineData("[SoftmaxCrossEntropy(LabelSmoothing = 0.1f, ClassWeights = new[] { 1, 2.5f, 1 })]")]
    [InlineData("[SoftmaxCrossEntropy(ClassWeights = null)]")]
    public void Losses_that_fit_report_nothing(string end) => Reports($"[Input(4)] [Dense(3)] {end}");
}
