using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Plans one step of a stream. What is remembered are rows, one for each step; the present one moves on with every step, or every so many of the
/// input's.
/// </summary>
internal static class StreamPlanner
{
    /// <param name="stream">The network as a stream.</param>
    /// <param name="graph">The network.</param>
    /// <param name="deriving">The operations on what is stored alone.</param>
    /// <param name="orientation">What lies along the vectors.</param>
    /// <param name="prediction">The layouts of the prediction, of which those of what is stored or derived hold here too.</param>
    /// <param name="packing">Where weights that are packed anew are noted.</param>
    /// <param name="prepared">Where parameters and what is derived from them stand.</param>
    public static StreamPlan Plan(
        StreamGraph stream,
        NetworkGraph graph,
        IReadOnlyList<Operation> deriving,
        Orientation orientation,
        Layouts prediction,
        List<Repacked> packing,
        PreparedMemory prepared)
    {
        var callers = new CallersMemory(stream.Inputs);
        StepTensor[] rows = [.. stream.Past.Select(row => row.Tensor)];
        IEnumerable<Value> needed = [.. stream.Outputs.Select(output => output.Value), .. rows.Select(row => row.Step)];
        OutputWriting outputs = OutputWriting.Choose(
            stream.Outputs, ShortProducts.Rewrite(stream.Operations, needed), orientation, callers);
        Conversions conversions = Conversions.Insert(outputs.Operations, orientation, callers.Inputs.Keys, [], readsRows: false, rows);
        Layouts layouts = Layouts.Plan(conversions, conversions.Operations, deriving, orientation, callers.All, graph.Stored, settled: prediction);
        var planner = new StepPlanner(layouts, graph) { Packing = packing };

        // Tables with a row for each step are no memory of the stream's.
        Dictionary<Value, int> past = stream.Past.Where(row => row.Tensor.Whole.IsPerSample)
            .GroupBy(row => row.Tensor.Whole).ToDictionary(group => group.Key, group => group.First().Period);
        (Clock Clock, List<Operation> Operations)[] order = [.. TurnsOf(conversions.Operations, stream.Clocks)];
        ILookup<Value, int> readers = order
            .SelectMany((turn, number) => turn.Operations.SelectMany(operation => operation.Inputs).Select(input => (input, number)))
            .ToLookup(read => read.input, read => read.number);
        Value[] kept = [.. outputs.Written, .. rows.Select(row => row.Step)];
        StreamTurn[] turns = [.. order.Select((turn, number) =>
        {
            IEnumerable<Value> written = turn.Operations.SelectMany(operation => operation.Outputs);
            Value[] handedOn = [.. written.Where(value => readers[value].Any(other => other != number))];
            List<ProgramUnit> units = Fusion.Fuse(turn.Operations, [.. kept, .. handedOn], isInStep: true);
            return new StreamTurn(turn.Clock, [.. planner.Plan(units, "Stream").Select(OfOneSample)]);
        })];
        Step[] steps = [.. turns.SelectMany(turn => turn.Steps)];
        MemoryMap memory = Allocate(steps, past.Keys, layouts, prepared);
        return new StreamPlan(
            turns,
            MotionsOf(stream, steps, layouts),
            memory,
            [.. past.Select(whole => new PastRows(
                (int)memory[whole.Key].Place.Offset, layouts.Of(whole.Key).Stride(0),
                whole.Key.Shape[0] - (stream.Room + whole.Value - 1) / whole.Value, whole.Value))],
            past.Keys.Sum(whole => Layout.RoundUp(layouts.Of(whole).Size)),
            stream);
    }

    /// <summary>Operations that follow one another at the same steps of the input.</summary>
    private static IEnumerable<(Clock Clock, List<Operation> Operations)> TurnsOf(
        IReadOnlyList<Operation> operations, IReadOnlyDictionary<Value, Clock> clocks)
    {
        var known = clocks.ToDictionary(pair => pair.Key, pair => pair.Value);
        var turns = new List<(Clock Clock, List<Operation> Operations)>();
        foreach (Operation operation in operations)
        {
            // A copy that was put in comes when what it is a copy of does.
            if (!known.TryGetValue(operation.Output, out Clock? clock))
                known[operation.Output] = clock = operation.Inputs.Where(known.ContainsKey).Select(input => known[input]).First();
            if (turns.Count == 0 || turns[turns.Count - 1].Clock != clock)
                turns.Add((clock, []));
            turns[turns.Count - 1].Operations.Add(operation);
        }

        return turns;
    }

    /// <summary>How rows, and what is a view of one, move on; what is remembered as a whole stays.</summary>
    private static Dictionary<Value, RowMotion> MotionsOf(StreamGraph stream, Step[] steps, Layouts layouts)
    {
        Dictionary<Value, int> ofRows = stream.Past.ToDictionary(row => row.Tensor.Step, row => row.Period);
        ILookup<Value, int> ofWholes = stream.Past.ToLookup(row => row.Tensor.Whole, row => row.Period);
        var motions = new Dictionary<Value, RowMotion>();
        foreach (Value value in steps.SelectMany(step => step.Bindings).Distinct())
        {
            Value root = layouts.RootOf(value);
            if (ofWholes.Contains(value))
                motions[value] = new RowMotion(0, 1);
            else if (ofWholes.Contains(root))
            {
                int period = ofRows.TryGetValue(value, out int own) ? own : ofWholes[root].First();
                motions[value] = new RowMotion(layouts.Of(root).Stride(0), period);
            }
        }

        return motions;
    }

    // A stream takes one sample from step to step: there is no loop over several.
    private static Step OfOneSample(Step step) =>
        step is KernelStep kernel ? kernel with { Kernel = kernel.Kernel.Without(axis => axis.IsDynamic) } : step;

    private static MemoryMap Allocate(Step[] steps, IEnumerable<Value> past, Layouts layouts, PreparedMemory prepared)
    {
        var memory = new MemoryMap();
        int length = 0;
        foreach (Value value in past)
        {
            memory[value] = new Allocation(value, new Placement(Space.State, length), layouts.Of(value).Size);
            length += Layout.RoundUp(layouts.Of(value).Size);
        }

        var scratch = new ScratchAllocator();
        for (int i = 0; i < steps.Length; i++)
        {
            foreach (Value value in steps[i].Bindings)
            {
                Value root = layouts.RootOf(value);
                if (!value.IsPerSample)
                    memory[value] = prepared.Of(value);
                else if (layouts.IsCallers(value))
                    memory[root] = new Allocation(root, layouts.CallersOf(root).Place, layouts.Of(root).Size);
                else if (!root.IsPerSample)
                    memory[root] = prepared.Of(root);
                else if (!memory.Holds(root))
                    scratch.Use(root, i, layouts.Of(root).Size, isExclusive: false);
            }
        }

        foreach ((Value value, long offset) in scratch.Allocate())
            memory[value] = new Allocation(value, new Placement(Space.Workspace, offset), layouts.Of(value).Size);
        foreach (Value value in steps.SelectMany(step => step.Bindings).Where(value => value.IsPerSample))
            memory[value] = memory[layouts.RootOf(value)];
        memory.FixedLength = scratch.Length;
        return memory;
    }
}
