using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>A tensor in memory that callers pass: which of their blocks, where in a sample of it, and how long a sample is.</summary>
internal readonly record struct CallersTensor(Space Space, int Offset, int SampleLength)
{
    public Placement Place => new(Space, Offset);
}

/// <summary>Where the elements of every tensor of a program lie. Settled before anything is lowered, and the same to everybody.</summary>
internal sealed class Layouts
{
    private readonly Dictionary<Value, Layout> _layouts = [];
    private readonly IReadOnlyDictionary<Value, CallersTensor> _callers;
    private readonly Views _views;
    private readonly Orientation _orientation;
    private readonly Dictionary<Value, int> _margins = [];
    private readonly HashSet<Value> _tiled = [];
    private readonly HashSet<Value> _strided = [];
    private readonly HashSet<Value> _windowed = [];

    private Layouts(Views views, Orientation orientation, IReadOnlyDictionary<Value, CallersTensor> callers)
    {
        _views = views;
        _orientation = orientation;
        _callers = callers;
    }

    /// <param name="conversions">What copies were put into a program, and which of its tensors are views.</param>
    /// <param name="program">The program.</param>
    /// <param name="deriving">The operations on what is stored alone.</param>
    /// <param name="orientation">What lies along the vectors of images.</param>
    /// <param name="callers">The tensors in callers' memory.</param>
    /// <param name="stored">What is stored.</param>
    /// <param name="band">The layers that are done some lines at a time, if any are.</param>
    /// <param name="settled">A program that has settled where stored tensors lie; null if this one does.</param>
    public static Layouts Plan(
        Conversions conversions,
        IReadOnlyList<Operation> program,
        IReadOnlyList<Operation> deriving,
        Orientation orientation,
        IReadOnlyDictionary<Value, CallersTensor> callers,
        IReadOnlyList<Stored> stored,
        Band? band = null,
        Layouts? settled = null)
    {
        IReadOnlyList<Operation> operations = [.. program, .. deriving];
        var layouts = new Layouts(conversions.Views, orientation, callers);
        foreach (Value value in callers.Keys)
            layouts._layouts[value] = Layout.Dense(value.Shape);
        foreach (Value tensor in settled is null ? [] : stored.Concat(deriving.Select(operation => operation.Output)))
            layouts._layouts[tensor] = settled!.Of(tensor);

        Borders borders = Borders.Of(operations, conversions.Views, orientation);
        Operation[] all = [.. operations.SelectMany(operation => operation is Scan scan ? [scan, .. scan.Body] : new[] { operation })];
        foreach (StepTensor tensor in operations.OfType<Scan>().SelectMany(scan => scan.Tensors))
            layouts._margins[tensor.Whole] = Math.Max(layouts.MarginOf(tensor.Whole), Math.Abs(tensor.Shift));
        foreach (TileTransform transform in operations.OfType<TileTransform>())
            layouts._tiled.Add(transform.Stage == TileStage.Output ? transform.Source : transform.Output);
        layouts._strided.UnionWith(operations.OfType<Contract>()
            .Where(product => StridedColumns.StepOf(product.Target, product.Left, product.Right) > 1
                && layouts.HasColumns(StridedColumns.ColumnsOf(product.Target, product.Right)!.Value))
            .Select(product => layouts.RootOf(product.Left.Value)));
        layouts._windowed.UnionWith(operations.OfType<Contract>()
            .Where(product => product.Left.Value.Shape.IsImage && !layouts.HasColumns(product.Target.Value) && Panels.SlidesOverChannels(product))
            .Select(product => layouts.RootOf(product.Left.Value)));
        Value[] values = [.. all.SelectMany(operation => operation.Inputs.Concat(operation.Outputs)).Distinct()];
        foreach (Value value in values.Where(value => value.IsPerSample).OrderBy(conversions.Views.IsView))
            layouts.Place(value, conversions, orientation, borders);
        layouts.PlaceWeights(all, conversions);
        var uses = new Uses(all);
        foreach (Value value in values.Where(value => !value.IsPerSample).Concat(stored))
            layouts.PlaceShared(value, uses, orientation);
        foreach (Operation operation in band?.Operations ?? [])
            layouts.PlaceBand(operation.Output, band!.WholeOf(operation.Output)!, isWithin: operation.Output == band.OutputPart);
        if (band?.Copied is { } copied)
            layouts.PlaceCopied(copied, (Contract)band.Operations[0]);
        return layouts;
    }

    public Layout Of(Value value) => _layouts[value];

