using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>
/// Chooses, for every image, what lies along the vector: its channels, pixel by pixel, or its columns, channel by channel.
/// </summary>
/// <remarks>
/// Callers pass images channel by channel, and the first layers have few channels: there the columns fill a vector better,
/// and nothing has to be transposed. Deeper in, channels are many and rows are short. So a network begins with columns, if
/// at all, and changes over at the first product whose channels fill vectors better; it never changes back.
/// </remarks>
internal sealed class Orientation
{
    // Columns must be clearly better where the network goes on to channels anyway.
    private const double Advantage = 1.25;

    private readonly HashSet<Value> _columns = [];

    private Orientation()
    {
    }

    /// <summary>Whether a tensor, or what it is the gradient of, lies channel by channel.</summary>
    public bool HasColumnsAlongVector(Value value) =>
        _columns.Contains(value) || (value.Primal is { } primal && HasColumnsAlongVector(primal));

    /// <summary>Adds a tensor that is laid out channel by channel for one reader.</summary>
    public void Add(Value value) => _columns.Add(value);

    public static Orientation Choose(NetworkGraph network, IReadOnlyList<Operation> forward)
    {
        var orientation = new Orientation();
        // A softmax runs along the channels of a pixel.
        if (network.Inputs[0].Value.Shape.Rank != 3 || forward.Any(operation => operation is Softmax { Source.Shape.Rank: 3 }))
            return orientation;
        Operation[] readers = [.. forward.Where(operation => operation.Inputs.Contains(network.Inputs[0].Value))];
        if (!readers.All(reader => reader is Contract contract && Suits(contract, network)))
            return orientation;

        orientation._columns.Add(network.Inputs[0].Value);
        foreach (Operation operation in forward)
        {
            if (operation.Output.Shape.Rank == 3 && orientation.Continues(operation, network))
                orientation._columns.UnionWith(operation.Inputs.Where(input => input.Shape.Equals(operation.Output.Shape)).Append(operation.Output));
        }

        return orientation;
    }

    private bool Continues(Operation operation, NetworkGraph network) => operation switch
    {
        Contract contract => _columns.Contains(contract.Left.Value) && Suits(contract, network),
        Map or Window => operation.Inputs.Any(_columns.Contains),
        Reshape reshape => reshape.Source.Shape.Rank == 3 && _columns.Contains(reshape.Source),
        _ => false,
    };

    private static bool Suits(Contract product, NetworkGraph network)
    {
        Shape output = product.Target.Value.Shape;
        if (output.Rank != 3)
            return false;

        // Columns can lie along the vector where neighbouring outputs read neighbouring inputs.
        Axis column = product.Target.Indices[2].Terms[0].Axis;
        if (product.Left.Indices[2].CoefficientOf(column) != 1)
            return false;
        double columns = Filling(output[2]);
        double channels = Filling(output[0]);
        return network.Outputs[0].Value.Shape.Rank == 3 ? columns >= channels : columns >= Advantage * channels;
    }

    private static double Filling(int extent) => (double)extent / Layout.RoundUp(extent);
}
