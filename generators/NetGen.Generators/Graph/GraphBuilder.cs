using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>Turns a declaration into a graph, and holds what the layers add to it: tensors, operations, mistakes.</summary>
internal sealed class GraphBuilder
{
    private readonly List<Mistake> _diagnostics = [];
    private readonly List<LayerSummary> _layers = [];
    private readonly List<NamedPoint> _points = [];
    private readonly List<Stored> _stored = [];
    private readonly Dictionary<string, (Stored Tensor, LayerContext Owner)> _byFileName = new(StringComparer.Ordinal);
    private readonly List<Operation> _prediction = [];
    private readonly List<Operation> _training = [];
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private readonly List<Stored> _used = [];
    private int _storedBeforeLayer;
    private readonly Wiring _wiring = new();
    private readonly Dictionary<State, Value> _stateUpdates = [];
    private Value? _sampleShare;
    private int _randomStreams;

    /// <summary>The floats that one sample's activations take at most so far, the inputs' among them.</summary>
    public long ActivationLength { get; private set; }

    /// <summary>The floats of all parameters and states so far.</summary>
    public long ParameterLength { get; private set; }

    /// <summary>Whether a mistake was found that leaves nothing to generate.</summary>
    public bool HasErrors => _diagnostics.Any(mistake => mistake.IsError);

    /// <summary>Builds the graph. With errors among the diagnostics the graph is null.</summary>
    public static (NetworkGraph? Graph, IReadOnlyList<Mistake> Diagnostics) Build(NetworkDeclaration declaration)
    {
        var builder = new GraphBuilder();
        NetworkGraph? graph = builder.BuildNetwork(declaration);
        return (builder.HasErrors ? null : graph, builder._diagnostics);
    }

    public void Report(Mistake mistake)
    {
        // Height and width may both be read from one argument, which is wrong only once.
        if (!_diagnostics.Contains(mistake))
            _diagnostics.Add(mistake);
    }

    /// <summary>A name for what a layer adds that nothing else has: two paths may read the same without their dots.</summary>
    public string IdentifierOf(LayerPath path)
    {
        string identifier = path.Identifier;
        string name = identifier;
        for (int i = 2; !_identifiers.Add(name); i++)
            name = $"{identifier}_{i}";
        return name;
    }

    /// <summary>A tensor that callers pass.</summary>
    public Value NewInput(string name, TensorType type)
    {
        ActivationLength += Limits.RoomFor(type.Shape);
        var input = new Value(name, type.Shape, ValueKind.Input) { Type = type };
        _wiring.AddInput(input);
        return input;
    }

    /// <summary>Lets a tensor that is made of another, beside the layers, go by the other's name.</summary>
    public void Name(Value source, Value made) => _wiring.Rename(source, made, _prediction);

    /// <summary>
    /// A stored tensor: a new one or, where the layer shares the parameters of another, that one's. Others must differ in the name
    /// that they have in files.
    /// </summary>
    public T Store<T>(LayerContext layer, string fileName, Shape shape, Func<string, T> create) where T : Stored
    {
        T tensor = Find(layer, fileName, shape, create);
        _used.Add(tensor);
        return tensor;
    }

    public int NextRandomStream() => _randomStreams++;

    /// <summary>1 / the number of samples of a training step, for all layers that ask for it.</summary>
    public Value SampleShare()
    {
        if (_sampleShare is null)
        {
            _sampleShare = new Value("sampleShare", new Shape(1), ValueKind.Constant);
            _training.Insert(0, new SampleShare("Batch", _sampleShare));
        }

        return _sampleShare;
    }

    /// <summary>What a state is so far in a training step: what it was before or, where a shared layer ran already, what that left.</summary>
    public Value Current(State state) => _stateUpdates.TryGetValue(state, out Value? next) ? next : state;

    public void Update(State state, Value next) => _stateUpdates[state] = next;

    public void Add(Operation operation, Programs programs)
    {
        if (programs.HasFlag(Programs.Prediction))
            _prediction.Add(operation);
        if (programs.HasFlag(Programs.Training))
            _training.Add(operation);
    }

    public void Finish(LayerContext layer, Value output, string description, long operations, string values)
    {
        int parameters = _stored.Skip(_storedBeforeLayer).OfType<Parameter>().Sum(parameter => parameter.Shape.Length);
        _storedBeforeLayer = _stored.Count;
        string name = layer.Path.IsShared ? layer.Path.Path : layer.Path.FilePath;
        (IReadOnlyList<string> from, bool handsOn) = _wiring.Finish(name, output, _prediction);
        _layers.Add(new LayerSummary(name, layer.Name, layer.Kind, description, output.Shape, parameters, operations)
        {
            From = from,
            HandsOn = handsOn,
            Values = values,
        });
        ActivationLength += Limits.RoomFor(output.Shape);
    }

    /// <summary>Runs a part of the network and names what it leaves; what it leaves last, where a block is all that a point holds.</summary>
    public Flow? Name(string name, Func<Flow?> build)
    {
        int before = _used.Count;
        if (build() is not { } flow)
            return null;
        _points.RemoveAll(point => point.Name == name);
        _points.Add(new NamedPoint(name, flow.Value, [.. _used.Skip(before).Distinct()]));
        return flow;
    }

    private NetworkGraph? BuildNetwork(NetworkDeclaration declaration)
    {
        foreach (Mistake mistake in BodyRules.CheckNetwork(declaration))
            Report(mistake);
        var body = new BodyBuilder(this, declaration);
        if (body.RunNetwork() is not { } outputs || HasErrors)
            return null;

        Initialisers.Settle(_stored, _prediction);
        return new NetworkGraph
        {
            Name = declaration.Name,
            Inputs = body.Inputs,
            Outputs = [.. outputs.Select(output => output with { From = _wiring.SourceOf(output.Value) })],
            Layers = _layers,
            Points = _points,
            KeptPoints = declaration.KeepsPoints ? _points : [],
            TakesOutputGradients = declaration.TakesOutputGradients,
            HasPlainSums = declaration.HasPlainSums,
            Stored = _stored,
            Prediction = _prediction,
            Training = _training,
            StateUpdates = [.. _stateUpdates.Select(update => new StateUpdate(update.Key, update.Value))],
        };
    }

    private T Find<T>(LayerContext layer, string fileName, Shape shape, Func<string, T> create) where T : Stored
    {
        if (!_byFileName.TryGetValue(fileName, out (Stored Tensor, LayerContext Owner) found))
        {
            T created = create(fileName);
            _stored.Add(created);
            _byFileName.Add(fileName, (created, layer));
            ParameterLength += shape.Length;
            return created;
        }

        if (!layer.Path.IsShared)
        {
            // A layer's weight and its bias are twice there for one reason.
            if (!layer.HasErrors)
                layer.Report(DiagnosticDescriptors.NameTwice, "Name", fileName, $"[{found.Owner.Kind}]");
            return create(fileName);
        }

        if (found.Tensor is T shared && shared.Shape.Extents.SequenceEqual(shape.Extents))
            return shared;
        layer.Report(DiagnosticDescriptors.SharedShapes, null, fileName, shape.ToString(), found.Tensor.Shape.ToString());
        return create(fileName);
    }
}
