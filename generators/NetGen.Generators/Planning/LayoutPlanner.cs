using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>Decides where the elements of every tensor of a network lie, from all operations that touch it.</summary>
/// <remarks>
/// Images have their channels innermost, so that a vector holds the channels of one pixel, or their columns where
/// <see cref="Orientation"/> says so. Borders of zeros stand around an image where a convolution reads past its edge; gaps
/// between pixels where the gradient of a strided one does. A flattened image is the same memory under another shape.
/// </remarks>
internal sealed class LayoutPlanner
{
    private readonly Dictionary<Value, Value> _roots = [];
    private readonly Dictionary<Value, Border> _borders = [];
    private readonly Dictionary<Value, Layout> _layouts = [];

    private readonly Orientation _orientation;

    private LayoutPlanner(Orientation orientation) => _orientation = orientation;

    /// <param name="network">The network.</param>
    /// <param name="operations">Everything that will run.</param>
    /// <param name="orientation">What lies along the vectors.</param>
    /// <param name="gradients">The gradient of each parameter, which lies as the parameter does; null without training.</param>
    public static LayoutPlanner Plan(
        NetworkGraph network,
        IReadOnlyList<Operation> operations,
        Orientation orientation,
        IReadOnlyDictionary<Parameter, Value>? gradients)
    {
        var planner = new LayoutPlanner(orientation);
        foreach (Reshape reshape in operations.OfType<Reshape>())
            planner.Join(reshape.Source, reshape.Output);
        foreach (Contract contract in operations.OfType<Contract>())
            planner.RequireBorder(ScatterToGather.Rewrite(contract).Left, contract);

        // Sums over the columns of a row read whole vectors of it, which the caller's memory does not allow.
        bool sumsColumns = gradients is not null && orientation.HasColumnsAlongVector(network.Inputs[0].Value);
        planner.ReadsInputInPlace = !sumsColumns && planner.CanReadInPlace(network.Inputs[0].Value, operations);
        planner._layouts[network.Inputs[0].Value] = planner.ReadsInputInPlace
            ? Layout.Dense(network.Inputs[0].Value.Shape)
            : planner.LayoutOfInput(network.Inputs[0].Value, operations);
        foreach (Contract product in operations.OfType<Contract>().Where(contract => contract.Right.Value is Parameter))
        {
            if (!planner._layouts.ContainsKey(product.Right.Value) && product.Left.Value.IsPerSample && !product.Left.CountsGaps && IsForward(product))
                planner._layouts[product.Right.Value] = Panels.LayoutOf(product, planner.Of(product.Left.Value));
        }

        foreach (Parameter parameter in network.Parameters)
        {
            if (!planner._layouts.ContainsKey(parameter))
                planner._layouts[parameter] = Layout.Vector(parameter.Shape.Length, Panels.WidthFor(parameter.Shape.Length));
            if (gradients is not null)
                planner._layouts[gradients[parameter]] = planner._layouts[parameter];
        }

        return planner;
    }

    /// <summary>
    /// Whether operations read the caller's input as it lies: nothing is padded, and nothing needs its channels side by side
    /// or whole vectors of it. Otherwise a copy is staged first.
    /// </summary>
    public bool ReadsInputInPlace { get; private set; }

    public Layout Of(Value value)
    {
        if (_layouts.TryGetValue(value, out Layout? layout))
            return layout;

        Value root = RootOf(value);
        if (root != value)
            layout = value.Shape.Rank == root.Shape.Rank ? Of(root) : Of(root).Flattened();
        else if (value.Shape.Rank == 3)
            layout = Image(value, endsInZeros: value.Primal is not null);
        else
            layout = Layout.Vector(value.Shape.Length, Panels.WidthFor(value.Shape.Length));
        return _layouts[value] = layout;
    }

    /// <summary>The layout of some lines of an image, by themselves: with the border on their sides, but none above or below.</summary>
    public Layout OfPart(Value whole, Shape part)
    {
        Border sides = Of(whole).Border with { Top = 0, Bottom = 0 };
        return Of(whole).HasColumnsInnermost
            ? Layout.ChannelsFirst(part, sides, endsInZeros: false)
            : Layout.ChannelsLast(part, Panels.WidthFor(part[0]), sides);
    }

