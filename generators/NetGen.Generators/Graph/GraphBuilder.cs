using Microsoft.CodeAnalysis;
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
    private readonly List<Parameter> _parameters = [];
    private readonly List<Operation> _operations = [];
    private int _parameterCountBeforeLayer;
    private int _layerCount;

    private GraphBuilder(NetworkDeclaration declaration, Shape input)
    {
        _declaration = declaration;
        Current = new Value("input", input, isPerSample: true);
    }

    /// <summary>The tensor that the next layer starts from.</summary>
    public Value Current { get; private set; }

    /// <summary>Builds the graph. With errors among the diagnostics the graph is null.</summary>
    public static (NetworkGraph? Graph, IReadOnlyList<NetworkDiagnostic> Diagnostics) Build(NetworkDeclaration declaration)
    {
        (Shape? input, IReadOnlyList<NetworkDiagnostic> mistakes) = ChainRules.Check(declaration);
        if (input is null)
            return (null, mistakes);

        var builder = new GraphBuilder(declaration, input);
        builder._diagnostics.AddRange(mistakes);
        NetworkGraph graph = builder.Build();
        bool failed = builder._diagnostics.Any(d => d.Descriptor.DefaultSeverity == DiagnosticSeverity.Error);
        return (failed ? null : graph, builder._diagnostics);
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
            }

            // After a mistake in a shape everything behind it would be reported too, to nobody's use.
            if (_diagnostics.Any(d => d.Descriptor.DefaultSeverity == DiagnosticSeverity.Error))
                break;
        }

        return new NetworkGraph
        {
            Name = _declaration.Name,
            Input = input,
            Output = Current,
            Layers = _layers,
            Parameters = _parameters,
            Operations = _operations,
            Loss = loss,
        };
    }

    private void Run(AttributeDeclaration attribute, Action<LayerContext> build)
    {
        _parameterCountBeforeLayer = _parameters.Count;
        build(new LayerContext(this, attribute, $"{_layerCount++}"));
    }

    public void Report(DiagnosticDescriptor descriptor, SourcePlace place, string[] words) =>
        _diagnostics.Add(new NetworkDiagnostic(descriptor, place, words));

    public void Add(Parameter parameter) => _parameters.Add(parameter);

    public void Add(Operation operation) => _operations.Add(operation);

    public void Finish(string name, Value output, string kind, long operations)
    {
        int parameters = _parameters.Skip(_parameterCountBeforeLayer).Sum(parameter => parameter.Shape.Length);
        _layers.Add(new LayerSummary(name, kind, output.Shape, parameters, operations));
        Current = output;
    }

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
