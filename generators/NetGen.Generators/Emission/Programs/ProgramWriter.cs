using NetGen.Generators.Collections;
using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Writes a program's steps as calls, and the references to the tensors they work on.</summary>
internal sealed partial class ProgramWriter(SourceWriter writer, MemoryMap memory, KernelCalls kernels)
{
    /// <summary>How many samples go through layers together, where they do.</summary>
    public int SamplesOfTurn { get; init; } = 1;

    // Of fewer units some worker has noticeably more than another.
    private const int FewUnits = 8;

    private readonly Dictionary<Value, string> _names = [];
    private readonly Dictionary<Value, int> _beginnings = [];
    private readonly HashSet<string> _taken =
    [
        "parameters", "inputs", "outputs", "count", "few", "frame", "worker", "from", "to", "first", "last", "line", "workspace", "gradient",
        "targets", "losses", "inputGradient", "capacity", "samples", "sample", "s", "state", "position", "lineNext", "channel", "panel", "turn",
    ];

    /// <summary>
    /// Declares a local reference for every tensor of the steps. Tensors that take turns in one place have a name each, so
    /// that a call says what it reads and writes.
    /// </summary>
    public void DeclareTensors(IEnumerable<Step> steps)
    {
        Value[] values = [.. steps.SelectMany(step => step.Bindings).Distinct()];
        string samples = "workspace";
        if (memory.FixedLength > 0 && values.Any(value => memory[value].Place.IsPerSample))
        {
            samples = "samples";
            writer.Line("// Behind what does not depend on the batch, a row per sample for each tensor.");
            writer.Line($"ref float samples = ref Unsafe.Add(ref workspace, {memory.FixedLength});");
        }

        // A tensor with room before it, or a part of another, is referred to where it begins, if every step means that place.
        var means = new Dictionary<Value, int?>();
        foreach ((Value value, int offset) in steps.SelectMany(PlacesOf))
            means[value] = means.TryGetValue(value, out int? other) && other != offset ? null : offset;
        foreach (KeyValuePair<Value, int?> place in means)
        {
            if (place.Value is { } beginning)
                _beginnings[place.Key] = beginning;
        }

        var locals = new List<(string Name, string Place)>();
        foreach (Value value in values)
        {
            Placement placement = memory[value].Place;
            string start = placement.IsPerSample ? samples : StartOf(placement.Space);
            int beginning = BeginningOf(value);
            if (IsCallers(placement.Space) && placement.Offset == 0 && beginning == 0)
            {
                _names[value] = start;
                continue;
            }

            string name = value.Name;
            for (int n = 2; !_taken.Add(name); n++)
                name = value.Name + n;
            _names[value] = name;
            IEnumerable<string> distance =
            [
                placement.Offset == 0 ? "" : placement.IsPerSample ? $"capacity * {placement.Offset}" : $"{placement.Offset}",
                beginning == 0 ? "" : $"{beginning}",
            ];
            string behind = string.Join(" + ", distance.Where(part => part.Length > 0));
            string place = behind.Length == 0 ? start : $"Unsafe.Add(ref {start}, {behind})";
            locals.Add((name, $"ref {place}"));
        }

        writer.Declare("ref float", locals);
    }

    private static bool IsCallers(Space space) =>
        space is Space.Inputs or Space.Outputs or Space.InputGradient or Space.Targets or Space.Losses;

    private static IEnumerable<(Value Value, int Offset)> PlacesOf(Step step) => step switch
    {
        KernelStep kernel => kernel.Operands.Zip(kernel.Offsets, (value, offset) => (value, offset)),
        TransformStep transform => transform.Operands.Zip(transform.Offsets, (value, offset) => (value, offset)),
        SoftmaxStep softmax => softmax.Operands.Select(Place),
        GatherStep gather => [Place(gather.Table), Place(gather.Rows), Place(gather.Tokens)],
        ScatterStep scatter => [Place(scatter.Table), Place(scatter.Rows), Place(scatter.Tokens)],
        LengthStep length => [Place(length.Mask), Place(length.Length)],
        AttentionStep attention =>
            [.. attention.Operands.Select(Place), .. attention.Length is { } length ? [Place(length)] : Array.Empty<(Value, int)>()],
        ClearStep clear => [(clear.Target, clear.Offset), .. clear.Steps is { } steps ? [Place(steps)] : Array.Empty<(Value, int)>()],
        LinesStep lines => [Place(lines.Lines), (lines.Image, 0)],
        TurnStep turn => PlacesOf(turn.Kernel),
        LoopStep loop => loop.All.SelectMany(PlacesOf),
        _ => step.Bindings.Select(value => (value, 0)),
    };

    private static (Value Value, int Offset) Place(RowOperand operand) => (operand.Value, operand.Offset);

