namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A chain of layers with a loss: the source text of a network, and what that network must compute.</summary>
internal sealed class OracleNetwork
{
    private readonly List<(string Name, OracleLayer Layer)> _layers = [];

    /// <param name="input">The shape of a sample.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="layers">The layers, of this network alone.</param>
    public OracleNetwork(int[] input, OracleLoss loss, params IEnumerable<OracleLayer> layers)
    {
        Input = Output = input;
        Loss = loss;
        OracleLayer[] declared = [.. layers];
        Source = $"[Network, Input({string.Join(", ", input)})]\n[{string.Join(", ", declared.Select(layer => layer.Attribute))}]\n[{loss.Attribute}]\n";
        foreach (OracleLayer layer in declared)
        {
            // A dense layer flattens, which counts as a layer.
            if (layer is OracleDense && Output.Length > 1)
                Add(new OracleFlatten());
            Add(layer);
        }
    }

    public int[] Input { get; }

    public int[] Output { get; private set; }

    public OracleLoss Loss { get; }

    /// <summary>The attributes that declare the network.</summary>
    public string Source { get; }

    public int InputLength => Input.Aggregate(1, (product, extent) => product * extent);

    public int OutputLength => Output.Aggregate(1, (product, extent) => product * extent);

    /// <summary>The layers by their names.</summary>
    public IReadOnlyList<(string Name, OracleLayer Layer)> Layers => _layers;

    /// <summary>Every parameter tensor with its gradient, by its name in files.</summary>
    public IEnumerable<(string Name, double[] Values, double[] Gradient)> Parameters => _layers.SelectMany(layer => new[]
    {
        ($"{layer.Name}.weight", layer.Layer.Weight, layer.Layer.WeightGradient),
        ($"{layer.Name}.bias", layer.Layer.Bias, layer.Layer.BiasGradient),
    }).Where(parameter => parameter.Item2.Length > 0);

    /// <summary>The multiplications of one sample, roughly.</summary>
    public long Work => _layers.Sum(layer => layer.Layer is LinearLayer linear ? linear.TermCount : 20L * layer.Layer.Output.Aggregate(1, (p, e) => p * e));

    /// <summary>The factors of every dropout for each sample, or none in prediction.</summary>
    public Action<int>? BeforeSample { get; set; }

    public double[] Predict(double[] input, Kinks? kinks = null) =>
        _layers.Aggregate(input, (x, layer) => layer.Layer.Forward(x, kinks ?? new Kinks()));

    /// <summary>The mean loss of a batch.</summary>
    public double MeanLoss(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets, Kinks? kinks = null)
    {
        double sum = 0;
        for (int s = 0; s < inputs.Count; s++)
        {
            BeforeSample?.Invoke(s);
            double[] outputs = Predict(inputs[s], kinks);
            if (kinks is not null)
                Loss.Look(outputs, targets[s], kinks);
            sum += Loss.Value(outputs, targets[s]);
        }

        return sum / targets.Sum(Loss.Weight);
    }

    /// <summary>Fills the gradients of the parameters and returns those of the inputs.</summary>
    public double[][] Differentiate(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets)
    {
        foreach ((_, _, double[] gradient) in Parameters)
            Array.Clear(gradient);
        double share = 1 / targets.Sum(Loss.Weight);
        return [.. inputs.Select((input, s) =>
        {
            BeforeSample?.Invoke(s);
            List<double[]> values = [input];
            foreach ((_, OracleLayer layer) in _layers)
                values.Add(layer.Forward(values[^1], new Kinks()));
            double[] gradient = [.. Loss.Gradient(values[^1], targets[s]).Select(slope => slope * share)];
            for (int i = _layers.Count - 1; i >= 0; i--)
                gradient = _layers[i].Layer.Backward(values[i], values[i + 1], gradient);
            return gradient;
        })];
    }

    private void Add(OracleLayer layer)
    {
        layer.Bind(Output);
        _layers.Add(($"{_layers.Count}", layer));
        Output = layer.Output;
    }
}
