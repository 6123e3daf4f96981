namespace NetGen.Numerics.Tests.Oracle;

/// <summary>An output with its loss, if it has one, and that loss's share.</summary>
internal sealed record OracleOutput(OracleNode Node, OracleLoss? Loss, double Weight)
{
    /// <summary>How many numbers a sample's target has.</summary>
    public int TargetLength => Loss is null ? 0 : Loss.TakesClasses ? 1 : Node.Length;
}

/// <summary>
/// A graph of layers with losses: the source text of a network, and what that network must compute. Samples of several inputs, outputs or targets
/// lie one after the other.
/// </summary>
internal sealed class OracleNetwork
{
    private readonly OracleNode[] _inputs;

    /// <summary>A chain.</summary>
    /// <param name="input">The shape of a sample.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="layers">The layers, of this network alone.</param>
    public OracleNetwork(int[] input, OracleLoss loss, params IEnumerable<OracleLayer> layers)
        : this(new OracleBody("Network", new OraclePoint(null, [.. layers.Select(layer => new LayerItem(() => layer))]) { Loss = loss }) { Input = input }) { }

    public OracleNetwork(OracleBody body)
    {
        Source = body.Source;
        var builder = new OracleBuilder();
        OracleNode? input = body.Input is null ? null : builder.AddInput(body.Input);
        IReadOnlyList<OracleNode> points = builder.Run(body, input);
        Nodes = builder.Nodes;
        _inputs = [.. Nodes.Where(node => node.Layer is null)];
        OracleOutput[] outputs = [.. body.Points.Zip(points)
            .Where(pair => pair.First.IsOutput || pair.First.Loss is not null)
            .Select(pair => new OracleOutput(pair.Second, pair.First.Loss, pair.First.LossWeight))];
        Outputs = outputs.Length > 0 ? outputs : [new OracleOutput(points[^1], null, 1)];
        (InputLength, OutputLength) = (_inputs.Sum(node => node.Length), Outputs.Sum(output => output.Node.Length));
    }

    /// <summary>The classes that declare the network, which is called <c>Network</c>.</summary>
    public string Source { get; }

    public IReadOnlyList<OracleNode> Nodes { get; }

    public IReadOnlyList<OracleOutput> Outputs { get; }

    public int InputLength { get; }

    public int OutputLength { get; }

    /// <summary>Every parameter and state by its name in files.</summary>
    public IEnumerable<(string Name, OracleTensor Tensor)> Tensors => Nodes
        .SelectMany(node => (node.Layer?.Tensors ?? []).Select(tensor => (Name: $"{node.Path}.{tensor.Role}", tensor)))
        .DistinctBy(named => named.Name);

    /// <summary>The multiplications of one sample, roughly.</summary>
    public long Work => Nodes.Sum(node => node.Layer switch
    {
        null => 0,
        LinearLayer linear => linear.TermCount,
        OracleSwiGlu gated => 3L * gated.Tensors.Sum(tensor => tensor.Values.Length),
        // At each step all that is stored.
        OracleRecurrent recurrent => 20L * recurrent.Input[0] * recurrent.Tensors.Sum(tensor => tensor.Values.Length),
        _ => 20L * node.Length,
    });

    /// <summary>The outputs of a batch, by sample.</summary>
    public double[][] Predict(IReadOnlyList<double[]> inputs, Pass pass)
    {
        Dictionary<OracleNode, double[][]> values = Forward(inputs, pass);
        return [.. inputs.Select((_, s) => Outputs.SelectMany(output => values[output.Node][s]).ToArray())];
    }

    /// <summary>The loss of a batch: the weighted sum of the outputs' mean losses.</summary>
    public double MeanLoss(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets, Pass pass) =>
        MeanLoss(Forward(inputs, pass), targets, pass);

