using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>
/// Writes a loss of rows: each row's value and the derivative by each of its outputs, from one expression in all outputs and targets, in which
/// nothing is computed twice.
/// </summary>
internal static class RowLossEmitter
{
    public static void WriteBody(SourceWriter writer, LossKernel kernel, FunctionLoss loss)
    {
        string term = LossEmitter.NameOfTerm(kernel);
        using IDisposable samples = writer.Open("for (int s = from; s < to; s++)");
        writer.Line($"float share = {term}.ShareOf(s){(loss.Times == 1 ? "" : $" * {FloatLiteral.Of(loss.Times)}")};");
        bool hasSteps = kernel.Steps > 1;
        string targets = kernel.IsOneOfSeveral ? "term.TargetStride" : $"{kernel.Total}";
        string row = hasSteps ? "Step" : "S";
        if (hasSteps)
            writer.Line("float sum = 0;");
        if (kernel.HasLengths)
            writer.Line($"int length = {term}.LengthOf(s);");
        using (IDisposable? steps = hasSteps ? writer.Open($"for (int step = 0; step < {kernel.Steps}; step++)") : null)
        {
            Reference("output", $"{kernel.SampleStride}", kernel.Stride);
            Reference("target", targets, kernel.Length);
            Reference("gradient", $"{kernel.SampleStride}", kernel.Stride);
            // Behind the last output there are zeros, which stay.
            if (kernel.HasLengths)
            {
                using (writer.Open("if (step >= length)"))
                {
                    writer.Line($"for (int i = 0; i < {kernel.Length}; i++)");
                    writer.Line($"    Unsafe.Add(ref gradient{row}, i) = 0;");
                    writer.Line("continue;");
                }
            }

            WriteRow(writer, kernel, loss, term, row, hasSteps);
        }

        if (hasSteps)
            writer.Line($"Unsafe.Add(ref {term}.SampleLosses, s) = sum * share;");

        void Reference(string name, string sampleStride, int stride) => writer.Line(
            $"ref float {name}{row} = ref Unsafe.Add(ref {name}, (nint)s * {sampleStride}{(hasSteps ? $" + (nint)step * {stride}" : "")});");
    }

    private static void WriteRow(SourceWriter writer, LossKernel kernel, FunctionLoss loss, string term, string row, bool hasSteps)
    {
        Expression share = Functions.Variable("share");
        Expression[] roots = [loss.Function.Value, .. loss.Function.Gradient.Select(slope => slope * share)];
        var used = new HashSet<string>(ExpressionLowering.CountUses(roots).Keys.OfType<Variable>().Select(variable => variable.Name));
        var variables = new Dictionary<string, string> { ["share"] = "share" };
        Load("output", FunctionLoss.OutputAt);
        Load("target", FunctionLoss.TargetAt);
        var names = new LocalNames(
        [
            .. variables.Values, "s", "i", "step", "length", "sum", "share", "from", "to", "term", "frame",
            .. new[] { "output", "target", "gradient" }.SelectMany(name => new[] { name, name + row }),
        ]);
        EmittedCode code = new ExpressionEmitter(VectorDialect.Scalar, names).Emit(variables, roots);
        writer.Statements(code.Statements);
        for (int i = 0; i < kernel.Length; i++)
            writer.Line($"{Element("gradient", i)} = {code.Values[i + 1]};");
        writer.Line(hasSteps ? $"sum += {code.Values[0]};" : $"Unsafe.Add(ref {term}.SampleLosses, s) = {InProduct(code.Values[0])} * share;");

        void Load(string name, Func<int, Variable> variable)
        {
            for (int i = 0; i < kernel.Length; i++)
            {
                string local = variable(i).Name;
                if (!used.Contains(local))
                    continue;
                variables.Add(local, local);
                writer.Line($"float {local} = {Element(name, i)};");
            }
        }

        string Element(string name, int i) => i == 0 ? name + row : $"Unsafe.Add(ref {name}{row}, {i})";
    }

    private static string InProduct(string value) => value.All(char.IsLetterOrDigit) ? value : $"({value})";
}
