using NetGen.Generators.Collections;
using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>
/// Writes the phases of a training step, with the barriers between them. Forward up to the outputs, and backward from them on, can be asked for by
/// themselves, so that a caller can see the one before the other.
/// </summary>
internal sealed class PhaseWriter(SourceWriter writer, ProgramWriter program, TrainingPlan plan, KernelCalls kernels)
{
    private const string RunsForward = "frame.RunsForward";
    private const string WantsInputGradient = "frame.WantsInputGradient";
    private const string EndsAtOutputs = "frame.EndsAtOutputs";

    public void Write()
    {
        Phase judging = plan.Phases.Single(phase => phase.OnSamples.Any(step => step.Step is LossStep));
        Phase[] ahead = [.. plan.Phases.TakeWhile(phase => phase != judging)];
        SampleRun[] runs = [.. judging.Runs];
        int first = Array.FindIndex(runs, run => run.HasLoss), behind = Array.FindLastIndex(runs, run => run.HasLoss) + 1;
        if (ahead.Length + first > 0)
        {
            using (writer.Open($"if ({RunsForward})"))
            {
                foreach (Phase phase in ahead)
                {
                    WritePhase(phase.Runs, phase.Shared);
                    writer.Line("worker.Barrier();");
                    if (phase != ahead.Last() || first > 0)
                        writer.Line();
                }

                WriteOnSamples([.. runs.Take(first)]);
            }

            writer.Line();
        }

        WriteJudged([.. runs.Take(behind).Skip(first)]);
        writer.Line($"if ({EndsAtOutputs})\n    return;");
        if (behind < runs.Length || judging.Shared.Count > 0)
            writer.Line();
        WritePhase([.. runs.Skip(behind)], judging.Shared, hasShare: true);
        foreach (Phase phase in plan.Phases.Skip(ahead.Length + 1))
        {
            writer.Line("worker.Barrier();");
            writer.Line();
            WritePhase(phase.Runs, phase.Shared);
        }
    }

    private void WritePhase(IReadOnlyList<SampleRun> onSamples, IReadOnlyList<PhaseStep> shared, bool hasShare = false)
    {
        WriteOnSamples(onSamples, hasShare);
        if (onSamples.Count > 0 && shared.Count > 0)
            writer.Line();
        if (shared.Count > 0)
        {
            writer.Line($"// {Heading(shared)}.");
            int turn = 0;
            WriteGuarded(shared, steps => turn = program.WriteSharedCalls(steps.Select(step => step.Step), turn));
        }
    }

    private void WriteOnSamples(IReadOnlyList<SampleRun> runs, bool hasShare = false)
    {
        if (runs.Count == 0)
            return;
        WriteShare([.. runs.SelectMany(run => run.Steps)], hasShare);
        // Runs that only the gradient of the input needs are under one condition.
        for (int i = 0; i < runs.Count;)
        {
            Occasion occasion = OccasionOf(runs[i]);
            SampleRun[] alike = [.. runs.Skip(i).TakeWhile(run => OccasionOf(run) == occasion)];
            using (OpenFor(occasion))
            {
                foreach (SampleRun run in alike)
                    WriteRun(run);
            }

            i += alike.Length;
        }
    }

    // What comes before the first loss may have been done by an earlier call, and what comes behind the last may be left to a later one.
    private void WriteJudged(SampleRun[] runs)
    {
        WriteShare([.. runs.SelectMany(run => run.Steps).Where(step => step.Step is not LossStep)]);
        for (int i = 0; i < runs.Length; i++)
        {
            Step[] steps = [.. runs[i].Steps.Select(step => step.Step)];
            WriteRun(
                runs[i], i == 0 ? Array.FindIndex(steps, step => step is LossStep) : 0,
                i == runs.Length - 1 ? Array.FindLastIndex(steps, step => step is LossStep) + 1 : steps.Length);
        }
    }

    private void WriteShare(IReadOnlyList<PhaseStep> steps, bool hasShare = false)
    {
        if (steps.Count > 0)
            writer.Line($"// {Heading(steps)} on this worker's share of the samples.");
        if (!hasShare)
            writer.Line($"(from, to) = worker.Share(count, {plan.SamplesAtATime});");
    }