    /// <summary>The sums of a product, as they gather their terms.</summary>
    public IReadOnlyList<GatheredSum> SumsOf(Contract contract) =>
        ScatterToGather.Of(contract, _orientation.HasColumnsAlongVector(contract.Target.Value));

    /// <summary>How far apart vectors read columns of a product's left factor; 1 where they lie along something else.</summary>
    public int StepOf(Access target, Access left, Access right)
    {
        int step = StridedColumns.StepOf(target, left, right);
        return step > 1 && StridedColumns.ColumnsOf(target, right)!.Value is var columns && StridedColumns.AreRead(step, columns.Shape[2])
            && Of(left.Value).Stride(2) == 1 && Of(columns).Stride(2) == 1
                ? step
                : 1;
    }

    /// <summary>The tensor whose memory a value is a view or a part of; itself where it is none.</summary>
    public Value RootOf(Value value) => _views.RootOf(value);

    /// <summary>Whether a copy of a row is the row itself.</summary>
    public bool IsUncopied(Value row) => _views.IsUncopied(row);

    /// <summary>Whether a piece was computed where a move puts it.</summary>
    public bool IsInPlace(Move move, MovePiece piece) => _views.IsInPlace(move, piece);

    public bool IsCallers(Value value) => _callers.ContainsKey(RootOf(value));

    /// <summary>Where the caller's tensor that a value is, or is a view of, stands.</summary>
    public CallersTensor CallersOf(Value value) => _callers[RootOf(value)];

    /// <summary>The floats from one sample's tensor to the next; 0 for what all samples share, or take turns in.</summary>
    public int SampleStride(Value value) => !value.IsPerSample || value.IsScratch ? 0
        : _callers.TryGetValue(RootOf(value), out CallersTensor callers) ? callers.SampleLength
        : Of(RootOf(value)).Size;

    private void Place(Value value, Conversions conversions, Orientation orientation, Borders borders)
    {
        Value root = conversions.Views.RootOf(value);
        if (_layouts.ContainsKey(value))
            return;
        if (value.Whole?.Primal is { } parameter)
        {
            _layouts[value] = Of(parameter);
        }
        else if (conversions.Views.PartOf(value) is { } part)
        {
            if (!_layouts.ContainsKey(part.Whole))
                Place(part.Whole, conversions, orientation, borders);
            _layouts[value] = part.Rows is { } rows ? Of(part.Whole).Rows(part.Row, rows) : Of(part.Whole).Row(part.Row);
        }
        else if (conversions.Compact.Contains(value))
        {
            _layouts[value] = Layout.Compact(value.Shape);
        }
        else if (root != value)
        {
            if (!_layouts.ContainsKey(root))
                Place(root, conversions, orientation, borders);
            _layouts[value] = Of(root).Reshaped(value.Shape);
        }
        else
        {
            _layouts[value] = value.Shape.IsImage
                ? conversions.Seamless.Contains(value) ? Layout.Seamless(value.Shape)
                    : orientation.HasColumnsAlongVector(value)
                    ? Layout.ChannelsFirst(value.Shape, borders.Around(value), endsInZeros: value.Primal is not null, _strided.Contains(value))
                    : Layout.ChannelsLast(value.Shape, Panels.WidthFor(value.Shape[0]), borders.Around(value), _windowed.Contains(value))
                : _tiled.Contains(value) ? Layout.Points(value.Shape, Panels.WidthFor(value.Shape[3]))
                : value.Shape.IsSignal && !orientation.HasColumnsAlongVector(value)
                    ? Layout.StepsOfChannels(value.Shape, Panels.WidthFor(value.Shape[0]))
                : Plain(value.Shape).WithMargin(MarginOf(value));
            if (conversions.Views.IsReadBehind(value))
                _layouts[value] = Of(value) with { Size = Of(value).Size + Layout.Lanes };
        }
    }

    /// <summary>The rows beside a tensor of all steps that hold what comes before the first.</summary>
    private int MarginOf(Value value) => _margins.TryGetValue(value, out int rows) ? rows : 0;

    /// <summary>The floats that a tensor takes with all that is around it, from the beginning of what it is a row of.</summary>
    public (int Offset, int Length) MemoryOf(Value value) =>
        _views.PartOf(value) is { } part ? (Of(value).Origin, Of(part.Whole).Stride(0)) : (0, Of(value).Size);

