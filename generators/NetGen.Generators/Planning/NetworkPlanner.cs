using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.Kernels;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Planning.Summing;
using NetGen.Generators.Planning.Tiled;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>The passes of planning, in their order: what is decided by one is what the next begins with.</summary>
internal static class NetworkPlanner
{
    /// <param name="graph">The network.</param>
    /// <param name="training">Its training step, differentiated; null for a network without a loss.</param>
    public static NetworkPlan Plan(NetworkGraph graph, TrainingGraph? training)
    {
        training = training is null ? null : UnshownOutputs.Rewrite(SumsBySample.Rewrite(training));
        (IReadOnlyList<Operation> prediction, IReadOnlyList<Operation> deriving) = NormFolding.Rewrite(graph.Prediction);
        (StreamGraph? streamed, StreamObstacle? obstacle) = StreamBuilder.Build(graph, prediction);
        Value[] wanted = [.. graph.Outputs.Select(output => output.Value)];
        prediction = TermsOfSums.Rewrite(prediction, wanted);
        Orientation orientation = Orientation.Choose(
            graph, [.. prediction, .. training?.Forward ?? []], product => !graph.HasPlainSums && TiledConvolutions.AreWorthIt(product));
        // A tensor that is no longer made still says how its gradient lies.
        prediction = RectifiedPooling.Rewrite(prediction, wanted);
        training = training is null ? null : Rematerialization.Rewrite(RectifiedPooling.Rewrite(training), orientation);

        var callers = new CallersMemory(graph.Inputs);
        OutputWriting outputs = OutputWriting.Choose(graph.Outputs, prediction, orientation, callers);
        Conversions conversions = Conversions.Insert(outputs.Operations, orientation, callers.Inputs.Keys, [], readsRows: false);
        (IReadOnlyList<Operation> tiled, IReadOnlyList<Operation> points) = graph.HasPlainSums
            ? (conversions.Operations, [])
            : TiledConvolutions.Rewrite(conversions, orientation, callers.All.ContainsKey);
        Band? band = Band.Find(tiled, copy => callers.All.ContainsKey(copy.Source) && orientation.HasColumnsAlongVector(copy.Output));
        Operation[] derived = [.. deriving, .. points];
        Layouts layouts = Layouts.Plan(conversions, tiled, derived, orientation, callers.All, graph.Stored, band);

        IReadOnlyDictionary<Value, long> offsets = Offsets(graph, layouts, out int length);
        var steps = new StepPlanner(layouts, graph);
        var prepared = new PreparedMemory(offsets, length, layouts, steps);
        List<Step> preparing = [.. steps.Plan(Fusion.Fuse(derived, [.. derived.Select(operation => operation.Output)]), "Prepare")];
        InferencePlan inference = InferencePlanner.Plan(tiled, outputs.Written, band, layouts, steps, prepared);
        StreamPlan? stream = streamed is null ? null : StreamPlanner.Plan(streamed, graph, deriving, orientation, layouts, steps.Packing, prepared);
        preparing.AddRange(steps.Packing.SelectMany(repacked => repacked.Packing));
        var prepare = new PreparePlan(preparing, prepared.MapOf(preparing), prepared.Length);
        TrainingPlan? step = training is null ? null : TrainingPlanner.Plan(graph, training, orientation, layouts, offsets);

        return new NetworkPlan(
            graph,
            [.. graph.Stored.Select(tensor => (tensor, layouts.Of(tensor).MovedBy((int)offsets[tensor])))],
            length,
            prepare,
            inference,
            stream,
            obstacle,
            step,
            KernelScheduler.Schedule(prepare, inference, stream, step));
    }

    /// <summary>Where each stored tensor begins in the block of all.</summary>
    private static IReadOnlyDictionary<Value, long> Offsets(NetworkGraph graph, Layouts layouts, out int length)
    {
        var offsets = new Dictionary<Value, long>();
        length = 0;
        foreach (Stored tensor in graph.Stored)
        {
            offsets[tensor] = length;
            length += Layout.RoundUp(layouts.Of(tensor).Size);
        }

        return offsets;
    }
}