    /// <summary>The tensor whose memory a value is a view of; itself where it is none.</summary>
    public Value RootOf(Value value) => _roots.TryGetValue(value, out Value? root) ? RootOf(root) : value;

    private bool CanReadInPlace(Value input, IReadOnlyList<Operation> operations)
    {
        var views = new HashSet<Value> { input };
        foreach (Operation operation in operations)
        {
            if (!operation.Inputs.Any(views.Contains))
                continue;
            if (operation is Reshape)
                views.Add(operation.Output);
            else if (operation is not Contract contract || NeedsLanes(contract, views) || Reaches(contract.Left) != Border.None)
                return false;
        }

        return true;
    }

    // A product that has the input's channels along its vectors reads them side by side: depthwise convolutions.
    private bool NeedsLanes(Contract contract, HashSet<Value> views) =>
        views.Contains(contract.Left.Value) && contract.Target.Value.IsPerSample && !_orientation.HasColumnsAlongVector(contract.Target.Value) &&
        contract.Left.Indices[0].CoefficientOf(Panels.LaneAxis(contract)) != 0;

    private static bool IsForward(Contract contract) =>
        contract.Target.Indices.All(index => index.Terms.All(term => !contract.Right.Indices.Skip(1).Any(i => i.CoefficientOf(term.Axis) != 0)));

    private Layout LayoutOfInput(Value input, IReadOnlyList<Operation> operations)
    {
        bool needsLanes = operations.Any(operation => operation.Inputs.Contains(input) &&
            (operation is not Contract contract || (contract.Target.Value.IsPerSample && NeedsLanes(contract, [input]))));
        return input.Shape.Rank != 3
            ? Layout.Vector(input.Shape.Length, Panels.WidthFor(input.Shape.Length))
            : needsLanes
                ? Layout.ChannelsLast(input.Shape, Panels.WidthFor(input.Shape[0]), BorderOf(input))
                : Layout.ChannelsFirst(input.Shape, BorderOf(input), endsInZeros: false);
    }

    private Layout Image(Value value, bool endsInZeros) => _orientation.HasColumnsAlongVector(value)
        ? Layout.ChannelsFirst(value.Shape, BorderOf(value), endsInZeros)
        : Layout.ChannelsLast(value.Shape, Panels.WidthFor(value.Shape[0]), BorderOf(value));

    private Border BorderOf(Value value) => _borders.TryGetValue(value, out Border? border) ? border : Border.None;

    private void RequireBorder(Access access, Contract contract)
    {
        if (access.Value.Shape.Rank != 3)
            return;

        Border border = Reaches(access);
        if (access.CountsGaps)
        {
            border = border with
            {
                SpaceY = ScatterToGather.FindWindow(contract, 1)?.Stride ?? 1,
                SpaceX = ScatterToGather.FindWindow(contract, 2)?.Stride ?? 1,
            };
            border = border.Fitting(access.Value.Shape, Range(access.Indices[1]).Last, Range(access.Indices[2]).Last);
        }

        Value root = RootOf(access.Value);
        _borders[root] = BorderOf(root).Including(border);
    }

    private static Border Reaches(Access access)
    {
        if (access.Value.Shape.Rank != 3)
            return Border.None;
        (int top, int bottom) = Range(access.Indices[1]);
        (int left, int right) = Range(access.Indices[2]);
        return new Border(
            Math.Max(0, -top), Math.Max(0, -left),
            Math.Max(0, bottom - access.Value.Shape[1] + 1), Math.Max(0, right - access.Value.Shape[2] + 1));
    }

    private static (int First, int Last) Range(Graph.Index index) => (
        index.Offset + index.Terms.Sum(term => Math.Min(0, term.Coefficient * (term.Axis.Extent - 1))),
        index.Offset + index.Terms.Sum(term => Math.Max(0, term.Coefficient * (term.Axis.Extent - 1))));

    private void Join(Value source, Value view)
    {
        Value a = RootOf(source);
        Value b = RootOf(view);
        if (a == b)
            return;
        // The member with the most dimensions knows how the memory lies.
        if (b.Shape.Rank > a.Shape.Rank)
            _roots[a] = b;
        else
            _roots[b] = a;
    }
}
