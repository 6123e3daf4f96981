using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>Plans one step of a stream. What is remembered are rows, one for each step; the present one moves on with every step.</summary>
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
        OutputWriting outputs = OutputWriting.Choose(stream.Outputs, stream.Operations, orientation, callers);
        Conversions conversions = Conversions.Insert(outputs.Operations, orientation, callers.Inputs.Keys, [], readsRows: false, stream.Past);
        Layouts layouts = Layouts.Plan(conversions, deriving, orientation, callers.All, graph.Stored, settled: prediction);
        var planner = new StepPlanner(layouts, graph) { Packing = packing };

        // Tables with a row for each step are no memory of the stream's.
        Value[] past = [.. stream.Past.Select(tensor => tensor.Whole).Where(whole => whole.IsPerSample).Distinct()];
        HashSet<Value> wholes = [.. stream.Past.Select(tensor => tensor.Whole)];
        Value[] kept = [.. outputs.Written, .. stream.Past.Select(tensor => tensor.Step)];
        Step[] steps = [.. planner.Plan(Fusion.Fuse(conversions.Operations, kept, isInStep: true), "Stream").Select(OfOneSample)];
        Value[] values = [.. steps.SelectMany(step => step.Bindings).Distinct()];

        MemoryMap memory = Allocate(steps, past, layouts, prepared, out List<PastRows> rows);
        return new StreamPlan(
            steps,
            values.Where(value => wholes.Contains(layouts.RootOf(value)))
                .ToDictionary(value => value, value => wholes.Contains(value) ? 0 : layouts.Of(layouts.RootOf(value)).Stride(0)),
            memory,
            [.. rows.Zip(past, (row, value) => row with { Lag = value.Shape[0] - stream.Room })],
            past.Sum(value => Layout.RoundUp(layouts.Of(value).Size)),
            stream);
    }

    // A stream takes one sample from step to step: there is no loop over several.
    private static Step OfOneSample(Step step) =>
        step is KernelStep kernel ? kernel with { Kernel = kernel.Kernel.Without(axis => axis.IsDynamic) } : step;

    private static MemoryMap Allocate(Step[] steps, Value[] past, Layouts layouts, PreparedMemory prepared, out List<PastRows> rows)
    {
        var memory = new MemoryMap();
        rows = [];
        int length = 0;
        foreach (Value value in past)
        {
            memory[value] = new Allocation(value, new Placement(Space.State, length), layouts.Of(value).Size);
            rows.Add(new PastRows(length, layouts.Of(value).Stride(0), 0));
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
