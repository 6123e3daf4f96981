using NetGen.Benchmarks.Peers.Onnx;

namespace NetGen.Benchmarks.Sweep;

/// <summary>Adds what a layer computes to an ONNX model.</summary>
/// <param name="graph">The model.</param>
/// <param name="name">What the layer's parameters are called before the dot.</param>
/// <param name="inputs">The values it reads.</param>
/// <returns>The value it computes.</returns>
internal delegate string OnnxWriter(OnnxGraph graph, string name, IReadOnlyList<string> inputs);

/// <summary>A layer as it was drawn: how it is declared, what it makes of a shape, and what others call it.</summary>
/// <param name="Attribute">The attribute that declares it.</param>
/// <param name="Output">The shape of one sample of its output.</param>
/// <param name="Onnx">What it is in ONNX.</param>
internal sealed record DrawnLayer(string Attribute, int[] Output, OnnxWriter Onnx)
{
    /// <summary>The numbers of its weight.</summary>
    public long Weights { get; init; }

    /// <summary>Multiplications and additions of its product.</summary>
    public double Products { get; init; }

    /// <summary>
    /// Operations for elementary functions, which a network's description counts as one each: sixteen lanes of an exponential cost what sixteen
    /// multiply-adds cost, of a division six, as measured of functions of six good digits.
    /// </summary>
    public double Functions { get; init; }

    /// <summary>Whether it computes each element from the same element alone.</summary>
    public bool IsElementwise { get; init; }

    /// <summary>The number of floats in one sample of its output.</summary>
    public int Length => LengthOf(Output);

    /// <summary>The number of floats of a shape.</summary>
    public static int LengthOf(IEnumerable<int> shape) => shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>Layers in a row, with a name where they are a point of a graph.</summary>
/// <param name="Name">The point's name.</param>
/// <param name="From">The points that the first layer reads; none for the point above.</param>
/// <param name="Layers">The layers.</param>
internal sealed record DrawnPoint(string Name, IReadOnlyList<string> From, IReadOnlyList<DrawnLayer> Layers)
{
    /// <summary>The shape of its output.</summary>
    public int[] Output => Layers[^1].Output;
}
