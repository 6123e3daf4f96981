using NetGen.Generators.Declarations;
using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Emission.Programs;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission;

/// <summary>
/// Writes the programs of a network and its kernels as methods of a class in the namespace of NetGen's own. A kernel has one text for every
/// width of vector, or one for 32 registers and one for 16, and a method in front that picks, which the JIT folds into a direct call.
/// </summary>
internal static class KernelsPart
{
    public static GeneratedFile Write(NetworkDeclaration network, NetworkPlan plan)
    {
        var methods = new SourceWriter();
        IEnumerable<string> buffers = WriteClass(methods, network, plan);
        string text = methods.ToString();

        var writer = new SourceWriter();
        NetworkFile.WriteHeader(writer, network, hasAliases: true);
        writer.Line($"namespace {OwnNamespace.Name};\n");
        OwnNamespace.WriteUsings(writer, text);
        writer.Lines(buffers);
        WriteTable(writer, plan.Kernels.Methods);
        return NetworkFile.Named(network, "Kernels", writer + text);
    }

    private static IEnumerable<string> WriteClass(SourceWriter writer, NetworkDeclaration network, NetworkPlan plan)
    {
        var kernels = new KernelCalls(plan.Kernels);
        writer.Line("/// <summary>The programs of a network, and the loops that they are made of.</summary>");
        using (writer.Open(OwnNamespace.HeaderOf(network)))
        {
            IEnumerable<string> buffers = InferenceText.Write(writer, plan, kernels);
            if (plan.Stream is { } stream)
                buffers = buffers.Concat(StreamText.Write(writer, stream, kernels));
            if (plan.Training is { } training)
                buffers = buffers.Concat(TrainingText.Write(writer, training, kernels));
            foreach (ScheduledMethod method in plan.Kernels.Methods)
            {
                writer.Line();
                Write(writer, method);
            }

            return [.. buffers];
        }
    }

    private static void WriteTable(SourceWriter writer, IReadOnlyList<ScheduledMethod> methods)
    {
        // What the runtime library alone computes has none.
        if (methods.Count == 0)
            return;
        int width = Math.Max("method".Length, methods.Max(method => method.Name.Length));
        writer.Line($"// {"method".PadRight(width)}  why it is as it is");
        foreach (ScheduledMethod method in methods)
            writer.Line($"// {method.Name.PadRight(width)}  {method.Reason}");
    }

    private static void Write(SourceWriter writer, ScheduledMethod method)
    {
        writer.Comment(method.Summary);
        switch (method)
        {
            case ScheduledKernel kernel:
                Write(writer, kernel);
                break;
            case ScheduledWindow { Kernel: var window } pooling:
                string parameters = Parameters(WindowEmitter.Parameters(window));
                if (window.IsVectorised)
                {
                    string arguments = Arguments(WindowEmitter.Parameters(window));
                    WriteForAny(writer, pooling.Name, parameters, arguments, () => WindowEmitter.WriteBody(writer, window));
                }
                else
                {
                    WriteMethod(writer, "internal", pooling.Name, parameters, () => WindowEmitter.WriteBody(writer, window));
                }

                break;
            case ScheduledTransform transform:
                string[] operands = [.. transform.Kernel.Operands.Select(operand => operand.Name)];
                if (transform.Kernel.IsVectorised)
                    WriteForAny(writer, transform.Name, Parameters(operands), Arguments(operands), WriteTransform);
                else
                    WriteMethod(writer, "internal", transform.Name, Parameters(operands), WriteTransform);
                void WriteTransform() => TransformEmitter.WriteBody(writer, transform.Kernel);
                break;
            case ScheduledLoss { Kernel.Loss: FunctionLoss function } loss:
                WriteMethod(
                    writer, "internal", loss.Name, LossEmitter.Parameters(loss.Kernel), () =>
                        RowLossEmitter.WriteBody(writer, loss.Kernel, function));
                break;
            case ScheduledLoss loss:
                WriteForAny(writer, loss.Name, LossEmitter.Parameters(loss.Kernel), LossEmitter.Arguments(loss.Kernel),
                    () => LossEmitter.WriteBody(writer, loss.Kernel));
                break;
            case ScheduledStraightLine line:
                WriteForAny(
                    writer, line.Name, StraightLineEmitter.Parameters, StraightLineEmitter.Arguments,
                    () => StraightLineEmitter.WriteBody(writer, line), VectorDialect.PairedTypeArguments);
                if (line.HiddenLength > 0)
                {
                    writer.Line();
                    StraightLineEmitter.WriteHidden(writer, line);
                }

                break;
        }
    }

