using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0010 and NG0020 to NG0028: one layer and the shape it starts from.</summary>
public class LayerDiagnosticsTests
{
    private static void Reports(string attributes, params string[] messages) =>
        Markup.Reports($"[Network]\n{attributes}\npublic partial class Net;", messages);

    private static void ReportsOnImage(string layer, params string[] messages) => Reports($"[Input(6, 9, 11)] [{layer}]", messages);

    [Theory]
    [InlineData("Dense({|NG0010:0|})", "Dense: units must be 1 to 1048576, but is 0")]
    [InlineData("Reshape(6, 99), Gru(3, {|NG0010:Truncation = 0|}, Layers = 2)", "Gru: Truncation must be 1 to 1048576, but is 0")]
    [InlineData("Dense({|NG0010:units: -3|})", "Dense: units must be 1 to 1048576, but is -3")]
    [InlineData("Dense({|NG0010:int.MaxValue|})", "Dense: units must be 1 to 1048576, but is 2147483647")]
    [InlineData("Conv2D({|NG0010:0|}, 3)", "Conv2D: channels must be 1 to 1048576, but is 0")]
    [InlineData("Conv2D(2, {|NG0010:0|})", "Conv2D: kernel must be 1 to 4096, but is 0")]
    [InlineData("Conv2D(2, {|NG0010:5000|})", "Conv2D: kernel must be 1 to 4096, but is 5000")]
    [InlineData("Conv2D(2, 3, {|NG0010:-1|})", "Conv2D: kernelWidth must be 1 to 4096, but is -1")]
    [InlineData("Conv2D(kernelWidth: 3, channels: 2, {|NG0010:kernelHeight: 0|})", "Conv2D: kernelHeight must be 1 to 4096, but is 0")]
    [InlineData("Conv2D(2, 3, {|NG0010:Stride = 0|})", "Conv2D: Stride must be 1 to 4096, but is 0")]
    [InlineData("Conv2D(2, 3, {|NG0010:StrideWidth = -2|})", "Conv2D: StrideWidth must be 1 to 4096, but is -2")]
    [InlineData("Conv2D(2, 3, {|NG0010:Dilation = 0|})", "Conv2D: Dilation must be 1 to 4096, but is 0")]
    [InlineData("Conv2D(2, 3, {|NG0010:Pad = -1|})", "Conv2D: Pad must be 0 to 4096, but is -1")]
    [InlineData("Conv2D(2, 3, {|NG0010:Groups = 0|})", "Conv2D: Groups must be 1 to 1048576, but is 0")]
    [InlineData("Conv2D(2, 3, {|NG0010:Padding = (Padding)7|})", "Conv2D: Padding must be Padding.Valid or Padding.Same, but is 7")]
    [InlineData("MaxPool2D({|NG0010:0|})", "MaxPool2D: window must be 1 to 4096, but is 0")]
    [InlineData("AveragePool2D({|NG0010:-2|}, 3)", "AveragePool2D: windowHeight must be 1 to 4096, but is -2")]
    [InlineData("MaxPool2D(2, {|NG0010:StrideHeight = 0|})", "MaxPool2D: StrideHeight must be 1 to 4096, but is 0")]
    [InlineData("Dropout({|NG0010:1|})", "Dropout: rate must be at least 0 and below 1, but is 1")]
    [InlineData("Dropout({|NG0010:-0.1f|})", "Dropout: rate must be at least 0 and below 1, but is -0.1")]
    [InlineData("Dropout({|NG0010:float.NaN|})", "Dropout: rate must be at least 0 and below 1, but is NaN")]
    [InlineData("LeakyRelu({|NG0010:float.NaN|})", "LeakyRelu: slope must be a finite number, but is NaN")]
    [InlineData("LeakyRelu({|NG0010:float.NegativeInfinity|})", "LeakyRelu: slope must be a finite number, but is -Infinity")]
    [InlineData("Elu({|NG0010:1 / 0f|})", "Elu: alpha must be a finite number, but is Infinity")]
    [InlineData("Dense(2, WeightInit = Initializer.Constant, {|NG0010:WeightValue = float.NaN|})", "Dense: WeightValue must be a finite number, but is NaN")]
    [InlineData("Dense(2, {|NG0010:BiasInit = (Initializer)99|})",
        "Dense: BiasInit must be one of Initializer.Default, Initializer.HeNormal, Initializer.HeUniform, " +
        "Initializer.GlorotNormal, Initializer.GlorotUniform, Initializer.Zeros, Initializer.Constant, but is 99")]
    public void NG0010_a_number_out_of_range(string layer, string message) => ReportsOnImage(layer, message);

