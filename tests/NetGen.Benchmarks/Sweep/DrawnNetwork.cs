using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Sweep;

/// <summary>A network as it was drawn: a chain of layers, or several points.</summary>
/// <param name="Name">What it is called in the list: the kind, and the number by which it can be drawn again.</param>
/// <param name="Input">The shape of one input.</param>
/// <param name="Points">Its points; a chain has one.</param>
internal sealed record DrawnNetwork(string Name, int[] Input, IReadOnlyList<DrawnPoint> Points)
{
    /// <summary>The name of the class in <see cref="Source"/>.</summary>
    public const string ClassName = "Network";

    /// <summary>All layers.</summary>
    public IEnumerable<DrawnLayer> Layers => Points.SelectMany(point => point.Layers);

    /// <summary>The shape of one output.</summary>
    public int[] Output => Points[^1].Output;

    /// <summary>Whether it is judged by class ids; otherwise by values.</summary>
    public bool HasClasses => Output is [> 1] && Points[^1].Layers[^1].Attribute.StartsWith("Dense", StringComparison.Ordinal);

    /// <summary>The floats that one sample has at all points together.</summary>
    public double Activations => Layers.Sum(layer => (double)layer.Length);

    /// <summary>Its declaration.</summary>
    public string Source
    {
        get
        {
            string head = $"[Network, Input({string.Join(", ", Input)})";
            string loss = HasClasses ? "SoftmaxCrossEntropy" : "MeanSquaredError";
            if (Points.Count == 1)
                return $"{head}, {Attributes(Points[0])}, {loss}]\npublic partial class {ClassName};\n";
            IEnumerable<string> points = Points.Select(point => $"    [{Attributes(point)}] public partial Layer {point.Name} {{ get; }}\n");
            return $"{head}, {loss}]\npublic partial class {ClassName}\n{{\n{string.Concat(points)}}}\n";
        }
    }

    /// <summary>The layers in short, for the list.</summary>
    public string Summary =>
        $"{string.Join('×', Input)}: "
        + string.Join("; ", Points.Select(point => (Points.Count == 1 ? "" : $"{point.Name}: ") + Attributes(point)));

    /// <summary>The layers of the network one by one, each a network of its own with its activation behind it.</summary>
    public IEnumerable<DrawnNetwork> Parts()
    {
        var shapes = new Dictionary<string, int[]>();
        int[] above = Input;
        foreach (DrawnPoint point in Points)
        {
            int[] shape = point.From.Count == 1 ? shapes[point.From[0]] : above;
            for (int first = 0; first < point.Layers.Count;)
            {
                int count = 1;
                while (first + count < point.Layers.Count && point.Layers[first + count].IsElementwise)
                    count++;
                DrawnLayer[] layers = [.. point.Layers.Skip(first).Take(count)];
                if (first > 0 || point.From.Count <= 1)
                    yield return new DrawnNetwork($"{Name}, {point.Name} {first}", shape, [new DrawnPoint("", [], layers)]);
                shape = layers[^1].Output;
                first += count;
            }

            shapes[point.Name] = above = shape;
        }
    }

    /// <summary>The network as a model for a batch of a fixed size.</summary>
    public byte[] ToOnnx(ParameterBlock parameters, int batch)
    {
        var graph = new OnnxGraph(parameters);
        var values = new Dictionary<string, string>();
        string above = OnnxGraph.Input;
        foreach (DrawnPoint point in Points)
        {
            IReadOnlyList<string> inputs = point.From.Count == 0 ? [above] : [.. point.From.Select(name => values[name])];
            for (int i = 0; i < point.Layers.Count; i++)
                inputs = [point.Layers[i].Onnx(graph, NameOf(point, i), inputs)];
            values[point.Name] = above = inputs[0];
        }

        return graph.ToModel(ShapeOf(Input, batch), ShapeOf(Output, batch));
    }

    /// <summary>A shape with the batch before it.</summary>
    public static long[] ShapeOf(int[] sample, int batch) => [batch, .. sample.Select(extent => (long)extent)];

    // Members of a chain are numbered; those of a point too, if it has several beside what joins others.
    private string NameOf(DrawnPoint point, int layer)
    {
        if (Points.Count == 1)
            return $"{layer}";
        int joins = point.From.Count > 1 ? 1 : 0;
        return point.Layers.Count - joins > 1 ? $"{point.Name}.{layer - joins}" : point.Name;
    }

    private static string Attributes(DrawnPoint point)
    {
        IEnumerable<string> layers = point.Layers.Select(layer => layer.Attribute);
        return string.Join(", ", point.From.Count == 1 ? layers.Prepend($"From(\"{point.From[0]}\")") : layers);
    }
}
