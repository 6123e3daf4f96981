using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>
/// Plans prediction. What works on images runs sample by sample, so that a sample's activations stay in the cache; what
/// works on vectors runs on a block of samples, whose rows share every weight that is loaded.
/// </summary>
internal sealed class InferencePlanner : ILayouts
{
    // Samples of a block: enough rows to make the weights' loads cheap, few enough that a batch has blocks for every thread
    // and activations stay in the L2 cache. Images are work enough by themselves.
    private const int RowsOfBlock = 32;
    private const int ImagesOfBlock = 16;

    private readonly LayoutPlanner _layouts;
    private readonly HashSet<Value> _perSampleOnly = [];
    private readonly Value _input;
    private readonly Value _callersInput;
    private readonly Value _outputs;
    private Value? _writtenInPlace;
    private Band? _band;

    private InferencePlanner(NetworkGraph graph, LayoutPlanner layouts)
    {
        _layouts = layouts;
        _input = graph.Inputs[0].Value;
        _callersInput = new Value("inputs", graph.Inputs[0].Value.Shape, ValueKind.Activation);
        _outputs = new Value("outputs", graph.Outputs[0].Value.Shape, ValueKind.Activation);
    }

    public static InferencePlan Plan(
        NetworkGraph graph, IReadOnlyList<Operation> operations, LayoutPlanner layouts, IReadOnlyDictionary<Value, long> parameters) =>
        new InferencePlanner(graph, layouts).Plan(graph, operations, parameters);

    public Layout Of(Value value) => _band?.WholeOf(value) is { } whole
        ? value == _band.OutputPart ? Of(whole) : _layouts.OfPart(whole, value.Shape)
        : value == _outputs || value == _callersInput || value == _writtenInPlace
        ? Layout.Dense(value.Shape)
        : _layouts.Of(value);

    public int SampleStride(Value value)
    {
        if (!value.IsPerSample)
            return 0;
        if (_band?.WholeOf(value) is { } whole)
            return value == _band.OutputPart ? SampleStride(whole) : Of(value).Size;
        if (value == _outputs || value == _callersInput || value == _writtenInPlace || (value == _input && _layouts.ReadsInputInPlace))
            return value.Shape.Length;
        Value root = RootOf(value);
        if (root == _input && _layouts.ReadsInputInPlace)
            return root.Shape.Length;
        return Of(root).Size;
    }

    private InferencePlan Plan(
        NetworkGraph graph, IReadOnlyList<Operation> operations, IReadOnlyDictionary<Value, long> parameters)
    {
        List<ProgramUnit> units = Fusion.Fuse(operations, [graph.Outputs[0].Value]);
        _band = Band.Find(operations);
        int split = units.FindLastIndex(unit => unit.Writes.Any(IsImage)) + 1;
        bool stagesImage = !_layouts.ReadsInputInPlace && graph.Inputs[0].Value.Shape.Rank == 3;
        bool endsWithImage = IsImage(graph.Outputs[0].Value);

        // An image that lies by columns is what the caller gets, if the kernel that computes it writes every row as it is.
        Value output = _layouts.RootOf(graph.Outputs[0].Value);
        if (endsWithImage && Of(output).HasColumnsInnermost && units[units.Count - 1].Fused is not null)
            _writtenInPlace = output;

        var readByBlock = new HashSet<Value>(units.Skip(split).SelectMany(unit => unit.Reads).Select(_layouts.RootOf));
        foreach (Value value in units.Take(split).SelectMany(unit => unit.Writes).Select(_layouts.RootOf).Append(stagesImage ? graph.Inputs[0].Value : null!))
        {
            if (value is not null && value != _writtenInPlace && !readByBlock.Contains(value) && (split < units.Count || endsWithImage || value == graph.Inputs[0].Value))
                _perSampleOnly.Add(value);
        }

        var planner = new StepPlanner(this, graph);
        List<Step> perSample = [.. PlanPerSample(planner, [.. units.Take(split)])];
        List<Step> block = [.. planner.Plan(units.Skip(split), "Forward")];
        if (!_layouts.ReadsInputInPlace)
        {
            Step staging = planner.Copy("Input", "the input with room around it",
                _callersInput, Of(_callersInput), SampleStride(_callersInput), graph.Inputs[0].Value, Of(graph.Inputs[0].Value), SampleStride(graph.Inputs[0].Value));
            (stagesImage ? perSample : block).Insert(0, staging);
        }

        if (_writtenInPlace is null)
        {
            (endsWithImage ? perSample : block).Add(planner.Copy("Output", "what the caller gets",
                graph.Outputs[0].Value, Of(graph.Outputs[0].Value), SampleStride(graph.Outputs[0].Value), _outputs, Of(_outputs), SampleStride(_outputs)));
        }

        int blockSize = perSample.Count > 0 ? ImagesOfBlock : RowsOfBlock;
        MemoryMap memory = Allocate(graph, perSample, block, parameters, blockSize);
        var handedOn = new Dictionary<Value, int>();
        foreach (Value value in perSample.SelectMany(step => step.Bindings).Where(value => value.IsPerSample))
        {
            if (!_perSampleOnly.Contains(RootOf(value)))
                handedOn[value] = SampleStride(value);
        }

        return new InferencePlan(perSample, block, handedOn, memory, blockSize);
    }

