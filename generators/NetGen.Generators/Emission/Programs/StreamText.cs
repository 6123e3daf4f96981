using NetGen.Generators.Emission.Kernels;
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
            if (plan.Moving.Count > 0)
                writer.Line("\n// The rows of what is remembered that are now those of the present step, and those before.");
            program.Moved(plan.Steps, plan.Moving, "position").WriteCalls(plan.Steps, "0", "1", oneSample: true);
            return BufferTable.Of("to stream", plan.Steps, plan.Memory, program, kernels);
        }
    }
}