    /// <summary>Where what comes before the first step stands, as floats from the beginning of the tensor, and its length.</summary>
    public (int Offset, int Length) StartOf(StepTensor tensor)
    {
        Layout whole = Of(tensor.Whole);
        return (whole.Origin + (tensor.Shift < 0 ? tensor.Shift : tensor.Whole.Shape[0]) * whole.Stride(0), whole.Stride(0));
    }

    // A weight lies as the first product that reads it walks over it.
    private void PlaceWeights(IReadOnlyList<Operation> operations, Conversions conversions)
    {
        foreach (Contract product in operations.SelectMany(ProductsWith))
        {
            (Value weight, Value left) = (product.Right.Value, product.Left.Value);
            bool alongColumns = HasColumns(left) || HasColumns(product.Target.Value) || conversions.IsOfColumns(left);
            if (!_layouts.ContainsKey(weight) && Panels.Place(product))
                _layouts[weight] = Panels.LayoutOf(product, Of(left), alongColumns);
        }
    }

    private bool HasColumns(Value value) => _orientation.HasColumnsAlongVector(_views.RootOf(value));

    // What is made of a weight reads it in the order in which the product would.
    private static IEnumerable<Contract> ProductsWith(Operation operation) => operation switch
    {
        Contract contract => [contract],
        TileTransform { Stage: TileStage.Weight } points => [points.Convolution.Product],
        _ => [],
    };

    private void PlaceShared(Value value, Uses uses, Orientation orientation)
    {
        if (_layouts.ContainsKey(value))
            return;
        if (value.Primal is { } primal)
        {
            PlaceShared(primal, uses, orientation);
            _layouts[value] = Of(primal);
            return;
        }

        // What a derived tensor is made of lies as it does; what maps apply to an image, as the image does.
        Map[] readers = [.. uses.ReadersOf(value).OfType<Map>().Where(map => map.Operands.Any(operand =>
            operand.Value == value && operand.Value.Shape.Equals(map.Output.Shape)))];
        Map? derived = readers.FirstOrDefault(map => map.Output.Kind == ValueKind.Derived && _layouts.ContainsKey(map.Output));
        Map? image = readers.FirstOrDefault(map => map.Output is { IsPerSample: true, Shape.IsImage: true });
        _layouts[value] = derived is not null ? Of(derived.Output)
            : image is null ? Plain(value.Shape)
            : orientation.HasColumnsAlongVector(image.Output)
                ? Layout.ChannelsFirst(value.Shape, Border.None, endsInZeros: false)
                : Layout.ChannelsLast(value.Shape, Panels.WidthFor(value.Shape[0]), Border.None);
    }

    /// <summary>Places some lines of an image: by themselves, with the border on their sides alone, or where the whole lies.</summary>
    private void PlaceBand(Value part, Value whole, bool isWithin)
    {
        if (isWithin)
        {
            _views.Attach(part, whole);
            _layouts[part] = Of(whole);
            return;
        }

        Border sides = SidesOf(whole);
        _layouts[part] = Of(whole).HasColumnsInnermost
            ? Layout.ChannelsFirst(part.Shape, sides, endsInZeros: false)
            : Layout.ChannelsLast(part.Shape, Panels.WidthFor(part.Shape[0]), sides, _windowed.Contains(whole));
    }

    // Channels take turns where each is read for one of the layer's alone, whose weights are equally far apart.
    private void PlaceCopied(CopiedLines copied, Contract reader)
    {
        bool takesTurns = copied.Channel is { } channel && Of(reader.Output).HasColumnsInnermost
            && reader.Right.Indices.Zip(Of(reader.Right.Value).Dimensions, (index, dimension) => (index, dimension))
                .All(pair => pair.index.CoefficientOf(channel) == 0 || pair.dimension.Factors.Count == 1);
        Shape shape = copied.Lines.Shape;
        Border sides = SidesOf(copied.Copy.Output);
        bool isStrided = _strided.Contains(copied.Copy.Output);
        _layouts[copied.Lines] = takesTurns
            ? Layout.ChannelsFirst(new Shape(1, shape[1], shape[2]), sides, endsInZeros: false, isStrided).InTurns(shape[0])
            : Layout.ChannelsFirst(shape, sides, endsInZeros: false, isStrided);
    }

    private Border SidesOf(Value whole) => Of(whole).Border with { Top = 0, Bottom = 0 };

    private static Layout Plain(Shape shape) => shape.Rank <= 1
        ? Layout.Vector(shape.Length, Panels.WidthFor(shape.Length))
        : Layout.Rows(shape, Panels.WidthFor(shape[shape.Rank - 1]));
}
