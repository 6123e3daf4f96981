namespace NetGen.Benchmarks.Workloads;

/// <summary>
/// A chain of layers computed in double precision by the plainest loops: what every contender's outputs must match, and the
/// description from which peers that read models get theirs.
/// </summary>
/// <param name="Channels">The input's channels.</param>
/// <param name="Height">The input's height.</param>
/// <param name="Width">The input's width.</param>
internal sealed record PlainNetwork(int Channels, int Height = 1, int Width = 1)
{
    private readonly List<PlainLayer> _layers = [];
    private (int Channels, int Height, int Width) _output = (Channels, Height, Width);

    /// <summary>The layers in order.</summary>
    public IReadOnlyList<PlainLayer> Layers => _layers;

    public PlainNetwork Dense(string name, int units) =>
        Then(new PlainDense(name, _output.Channels * _output.Height * _output.Width, units), (units, 1, 1));

    public PlainNetwork Convolution(string name, int filters, int kernel, int pad = 0, int groups = 1)
    {
        var layer = new PlainConvolution(name, _output, filters, kernel, pad, groups);
        return Then(layer, (filters, layer.Output.Rows, layer.Output.Columns));
    }

    public PlainNetwork Relu() => Then(new PlainRelu(), _output);

    /// <summary>Adds a ReLU that ends at six.</summary>
    public PlainNetwork Relu6() => Then(new PlainRelu6(), _output);

    public PlainNetwork Pool2() => Then(new PlainMaxPool2(_output), (_output.Channels, _output.Height / 2, _output.Width / 2));

    public PlainNetwork BatchNorm(string name) => Then(new PlainBatchNorm(name, _output.Channels), _output);

    public PlainNetwork GlobalAverage() => Then(new PlainGlobalAverage(_output.Channels), (_output.Channels, 1, 1));

    /// <summary>Adds the input of some layers to their output, which has its shape.</summary>
    public PlainNetwork Residual(Func<PlainNetwork, PlainNetwork> body) => Then(
        new PlainResidual(body(new PlainNetwork(_output.Channels, _output.Height, _output.Width)).Layers), _output);

    /// <summary>Rows of a table, by tokens, which are the input's channels.</summary>
    public PlainNetwork Embedding(string name, int features) => Then(new PlainEmbedding(name, features), (_output.Channels, features, 1));

    /// <summary>A recurrent layer over steps, which are the input's channels.</summary>
    public PlainNetwork Gru(string name, int units) => Then(new PlainGru(name, _output.Height, units), (_output.Channels, units, 1));

    public PlainNetwork TransformerBlock(string name, int heads, int hidden, bool isCausal) =>
        Then(new PlainTransformerBlock(name, _output.Height, heads, hidden, isCausal), _output);

    /// <summary>The last step, or the mean of all.</summary>
    public PlainNetwork OverTime(bool isMean) => Then(new PlainOverTime(_output.Height, isMean), (_output.Height, 1, 1));

    public PlainNetwork Softmax() => Then(new PlainSoftmax(), _output);

    /// <summary>The outputs for one sample.</summary>
    public double[] Predict(ParameterBlock parameters, ReadOnlySpan<float> input)
    {
        double[] values = Array.ConvertAll(input.ToArray(), value => (double)value);
        foreach (PlainLayer layer in _layers)
            values = layer.Compute(parameters, values);
        return values;
    }

    /// <summary>The outputs for each sample of a batch that is trained on.</summary>
    public double[][] Train(ParameterBlock parameters, ReadOnlySpan<float> inputs)
    {
        double[][] samples = [.. inputs.ToArray().Select(value => (double)value).Chunk(Channels * Height * Width)];
        return _layers.Aggregate(samples, (values, layer) => layer.Train(parameters, values));
    }

    private PlainNetwork Then(PlainLayer layer, (int Channels, int Height, int Width) output)
    {
        _layers.Add(layer);
        _output = output;
        return this;
    }
}
