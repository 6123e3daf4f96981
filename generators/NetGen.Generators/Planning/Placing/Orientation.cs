using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// Chooses, for every image, what lies along the vector: its channels, pixel by pixel, or its columns, channel by channel.
/// </summary>
/// <remarks>
/// Callers pass images channel by channel, and the first layers have few channels: there the columns fill a vector better,
/// and nothing has to be transposed. Norms, activations and means of pixels are as good on them as on channels. Deeper in, channels
/// are many and rows are short. So a network begins with columns, if at all, and changes over at the first product whose channels
/// fill vectors better; only the last product of an image comes back, where it has few results.
/// </remarks>
internal sealed class Orientation
{
    // Columns must be clearly better where the network goes on to channels anyway.
    private const double Advantage = 1.25;

    // Vectors of columns that are apart are made of as many.
    private const double AdvantageOfStrided = 1.5;

    // What of a vector is filled at least where pixels lie along it, so that a copy into another order is worth more.
    private const double WellFilled = 0.75;

    // What transposing a vector costs in multiply-adds, and for each pixel to write a few results apart from each other, which callers want in lines.
    private const int Transposing = 8;
    private const int Apart = 2;

    // How many times as much the empty lanes of pixels have to cost, as a copy of a large image goes through memory.
    private const int WorthReturning = 2;

    // A product of pixels reads as many lines of memory at once as there are channels. So many do not drive each other out of the cache.
    private const int FewChannels = 64;

    private readonly Dictionary<Value, bool> _columns = [];
    private readonly HashSet<Value> _callers;
    private readonly IReadOnlyList<Operation> _forward;
    private readonly Func<Contract, bool> _goesByTiles;
    private readonly bool _endsWithImage;

    private Orientation(IEnumerable<Value> callers, IReadOnlyList<Operation> forward, Func<Contract, bool> goesByTiles, bool endsWithImage)
    {
        _callers = [.. callers];
        _forward = forward;
        _goesByTiles = goesByTiles;
        _endsWithImage = endsWithImage;
    }

    /// <summary>Whether a tensor, or what it is the gradient of, lies channel by channel.</summary>
    public bool HasColumnsAlongVector(Value value) => _columns.TryGetValue(value, out bool columns)
        ? columns
        : value.Primal is { } primal && HasColumnsAlongVector(primal);

    /// <summary>Says how a tensor lies that one reader wants laid out anew.</summary>
    public void SetColumns(Value value, bool columns) => _columns[value] = columns;

    /// <param name="network">The network.</param>
    /// <param name="forward">The forward operations of all its programs.</param>
    /// <param name="goesByTiles">Whether a convolution of pixels would be computed tile by tile.</param>
    public static Orientation Choose(NetworkGraph network, IReadOnlyList<Operation> forward, Func<Contract, bool> goesByTiles)
    {
        Value[] inputs = [.. network.Inputs.Select(input => input.Value).Where(value => value.Shape.IsSpatial)];
        IEnumerable<Value> rows = forward.Where(operation => IsRow(operation) && operation.Inputs.Any(inputs.Contains)).Select(row => row.Output);
        var orientation = new Orientation(inputs.Concat(rows), forward, goesByTiles, network.Outputs.Any(output => output.Value.Shape.IsImage));
        foreach (Value input in inputs)
        {
            Operation[] readers = [.. ReadersOf(input, forward)];
            if (!IsReadAsImage(input, forward) || readers.All(orientation.Suits)
                || readers.All(reader => FillsLines(reader, input) || orientation.SuitsPixelwise(reader)))
            {
                orientation._columns[input] = true;
            }
        }

        foreach (Operation operation in forward)
        {
            if (!operation.Output.Shape.IsSpatial || !(orientation.Continues(operation) || orientation.Returns(operation)))
                continue;
            orientation._columns[operation.Output] = true;
            // Random masks lie as what they are multiplied with.
            foreach (MapOperand mask in (operation as Map)?.Operands.Where(operand => operand.IsConstant) ?? [])
                orientation._columns[mask.Value] = true;
        }

        return orientation;
    }

    /// <summary>
    /// Whether a network's input is an image to somebody. A sequence, which attention and recurrent layers go through step by step,
    /// has the shape of a signal where callers pass it.
    /// </summary>
    public static bool IsReadAsImage(Value input, IReadOnlyList<Operation> operations) => input.Shape.IsImage
        || operations.Any(operation => operation.Inputs.Contains(input) && IsRow(operation));

    private static bool IsRow(Operation operation) => operation is Reshape { Output.Shape.IsImage: true };

    /// <summary>Whether the channels of an image fill a vector better than its columns do: rows of vectors would be mostly room.</summary>
    public static bool IsNarrow(Shape image) => image[0] >= Layout.Lanes && Filling(image[2]) < WellFilled * Filling(image[0]);

    /// <summary>Who reads a tensor, or reads it as the row of an image.</summary>
    private static IEnumerable<Operation> ReadersOf(Value value, IReadOnlyList<Operation> operations) => operations
        .Where(operation => operation.Inputs.Contains(value))
        .SelectMany(operation => IsRow(operation) ? ReadersOf(operation.Output, operations) : [operation]);