    private IEnumerable<Step> PlanPerSample(StepPlanner planner, ProgramUnit[] units)
    {
        if (_band is not { } band)
            return planner.Plan(units, "Forward");

        _perSampleOnly.UnionWith(band.Operations.Select(operation => operation.Output).Where(part => part != band.OutputPart));
        var moving = new Dictionary<Value, int>
        {
            [band.Input] = band.InputStep * Of(band.Input).Stride(1),
            [band.OutputPart] = Of(band.OutputPart).Stride(1),
        };
        Step[] steps = [.. planner.Plan(Fusion.Fuse(band.Operations, [band.OutputPart]), "Forward")];
        return
        [
            .. planner.Plan(units.TakeWhile(unit => !band.Covers(unit)), "Forward"),
            new BandStep(steps, band.Lines, band.Extent, moving),
            .. planner.Plan(units.SkipWhile(unit => !band.Covers(unit)).SkipWhile(band.Covers), "Forward"),
        ];
    }

    /// <summary>The tensor in whose memory another lies: a view, or the band of one that is there as a whole.</summary>
    private Value RootOf(Value value) => _layouts.RootOf(_band is { } band && value == band.OutputPart ? band.Output : value);

    private bool IsImage(Value value) => _layouts.RootOf(value).Shape.Rank == 3;

    private MemoryMap Allocate(
        NetworkGraph graph, List<Step> perSample, List<Step> block, IReadOnlyDictionary<Value, long> parameters, int blockSize)
    {
        var memory = new MemoryMap();
        foreach (KeyValuePair<Value, long> parameter in parameters)
            memory.Placements[parameter.Key] = new Placement(Space.Parameters, parameter.Value);
        if (_layouts.ReadsInputInPlace)
            memory.Placements[graph.Inputs[0].Value] = new Placement(Space.Inputs, 0);

        var scratch = new ScratchAllocator();
        List<Step> steps = [.. perSample, .. block];
        for (int i = 0; i < steps.Count; i++)
        {
            foreach (Value value in steps[i].Bindings)
            {
                Value root = RootOf(value);
                if (value == _callersInput)
                    memory.Placements[value] = new Placement(Space.Inputs, 0);
                else if (value == _outputs || root == _writtenInPlace)
                    memory.Placements[value] = new Placement(Space.Outputs, 0);
                else if (!memory.Placements.ContainsKey(root))
                    scratch.Use(root, i, (long)Of(root).Size * (_perSampleOnly.Contains(root) ? 1 : blockSize), !Of(root).Border.IsNone || Of(root).Origin != 0);
            }
        }

        // What the sample loop hands to the block must survive until the loop is over, for all its samples.
        scratch.Extend(perSample.Count, value => !_perSampleOnly.Contains(value));
        foreach ((Value value, long offset) in scratch.Allocate())
            memory.Placements[value] = new Placement(Space.Workspace, offset);
        foreach (Value value in steps.SelectMany(step => step.Bindings).Distinct())
        {
            if (!memory.Placements.ContainsKey(value))
                memory.Placements[value] = memory.Placements[RootOf(value)];
        }

        memory.FixedLength = scratch.Length;
        return memory;
    }
}
