using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph.Layers;

namespace NetGen.Generators.Graph;

/// <summary>
/// Turns a declaration into a graph: each layer in turn infers its shape, reports what is wrong and adds its operations.
/// </summary>
internal sealed class GraphBuilder
{
    private readonly NetworkDeclaration _declaration;
    private readonly List<NetworkDiagnostic> _diagnostics = [];
    private readonly List<LayerSummary> _layers = [];
    private readonly List<Stored> _stored = [];
    private readonly List<Operation> _prediction = [];
    private readonly List<Operation> _training = [];
    private int _storedBeforeLayer;
    private int _layerCount;
    private int _randomStreams;
    private bool _layerFailed;

    private GraphBuilder(NetworkDeclaration declaration, Shape input)
    {
        _declaration = declaration;
        ActivationLength = Limits.RoomFor(input);
        Current = new Value("input", input, ValueKind.Input);
    }

    /// <summary>The tensor that the next layer starts from.</summary>
    public Value Current { get; private set; }

    /// <summary>The floats that one sample's activations take at most so far, the input's among them.</summary>
    public long ActivationLength { get; private set; }

    /// <summary>The floats of all parameters so far.</summary>
    public long ParameterLength { get; private set; }

    /// <summary>Builds the graph. With errors among the diagnostics the graph is null.</summary>
    public static (NetworkGraph? Graph, IReadOnlyList<NetworkDiagnostic> Diagnostics) Build(NetworkDeclaration declaration)
    {
        (Shape? input, IReadOnlyList<NetworkDiagnostic> mistakes) = ChainRules.Check(declaration);
        if (input is null)
            return (null, mistakes);

        var builder = new GraphBuilder(declaration, input);
        builder._diagnostics.AddRange(mistakes);
        NetworkGraph graph = builder.Build();
        return (builder._diagnostics.Any(mistake => mistake.IsError) ? null : graph, builder._diagnostics);
    }

    private NetworkGraph Build()
    {
        Value input = Current;
        Loss? loss = null;
        foreach (AttributeDeclaration attribute in _declaration.Attributes)
        {
            if (LayerTable.Layers.TryGetValue(attribute.Kind, out Action<LayerContext>? build))
            {
                // The flattening that a dense layer implies is a module of PyTorch's Sequential and takes an index there.
                if (attribute.Kind == "Dense" && Current.Shape.Rank > 1)
                    Run(new AttributeDeclaration("Flatten", default, attribute.Place), FlattenLayer.Build);
                Run(attribute, build);
            }
            else if (LayerTable.Losses.TryGetValue(attribute.Kind, out Func<LayerContext, Loss>? create))
            {
                loss = create(new LayerContext(this, attribute, "Loss"));
                break;
            }

            // After a mistake in a shape everything behind it would be reported too, to nobody's use.
            if (_layerFailed)
                break;
        }

        return new NetworkGraph
        {
            Name = _declaration.Name,
            Inputs = [new InputPoint("input", input)],
            Outputs = [new OutputPoint("output", Current, loss, MeaningOfOutputs(loss))],
            Layers = _layers,
            Stored = _stored,
            Prediction = _prediction,
            Training = _training,
        };
    }

    private OutputMeaning MeaningOfOutputs(Loss? loss)
    {
        if (loss?.Reads is { } reads)
            return reads;
        IEnumerable<string> layers = _declaration.Attributes.Select(attribute => attribute.Kind).Where(LayerTable.Layers.ContainsKey);
        OutputMeaning meaning = OutputRange.MeaningOf(layers.Reverse(), Current.Shape);
        // Without a loss, plain numbers may be scores of classes as well as values.
        return loss is null && meaning == OutputMeaning.Values ? OutputMeaning.Unknown : meaning;
    }

    private void Run(AttributeDeclaration attribute, Action<LayerContext> build)
    {
        _storedBeforeLayer = _stored.Count;
        build(new LayerContext(this, attribute, $"{_layerCount++}"));
    }

    public void Report(NetworkDiagnostic mistake)
    {
        // Height and width may both be read from one argument, which is wrong only once.
        if (!_diagnostics.Contains(mistake))
            _diagnostics.Add(mistake);
        _layerFailed |= mistake.IsError;
    }

    public void Add(Stored stored)
    {
        _stored.Add(stored);
        ParameterLength += stored.Shape.Length;
    }

    public int NextRandomStream() => _randomStreams++;

    public void Add(Operation operation, Programs programs)
    {
        if (programs.HasFlag(Programs.Prediction))
            _prediction.Add(operation);
        if (programs.HasFlag(Programs.Training))
            _training.Add(operation);
    }

    public void Finish(string name, Value output, string kind, long operations)
    {
        int parameters = _stored.Skip(_storedBeforeLayer).OfType<Parameter>().Sum(parameter => parameter.Shape.Length);
        _layers.Add(new LayerSummary(name, kind, output.Shape, parameters, operations));
        ActivationLength += Limits.RoomFor(output.Shape);
        Current = output;
    }

    /// <summary>The kinds of the attributes before one, the nearest first.</summary>
    public IEnumerable<string> KindsBefore(AttributeDeclaration attribute) =>
        _declaration.Attributes.TakeWhile(a => !ReferenceEquals(a, attribute)).Reverse().Select(a => a.Kind);

    /// <summary>The first activation behind a layer, before the next layer with weights.</summary>
    public Activation? ActivationAfter(AttributeDeclaration layer)
    {
        foreach (AttributeDeclaration next in _declaration.Attributes.SkipWhile(a => !ReferenceEquals(a, layer)).Skip(1))
        {
            if (LayerTable.WeightedKinds.Contains(next.Kind))
                return null;
            if (ActivationLayer.Find(new LayerContext(this, next, "")) is { } activation)
                return activation;
        }

        return null;
    }
}
