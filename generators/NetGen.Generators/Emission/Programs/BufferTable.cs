using NetGen.Generators.Emission.Kernels;
using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>
/// The table of what a program writes: each buffer by the name that it has in the program, its shape and place, the methods that write it,
/// and the buffers that take its place next, when it is needed no more.
/// </summary>
internal static class BufferTable
{
    /// <param name="title">What the program does.</param>
    /// <param name="steps">Its steps.</param>
    /// <param name="memory">Its memory.</param>
    /// <param name="program">The program, whose tensors have their names.</param>
    /// <param name="kernels">The methods.</param>
    public static IEnumerable<string> Of(
        string title, IEnumerable<Step> steps, MemoryMap memory, ProgramWriter program, KernelCalls kernels)
    {
        var writers = new Dictionary<Allocation, (Value Value, List<string> Methods)>();
        foreach (Step step in LoopStep.Flatten(steps))
        {
            foreach (Value value in step.Writes)
            {
                if (!writers.TryGetValue(memory[value], out (Value Value, List<string> Methods) writer))
                    writers[memory[value]] = writer = (value, []);
                string method = MethodOf(step, kernels);
                if (!writer.Methods.Contains(method))
                    writer.Methods.Add(method);
            }
        }

        var rows = new List<string[]> { new[] { title, "shape", "place", "written by", "then taken by" } };
        Allocation[] order = [.. writers.Keys];
        IReadOnlyDictionary<Allocation, IReadOnlyList<Allocation>> successors = Succession.Of(order);
        foreach (KeyValuePair<Allocation, (Value Value, List<string> Methods)> written in writers)
        {
            IEnumerable<Allocation> followers = successors[written.Key];
            rows.Add(
            [
                program.Name(written.Value.Value), written.Value.Value.Shape.ToString(), PlaceOf(written.Key),
                string.Join(", ", written.Value.Methods), string.Join(", ", followers.Select(other => program.Name(writers[other].Value))),
            ]);
        }

        int[] widths = [.. Enumerable.Range(0, 5).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => "// " + string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string MethodOf(Step step, KernelCalls kernels) => step switch
    {
        KernelStep kernel => kernels.Of(kernel),
        TurnStep turn => kernels.Of(turn.Kernel),
        WindowStep window => kernels.Of(window),
        TransformStep transform => kernels.Of(transform),
        LossStep { Given: not null } => "Judge",
        LossStep { Kernel: { Loss: GeneratedLoss } loss } => kernels.Of(loss),
        LossStep { Kernel.Loss: RowLoss loss } => loss.RuntimeClass,
        LossStep => "TakesGradient",
        SoftmaxStep softmax => softmax.Method,
        MaskStep => "DropoutMask.Fill",
        LengthStep length => $"SequenceLengths.{length.Kind}",
        ClearStep => "Samples.Clear",
        LinesStep => "ImageLines.Copy",
        TurnSumStep => "Samples.AddUp",
        PositionTableStep table => $"PositionTables.{table.Function}",
        PastWindowStep window => $"PastWindows.{(window.Kind == WindowKind.Max ? "Max" : "Mean")}",
        CachedAttentionStep => "CachedAttention.Attend",
        AttentionStep attention => $"BlockedAttention.{attention.Method}",
        GatherStep => "Embeddings.Gather",
        ScatterStep => "Embeddings.Scatter",
        _ => "the program",
    };

    private static string PlaceOf(Allocation allocation)
    {
        Placement place = allocation.Place;
        string start = place.IsPerSample ? "samples" : ProgramWriter.StartOf(place.Space);
        string rows = allocation.Rows > 1 ? $" ×{allocation.Rows}" : "";
        return $"{start}{(place.Offset == 0 ? "" : $" + {place.Offset}")}{rows}";
    }
}
