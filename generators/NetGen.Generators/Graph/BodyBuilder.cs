using NetGen.Generators.Declarations;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph.Layers;

namespace NetGen.Generators.Graph;

/// <summary>
/// Builds the layers of one class, a network or one use of a block: in a chain, or point by point. What they add goes to the
/// graph; what is known here is how the class's points are called.
/// </summary>
internal sealed class BodyBuilder
{
    // What a single input without a name is called, as an argument of methods.
    private const string SoleInput = "input";

    private static readonly LayerPath s_root = new("", "");

    private readonly NetworkDeclaration _network;
    private readonly IBodyDeclaration _body;
    private readonly LayerPath _path;
    private readonly BodyBuilder? _user;
    private readonly Dictionary<string, Flow> _points = new(StringComparer.Ordinal);
    private readonly List<(string? Point, string Block, LayerPath Path)> _uses = [];
    private readonly List<InputPoint> _inputs = [];
    private string? _point;

    /// <summary>The builder of a network's own layers.</summary>
    public BodyBuilder(GraphBuilder graph, NetworkDeclaration network)
        : this(graph, network, network, s_root, user: null, network.Grade) { }

    private BodyBuilder(GraphBuilder graph, NetworkDeclaration network, IBodyDeclaration body, LayerPath path, BodyBuilder? user, Grade grade)
    {
        Graph = graph;
        _network = network;
        _body = body;
        _path = path;
        _user = user;
        Grade = grade;
    }

    public GraphBuilder Graph { get; }

    /// <summary>How exactly layers compute their functions where they do not say.</summary>
    public Grade Grade { get; }

    /// <summary>The network's inputs, in the order of their declaration.</summary>
    public IReadOnlyList<InputPoint> Inputs => _inputs;

    /// <summary>Builds a network, and gives its outputs; null after a mistake.</summary>
    public IReadOnlyList<OutputPoint>? RunNetwork()
    {
        AttributeDeclaration? input = _body.Attributes.FirstOrDefault(attribute => attribute.Kind == "Input");
        if (input is not null && ReadInput(input, SoleInput) is null)
            return null;
        if (_body.Points.Count > 0)
            return RunPoints() is null ? null : OutputsOfPoints();
        if (input is null)
            return null;

        AttributeDeclaration[] layers = [.. _body.Attributes.TakeWhile(attribute => LayerKinds.Loss(attribute.Kind) is null)];
        if (RunLayers(layers, _points[PointNames.Input], _path, isPoint: false) is not { } output)
            return null;
        return OutputOf("output", output, PointNames.Loss(_body.Attributes)) is { } point ? [point] : null;
    }

    /// <summary>What a point leaves; null where there is none of that name above, which the rules of names report.</summary>
    public Flow? PointOf(string name) => _points.TryGetValue(name, out Flow? flow) ? flow : null;

    /// <summary>Builds one use of a block; null after a mistake, which is reported here or where the block is declared.</summary>
    public Flow? RunBlock(ArgumentDeclaration type, ArgumentDeclaration? share, Flow input, LayerPath path, Grade grade)
    {
        BlockDeclaration? block = _network.Blocks.FirstOrDefault(block => block.FullName == type.Text);
        if (block is not { IsBlock: true } || Contains(block) || BodyRules.HaveErrors(block, _network.Blocks))
            return null;

        if (share?.Text is { } point)
        {
            int number = _uses.Count(use => use.Point == _point && use.Block == block.FullName);
            LayerPath[] shared = [.. _uses.Where(use => use.Point == point && use.Block == block.FullName).Select(use => use.Path)];
            if (number >= shared.Length)
            {
                Graph.Report(new(Diagnostics.DiagnosticDescriptors.NothingToShare, share.Place, point, block.Name));
                return null;
            }

            path = path with { FilePath = shared[number].FilePath, IsShared = true };
        }

        _uses.Add((_point, block.FullName, path));
        var inner = new BodyBuilder(Graph, _network, block, path, this, grade);
        inner._points[PointNames.Input] = input;
        return Graph.Name(path.Path, () => block.Points.Count > 0
            ? inner.RunPoints()
            : inner.RunLayers([.. block.Attributes], input, path, isPoint: false));
    }

