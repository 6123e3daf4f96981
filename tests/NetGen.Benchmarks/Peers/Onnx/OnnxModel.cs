using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Peers.Onnx;

/// <summary>Writes a chain of layers as an ONNX model, for a batch of a fixed size.</summary>
internal sealed class OnnxModel
{
    private readonly OnnxGraph _graph;
    private string _value = OnnxGraph.Input;

    private OnnxModel(ParameterBlock parameters) => _graph = new OnnxGraph(parameters);

    /// <summary>Writes the model.</summary>
    /// <param name="network">The layers.</param>
    /// <param name="parameters">Their weights and biases, which become part of the model.</param>
    /// <param name="inputShape">The input's shape; the batch is its first extent.</param>
    /// <param name="outputShape">The output's shape.</param>
    public static byte[] Write(PlainNetwork network, ParameterBlock parameters, long[] inputShape, long[] outputShape)
    {
        var model = new OnnxModel(parameters);
        bool isFlat = inputShape.Length == 2;
        foreach (PlainLayer layer in network.Layers)
        {
            if (layer is PlainDense && !isFlat)
            {
                model.Add("Flatten", []);
                isFlat = true;
            }

            model.Add(layer);
        }

        return model._graph.ToModel(inputShape, outputShape);
    }

    private void Add(PlainLayer layer)
    {
        switch (layer)
        {
            case PlainDense dense:
                Add("Gemm", WeightAndBias(dense.Name), AttributeMessage.Of("transB", 1));
                break;
            case PlainConvolution convolution:
                (long kernel, long pad) = (convolution.Kernel, convolution.Pad);
                Add(
                    "Conv",
                    WeightAndBias(convolution.Name),
                    AttributeMessage.Of("kernel_shape", [kernel, kernel]),
                    AttributeMessage.Of("pads", [pad, pad, pad, pad]),
                    AttributeMessage.Of("group", convolution.Groups));
                break;
            case PlainRelu:
                Add("Relu", []);
                break;
            case PlainMaxPool2:
                Add("MaxPool", [], AttributeMessage.Of("kernel_shape", [2, 2]), AttributeMessage.Of("strides", [2, 2]));
                break;
            case PlainBatchNorm norm:
                Add("BatchNormalization", Parameters($"{norm.Name}.weight", $"{norm.Name}.bias", $"{norm.Name}.running_mean", $"{norm.Name}.running_var"));
                break;
            case PlainResidual residual:
                string skip = _value;
                foreach (PlainLayer inner in residual.Body)
                    Add(inner);
                Add("Add", [skip]);
                break;
            case PlainGlobalAverage:
                Add("GlobalAveragePool", []);
                break;
            case PlainSoftmax:
                Add("Softmax", []);
                break;
            default:
                throw new NotSupportedException($"There is no ONNX operator for {layer.GetType().Name} yet: add it here.");
        }
    }

    private void Add(string @operator, string[] parameters, params AttributeMessage[] attributes) =>
        _value = _graph.Add(@operator, [_value, .. parameters], attributes);

    private string[] WeightAndBias(string layer) => Parameters(layer + ".weight", layer + ".bias");

    private string[] Parameters(params string[] names) => _graph.Parameters(names);
}