    /// <summary>How many floats behind the beginning of a tensor's memory its reference stands.</summary>
    private int BeginningOf(Value value) => _beginnings.TryGetValue(value, out int beginning) ? beginning : 0;

    /// <summary>The same program for steps inside a loop, with the given tensors moved to where its counter stands.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="tensors">The tensors that move, with the floats from one count to the next.</param>
    /// <param name="counter">The counter.</param>
    public ProgramWriter Moved(IEnumerable<Step> steps, IReadOnlyDictionary<Value, int> tensors, string counter) =>
        Moved(steps, tensors.ToDictionary(tensor => tensor.Key, tensor => (tensor.Value, counter)));

    /// <summary>The same program for steps at which the given tensors have moved to where counters stand.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="tensors">The tensors that move, with the floats from one count to the next, and what counts.</param>
    public ProgramWriter Moved(IEnumerable<Step> steps, IReadOnlyDictionary<Value, (int Distance, string Counter)> tensors)
    {
        var moved = new ProgramWriter(writer, memory, kernels) { SamplesOfTurn = SamplesOfTurn };
        foreach (KeyValuePair<Value, string> name in _names)
            moved._names[name.Key] = name.Value;
        foreach (KeyValuePair<Value, int> beginning in _beginnings)
            moved._beginnings[beginning.Key] = beginning.Value;

        // A view lies where the tensor does that it is a view of, and moves with it; what has a distance of its own, such as the whole of what a
        // stream remembers, goes by that.
        Dictionary<Placement, (int Distance, string Counter)> motions = tensors
            .GroupBy(tensor => memory[tensor.Key].Place)
            .ToDictionary(group => group.Key, group => group.First().Value);
        foreach (Value value in steps.SelectMany(step => step.Bindings).Distinct())
        {
            if (!tensors.TryGetValue(value, out (int Distance, string Counter) motion) && !motions.TryGetValue(memory[value].Place, out motion))
                continue;
            if (motion.Distance == 0)
                continue;
            (int distance, string counter) = motion;
            string name = moved._names[value] = _names[value] + counter.Capitalised();
            if (moved._taken.Add(name))
                writer.Line($"ref float {name} = ref Unsafe.Add(ref {_names[value]}, (nint){counter}{(distance == 1 ? "" : $" * {distance}")});");
        }

        return moved;
    }

    /// <summary>The reference at which a block of memory begins.</summary>
    public static string StartOf(Space space) => space switch
    {
        Space.Inputs => "inputs",
        Space.Outputs => "outputs",
        Space.Parameters => "parameters",
        Space.Gradient => "gradient",
        Space.InputGradient => "inputGradient",
        Space.Targets => "targets",
        Space.Losses => "losses",
        Space.State => "state",
        _ => "workspace",
    };

