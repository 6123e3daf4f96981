using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Calls of losses: by the runtime library or by a kernel.</summary>
internal static class LossCalls
{
    /// <summary>Writes a loss at its place in a training step, where the caller's gradient may come instead.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="step">The loss.</param>
    /// <param name="index">Its number among those of the network.</param>
    /// <param name="program">The program that it is a step of.</param>
    /// <param name="kernels">The names of kernels.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The end of the samples.</param>
    public static void Write(
        SourceWriter writer, LossStep step, int index, ProgramWriter program, KernelCalls kernels, string from, string to)
    {
        string output = program.Name(step.Output);
        string gradient = program.Name(step.Gradient);
        LossKernel kernel = step.Kernel;
        if (step.Given is { } given)
        {
            string flag = program.Name(given);
            writer.Line($"// {gradient}: what a sample's loss counts for; {flag}: whether the caller gives the gradient in the targets' place");
            writer.Call(
                "frame.Judge",
                [
                    $"ref {output}", $"ref {gradient}", $"ref {flag}", FloatLiteral.Of(1.0 / kernel.Length), RowsOf(kernel), $"{Layout.Lanes}",
                    from, to,
                ]);
            return;
        }

        writer.Line(kernel.Loss is NoLoss
            ? $"// {step.Gradient.Name} as the caller gives it, or zero"
            : $"// {step.Comment}: its share of each sample, and {step.Gradient.Name}, unless the caller gives that");
        writer.Line($"if (!frame.TakesGradient(ref {output}, ref {gradient}, {step.Offset}, {RowsOf(kernel)}, {from}, {to}))");
        writer.Line("    " + (kernel.Loss is NoLoss
            ? $"TrainingFrame.ClearGradient(ref {gradient}, {kernel.Total}, {kernel.SampleStride}, {from}, {to});"
            : Of(kernel, index, output, gradient, from, to, kernels)));
    }

    /// <summary>The call itself.</summary>
    public static string Of(LossKernel kernel, int index, string output, string gradient, string from, string to, KernelCalls kernels)
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