    [Fact]
    public void NG0010_every_wrong_argument_of_a_layer_is_reported() => ReportsOnImage(
        "Conv2D({|NG0010:0|}, {|NG0010:-1|}, {|NG0010:Stride = 0|})",
        "Conv2D: channels must be 1 to 1048576, but is 0",
        "Conv2D: kernel must be 1 to 4096, but is -1",
        "Conv2D: Stride must be 1 to 4096, but is 0");

    [Fact]
    public void NG0010_a_slope_that_an_earlier_layer_looks_at() => Reports(
        "[Input(4)] [Dense(3)] [LeakyRelu({|NG0010:float.NaN|})]",
        "LeakyRelu: slope must be a finite number, but is NaN");

    [Theory]
    [InlineData("Conv2D(8, 3, {|NG0020:Groups = 4|})", "4", "8", "1, 2")]
    [InlineData("Conv2D(4, 3, {|NG0020:Groups = 6|})", "6", "4", "1, 2")]
    [InlineData("Conv2D(7, 3, {|NG0020:Groups = 2|})", "2", "7", "1")]
    public void NG0020_groups_that_do_not_divide_the_channels(string layer, string groups, string channels, string divisors) => ReportsOnImage(
        layer,
        $"Conv2D: Groups = {groups} must divide both the 6 input channels and the {channels} output channels; write one of {divisors}");

    [Theory]
    [InlineData("Conv2D(2, 3)", "Conv2D")]
    [InlineData("MaxPool2D(2)", "MaxPool2D")]
    [InlineData("AveragePool2D(2)", "AveragePool2D")]
    [InlineData("GlobalAveragePool", "GlobalAveragePool")]
    public void NG0021_an_image_layer_on_a_vector(string layer, string kind) => Reports(
        $"[Input(12)] [{{|NG0021:{layer}|}}]",
        $"{kind} works on channels × height × width, but what comes before it is a vector of 12; move it before the first [Dense] or [Flatten], or "
        + "give [Input] three dimensions");

    [Theory]
    [InlineData("Conv2D(2, {|NG0022:10|})", "Conv2D", "height", "10", "9")]
    [InlineData("Conv2D(2, 1, {|NG0022:14|}, Pad = 1)", "Conv2D", "width", "14", "13")]
    [InlineData("Conv2D(2, {|NG0022:3|}, Dilation = 5)", "Conv2D", "height", "11", "9")]
    [InlineData("MaxPool2D({|NG0022:10|})", "MaxPool2D", "height", "10", "9")]
    [InlineData("AveragePool2D(2, {|NG0022:12|})", "AveragePool2D", "width", "12", "11")]
    public void NG0022_a_window_larger_than_its_padded_input(string layer, string kind, string side, string reach, string input) => ReportsOnImage(
        layer,
        $"{kind}: the window covers a {side} of {reach}, but its padded input has only {input}; make the window or its dilation smaller, or write "
        + "Padding = Padding.Same");

    [Theory]
    [InlineData("MaxPool2D(3, {|NG0023:Pad = 2|})", "MaxPool2D", "1", "2")]
    [InlineData("AveragePool2D(2, 4, {|NG0023:PadWidth = 3|})", "AveragePool2D", "2", "3")]
    public void NG0023_a_padding_of_more_than_half_the_window(string layer, string kind, string maximum, string found) => ReportsOnImage(
        layer,
        $"{kind}: padding must be at most half the window, which is {maximum}, but is {found}; otherwise a window could lie wholly in the padding");

    [Theory]
    [InlineData("Conv2D(2, 3, Padding = Padding.Same, {|NG0024:Pad = 1|})", "Conv2D", "Pad")]
    [InlineData("Conv2D(2, 3, {|NG0024:PadHeight = 1|}, Padding = Padding.Valid)", "Conv2D", "PadHeight")]
    [InlineData("MaxPool2D(3, Padding = Padding.Same, {|NG0024:PadWidth = 1|})", "MaxPool2D", "PadWidth")]
    public void NG0024_a_padding_given_as_rule_and_as_number(string layer, string kind, string number) => ReportsOnImage(
        layer, $"{kind}: Padding and {number} both say how much to pad; keep the rule (Padding) or the number ({number})");

