using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Sweep;

/// <summary>A window along both axes of an image.</summary>
/// <param name="Kernel">Its height and width.</param>
/// <param name="Stride">Pixels from one to the next.</param>
/// <param name="Dilation">Pixels from tap to tap.</param>
/// <param name="Pad">Zeros on each side.</param>
internal readonly record struct DrawnWindow(int Kernel, int Stride = 1, int Dilation = 1, int Pad = 0)
{
    /// <summary>How many of them fit.</summary>
    public int Fitting(int extent) => (extent + 2 * Pad - Dilation * (Kernel - 1) - 1) / Stride + 1;

    /// <summary>The settings of an attribute, behind its first arguments.</summary>
    public string Settings => (Stride > 1 ? $", Stride = {Stride}" : "")
        + (Dilation > 1 ? $", Dilation = {Dilation}" : "")
        + (Pad > 0 ? $", Pad = {Pad}" : "");

    /// <summary>The attributes of an operator.</summary>
    public AttributeMessage[] Onnx =>
    [
        AttributeMessage.Of("kernel_shape", [Kernel, Kernel]),
        AttributeMessage.Of("strides", [Stride, Stride]),
        AttributeMessage.Of("dilations", [Dilation, Dilation]),
        AttributeMessage.Of("pads", [Pad, Pad, Pad, Pad]),
    ];
}

/// <summary>Layers for given shapes and sizes.</summary>
internal static class LayerKinds
{
    private const double Exponential = 32;

    public static DrawnLayer Dense(int[] shape, int units, bool bias) => new(
        $"Dense({units}{(bias ? "" : ", Bias = false")})",
        [units],
        (graph, name, inputs) => graph.Add("Gemm", [inputs[0], .. WeightAndBias(graph, name, bias)], AttributeMessage.Of("transB", 1)))
    {
        Weights = (long)DrawnLayer.LengthOf(shape) * units,
        Products = 2.0 * DrawnLayer.LengthOf(shape) * units,
    };

    public static DrawnLayer Flatten(int[] shape) => new("Flatten", [DrawnLayer.LengthOf(shape)], (graph, _, inputs) => graph.Add("Flatten", inputs));

    public static DrawnLayer Convolution(int[] shape, int channels, DrawnWindow window, int groups, bool bias) => new(
        $"Conv2D({channels}, {window.Kernel}{window.Settings}{(groups > 1 ? $", Groups = {groups}" : "")}{(bias ? "" : ", Bias = false")})",
        [channels, window.Fitting(shape[1]), window.Fitting(shape[2])],
        (graph, name, inputs) => graph.Add(
            "Conv", [inputs[0], .. WeightAndBias(graph, name, bias)], [.. window.Onnx, AttributeMessage.Of("group", groups)]))
    {
        Weights = (long)channels * shape[0] / groups * window.Kernel * window.Kernel,
        Products = 2.0 * channels * shape[0] / groups * window.Kernel * window.Kernel * window.Fitting(shape[1]) * window.Fitting(shape[2]),
    };

    public static DrawnLayer Depthwise(int[] shape, DrawnWindow window, bool bias) =>
        Convolution(shape, shape[0], window, shape[0], bias) with
        {
            Attribute = $"DepthwiseConv2D({window.Kernel}{window.Settings}{(bias ? "" : ", Bias = false")})",
        };

    public static DrawnLayer Pool(int[] shape, DrawnWindow window, bool isMaximum) => new(
        $"{(isMaximum ? "Max" : "Average")}Pool2D({window.Kernel}, Stride = {window.Stride}{(window.Pad > 0 ? $", Pad = {window.Pad}" : "")})",
        [shape[0], window.Fitting(shape[1]), window.Fitting(shape[2])],
        (graph, _, inputs) => isMaximum
            ? graph.Add("MaxPool", inputs, window.Onnx)
            : graph.Add("AveragePool", inputs, [.. window.Onnx, AttributeMessage.Of("count_include_pad", 1)]));

    public static DrawnLayer GlobalPool(int[] shape, bool isMaximum) => new(
        isMaximum ? "GlobalMaxPool" : "GlobalAveragePool",
        [shape[0], 1, 1],
        (graph, _, inputs) => graph.Add(isMaximum ? "GlobalMaxPool" : "GlobalAveragePool", inputs));

    public static DrawnLayer BatchNorm(int[] shape) => new(
        "BatchNorm",
        shape,
        (graph, name, inputs) => graph.Add(
            "BatchNormalization", [inputs[0], .. graph.Parameters($"{name}.weight", $"{name}.bias", $"{name}.running_mean", $"{name}.running_var")]));

    public static DrawnLayer LayerNorm(int[] shape) => new(
        "LayerNorm",
        shape,
        (graph, name, inputs) => graph.Add("LayerNormalization", [inputs[0], .. WeightAndBias(graph, name, true)], AttributeMessage.Of("axis", 1)));

    public static DrawnLayer GroupNorm(int[] shape, int groups) => new(
        $"GroupNorm({groups})",
        shape,
        (graph, name, inputs) => graph.Add(
            "GroupNormalization", [inputs[0], .. WeightAndBias(graph, name, true)], AttributeMessage.Of("num_groups", groups)));

    public static DrawnLayer InstanceNorm(int[] shape) => new(
        "InstanceNorm",
        shape,
        (graph, name, inputs) => graph.Add("InstanceNormalization", [inputs[0], .. WeightAndBias(graph, name, true)]));

    public static DrawnLayer Softmax(int[] shape) => new(
        "Softmax",
        shape,
        (graph, _, inputs) => graph.Add("Softmax", inputs, AttributeMessage.Of("axis", 1)))
    {
        Functions = Exponential * DrawnLayer.LengthOf(shape),
    };

    public static DrawnLayer Join(string kind, int[] output, params string[] points) => new(
        $"{kind}({string.Join(", ", points.Select(point => $"\"{point}\""))})",
        output,
        (graph, _, inputs) => graph.Add(kind, inputs, kind == "Concat" ? [AttributeMessage.Of("axis", 1)] : []));

    private static string[] WeightAndBias(OnnxGraph graph, string name, bool bias) =>
        bias ? graph.Parameters(name + ".weight", name + ".bias") : graph.Parameters(name + ".weight");
}
