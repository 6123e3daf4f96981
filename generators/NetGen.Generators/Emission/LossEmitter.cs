using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>
/// Writes a loss that is a mean over elements: one pass that sums the values and stores the derivatives, both from the same
/// expression.
/// </summary>
internal static class LossEmitter
{
    public static string WriteMethods(string name, MeanLoss loss, LossKernel kernel)
    {
        var writer = new SourceWriter();
        string term = kernel.IsOneOfSeveral ? "LossTerm term" : "TrainingFrame frame";
        string parameters = $"global::NetGen.CompilerServices.{term}, ref float gradient, ref float output, ref float target, int from, int to";
        string arguments = $"{NameOfTerm(kernel)}, ref gradient, ref output, ref target, from, to";
        writer.Line($"// The mean over {kernel.Length} elements of {loss.Element.Value}, with o the output and t the target.");
        using (writer.Open($"internal static void {name}({parameters})"))
        {
            writer.Line("if (Avx512F.IsSupported)");
            writer.Line($"    {name}512({arguments});");
            writer.Line("else if (Fma.IsSupported && Avx2.IsSupported)");
            writer.Line($"    {name}256({arguments});");
            writer.Line("else");
            writer.Line($"    {name}128({arguments});");
        }

        foreach (InstructionSet set in InstructionSet.All)
        {
            writer.Line();
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
            using (writer.Open($"private static void {name}{set.Name}({parameters})"))
                WriteBody(writer, loss, kernel, VectorDialect.All.First(dialect => dialect.Width == set.Lanes));
        }

        return writer.ToString();
    }

    private static string NameOfTerm(LossKernel kernel) => kernel.IsOneOfSeveral ? "term" : "frame";

    private static void WriteBody(SourceWriter writer, MeanLoss loss, LossKernel kernel, VectorDialect dialect)
    {
        int length = kernel.Length;
        string term = NameOfTerm(kernel);
        using IDisposable samples = writer.Open("for (int s = from; s < to; s++)");
        writer.Line($"float share = {term}.ShareOf(s) * {FloatLiteral.Of(1.0 / length)};");
        writer.Line("float sum = 0f;");
        writer.Line($"ref float o = ref Unsafe.Add(ref output, (nint)s * {kernel.Stride});");
        writer.Line($"ref float t = ref Unsafe.Add(ref target, (nint)s * {(kernel.IsOneOfSeveral ? "term.TargetStride" : $"{length}")});");
        writer.Line($"ref float d = ref Unsafe.Add(ref gradient, (nint)s * {kernel.Stride});");

        int whole = length / dialect.Width * dialect.Width;
        if (whole > 0)
        {
            writer.Line($"{dialect.Type} sums = {dialect.Zero};");
            using (writer.Open($"for (nuint n = 0; n < {whole}; n += {dialect.Width})"))
                WriteElements(writer, loss, dialect, "n", "sums");
            writer.Line($"sum += {dialect.Class}.Sum(sums);");
        }

        // The rest one by one: what lies behind it is no output.
        if (whole < length)
        {
            using (writer.Open($"for (int n = {whole}; n < {length}; n++)"))
                WriteElements(writer, loss, VectorDialect.Scalar, "n", "sum");
        }

        writer.Line($"Unsafe.Add(ref {term}.SampleLosses, s) = sum * share;");
    }

    private static void WriteElements(SourceWriter writer, MeanLoss loss, VectorDialect dialect, string at, string sum)
    {
        string suffix = dialect.IsScalar ? "" : "s";
        writer.Line($"{dialect.Type} output{suffix}N = {dialect.Load("o", at)};");
        writer.Line($"{dialect.Type} target{suffix}N = {dialect.Load("t", at)};");
        var names = new LocalNames(["o", "t", "d", "s", "n", "sum", "sums", "share", "frame", "term", "output", "target", "gradient", "from", "to"]);
        EmittedCode code = new ExpressionEmitter(dialect, names).Emit(
            new Dictionary<string, string> { ["o"] = $"output{suffix}N", ["t"] = $"target{suffix}N", ["share"] = dialect.Broadcast("share") },
            loss.Element.Value,
            loss.Element.Derivative * Functions.Variable("share"));
        writer.Lines(code.Statements);
        writer.Line($"{sum} += {code.Values[0]};");
        writer.Line(dialect.Store(dialect.IsScalar ? code.Values[1] : $"({code.Values[1]})", "d", at) + ";");
    }
}