    /// <summary>
    /// Fills the gradients of the parameters and the next values of states, and returns the loss and the gradients of the inputs.
    /// </summary>
    public (double Loss, double[][] InputGradient) Differentiate(IReadOnlyList<double[]> inputs, IReadOnlyList<double[]> targets, Pass pass)
    {
        foreach ((_, OracleTensor tensor) in Tensors)
            tensor.Begin();
        Dictionary<OracleNode, double[][]> values = Forward(inputs, pass);
        Dictionary<OracleNode, double[][]> gradients = Nodes.ToDictionary(node => node, node => inputs.Select(_ => new double[node.Length]).ToArray());
        foreach ((OracleOutput output, double[][] target) in Judged(targets))
        {
            double share = output.Weight / target.Sum(output.Loss!.Weight);
            for (int s = 0; s < target.Length; s++)
                AddTo(gradients[output.Node][s], [.. output.Loss.Gradient(values[output.Node][s], target[s]).Select(slope => pass.Round(slope * share))]);
        }

        foreach (OracleNode node in Nodes.Reverse().Where(node => node.Layer is not null))
        {
            double[][][] slopes = node.Layer!.Backward([.. node.From.Select(from => values[from])], values[node], gradients[node], pass);
            for (int i = 0; i < slopes.Length; i++)
            {
                for (int s = 0; s < inputs.Count; s++)
                    AddTo(gradients[node.From[i]][s], slopes[i][s]);
            }
        }

        return (MeanLoss(values, targets, pass), [.. inputs.Select((_, s) => _inputs.SelectMany(input => gradients[input][s]).ToArray())]);
    }

    /// <summary>The gradient of the loss of a batch with respect to its outputs.</summary>
    public double[][] OutputGradients(IReadOnlyList<double[]> outputs, IReadOnlyList<double[]> targets)
    {
        double[][] gradients = [.. outputs.Select(row => new double[row.Length])];
        foreach ((OracleOutput output, double[][] target) in Judged(targets))
        {
            int start = Outputs.TakeWhile(other => other != output).Sum(other => other.Node.Length);
            double share = output.Weight / target.Sum(output.Loss!.Weight);
            for (int s = 0; s < target.Length; s++)
            {
                double[] slopes = output.Loss.Gradient(outputs[s].AsSpan(start, output.Node.Length).ToArray(), target[s]);
                for (int i = 0; i < slopes.Length; i++)
                    gradients[s][start + i] = slopes[i] * share;
            }
        }

        return gradients;
    }

    private double MeanLoss(Dictionary<OracleNode, double[][]> values, IReadOnlyList<double[]> targets, Pass pass) => Judged(targets).Sum(judged =>
    {
        (OracleOutput output, double[][] target) = judged;
        double[][] found = values[output.Node];
        for (int s = 0; s < target.Length; s++)
            output.Loss!.Look(found[s], target[s], pass);
        return output.Weight * found.Zip(target, output.Loss!.Value).Sum() / target.Sum(output.Loss.Weight);
    });

    /// <summary>What every layer leaves, for a batch: the tape that the way back reads.</summary>
    private Dictionary<OracleNode, double[][]> Forward(IReadOnlyList<double[]> inputs, Pass pass)
    {
        var values = new Dictionary<OracleNode, double[][]>();
        int offset = 0;
        foreach (OracleNode node in Nodes)
        {
            if (node.Layer is null)
            {
                int start = offset;
                values[node] = [.. inputs.Select(input => input.AsSpan(start, node.Length).ToArray())];
                offset += node.Length;
            }
            else
                values[node] = node.Layer.Forward([.. node.From.Select(from => values[from])], pass);
        }

        return values;
    }

    /// <summary>The outputs that have a loss, each with its targets.</summary>
    private IEnumerable<(OracleOutput Output, double[][] Targets)> Judged(IReadOnlyList<double[]> targets)
    {
        int offset = 0;
        foreach (OracleOutput output in Outputs.Where(output => output.Loss is not null))
        {
            int start = offset;
            yield return (output, [.. targets.Select(target => target.AsSpan(start, output.TargetLength).ToArray())]);
            offset += output.TargetLength;
        }
    }

    private static void AddTo(double[] sum, double[] values)
    {
        for (int i = 0; i < sum.Length; i++)
            sum[i] += values[i];
    }
}
