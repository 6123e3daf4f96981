using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Tests.Harness;

/// <summary>Gradient graphs and plans as short text: what is computed in which order, where it lies, who waits for whom.</summary>
internal static class PlanText
{
    /// <summary>The training step of a network, differentiated: one line per operation.</summary>
    public static string GradientOf(string source)
    {
        TrainingGraph training = Differentiator.Differentiate(Rewritings.Apply(GraphText.Build(source)));
        return string.Join('\n',
        [
            .. training.Forward.Select(operation => $"forward   {GraphText.Of(operation)}"),
            .. training.Judgements.Select(judgement =>
                $"loss      {judgement.Output} by {judgement.Judged.Name}: {judgement.Point.Loss?.Summary ?? "the caller"}"),
            .. training.Backward.Select(operation => $"backward  {GraphText.Of(operation)}"),
            .. training.InputBackward.Select(operation => $"for input {GraphText.Of(operation)}"),
            .. training.ParameterGradients.Select(gradient => $"gradient  {gradient.Key.FileName}: {gradient.Value.Name}"),
        ]) + "\n";
    }

    /// <summary>The plan of a network: what is stored, what is prepared, prediction, and the phases of a training step.</summary>
    public static string PlanOf(string source)
    {
        NetworkGraph graph = Rewritings.Apply(GraphText.Build(source));
        NetworkPlan plan = NetworkPlanner.Plan(graph, graph.IsTrainable ? Differentiator.Differentiate(graph) : null);
        var lines = new List<string> { $"stored: {plan.ParameterBlockLength} floats, {plan.Prepare.Length} behind them" };
        lines.AddRange(plan.Stored.Select(stored => $"  {stored.Tensor.FileName}: {Of(stored.Layout)}"));
        Section("prepare", plan.Prepare.Steps, plan.Prepare.Memory);
        Section("predict, sample by sample", plan.Inference.PerSample, plan.Inference.Memory);
        Section($"predict, {plan.Inference.BlockSize} samples at a time", plan.Inference.Block, plan.Inference.Memory);
        if (plan.Training is { } training)
        {
            lines.Add($"train: {training.Memory.FixedLength} floats and {training.Memory.PerSampleLength} per sample");
            foreach (Phase phase in training.Phases)
            {
                lines.Add("");
                Section("on samples", phase.OnSamples.Select(step => step.Step), training.Memory);
                Section("shared", phase.Shared.Select(step => step.Step), training.Memory);
            }
        }

        return string.Join('\n', lines) + "\n";

        void Section(string title, IEnumerable<Step> steps, MemoryMap memory)
        {
            if (!steps.Any())
                return;
            lines.Add(title);
            lines.AddRange(steps.Select(step => "  " + Of(step, memory)));
        }
    }

    private static string Of(Step step, MemoryMap memory) => step is LoopStep loop
        ? $"{loop.Comment}: {string.Join("; ", loop.Steps.Select(inner => Of(inner, memory)))}"
        : $"{step.Comment}  →  {string.Join(", ", step.Bindings.Take(step.WrittenCount).Select(value => $"{value.Name} at {Of(memory[value].Place)}"))}";

    private static string Of(Placement placement) => $"{placement.Space}+{placement.Offset}{(placement.IsPerSample ? "·samples" : "")}";

    private static string Of(Layout layout) =>
        string.Join(" × ", layout.Dimensions.Select(dimension =>
            string.Join("·", dimension.Factors.Select(factor => $"{factor.Extent}:{factor.Stride}"))))
        + $" of {layout.Size}, from {layout.Origin}";
}