    [Theory]
    [InlineData("Conv2D(2, 3, {|NG0025:Stride = 2|}, StrideHeight = 1, StrideWidth = 1)",
        "Conv2D: Stride has no effect because StrideHeight and StrideWidth say otherwise for both directions; remove it, or " +
        "remove them")]
    [InlineData("MaxPool2D(3, {|NG0025:Pad = 1|}, PadHeight = 1, PadWidth = 0)",
        "MaxPool2D: Pad has no effect because PadHeight and PadWidth say otherwise for both directions; remove it, or remove " +
        "them")]
    [InlineData("Conv2D(2, 3, {|NG0025:Dilation = 2|}, DilationHeight = 1, DilationWidth = 1)",
        "Conv2D: Dilation has no effect because DilationHeight and DilationWidth say otherwise for both directions; remove it, " +
        "or remove them")]
    [InlineData("Dense(2, Bias = false, {|NG0025:BiasInit = Initializer.Zeros|})",
        "Dense: BiasInit has no effect because the layer has no bias; remove it, or remove Bias = false")]
    [InlineData("Conv2D(2, 3, Bias = false, {|NG0025:BiasValue = 1|})",
        "Conv2D: BiasValue has no effect because the layer has no bias; remove it, or remove Bias = false")]
    [InlineData("Dense(2, {|NG0025:WeightValue = 0.5f|})",
        "Dense: WeightValue has no effect because WeightInit is not a constant; write WeightInit = Initializer.Constant beside " +
        "it, or remove it")]
    [InlineData("Dense(2, BiasInit = Initializer.Zeros, {|NG0025:BiasValue = 0.5f|})",
        "Dense: BiasValue has no effect because BiasInit is not a constant; write BiasInit = Initializer.Constant beside it, or " +
        "remove it")]
    public void NG0025_a_setting_without_effect(string layer, string message) => ReportsOnImage(layer, message);

    [Theory]
    [InlineData("Dense(2, {|NG0026:WeightInit = Initializer.Constant|})", "Dense", "Weight")]
    [InlineData("Conv2D(2, 3, {|NG0026:BiasInit = Initializer.Constant|})", "Conv2D", "Bias")]
    public void NG0026_a_constant_without_its_value(string layer, string kind, string role) => ReportsOnImage(
        layer,
        $"{kind}: {role}Init = Initializer.Constant needs the constant; write {role}Value = … beside it, or {role}Init = Initializer.Zeros");

    [Theory]
    [InlineData("[{|NG0027:Input(1 << 20, 1 << 20, 1 << 20)|}] [Dense(2)]",
        "Input: one sample (1048576×1048576×1048576) would be 1,152,921,504,606,846,976 numbers")]
    [InlineData("[Input(1 << 10, 1 << 10)] [{|NG0027:Dense(1 << 20)|}]", "Dense: its weight (1048576×1048576) would be 1,099,511,627,776 numbers")]
    [InlineData("[Input(1 << 10, 1 << 10)] [{|NG0027:Conv2D(1 << 20, 1)|}]", "Conv2D: its output (1048576×1024×1024) would be 1,099,511,627,776 numbers")]
    [InlineData("[Input(1 << 14, 1, 1)] [{|NG0027:Conv2D(1 << 14, 3, Pad = 1)|}]", "Conv2D: its weight (16384×16384×3×3) would be 2,415,919,104 numbers")]
    [InlineData("[Input(1 << 13)] [Dense(1 << 14)] [{|NG0027:Dense(1 << 13)|}]", "Dense: the parameters up to here (268460032) would be 268,460,032 numbers")]
    [InlineData("[Input(1 << 9, 1 << 9, 1 << 9)] [Relu] [Dropout(0.1f)] [MaxPool2D(1)] [{|NG0027:MaxPool2D(1)|}]",
        "MaxPool2D: the activations of one sample up to here (671088640) would be 671,088,640 numbers", 1 << 29)]
    [InlineData("[Input(1, 1, 1)] [{|NG0027:Conv2D(1, 1, Pad = 4096)|}]", "Conv2D: its padded input (16×8193×8193) would be 1,074,003,984 numbers")]
    [InlineData("[Input(3, 4096, 4096)] [{|NG0027:MaxPool2D(2, Pad = 1)|}]", "MaxPool2D: its padded input (16×4098×4098) would be 268,697,664 numbers")]
    public void NG0027_a_network_that_is_too_large(string attributes, string message, int maximum = 1 << 28) =>
        Reports(attributes, $"{message}, but at most {maximum} can be addressed; make it smaller");

    [Theory]
    [InlineData("[Input(4)] [Dense(1)] [{|NG0028:Softmax|}]", "1")]
    [InlineData("[Input(1, 5, 5)] [{|NG0028:Softmax|}]", "1×5×5")]
    public void NG0028_a_softmax_over_one_element(string attributes, string shape) => Reports(
        attributes,
        $"Softmax runs over the channels, and {shape} has only one, so its output is always 1; write [Sigmoid], or give the layer before it at least "
        + "2 outputs");
}
