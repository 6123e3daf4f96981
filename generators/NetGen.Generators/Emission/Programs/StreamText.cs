using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Writes one step of a stream.</summary>
internal static class StreamText
{
    /// <returns>The table of its buffers.</returns>
    public static IEnumerable<string> Write(SourceWriter writer, StreamPlan plan, KernelCalls kernels)
    {
        writer.Line();
        const string Header = "internal static void StreamStep(\n" +
            "    ref float parameters, ref float inputs, ref float outputs, ref float state, ref float workspace, int position)";
        using (writer.Open(Header))
        {
            var program = new ProgramWriter(writer, plan.Memory, kernels);
            program.DeclareTensors(plan.Steps);
            foreach (int period in PeriodsOf(plan))
                writer.Line($"int {StreamCounters.Of(period)} = position / {period};");

            Dictionary<Value, (int Distance, string Counter)> moving = plan.Moving.ToDictionary(
                moved => moved.Key, moved => (moved.Value.Distance, StreamCounters.Of(moved.Value.Period)));
            bool moves = plan.Turns.Any(turn => turn.Clock.IsInputs && turn.Steps.SelectMany(step => step.Bindings).Any(moving.ContainsKey));
            if (moves)
                writer.Line("\n// The rows of what is remembered that are now those of the present step, and those before.");
            ProgramWriter always = program.Moved(plan.Turns.Where(turn => turn.Clock.IsInputs).SelectMany(turn => turn.Steps), moving);
            foreach (StreamTurn turn in plan.Turns)
            {
                if (StreamCounters.Condition(turn.Clock) is not { } condition)
                {
                    always.WriteCalls(turn.Steps, "0", "1", oneSample: true);
                    continue;
                }

                writer.Line();
                using (writer.Open($"if ({condition})"))
                    program.Moved(turn.Steps, moving).WriteCalls(turn.Steps, "0", "1", oneSample: true);
            }

            return BufferTable.Of("to stream", plan.Steps, plan.Memory, program, kernels);
        }
    }

    /// <summary>The periods that something counts, other than the input's.</summary>
    private static IEnumerable<int> PeriodsOf(StreamPlan plan) => plan.Moving.Values.Where(motion => motion.Distance > 0)
        .Select(motion => motion.Period)
        .Concat(plan.Steps.OfType<CachedAttentionStep>().Select(step => step.Clock.Period))
        .Concat(plan.Steps.OfType<PastWindowStep>().Where(step => step.Grows).Select(step => step.Clock.Period))
        .Where(period => period > 1).Distinct().OrderBy(period => period);
}
