using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Programs;

/// <summary>Calls of the runtime library on rows of tensors, with where these lie.</summary>
internal sealed partial class ProgramWriter
{
    private void WriteAttention(AttentionStep step, string from, string to)
    {
        AttentionExtents extents = step.Extents;
        string shape = $"new({extents.Heads}, {extents.Queries}, {extents.Keys}, {extents.Size}, {extents.ValueSize}, "
            + $"{FloatLiteral.Of(extents.Scale)}, isCausal: {(extents.IsCausal ? "true" : "false")})";
        IEnumerable<string> length = step.Length is { } lengths ? [Operand(lengths), $"{lengths.SampleStride}"] : [];
        writer.Comment(step.Comment);
        writer.Call(
            $"BlockedAttention.{step.Method}",
            [
                shape,
                .. step.Operands.SelectMany(operand =>
                    new[] { Operand(operand), $"new({operand.SampleStride}, {operand.LineStride}, {operand.RowStride})" }),
                .. length, from, to,
            ]);
    }

    private void WriteAttention(CachedAttentionStep step)
    {
        writer.Comment(step.Comment);
        writer.Call("CachedAttention.Attend",
        [
            .. OfHeads(step.Context), .. OfHeads(step.Queries), .. OfSteps(step.Keys), .. OfSteps(step.Values),
            $"{step.Heads}", $"{step.Size}", $"{step.ValueSize}", FloatLiteral.Of(step.Scale), StreamCounters.Plus(step.Clock, 1),
        ]);
    }

    private void WriteWindow(PastWindowStep step)
    {
        PastSteps steps = step.Steps;
        writer.Comment(step.Comment);
        // Of the window that begins with the n-th step, those of the first that are missing are missing but for n.
        string count = step.Grows ? StreamCounters.Scaled(step.Clock, steps.Stride, steps.Size - steps.Missing) : $"{steps.Size}";
        writer.Call(
            $"PastWindows.{(step.Kind == WindowKind.Max ? "Max" : "Mean")}",
            [Operand(step.Output), Operand(step.Rows), $"{step.Rows.RowStride}", $"{steps.Size}", $"{step.Length}", count]);
    }

    private string Operand(RowOperand operand) => $"ref {At(operand.Value, operand.Offset)}";

    private IEnumerable<string> Strided(RowOperand operand) => [Operand(operand), $"{operand.SampleStride}", $"{operand.RowStride}"];

    private IEnumerable<string> OfHeads(RowOperand operand) => [Operand(operand), $"{operand.LineStride}"];

    private IEnumerable<string> OfSteps(RowOperand operand) => [Operand(operand), $"{operand.RowStride}", $"{operand.LineStride}"];

    private void WriteTable(PositionTableStep table, string from, string to)
    {
        writer.Comment(table.Comment);
        string[] pairs = table.Function == PositionFunction.Sinusoidal ? [] : [table.IsHalved ? "true" : "false"];
        writer.Call(
            $"PositionTables.{table.Function}",
            [$"ref {Name(table.Target)}", $"{table.Stride}", $"{table.Features}", FloatLiteral.Of(table.Base), .. pairs, from, to]);
    }

    // Behind the tensors, how many rows a table has, how long they are, and how many tokens a sample has.
    private IEnumerable<string> Arguments(RowOperand table, RowOperand rows, RowOperand tokens) =>
    [
        Operand(table), $"{table.RowStride}", .. Strided(rows), .. Strided(tokens),
        $"{table.Value.Shape[0]}", $"{table.Value.Shape[1]}", $"{tokens.Value.Shape[0]}",
    ];

    private void WriteSoftmax(SoftmaxStep step, string from, string to)
    {
        writer.Comment(step.Comment);
        using (step.Lines > 1 ? writer.Open($"for (int i = 0; i < {step.Lines}; i++)") : default(IDisposable))
        {
            IEnumerable<string> operands = step.Operands.SelectMany(operand =>
                new[] { $"ref {Start(operand)}", $"{operand.SampleStride}", $"{operand.RowStride}" });
            writer.Call(step.Method, [.. operands, $"{step.Length}", $"{step.Rows}", from, to]);
        }

        string Start(RowOperand operand)
        {
            int offset = operand.Offset - BeginningOf(operand.Value);
            return step.Lines == 1 ? At(operand.Value, operand.Offset)
                : $"Unsafe.Add(ref {Name(operand.Value)}, {(offset == 0 ? "" : $"{offset} + ")}i * {operand.LineStride})";
        }
    }
}
