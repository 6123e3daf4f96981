using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes a loss that is a mean over elements: one pass that sums the values and stores the derivatives, both from the same
/// expression.
/// </summary>
internal static class LossEmitter
{
    public static string Parameters(LossKernel kernel)
    {
        string type = kernel.IsOneOfSeveral ? "LossTerm" : "TrainingFrame";
        return $"{type} {NameOfTerm(kernel)}, ref float gradient, ref float output, ref float target, int from, int to";
    }

    public static string Arguments(LossKernel kernel) => $"{NameOfTerm(kernel)}, ref gradient, ref output, ref target, from, to";

    internal static string NameOfTerm(LossKernel kernel) => kernel.IsOneOfSeveral ? "term" : "frame";

    public static void WriteBody(SourceWriter writer, LossKernel kernel)
    {
        ElementwiseLoss loss = ((MeanLoss)kernel.Loss).Element;
        VectorDialect dialect = VectorDialect.Any;
        int length = kernel.Total;
        string term = NameOfTerm(kernel);
        writer.Line("nuint lanes = (nuint)V.Count;");
        using IDisposable samples = writer.Open("for (int s = from; s < to; s++)");
        writer.Line($"float share = {term}.ShareOf(s) * {FloatLiteral.Of(1.0 / kernel.Length)};");
        writer.Line($"ref float outputS = ref Unsafe.Add(ref output, (nint)s * {kernel.SampleStride});");
        writer.Line($"ref float targetS = ref Unsafe.Add(ref target, (nint)s * {(kernel.IsOneOfSeveral ? "term.TargetStride" : $"{length}")});");
        writer.Line($"ref float gradientS = ref Unsafe.Add(ref gradient, (nint)s * {kernel.SampleStride});");
        if (kernel.HasLengths)
            writer.Line($"nuint counted = (nuint){term}.LengthOf(s) * {kernel.Length};");
        writer.Line($"V sum = {dialect.Zero};");
        bool isWhole = length % Layout.Lanes == 0;
        using (writer.Open($"for (nuint n = 0; n < {length}; n += lanes)"))
        {
            writer.Line($"V o = {(isWhole ? dialect.Load("outputS", "n") : dialect.LoadBefore("outputS", "n", $"{length}"))};");
            writer.Line($"V t = {(isWhole ? dialect.Load("targetS", "n") : dialect.LoadBefore("targetS", "n", $"{length}"))};");
            var names = new LocalNames(
                ["o", "t", "s", "n", "sum", "share", "lanes", "frame", "term", "counted", "output", "target", "gradient", "from", "to"]);
            EmittedCode code = new ExpressionEmitter(dialect, names).Emit(
                new Dictionary<string, string> { ["o"] = "o", ["t"] = "t", ["share"] = dialect.Broadcast("share") },
                loss.Value,
                loss.Derivative * Functions.Variable("share"));
            writer.Statements(code.Statements);
            // What lies behind the last output, or behind a sequence's end, is none, and counts for nothing.
            string? end = kernel.HasLengths ? "counted" : isWhole ? null : $"{length}";
            writer.Line($"sum += {(end is null ? code.Values[0] : dialect.KeepBefore(code.Values[0], "n", end))};");
            string derivative = kernel.HasLengths ? dialect.KeepBefore(code.Values[1], "n", "counted") : code.Values[1];
            // Rows with room behind them end in zeros, which whoever sums a row's lanes counts on.
            writer.Line((isWhole ? dialect.Store(derivative, "gradientS", "n")
                : kernel.SampleStride >= Layout.RoundUp(length)
                    ? dialect.Store(dialect.KeepBefore(derivative, "n", $"{length}"), "gradientS", "n")
                : dialect.StoreBefore(derivative, "gradientS", "n", $"{length}")) + ";");
        }

        writer.Line($"Unsafe.Add(ref {term}.SampleLosses, s) = {dialect.Sum("sum")} * share;");
    }
}