    /// <param name="run">Some steps.</param>
    /// <param name="ahead">How many of them come before the first loss.</param>
    /// <param name="behind">How many of them come before what is behind the last loss.</param>
    private void WriteRun(SampleRun run, int ahead = 0, int? behind = null)
    {
        if (!run.IsBySample)
        {
            WriteCalls(run.Steps, program, "from", "to", isSingle: false);
            return;
        }

        int few = plan.SamplesAtATime;
        writer.Line($"// {(few == 1 ? "One sample" : "A few samples")} at a time, so that what one layer hands to the next stays in the cache.");
        using (writer.Open(few == 1 ? "for (int first = from; first < to; first++)" : $"for (int first = from; first < to; first += {few})"))
        {
            string end = few == 1 ? "first + 1" : "last";
            if (few > 1)
                writer.Line($"int last = Math.Min(first + {few}, to);");
            ProgramWriter turn = InTurn(run);
            using (ahead > 0 ? writer.Open($"if ({RunsForward})") : default(IDisposable))
                Write([.. run.Steps.Take(ahead)]);
            if (ahead > 0)
                writer.Line();
            Write([.. run.Steps.Take(behind ?? run.Steps.Count).Skip(ahead)]);
            if (behind is not { } after || after == run.Steps.Count)
                return;
            writer.Line($"if ({EndsAtOutputs})\n    continue;");
            writer.Line();
            Write([.. run.Steps.Skip(after)]);

            void Write(IReadOnlyList<PhaseStep> steps)
            {
                if (OccasionOf(run) != Occasion.Always)
                    WriteCalls(steps, turn, "first", end, few == 1);
                else
                    WriteGuarded(steps, guarded => WriteCalls(guarded, turn, "first", end, few == 1));
            }
        }
    }

    /// <summary>The program with what samples take turns in where the first of this worker's has its own, unless the step is cut at the outputs.</summary>
    private ProgramWriter InTurn(SampleRun run)
    {
        Step[] steps = [.. run.Steps.Select(step => step.Step)];
        Dictionary<Value, int> turning = steps.SelectMany(step => step.Bindings).Distinct()
            .Where(value => plan.Memory[value].TakesTurns)
            .ToDictionary(value => value, value => plan.Memory[value].Length);
        if (turning.Count == 0)
            return program;
        writer.Line("int turn = frame.IsWhole ? from - first : 0;");
        return program.Moved(steps, turning, "turn");
    }

    private void WriteCalls(IReadOnlyList<PhaseStep> steps, ProgramWriter on, string from, string to, bool isSingle)
    {
        foreach (PhaseStep step in steps)
        {
            if (step.Step is LossStep loss)
                LossCalls.Write(writer, loss, plan.Losses.TakeWhile(other => other != loss).Count(), on, kernels, from, to);
            else
                on.WriteCalls([step.Step], from, to, isSingle: isSingle);
        }
    }

    /// <summary>Writes steps in stretches, those that are not always needed under their condition.</summary>
    private void WriteGuarded(IReadOnlyList<PhaseStep> steps, Action<IReadOnlyList<PhaseStep>> write)
    {
        for (int i = 0; i < steps.Count;)
        {
            Occasion occasion = steps[i].Occasion;
            PhaseStep[] alike = [.. steps.Skip(i).TakeWhile(step => step.Occasion == occasion)];
            using (OpenFor(occasion))
                write(alike);
            i += alike.Length;
        }
    }

    private IDisposable? OpenFor(Occasion occasion) => occasion switch
    {
        Occasion.InputGradient => writer.Open($"if ({WantsInputGradient})"),
        Occasion.Outputs => writer.Open($"if ({EndsAtOutputs})"),
        _ => null,
    };

    private static Occasion OccasionOf(SampleRun run) =>
        run.Steps.All(step => step.Occasion == run.Steps[0].Occasion) ? run.Steps[0].Occasion : Occasion.Always;

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
}