    private static void Write(SourceWriter writer, ScheduledKernel kernel)
    {
        string[] operands = [.. kernel.Kernel.Operands.Select(operand => operand.Name)];
        string parameters = kernel.IsRanged ? Parameters(operands) + (kernel.HasCount ? ", int count" : "") : References(operands);
        string arguments = kernel.IsRanged ? Arguments(operands) + (kernel.HasCount ? ", count" : "") : PassedOn(operands);
        KernelText first = kernel.Texts[0];
        if (first.Form is VectorForm.Scalar or VectorForm.Four)
        {
            WriteMethod(writer, "internal", kernel.Name, parameters, () => KernelEmitter.WriteBody(writer, kernel, first));
        }
        else if (first.Form == VectorForm.Any)
        {
            WriteForAny(writer, kernel.Name, parameters, arguments, () => KernelEmitter.WriteBody(writer, kernel, first));
        }
        else
        {
            WritePicking(writer, kernel.Name, parameters, [.. kernel.Texts.SelectMany(text => CallsOf(kernel, text, arguments))]);
            foreach (KernelText text in kernel.Texts)
            {
                writer.Line();
                (string parameter, string constraint) = text.Form == VectorForm.UpToEight ? VectorDialect.TypeParametersUpToEight : ("", "");
                string name = NameOf(kernel, text) + parameter;
                WriteMethod(writer, "private", name, parameters, () => KernelEmitter.WriteBody(writer, kernel, text), constraint);
            }
        }
    }

    private static string NameOf(ScheduledKernel kernel, KernelText text) => kernel.Name + text.Form switch
    {
        VectorForm.Vector512 => "On32",
        VectorForm.UpToEight => "On16",
        _ => "On16Short",
    };

    // Without a condition for what everybody else takes.
    private static IEnumerable<(string? Condition, string Call)> CallsOf(ScheduledKernel kernel, KernelText text, string arguments)
    {
        string name = NameOf(kernel, text);
        (string pairs, string own) = VectorDialect.TypeArgumentsUpToEight;
        return text.Form switch
        {
            VectorForm.Vector512 => [(VectorDialect.Has32Registers, $"{name}({arguments})")],
            VectorForm.Vector128 => [(VectorDialect.HasShortVectors, $"{name}({arguments})")],
            _ => [(VectorDialect.HasPairs, $"{name}<{pairs}>({arguments})"), (null, $"{name}<{own}>({arguments})")],
        };
    }

    private static void WriteForAny(
        SourceWriter writer, string name, string parameters, string arguments,
        Action writeBody, (string Condition, string Long, string Short)? types = null)
    {
        (string condition, string @long, string @short) = types ?? VectorDialect.TypeArguments;
        (string parameter, string constraint) = VectorDialect.TypeParameter;
        WritePicking(writer, name, parameters, [(condition, $"{name}<{@long}>({arguments})"), (null, $"{name}<{@short}>({arguments})")]);
        writer.Line();
        WriteMethod(writer, "private", $"{name}{parameter}", parameters, writeBody, constraint);
    }

    private static void WritePicking(SourceWriter writer, string name, string parameters, (string? Condition, string Call)[] texts)
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Open($"internal static void {name}({parameters})"))
        {
            string otherwise = "";
            foreach ((string? condition, string call) in texts.OrderBy(text => text.Condition is null))
            {
                writer.Line(condition is null ? $"{otherwise}{call};" : $"{otherwise}if ({condition}) {call};");
                otherwise = "else ";
            }
        }
    }

    private static void WriteMethod(SourceWriter writer, string access, string name, string parameters, Action writeBody, string constraint = "")
    {
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        using (writer.Open($"{access} static void {name}({parameters}){(constraint.Length == 0 ? "" : " ")}{constraint}"))
            writeBody();
    }

    private static string Parameters(IEnumerable<string> operands) => References(operands) + ", int from, int to";

    private static string Arguments(IEnumerable<string> operands) => PassedOn(operands) + ", from, to";

    private static string References(IEnumerable<string> operands) => string.Join(", ", operands.Select(operand => $"ref float {operand}"));

    private static string PassedOn(IEnumerable<string> operands) => string.Join(", ", operands.Select(operand => $"ref {operand}"));
}