    /// <summary>Writes the calls of the steps over samples [from, to).</summary>
    public void WriteCalls(IEnumerable<Step> steps, string from, string to, bool oneSample = false, bool isSingle = false)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case KernelStep kernel:
                    WriteKernel(kernel, from, to, oneSample);
                    break;
                case WindowStep window:
                    writer.Comment(window.Comment);
                    writer.Call(kernels.Of(window), [.. window.Bindings.Select(value => $"ref {Name(value)}"), from, to]);
                    break;
                case TransformStep transform:
                    WriteTransform(transform, from, to);
                    break;
                case SoftmaxStep softmax:
                    WriteSoftmax(softmax, from, to);
                    break;
                case TurnStep turn:
                    WriteTurn(turn.Kernel, from, to, isSingle);
                    break;
                case LoopStep loop:
                    WriteLoop(loop, from, to, oneSample, isSingle);
                    break;
                case GatherStep gather:
                    writer.Comment(gather.Comment);
                    writer.Call("Embeddings.Gather", [.. Arguments(gather.Table, gather.Rows, gather.Tokens), from, to]);
                    break;
                case AttentionStep attention:
                    WriteAttention(attention, from, to);
                    break;
                case CachedAttentionStep attention:
                    WriteAttention(attention);
                    break;
                case PastWindowStep window:
                    WriteWindow(window);
                    break;
                case ClearStep clear:
                    writer.Comment(clear.Comment);
                    writer.Call(
                        "Samples.Clear",
                        [$"ref {At(clear.Target, clear.Offset)}", $"{clear.SampleStride}", $"{clear.Length}", from, to]);
                    break;
                case LinesStep lines:
                    WriteLines(lines);
                    break;
                case MaskStep mask:
                    writer.Comment(mask.Comment);
                    writer.Call(
                        "DropoutMask.Fill",
                        ["frame", $"{mask.Stream}", FloatLiteral.Of(mask.Rate), $"ref {Name(mask.Mask)}", $"{mask.Stride}", from, to]);
                    break;
                case LengthStep length:
                    writer.Comment(length.Comment);
                    writer.Call(
                        $"SequenceLengths.{length.Kind}",
                        [
                            .. Strided(length.Mask), Operand(length.Length),
                            $"{length.Length.SampleStride}", $"{length.Mask.Value.Shape[0]}", from, to,
                        ]);
                    break;
                default:
                    throw new NotSupportedException($"{step.GetType().Name} is no call.");
            }
        }
    }

    private string At(Value value, int offset) =>
        offset == BeginningOf(value) ? Name(value) : $"Unsafe.Add(ref {Name(value)}, {offset - BeginningOf(value)})";

    /// <summary>Writes the calls of steps that do not belong to samples, each shared between the workers.</summary>
    /// <param name="steps">The steps.</param>
    /// <param name="turn">How many units of steps that have few were shared before, in the same phase.</param>
    /// <returns>How many are so behind these.</returns>
    public int WriteSharedCalls(IEnumerable<Step> steps, int turn)
    {
        foreach (Step shared in steps)
        {
            if (shared is SampleShareStep share)
            {
                writer.Comment(share.Comment);
                writer.Line("if (worker.Index == 0)");
                writer.Line($"    {Name(share.Target)} = 1f / count;");
                continue;
            }

            if (shared is PositionTableStep table)
            {
                WriteShare(table.Rows, 1);
                WriteTable(table, "from", "to");
                continue;
            }

            if (shared is ScatterStep scatter)
            {
                WriteShare(scatter.Table.Value.Shape[1], Layout.Lanes);
                writer.Comment(scatter.Comment);
                // Of a table that is no parameter's gradient, but a share of one, all is read.
                string number = memory[scatter.Table.Value].Place.Space == Space.Gradient ? $"{scatter.Number}" : "-1";
                writer.Call(
                    "Embeddings.Scatter",
                    ["frame", number, .. Arguments(scatter.Table, scatter.Rows, scatter.Tokens), "count", "from", "to"]);
                continue;
            }

            if (shared is TransformStep transform)
            {
                WriteShare(transform.Kernel.Axes[0].Extent, 1);
                WriteTransform(transform, "from", "to");
                continue;
            }

            if (shared is TurnSumStep sum)
            {
                WriteShare(sum.Length, Layout.Lanes);
                writer.Comment(sum.Comment);
                writer.Call("Samples.AddUp", [$"ref {Name(sum.Sum)}", $"ref {Name(sum.OfTurn)}", $"{sum.Length}", Turns, "from", "to"]);
                continue;
            }

            if (shared is PartsStep parts)
            {
                WriteParts(parts);
                continue;
            }

            var step = (KernelStep)shared;
            (int extent, int granularity) = kernels.ShareOf(step);
            WriteShare(extent, granularity);
            WriteKernel(step, "from", "to", oneSample: false);
        }

        return turn;

        void WriteShare(int extent, int granularity)
        {
            int units = (extent + granularity - 1) / granularity;
            bool areFew = units < FewUnits;
            writer.Line($"(from, to) = worker.Share({extent}, {granularity}{(areFew && turn > 0 ? $", {turn}" : "")});");
            turn += areFew ? units : 0;
        }
    }

    /// <summary>Writes the calls of steps that do not belong to samples, each done at once.</summary>
    public void WriteWholeCalls(IEnumerable<Step> steps)
    {
        foreach (Step step in steps)
        {
            if (step is PositionTableStep table)
            {
                WriteTable(table, "0", $"{table.Rows}");
                continue;
            }

            if (step is TransformStep transform)
            {
                WriteTransform(transform, "0", $"{transform.Kernel.Axes[0].Extent}");
                continue;
            }

            var kernel = (KernelStep)step;
            WriteKernel(kernel, "0", $"{kernel.Kernel.Axes.First(axis => axis.IsRanged).Extent}", oneSample: false);
        }
    }

    private void WriteKernel(KernelStep step, string from, string to, bool oneSample)
    {
        IEnumerable<string> operands = step.Operands.Select((value, i) => $"ref {At(value, step.Offsets[i])}");
        bool hasCount = step.Kernel.Axes.Any(axis => axis.IsDynamic && !axis.IsRanged);
        string[] range = step.Kernel.IsOfOneSample ? [] : hasCount ? [from, to, CountOf(step)] : [from, to];
        writer.Comment(step.Comment);
        writer.Call(kernels.Of(step, oneSample), [.. operands, .. range]);
    }

    private void WriteTransform(TransformStep step, string from, string to)
    {
        writer.Comment(step.Comment);
        writer.Call(kernels.Of(step), [.. step.Operands.Select((value, i) => $"ref {At(value, step.Offsets[i])}"), from, to]);
    }

    public string Name(Value value) => _names[value];
}
