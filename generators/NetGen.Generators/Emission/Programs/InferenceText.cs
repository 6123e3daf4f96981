using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Writes the block of samples that predictions come down to, and what is prepared for it.</summary>
internal static class InferenceText
{
    /// <returns>The tables of its buffers.</returns>
    public static IEnumerable<string> Write(SourceWriter writer, NetworkPlan plan, KernelCalls kernels)
    {
        IEnumerable<string> prepared = plan.Prepare.IsEmpty ? [] : WritePrepare(writer, plan.Prepare, kernels);
        return [.. prepared, .. WriteInfer(writer, plan, kernels)];
    }

    private static IEnumerable<string> WriteInfer(SourceWriter writer, NetworkPlan plan, KernelCalls kernels)
    {
        InferencePlan inference = plan.Inference;
        string[] parameters =
            ["ref readonly float parametersStart", "ref readonly float inputsStart", "ref float outputs", "ref float workspace", "int count"];
        using (writer.OpenMethod("internal static void Infer", parameters))
        {
            writer.Line("ref float parameters = ref Unsafe.AsRef(in parametersStart);");
            writer.Line("ref float inputs = ref Unsafe.AsRef(in inputsStart);");
            var program = new ProgramWriter(writer, inference.Memory, kernels);
            program.DeclareTensors(inference.Steps);
            IEnumerable<string> table = BufferTable.Of("to predict", inference.Steps, inference.Memory, program, kernels);
            if (inference.PerSample.Count > 0)
            {
                writer.Line();
                int few = inference.SamplesAtATime;
                writer.Line(few == 1
                    ? "// Image layers sample by sample, so that a sample's activations stay in the cache."
                    : "// Image layers a few samples at a time, so that large weights come from memory once for all of them.");
                using (writer.Open(few == 1 ? "for (int s = 0; s < count; s++)" : $"for (int s = 0; s < count; s += {few})"))
                {
                    if (few > 1)
                        writer.Line($"int few = Math.Min({few}, count - s);");
                    ProgramWriter sample = program.Moved(inference.PerSample, inference.Moving, "s");
                    sample.WriteCalls(inference.PerSample, "0", few == 1 ? "1" : "few", oneSample: true);
                }
            }

            if (inference.Block.Count == 0)
                return table;
            writer.Line();
            using (writer.Open("if (count == 1)"))
            {
                if (kernels.StraightLine is { } straightLine)
                    writer.Line($"{straightLine}(ref outputs, ref inputs, ref parameters);");
                else
                    program.WriteCalls(inference.Block, "0", "1", oneSample: true);
                writer.Line("return;");
            }

            writer.Line();
            program.WriteCalls(inference.Block, "0", "count");
            return table;
        }
    }

    /// <summary>What is computed of the parameters alone goes behind them, whenever they have changed.</summary>
    private static IEnumerable<string> WritePrepare(SourceWriter writer, PreparePlan plan, KernelCalls kernels)
    {
        IEnumerable<string> table;
        writer.Line("// What predictions read in place of parameters; it lies behind them.");
        using (writer.Open("internal static void Prepare(ref readonly float parametersStart, ref float prepared)"))
        {
            writer.Line("ref float parameters = ref Unsafe.AsRef(in parametersStart);");
            var program = new ProgramWriter(writer, plan.Memory, kernels);
            program.DeclareTensors(plan.Steps);
            program.WriteWholeCalls(plan.Steps);
            table = BufferTable.Of("to prepare", plan.Steps, plan.Memory, program, kernels);
        }

        writer.Line();
        return table;
    }
}
