using NetGen.Generators.Collections;
using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Expressions;
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
        if (plan.Losses.Count == 1)
            writer.Line("ref float targets = ref Unsafe.AsRef(in frame.Targets);");
        writer.Line("ref float inputGradient = ref frame.InputGradient;");
        var program = new ProgramWriter(writer, plan.Memory, kernels);
        writer.Line();
        program.DeclareTensors(plan.Steps);
        writer.Line();
        writer.Line("int from, to;");
        writer.Line();
        WritePhases(writer, program, plan, kernels);
        return BufferTable.Of("to train", plan.Steps, plan.Memory, program, kernels);
    }

    // Forward up to the outputs, and backward from them on, can be asked for by themselves, so that a caller can see the one before the other.
    private static void WritePhases(SourceWriter writer, ProgramWriter program, TrainingPlan plan, KernelCalls kernels)
    {
        Phase judging = plan.Phases.Single(phase => phase.OnSamples.Any(step => step.Step is LossStep));
        Phase[] ahead = [.. plan.Phases.TakeWhile(phase => phase != judging)];
        int forward = judging.OnSamples.TakeWhile(step => step.Step is not LossStep).Count();
        int judged = judging.OnSamples.Count - judging.OnSamples.Reverse().TakeWhile(step => step.Step is not LossStep).Count();

        using (writer.Open("if (frame.RunsForward)"))
        {
            foreach (Phase phase in ahead)
            {
                WritePhase(phase);
                writer.Line("worker.Barrier();");
                if (phase != ahead.Last() || forward > 0)
                    writer.Line();
            }

            WriteOnSamples([.. judging.OnSamples.Take(forward)]);
        }

        writer.Line();
        writer.Line($"(from, to) = worker.Share(count, {plan.SamplesAtATime});");
        Write([.. judging.OnSamples.Take(judged).Skip(forward)]);
        writer.Line("if (frame.EndsAtOutputs)\n    return;");
        writer.Line();
        WritePhase(new Phase([.. judging.OnSamples.Skip(judged)], judging.Shared), hasShare: true);
        foreach (Phase phase in plan.Phases.Skip(ahead.Length + 1))
        {
            writer.Line("worker.Barrier();");
            writer.Line();
            WritePhase(phase);
        }

        void WritePhase(Phase phase, bool hasShare = false)
        {
            WriteOnSamples(phase.OnSamples, hasShare);
            if (phase is { OnSamples.Count: > 0, Shared.Count: > 0 })
                writer.Line();
            if (phase.Shared.Count > 0)
            {
                writer.Line($"// {Heading(phase.Shared)}.");
                WriteGuarded(writer, phase.Shared, program.WriteSharedCalls);
            }
        }

        void WriteOnSamples(IReadOnlyList<PhaseStep> steps, bool hasShare = false)
        {
            if (steps.Count == 0)
                return;
            writer.Line($"// {Heading(steps)} on this worker's share of the samples.");
            if (!hasShare)
                writer.Line($"(from, to) = worker.Share(count, {plan.SamplesAtATime});");
            Write(steps);
        }

        void Write(IReadOnlyList<PhaseStep> steps) =>
            WriteGuarded(writer, steps, run => WriteCalls(writer, program, plan, run, kernels));
    }

    private static string Heading(IReadOnlyList<PhaseStep> steps)
    {
        IEnumerable<string> stages = steps.Select(step => step.Stage).Distinct().OrderBy(stage => stage).Select(stage => stage switch
        {
            Stage.Prepare => "weights whose inputs lie along the lanes, for the gradients of inputs",
            Stage.Forward => steps[0].Step.Bindings[0].IsPerSample ? "forward" : "statistics of the batch",
            Stage.Backward => "backward",
            _ => "the parameters' gradients, each summed over all samples in order",
        });
        string heading = string.Join(" and ", stages);
        return heading.Capitalised();
    }

    /// <summary>Writes steps in runs, those that only the gradient of the input needs under its condition.</summary>
    private static void WriteGuarded(SourceWriter writer, IReadOnlyList<PhaseStep> steps, Action<IReadOnlyList<Step>> write)
    {
        for (int i = 0; i < steps.Count;)
        {
            bool isForInput = steps[i].IsForInputGradient;
            Step[] run = [.. steps.Skip(i).TakeWhile(step => step.IsForInputGradient == isForInput).Select(step => step.Step)];
            using (isForInput ? writer.Open("if (frame.WantsInputGradient)") : default(IDisposable))
                write(run);
            i += run.Length;
        }
    }

    private static void WriteLoss(SourceWriter writer, LossStep step, int index, ProgramWriter program, KernelCalls kernels)
    {
        string output = program.Name(step.Output);
        string gradient = program.Name(step.Gradient);
        LossKernel kernel = step.Kernel;
        writer.Line(kernel.Loss is NoLoss
            ? $"// {gradient} as the caller gives it, or zero"
            : $"// {step.Comment}: its share of each sample, and {gradient}, unless the caller gives that");
        writer.Line($"if (!frame.TakesGradient(ref {output}, ref {gradient}, {step.Offset}, {RowsOf(kernel)}, from, to))");
        writer.Line("    " + (kernel.Loss is NoLoss
            ? $"TrainingFrame.ClearGradient(ref {gradient}, {kernel.Total}, {kernel.SampleStride}, from, to);"
            : Call(kernel, index, output, gradient, "from", "to", kernels)));
    }

    // What has many positions is large, and wants to stay in the cache.
    private static void WriteCalls(
        SourceWriter writer, ProgramWriter program, TrainingPlan plan, IReadOnlyList<Step> steps, KernelCalls kernels)
    {
        for (int i = 0; i < steps.Count;)
        {
            Step[] bySample = [.. steps.Skip(i).TakeWhile(step => step.GoesBySample && step is not LossStep)];
            if (bySample.Length > 1 && bySample.Any(step => step.IsOnPositions))
            {
                int few = plan.SamplesAtATime;
                writer.Line($"// {(few == 1 ? "One sample" : "A few samples")} at a time, so that what one layer hands to the next stays in the cache.");
                using (writer.Open(few == 1 ? "for (int first = from; first < to; first++)" : $"for (int first = from; first < to; first += {few})"))
                {
                    if (few > 1)
                        writer.Line($"int last = Math.Min(first + {few}, to);");
                    program.WriteCalls(bySample, "first", few == 1 ? "first + 1" : "last", isSingle: few == 1);
                }

                i += bySample.Length;
                continue;
            }

            if (steps[i] is LossStep loss)
                WriteLoss(writer, loss, plan.Losses.TakeWhile(other => other != loss).Count(), program, kernels);
            else
                program.WriteCalls([steps[i]], "from", "to");
            i++;
        }
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
            writer.Line(Call(losses[i], i, output, "scratch", "0", "frame.Count", kernels));
        }
    }

    /// <summary>The call of a loss: by the runtime library or by a kernel.</summary>
    private static string Call(
        LossKernel kernel, int index, string output, string gradient, string from, string to, KernelCalls kernels)
    {
        string term = kernel.IsOneOfSeveral ? $"frame.Term({index})" : "frame";
        if (kernel.Loss is not RowLoss rows)
        {
            string target = kernel.IsOneOfSeveral ? $"Unsafe.AsRef(in {term}.Targets)" : "targets";
            return $"{kernels.Of(kernel)}({term}, ref {gradient}, ref {output}, ref {target}, {from}, {to});";
        }

        string setting = rows.Setting is { } number ? $", {FloatLiteral.Of(number)}" : "";
        string weights = rows.ClassWeights.Count == 0 ? "" : $", [{string.Join(", ", rows.ClassWeights.Select(FloatLiteral.Of))}]";
        return $"{rows.RuntimeClass}.Run({term}, ref {output}, ref {gradient}, {RowsOf(kernel)}, {from}, {to}{setting}{weights});";
    }

    private static string RowsOf(LossKernel kernel)
    {
        string steps = kernel.Steps == 1 ? "" : $", {kernel.Steps}, {kernel.SampleStride}";
        return $"new({kernel.Length}, {kernel.Stride}{steps})";
    }
}
