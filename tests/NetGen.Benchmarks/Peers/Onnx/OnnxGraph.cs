using ProtoBuf;

namespace NetGen.Benchmarks.Peers.Onnx;

/// <summary>An ONNX model in the making: operators are added one by one, each on values that are there already.</summary>
/// <param name="parameters">Weights and biases, which become part of the model as they are named.</param>
internal sealed class OnnxGraph(ParameterBlock parameters)
{
    /// <summary>The name of the input.</summary>
    public const string Input = "x";

    /// <summary>The name of the output.</summary>
    public const string Output = "y";

    private const int IrVersion = 10;
    private const int OperatorSet = 21;

    private readonly List<NodeMessage> _nodes = [];
    private readonly List<TensorMessage> _initializers = [];

    /// <summary>Adds an operator.</summary>
    /// <param name="operator">Its name in the standard.</param>
    /// <param name="inputs">The values it works on, then its parameters.</param>
    /// <param name="attributes">Its settings.</param>
    /// <returns>The name of what it computes.</returns>
    public string Add(string @operator, IEnumerable<string> inputs, params AttributeMessage[] attributes)
    {
        string result = $"{_nodes.Count}.{@operator}";
        _nodes.Add(new NodeMessage { Operator = @operator, Inputs = [.. inputs], Outputs = [result], Attributes = [.. attributes] });
        return result;
    }

    /// <summary>Makes parameters of the network part of the model, under their own names, which it returns.</summary>
    public string[] Parameters(params string[] names)
    {
        foreach (string name in names)
        {
            ParameterTensor tensor = parameters[name];
            _initializers.Add(TensorMessage.Of(name, [.. tensor.Shape.Select(extent => (long)extent)], tensor.ToArray()));
        }

        return names;
    }

    /// <summary>Makes a number part of the model, under a name, which it returns.</summary>
    public string Constant(string name, float value)
    {
        _initializers.Add(TensorMessage.Of(name, [], [value]));
        return name;
    }

    /// <summary>The model; the operator that was added last computes its output.</summary>
    /// <param name="inputShape">The input's shape; the batch is its first extent.</param>
    /// <param name="outputShape">The output's shape.</param>
    public byte[] ToModel(long[] inputShape, long[] outputShape)
    {
        _nodes[^1].Outputs[0] = Output;
        var file = new MemoryStream();
        Serializer.Serialize(file, new ModelMessage
        {
            IrVersion = IrVersion,
            OperatorSets = [new OperatorSetMessage { Version = OperatorSet }],
            Graph = new GraphMessage
            {
                Name = "network",
                Nodes = _nodes,
                Initializers = _initializers,
                Inputs = [ValueMessage.Of(Input, inputShape)],
                Outputs = [ValueMessage.Of(Output, outputShape)],
            },
        });
        return file.ToArray();
    }
}
