using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning;
using NetGen.Generators.Plans;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>
/// Plans that break the law are found, and the step that breaks it is named. That all others obey is part of every generation in tests.
/// </summary>
public sealed class PlanLawTests
{
    private static readonly NetworkPlan s_plan = Plan(
        "[Network, Input(1, 6, 6), Conv2D(3, 3, Padding = Padding.Same), Relu, GlobalAveragePool, Dense(40), Tanh, Dense(2), SoftmaxCrossEntropy] "
        + "public partial class Net;");

    [Fact]
    public void A_plan_that_was_made_is_lawful() => Assert.Empty(PlanLaw.Violations(s_plan));

    [Fact]
    public void Tensors_are_written_before_they_are_read() => Assert.Contains(
        PlanLaw.Violations(WithPrediction(s_plan.Inference with { PerSample = [.. s_plan.Inference.PerSample.Skip(1)] })),
        violation => violation.StartsWith("predict: ", StringComparison.Ordinal) && violation.EndsWith("reads input before it is written.", StringComparison.Ordinal));

    [Fact]
    public void Tensors_that_are_needed_at_the_same_time_lie_apart()
    {
        var moved = new MemoryMap { FixedLength = s_plan.Inference.Memory.FixedLength };
        foreach (Value value in Steps(s_plan.Inference).SelectMany(step => step.Bindings))
        {
            Allocation allocation = s_plan.Inference.Memory[value];
            moved[value] = allocation.Place.Space == Space.Workspace ? allocation with { Place = new Placement(Space.Workspace, 0) } : allocation;
        }

        Assert.Contains(
            PlanLaw.Violations(WithPrediction(s_plan.Inference with { Memory = moved })),
            violation => violation.EndsWith("and both are needed.", StringComparison.Ordinal));
    }

    [Fact]
    public void Memory_has_an_end() => Assert.Contains(
        "predict: input lies beyond the end of the memory.",
        PlanLaw.Violations(WithPrediction(s_plan.Inference with { Memory = Copy(s_plan.Inference, length: 16) })));

    [Fact]
    public void Steps_stay_within_the_memory_of_their_tensors() => Assert.Contains(
        PlanLaw.Violations(WithPrediction(s_plan.Inference with
        {
            Block = [.. s_plan.Inference.Block.Select((step, i) => i == 0 && step is KernelStep kernel ? kernel with { Offsets = [.. kernel.Offsets.Select(_ => 64)] } : step)],
        })),
        violation => violation.EndsWith("breaks the rule that it stays within the memory of its tensors.", StringComparison.Ordinal));

    [Fact]
    public void Methods_that_are_called_are_there() => Assert.Contains(
        PlanLaw.Violations(s_plan with { Kernels = Plan("[Network, Input(3), Dense(2)] public partial class Other;").Kernels }),
        violation => violation.EndsWith("breaks the rule that it calls a method that is there.", StringComparison.Ordinal));

    [Fact]
    public void Workers_wait_for_what_they_read_of_each_other()
    {
        TrainingPlan training = s_plan.Training!;
        var together = new Phase(
            [.. training.Phases.SelectMany(phase => phase.OnSamples)], [.. training.Phases.SelectMany(phase => phase.Shared)]);
        Assert.Contains(
            PlanLaw.Violations(s_plan with { Training = training with { Phases = [together] } }),
            violation => violation.Contains("reads what its own phase writes in", StringComparison.Ordinal));
    }

    [Fact]
    public void What_takes_turns_lies_so_far_into_the_block_that_it_can_be_moved_back()
    {
        NetworkPlan plan = Plan("[Network, Input(4, 40, 40), Conv2D(32, 3), Gelu, MeanSquaredError] public partial class Net;");
        TrainingPlan training = plan.Training!;
        Assert.Contains(training.Memory.Allocations, allocation => allocation.TakesTurns);
        Assert.Empty(PlanLaw.Violations(plan));
        var atTheStart = new MemoryMap { FixedLength = training.Memory.FixedLength, PerSampleLength = training.Memory.PerSampleLength };
        foreach (Value value in training.Steps.SelectMany(step => step.Bindings))
        {
            Allocation allocation = training.Memory[value];
            atTheStart[value] = allocation.TakesTurns ? allocation with { Place = allocation.Place with { Offset = 0 } } : allocation;
        }

        Assert.Contains(
            PlanLaw.Violations(plan with { Training = training with { Memory = atTheStart } }),
            violation => violation.EndsWith("moved back by the samples of a batch, leaves the block.", StringComparison.Ordinal));
    }

    private static NetworkPlan Plan(string source)
    {
        NetworkGraph graph = Rewritings.Apply(GraphText.Build(source));
        return NetworkPlanner.Plan(graph, graph.IsTrainable ? Differentiator.Differentiate(graph) : null);
    }

    private static NetworkPlan WithPrediction(InferencePlan inference) => s_plan with { Inference = inference };

    private static IEnumerable<Step> Steps(InferencePlan inference) => inference.PerSample.Concat(inference.Block);

    private static MemoryMap Copy(InferencePlan inference, long length)
    {
        var copy = new MemoryMap { FixedLength = length };
        foreach (Value value in Steps(inference).SelectMany(step => step.Bindings))
            copy[value] = inference.Memory[value];
        return copy;
    }
}