    private bool Contains(BlockDeclaration block) => ReferenceEquals(_body, block) || _user?.Contains(block) == true;

    /// <summary>Builds the points in order, and gives what the last one leaves.</summary>
    private Flow? RunPoints()
    {
        Flow? above = PointOf(PointNames.Input);
        foreach (PointDeclaration point in _body.Points)
        {
            _point = point.Name;
            Flow? start = PointNames.StartOf(point) switch
            {
                PointStart.Above => above,
                PointStart.Named => PointOf(PointNames.From(point)!.Text ?? ""),
                PointStart.Input => ReadInput(point.Attributes.First(attribute => attribute.Kind == "Input"), ArgumentName(point.Name)),
                _ => null,
            };
            if (start is null && PointNames.StartOf(point) != PointStart.Joined)
                return null;

            LayerPath path = _path.Inner(point.Name);
            AttributeDeclaration[] layers = [.. point.Attributes.TakeWhile(attribute => LayerKinds.Loss(attribute.Kind) is null)];
            above = Graph.Name(path.Path, () => RunLayers(layers, start, path, isPoint: true));
            if (above is null)
                return null;
            _points[point.Name] = above;
        }

        return above;
    }

    /// <summary>Builds layers one after the other.</summary>
    /// <param name="attributes">Attributes, in which what is no layer is passed over.</param>
    /// <param name="start">What the first starts from; null where it joins named points.</param>
    /// <param name="path">The place of what holds them.</param>
    /// <param name="isPoint">Whether a single layer has that place itself, without a number behind it.</param>
    private Flow? RunLayers(IReadOnlyList<AttributeDeclaration> attributes, Flow? start, LayerPath path, bool isPoint)
    {
        AttributeDeclaration[] layers = [.. PointNames.Layers(attributes)];
        bool isAlone = isPoint && layers.Where(layer => LayerKinds.Layer(layer.Kind)!.IsModule).Sum(Times) == 1;
        Flow? flow = start;
        int index = 0;
        foreach (AttributeDeclaration layer in layers)
        {
            LayerKind kind = LayerKinds.Layer(layer.Kind)!;
            string? name = layer.Argument("Name")?.Text;
            for (int i = 0; i < Times(layer); i++)
            {
                // The flattening that a dense layer implies is a module of PyTorch's Sequential and takes an index there.
                if (flow is not null && kind.Implies(flow.Value.Shape) is { } implied)
                {
                    flow = Run(implied, new AttributeDeclaration(implied.Name, default, layer.Place), flow, PlaceOf(implied, index));
                    index += implied.IsModule ? 1 : 0;
                    if (flow is null)
                        return null;
                }

                LayerPath place = PlaceOf(kind, index);
                if (name is not null)
                    place = place with { FilePath = _path.Inner(Times(layer) == 1 ? name : $"{name}.{i}").FilePath };
                flow = Run(kind, layer, flow, place);
                index += kind.IsModule ? 1 : 0;

                // After a mistake in a shape everything behind it would be reported too, to nobody's use.
                if (flow is null)
                    return null;
            }
        }

        return flow;

        LayerPath PlaceOf(LayerKind kind, int number) => isAlone || !kind.IsModule ? path : path.Inner($"{number}");
    }

    private Flow? Run(LayerKind kind, AttributeDeclaration declaration, Flow? input, LayerPath path)
    {
        var layer = new LayerContext(this, kind, declaration, input, path);
        if (input?.Value.Type.Element == ElementType.Int32 && !kind.ReadsTokens)
            layer.Report(Diagnostics.DiagnosticDescriptors.TokensAreNoNumbers, null, kind.Name);
        else if (input?.Length is not null && !kind.MindsLength)
            layer.Report(Diagnostics.DiagnosticDescriptors.LengthUnknownTo, null, kind.Name);
        else
            kind.Build(layer);
        return layer.HasErrors ? null : layer.Output;
    }

