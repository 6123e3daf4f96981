using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Planning.Tiled;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Plans a training step. Workers take shares of the samples through what belongs to samples, and shares of each tensor that
/// belongs to none (statistics of the batch, gradients of parameters), which sums over all samples in order: so the bits do
/// not depend on how many workers there are.
/// </summary>
internal static class TrainingPlanner
{
    /// <param name="graph">The network.</param>
    /// <param name="training">Its training step, differentiated.</param>
    /// <param name="orientation">What lies along the vectors.</param>
    /// <param name="prediction">The layouts of the prediction, of which those of stored tensors hold here too.</param>
    /// <param name="offsets">Where they begin in their block.</param>
    public static TrainingPlan Plan(
        NetworkGraph graph,
        TrainingGraph training,
        Orientation orientation,
        Layouts prediction,
        IReadOnlyDictionary<Value, long> offsets)
    {
        var callers = new CallersMemory(graph.Inputs);
        foreach (ElementwiseJudgement judged in training.Elementwise)
        {
            callers.AddLoss(judged.Target, judged.Loss);
            orientation.SetColumns(judged.Target, orientation.HasColumnsAlongVector(judged.Judgement.Judged));
        }

        var seamless = SeamlessImages.Of(
            [.. training.Forward, .. training.Judgements, .. training.Backward, .. training.InputBackward], orientation);
        var program = new TrainingProgram(graph, training, callers, seamless, orientation);

        // Sums over the columns of a row read whole vectors of it, which the caller's memory does not allow.
        Conversions conversions = Conversions.Insert(
            program.Operations, orientation, callers.Inputs.Keys.Concat(program.TargetsInPlace), program.Compact, readsRows: true,
            asides: program.ForInputs);
        (IReadOnlyList<Operation> tiled, IReadOnlyList<Operation> points) = graph.HasPlainSums
            ? (conversions.Operations, [])
            : TiledConvolutions.Rewrite(conversions, orientation, callers.All.ContainsKey);
        Layouts layouts = Layouts.Plan(conversions, [.. tiled, .. points], [], orientation, callers.All, graph.Stored, settled: prediction);
        var steps = new StepPlanner(layouts, graph);
        var phases = new PhasePlanner(layouts);
        var uses = new Uses(tiled);
        foreach ((Stage stage, Occasion occasion, IReadOnlyList<Operation> operations) in program.Stages(tiled, uses))
        {
            List<ProgramUnit> units = Fusion.Fuse(operations, program.ReadElsewhere(operations, uses));
            phases.Add(steps.Plan(units, RoleOf(stage, occasion)), stage, occasion);
        }

        foreach (Step weight in steps.Plan(Fusion.Fuse(points, [.. points.Select(operation => operation.Output)]), "Prepare"))
            phases.Prepare([weight], phases.OccasionOf([.. weight.Writes]));

        foreach ((Repacked repacked, Occasion occasion) in steps.Packing.Select(repacked => (repacked, phases.OccasionOf(repacked.Packed))))
            phases.Prepare(repacked.Packing, occasion);
        IReadOnlyList<Phase> planned = GradientParts.Cut(WholeTurns.Join(phases.Plan(), layouts), training.ParameterGradients, layouts);
        MemoryMap memory = new TrainingMemory(layouts, program, offsets, steps.Packing).Allocate(planned);
        return new TrainingPlan(
            planned,
            [.. graph.Judged.Select(point => planned.SelectMany(phase => phase.OnSamples)
                .Select(step => step.Step).OfType<LossStep>().Single(loss => ReferenceEquals(loss.Point, point)))],
            memory,
            [.. program.Points.Select(point => new PointPlan(
                point.Point, memory[point.Activation], point.Gradient is null ? null : memory[point.Gradient]))],
            SamplesOf(planned, layouts));
    }

    // Vectors share the weights they are multiplied with, all samples of them; images and sequences are large, and want to stay in the second
    // cache with what is made of them.
    private static int SamplesOf(IReadOnlyList<Phase> phases, Layouts layouts)
    {
        IEnumerable<Step> together = phases.SelectMany(phase => phase.Runs).Where(run => run.IsBySample)
            .SelectMany(run => run.Steps).Select(step => step.Step);
        return SamplesAtATime.Of(
            together, phases.SelectMany(phase => phase.OnSamples).SelectMany(step => step.Step.Bindings)
                .Where(value => value is { IsPerSample: true, IsScratch: false, Shape.HasPositions: true }), layouts);
    }

    private static string RoleOf(Stage stage, Occasion occasion) => stage switch
    {
        Stage.Forward => "Forward",
        Stage.Backward => occasion == Occasion.InputGradient ? "InputBackward" : "Backward",
        _ => "Gradient",
    };
}
