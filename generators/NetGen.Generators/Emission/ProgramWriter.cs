using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>Writes a program's steps as calls, and the references to the tensors they work on.</summary>
internal sealed class ProgramWriter(SourceWriter writer, MemoryMap memory, MethodLibrary methods)
{
    private readonly Dictionary<Placement, string> _names = [];
    private readonly HashSet<string> _taken = ["parameters", "inputs", "outputs", "scratch", "count", "frame", "worker", "from", "to", "workspace", "gradient", "targets", "inputGradient", "capacity", "s"];

    /// <summary>Declares a local reference for every tensor of the steps that has a place of its own.</summary>
    public void DeclareTensors(IEnumerable<Step> steps)
    {
        foreach (Value value in steps.SelectMany(step => step.Bindings))
        {
            Placement placement = memory.Placements[value];
            if (_names.ContainsKey(placement))
                continue;
            string start = StartOf(placement.Space);
            if (placement.Space is Space.Inputs or Space.Outputs or Space.Targets or Space.InputGradient)
            {
                _names[placement] = start;
                continue;
            }

            string name = value.Name;
            for (int n = 2; !_taken.Add(name); n++)
                name = value.Name + n;
            _names[placement] = name;
            string distance = placement.IsPerSample
                ? $"{memory.FixedLength} + capacity * {placement.Offset}"
                : $"{placement.Offset}";
            writer.Line($"ref float {name} = ref Unsafe.Add(ref {start}, {distance});");
        }
    }

    /// <summary>The same program with the given tensors moved to sample <c>s</c>.</summary>
    public ProgramWriter Moved(IReadOnlyDictionary<Value, int> tensors)
    {
        var moved = new ProgramWriter(writer, memory, methods);
        foreach (KeyValuePair<Placement, string> name in _names)
            moved._names[name.Key] = name.Value;
        foreach (var group in tensors.GroupBy(tensor => memory.Placements[tensor.Key]))
        {
            string name = _names[group.Key] + "S";
            moved._names[group.Key] = name;
            writer.Line($"ref float {name} = ref Unsafe.Add(ref {_names[group.Key]}, (nint)s * {group.First().Value});");
        }

        return moved;
    }

    private static string StartOf(Space space) => space switch
    {
        Space.Inputs => "inputs",
        Space.Outputs => "outputs",
        Space.Targets => "targets",
        Space.Parameters => "parameters",
        Space.Gradient => "gradient",
        Space.InputGradient => "inputGradient",
        _ => "workspace",
    };

    /// <summary>Writes the calls of the steps over samples [from, to).</summary>
    public void WriteCalls(IEnumerable<Step> steps, string from, string to, bool oneSample = false)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case KernelStep kernel:
                    WriteKernel(kernel, from, to, oneSample);
                    break;
                case WindowStep window:
                    writer.Line($"Kernels.{methods.NameOf(window)}({string.Join(", ", window.Bindings.Select(value => $"ref {Name(value)}"))}, {from}, {to});");
                    break;
                case RowStep rows:
                    WriteRows(rows, from, to);
                    break;
                case MaskStep mask:
                    writer.Line($"global::NetGen.DropoutMask.Fill(frame.Seed, {mask.Stream}, {FloatLiteral.Of(mask.Rate)}, ref {Name(mask.Mask)}, {mask.Stride}, {from}, {to});");
                    break;
                default:
                    throw new NotSupportedException($"{step.GetType().Name} is no call.");
            }
        }
    }

    /// <summary>Writes the calls of steps that do not belong to samples, each shared between the workers.</summary>
    public void WriteSharedCalls(IEnumerable<Step> steps)
    {
        foreach (KernelStep step in steps.Cast<KernelStep>())
        {
            KernelAxis ranged = step.Kernel.Axes.First(axis => axis.IsRanged);
            int a = step.Kernel.Axes.ToList().IndexOf(ranged);
            int granularity = InstructionSet.All.Max(set => TilePlanner.Plan(step.Kernel, set, oneSample: false).CountAlong(a));
            writer.Line($"(from, to) = worker.Share({ranged.Extent}, {granularity});");
            WriteKernel(step, "from", "to", oneSample: false);
        }
    }

    private void WriteKernel(KernelStep step, string from, string to, bool oneSample)
    {
        IEnumerable<string> operands = step.Operands.Select((value, i) => step.Offsets[i] == 0
            ? $"ref {Name(value)}"
            : $"ref Unsafe.Add(ref {Name(value)}, {step.Offsets[i]})");
        bool hasCount = step.Kernel.Axes.Any(axis => axis.IsDynamic && !axis.IsRanged);
        writer.Line($"// {step.Comment}");
        writer.Line($"Kernels.{methods.NameOf(step, oneSample)}({string.Join(", ", operands)}, {from}, {to}{(hasCount ? ", count" : "")});");
    }

    private void WriteRows(RowStep step, string from, string to)
    {
        string operands = string.Join(", ", step.Operands.Select(operand =>
            $"ref {(operand.Offset == 0 ? Name(operand.Value) : $"Unsafe.Add(ref {Name(operand.Value)}, {operand.Offset})")}, {operand.SampleStride}, {operand.RowStride}"));
        writer.Line($"global::NetGen.SoftmaxRows.{step.Method}({operands}, {step.Length}, {step.Rows}, {from}, {to});");
    }

    public string Name(Value value) => _names[memory.Placements[value]];
}
