using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Streaming;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>Where the rows of tensors lie that the runtime library works on.</summary>
internal sealed partial class StepPlanner
{
    private RowOperand TableOf(Value table) => new(table, 0, layouts.Of(table).Stride(0), 0, layouts.Of(table).Origin);

    // From head to head as from line to line; what is remembered has rows of heads.
    private RowOperand HeadsOf(Value value)
    {
        Layout layout = layouts.Of(value);
        int rank = value.Shape.Rank;
        return rank == 1
            ? new RowOperand(value, layouts.SampleStride(value), layout.Stride(0), 0, layout.Origin)
            : new RowOperand(value, layouts.SampleStride(value), rank == 3 ? layout.Stride(0) : 0, layout.Stride(rank - 2), layout.Origin);
    }

    private RowOperand CachedHeadsOf(CachedRows cached)
    {
        RowOperand heads = HeadsOf(cached.Rows);
        return heads with { Offset = heads.Offset + cached.First * layouts.Of(cached.Rows).Stride(0) };
    }

    private PastWindowStep Window(PastWindow window)
    {
        string what = window.Kind == WindowKind.Max ? "largest" : "mean";
        return new PastWindowStep(
            window.Layer, $"{window.Output.Name} = the {what} of the last {window.Steps.Size} of {window.Rows.Name}",
            window.Kind, window.CountsPadding, RowsOf(window.Output), RowsOf(window.Rows), window.Steps, window.Output.Shape.Length, window.Clock);
    }

    // Of a stream there is one row, of the present step.
    private RowOperand RowsOf(Value rows) =>
        new(rows, layouts.SampleStride(rows), rows.Shape.IsVector ? 0 : layouts.Of(rows).Stride(0), 0, layouts.Of(rows).Origin);

    // One number for each step.
    private RowOperand TokensOf(Value tokens) =>
        new(tokens, layouts.SampleStride(tokens), layouts.Of(tokens).Stride(0), 0, layouts.Of(tokens).Origin);

    // One row per pixel of an image, or along the last dimension; a vector is one row.
    private SoftmaxStep Rows(Operation operation, IReadOnlyList<Value> values)
    {
        Shape shape = operation.Output.Shape;
        bool isByPixels = shape.IsImage && layouts.Of(operation.Output) is { HasColumnsInnermost: true } or { IsCallers: true };
        int along = shape.IsImage ? 0 : shape.Rank - 1;
        int[] outer = [.. Enumerable.Range(0, shape.Rank).Where(d => d != along)];
        int rows = outer.Length == 0 ? 1 : shape[outer[outer.Length - 1]];
        int lines = outer.Length < 2 ? 1 : shape[outer[outer.Length - 2]];
        // Lines that follow one another as rows do are rows.
        if (values.All(value => Stride(value, 2) == rows * Stride(value, 1)))
            (rows, lines) = (rows * lines, 1);
        string what = operation is Softmax ? "softmax" : "gradient of the softmax";
        return new SoftmaxStep(
            operation.Layer, $"{operation.Output.Name}: the {what} {(isByPixels ? "over the channels of each pixel" : "of each row")}",
            operation is SoftmaxGradient, isByPixels, shape[along], rows, lines, [.. values.Select(OperandOf)]);

        int Stride(Value value, int fromInnermost) =>
            outer.Length < fromInnermost ? 0 : layouts.Of(value).Stride(outer[outer.Length - fromInnermost]);

        RowOperand OperandOf(Value value) => new(
            value, layouts.SampleStride(value), isByPixels ? layouts.Of(value).Stride(along) : Stride(value, 1), Stride(value, 2),
            layouts.Of(value).Origin);
    }

    /// <summary>The lines of the caller's image that some of the first layer's are made of.</summary>
    public LinesStep Copy(CopiedLines copied, string counter, int stride)
    {
        Layout layout = layouts.Of(copied.Lines);
        return new LinesStep(
            copied.Copy.Layer, "the input's lines that are read, with zeros around them",
            new RowOperand(copied.Lines, layouts.SampleStride(copied.Lines), layout.Stride(0), layout.Stride(1), layout.Origin),
            copied.Image, copied.Lines.Shape[0], counter, stride, copied.First);
    }
}