    private Flow? ReadInput(AttributeDeclaration attribute, string name)
    {
        var context = new LayerContext(this, null, attribute, null, s_root.Inner(name));
        if (InputLayer.Type(context) is not { } type)
            return null;
        Value value = Graph.NewInput(name, type);
        var point = new InputPoint(name, value);
        _inputs.Add(point);
        var flow = new Flow(value);
        if (InputLayer.HasLength(context))
        {
            string lengthName = LengthName(name);
            Value length = Graph.NewInput(lengthName, new TensorType(new Shape(1), ElementType.Int32));
            _inputs.Add(new InputPoint(lengthName, length) { LengthOf = point });
            flow = InputLayer.Bounded(context, value, new SequenceLength(type.Shape[0], length));
            Graph.Name(value, flow.Value);
        }

        if (_point is null)
            _points[PointNames.Input] = flow;
        return flow;
    }

    /// <summary>The name of the input that says how many steps another has; no point's.</summary>
    private string LengthName(string input)
    {
        string name = input == SoleInput ? "length" : $"{input}Length";
        while (_body.Points.Any(point => ArgumentName(point.Name) == name))
            name += "_";
        return name;
    }

    private IReadOnlyList<OutputPoint>? OutputsOfPoints()
    {
        IReadOnlyList<PointDeclaration> points = PointNames.Outputs(_body.Points);
        AttributeDeclaration? onClass = PointNames.Loss(_body.Attributes);
        var outputs = new List<OutputPoint>();
        foreach (PointDeclaration point in points)
        {
            string name = points.Count == 1 ? "output" : ArgumentName(point.Name);
            if (OutputOf(name, _points[point.Name], PointNames.Loss(point.Attributes) ?? onClass) is not { } output)
                return null;
            outputs.Add(output);
        }

        return outputs;
    }

    private OutputPoint? OutputOf(string name, Flow flow, AttributeDeclaration? attribute)
    {
        if (attribute is null)
        {
            // Without a loss, plain numbers may be scores of classes as well as values.
            OutputMeaning meaning = flow.Meaning == OutputMeaning.Values ? OutputMeaning.Unknown : flow.Meaning;
            return new OutputPoint(name, Ended(flow, name).Value, null, meaning) { Length = LengthOf(flow) };
        }

        flow = Ended(flow, name);
        var context = new LayerContext(this, null, attribute, flow, s_root.Inner("Loss"));
        Loss loss = LayerKinds.Loss(attribute.Kind)!.Create(context);
        double weight = context.NumberThat(
            value => value > 0 && !double.IsInfinity(value), "Weight", "positive and finite", fallback: 1);
        return context.HasErrors ? null : new OutputPoint(name, flow.Value, loss, loss.Reads ?? flow.Meaning, weight) { Length = LengthOf(flow) };
    }

    /// <summary>What callers get of a sequence: zeros behind its end.</summary>
    private Flow Ended(Flow flow, string name)
    {
        if (flow.Length is not { } length)
            return flow;
        var context = new LayerContext(this, null, new AttributeDeclaration("Output", default, default), flow, s_root.Inner(name));
        Value ended = length.Hold(context, "ended", flow.Value, 0);
        Graph.Name(flow.Value, ended);
        return flow with { Value = ended };
    }

    private InputPoint? LengthOf(Flow flow) => _inputs.FirstOrDefault(input => input.Value == flow.Length?.Input);

    // What is no number of times is reported by the layer itself, when it is built once.
    private static int Times(AttributeDeclaration layer) => Math.Max(1, (int)(layer.Argument("Times")?.Number ?? 1));

    /// <summary>A point's name as that of an argument: <c>wheel</c>.</summary>
    private static string ArgumentName(string point) => char.ToLowerInvariant(point[0]) + point.Substring(1);
}
