using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Writes the training step: forward, loss, backward, gradients.</summary>
internal static class TrainingText
{
    /// <returns>The table of its buffers.</returns>
    public static IEnumerable<string> Write(SourceWriter writer, TrainingPlan plan, KernelCalls kernels)
    {
        IEnumerable<string> table;
        writer.Line();
        using (writer.Open("internal static void Backpropagate(TrainingFrame frame, Worker worker)"))
            table = WriteBackpropagate(writer, plan, kernels);
        writer.Line();
        using (writer.Open("internal static void EvaluateLoss(TrainingFrame frame, ref readonly float outputsStart, ref float scratch)"))
            WriteEvaluateLoss(writer, [.. plan.Losses.Select(loss => loss.Kernel.OnCallersRows())], kernels);
        return table;
    }

    private static IEnumerable<string> WriteBackpropagate(SourceWriter writer, TrainingPlan plan, KernelCalls kernels)
    {
        writer.Line("int count = frame.Count;");
        writer.Line("nint capacity = frame.Capacity;");
        writer.Line("ref float parameters = ref frame.Parameters;");
        writer.Line("ref float gradient = ref frame.Gradient;");
        writer.Line("ref float workspace = ref frame.Workspace;");
        writer.Line("ref float inputs = ref Unsafe.AsRef(in frame.Inputs);");
        bool isElementwise = plan.Losses is [{ Given: not null }];
        if (plan.Losses.Count == 1)
            writer.Line($"ref float targets = ref Unsafe.AsRef(in frame.{(isElementwise ? "TargetsOrGradient" : "Targets")});");
        if (isElementwise)
            writer.Line("ref float losses = ref frame.SampleLosses;");
        writer.Line("ref float inputGradient = ref frame.InputGradient;");
        var program = new ProgramWriter(writer, plan.Memory, kernels) { SamplesOfTurn = plan.SamplesAtATime };
        writer.Line();
        program.DeclareTensors(plan.Steps);
        writer.Line();
        writer.Line("int from, to;");
        writer.Line();
        new PhaseWriter(writer, program, plan, kernels).Write();
        return BufferTable.Of("to train", plan.Steps, plan.Memory, program, kernels);
    }

    // The gradient is of no interest here and goes to the scratch memory.
    private static void WriteEvaluateLoss(SourceWriter writer, IReadOnlyList<LossKernel> losses, KernelCalls kernels)
    {
        writer.Line("ref float outputs = ref Unsafe.AsRef(in outputsStart);");
        if (losses.Count == 1 && losses[0].Loss is GeneratedLoss)
            writer.Line("ref float targets = ref Unsafe.AsRef(in frame.Targets);");
        int before = 0;
        for (int i = 0; i < losses.Count; before += losses[i].Total, i++)
        {
            // All samples of an output, then of the next.
            string output = before == 0 ? "outputs" : $"Unsafe.Add(ref outputs, (nint)frame.Count * {before})";
            writer.Line(LossCalls.Of(losses[i], i, output, "scratch", "0", "frame.Count", kernels));
        }
    }
}
