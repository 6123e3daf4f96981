using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>
/// The kernels of a network as methods. Equal kernels are one method; each has a body per instruction set and a method in
/// front that picks one, which the JIT folds into a direct call.
/// </summary>
internal sealed class MethodLibrary
{
    private readonly Dictionary<object, string> _names = [];
    private readonly HashSet<string> _taken = [];
    private readonly List<string> _methods = [];

    /// <summary>The text of every method so far, in the order of their first use.</summary>
    public IReadOnlyList<string> Methods => _methods;

    /// <summary>The method of a kernel for one sample or for many.</summary>
    public string NameOf(KernelStep step, bool oneSample)
    {
        // Where no rows lie along the batch, one sample and many run the same code.
        Tile[] tiles = [.. InstructionSet.All.Select(set => TilePlanner.Plan(step.Kernel, set, oneSample))];
        bool differs = oneSample && InstructionSet.All.Where((set, i) => !SameShape(tiles[i], TilePlanner.Plan(step.Kernel, set, oneSample: false))).Any();
        object key = (step.Kernel, differs);
        if (_names.TryGetValue(key, out string? name))
            return name;

        name = _names[key] = Unique($"{step.Name}{(differs ? "One" : "")}");
        bool hasCount = step.Kernel.Axes.Any(axis => axis.IsDynamic && !axis.IsRanged);
        Add(name, KernelComments.Describe(step), [.. step.Kernel.Operands.Select(operand => operand.Name)], hasCount,
            set => KernelComments.Reason(step.Kernel, tiles[Index(set)], set),
            (writer, set, dialect) => KernelEmitter.WriteBody(writer, step.Kernel, tiles[Index(set)], dialect));
        return name;
    }

    public string NameOf(WindowStep step)
    {
        if (_names.TryGetValue(step.Kernel, out string? name))
            return name;
        name = _names[step.Kernel] = Unique(step.Name);
        Add(name, [step.Comment], WindowEmitter.Parameters(step.Kernel), hasCount: false,
            set => "the channels of a pixel along the vector",
            (writer, _, dialect) => WindowEmitter.WriteBody(writer, step.Kernel, dialect));
        return name;
    }

    /// <summary>The method that predicts one sample of a tiny network in a straight line.</summary>
    public string AddStraightLine(InferencePlan plan)
    {
        string name = Unique("PredictOne");
        _methods.Add(StraightLineEmitter.Write(name, plan));
        return name;
    }

    /// <summary>The method of a loss that is a mean over elements.</summary>
    /// <param name="kernel">The loss.</param>
    /// <param name="stem">What to call it, unless an equal one has a name.</param>
    public string NameOf(LossKernel kernel, string stem)
    {
        if (_names.TryGetValue(kernel, out string? name))
            return name;
        name = _names[kernel] = Unique(stem);
        _methods.Add(LossEmitter.WriteMethods(name, (MeanLoss)kernel.Loss, kernel));
        return name;
    }

    private static int Index(InstructionSet set) => InstructionSet.All.TakeWhile(other => other != set).Count();

    private static bool SameShape(Tile a, Tile b) =>
        a.VectorAxis == b.VectorAxis && a.Vectors == b.Vectors && a.Chains == b.Chains && a.Rows.SequenceEqual(b.Rows);

    private string Unique(string stem)
    {
        string name = stem;
        for (int n = 2; !_taken.Add(name); n++)
            name = $"{stem}_{n}";
        return name;
    }

    private void Add(
        string name,
        IReadOnlyList<string> description,
        IReadOnlyList<string> operands,
        bool hasCount,
        Func<InstructionSet, string> reason,
        Action<SourceWriter, InstructionSet, VectorDialect> writeBody)
    {
        string parameters = string.Join(", ", operands.Select(operand => $"ref float {operand}")) + ", int from, int to" + (hasCount ? ", int count" : "");
        string arguments = string.Join(", ", operands.Select(operand => $"ref {operand}")) + ", from, to" + (hasCount ? ", count" : "");

        var writer = new SourceWriter();
        writer.Lines(description.Select(line => $"// {line}"));
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
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
            writer.Line($"// {reason(set)}");
            writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
            using (writer.Open($"private static void {name}{set.Name}({parameters})"))
                writeBody(writer, set, VectorDialect.All.First(dialect => dialect.Width == set.Lanes));
        }

        _methods.Add(writer.ToString());
    }
}