    private bool Continues(Operation operation) => operation switch
    {
        Contract contract => HasColumnsAlongVector(contract.Left.Value) && Suits(contract),
        Map map => map.Operands.Where(operand => !operand.IsConstant && operand.Value.IsPerSample && operand.Value.Shape.Equals(map.Output.Shape))
            is var images && images.Any() && images.All(image => HasColumnsAlongVector(image.Value)),
        Window window => HasColumnsAlongVector(window.Source),
        Softmax softmax => softmax.Source.Shape.IsImage && HasColumnsAlongVector(softmax.Source),
        Reshape reshape => reshape.Source.Shape.IsSpatial && HasColumnsAlongVector(reshape.Source),
        _ => false,
    };

    /// <summary>
    /// Whether the last product of an image has so few results that a copy of what it reads by columns costs less than vectors that lie along a
    /// pixel's channels, or its results.
    /// </summary>
    private bool Returns(Operation operation)
    {
        if (operation is not Contract { Right.Value.IsPerSample: false } product || HasColumnsAlongVector(product.Left.Value)
            || !StepsByColumns(product, out int step) || step != 1 || product.Target.Indices[0].Terms.Count(term => term.Axis.Extent > 1) > 1
            || !IsLast(product.Target.Value))
        {
            return false;
        }

        int results = product.Target.Value.Shape[0], channels = product.Left.Value.Shape[0], terms = product.Right.Value.Shape.Length / results;
        double byColumns = (results * terms + channels * Transposing) / Filling(product.Target.Value.Shape[2]);
        return WorthReturning * byColumns < Layout.Lanes * (InputLanes.MultiplyAdds(results, terms, channels) + Apart);
    }

    // Whether what becomes of an image without another product is what the caller gets.
    private bool IsLast(Value image) => _endsWithImage && ReadersOf(image, _forward).All(reader =>
        reader is Map or Softmax && reader.Output.Shape.IsImage && IsLast(reader.Output));

    // Norms, activations, means and softmaxes read an image as the caller passes it, unless it is so small that its pixels do not fill vectors.
    private static bool FillsLines(Operation reader, Value image) =>
        reader is Map or Reduce or Softmax or Contract { Right.Value.IsPerSample: true } && image.Shape.IsImage
        && SeamlessImages.IsPixelwise(reader, image) && Filling(PixelsOf(image.Shape)) >= WellFilled;

    private static int PixelsOf(Shape image) => image[1] * image[2];

    private bool Suits(Operation reader) => reader is Contract product && Suits(product);

    // What goes through pixels is as good on channels, so that it does not take products of windows along.
    private bool SuitsPixelwise(Operation reader) => reader is Contract product && SeamlessImages.IsPixelwise(product) && Suits(product);

    // Columns can lie along the vector where neighbouring outputs read neighbouring inputs, or such as are a few apart.
    private static bool StepsByColumns(Contract product, out int step)
    {
        bool hasColumns = product.Target.Value.Shape.IsImage && product.Target.Indices[2].IsPlain && product.Left.Indices.Count == 3;
        step = hasColumns ? product.Left.Indices[2].CoefficientOf(product.Target.Indices[2].Terms[0].Axis) : 0;
        return hasColumns;
    }

    private bool Suits(Contract product)
    {
        if (!StepsByColumns(product, out int step))
            return false;
        Shape output = product.Target.Value.Shape;
        double channels = Filling(ChannelsAlongVector(product));
        if (step != 1)
            return Strides(product, step) && Filling(output[2]) >= AdvantageOfStrided * channels;
        if (_endsWithImage && product.Left.Value.Shape[0] <= FewChannels && SeamlessImages.IsPixelwise(product))
            return Filling(PixelsOf(output)) >= WellFilled * channels;
        double columns = Filling(output[2]);
        return _endsWithImage ? columns >= channels : columns >= Advantage * channels;
    }

    // On the way back the gaps between the columns of a gradient would be multiplied, too; callers seldom ask for that of what they pass.
    private bool Strides(Contract product, int step) =>
        _callers.Contains(product.Left.Value) && StridedColumns.AreRead(step, product.Target.Value.Shape[2]) && !MeetsTiles(product.Target.Value);

    // Tiles are cut of pixels: a convolution behind columns is computed as a plain sum, which costs more than columns spare.
    private bool MeetsTiles(Value image) => ReadersOf(image, _forward).Any(reader => reader switch
    {
        Contract product => _goesByTiles(product),
        Map or Window => reader.Output.Shape.IsImage && MeetsTiles(reader.Output),
        _ => false,
    });

    // Of a convolution in groups the channels of one: others read other channels of the input.
    private static int ChannelsAlongVector(Contract product) => product.Target.Indices[0].Terms
        .Where(term => term.Coefficient == 1 && product.Left.Indices[0].CoefficientOf(term.Axis) is 0 or 1)
        .Select(term => term.Axis.Extent)
        .DefaultIfEmpty(1)
        .Max();

    private static double Filling(int extent) => (double)extent / Layout.RoundUp(extent);
}
