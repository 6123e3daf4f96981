using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>Turns the transforms of tiled convolutions into kernels: loops over tiles or weights, and the strides of their squares.</summary>
internal sealed class TransformLowering(Layouts layouts)
{
    private const int SampleAxis = 0, RowAxis = 1, ColumnAxis = 2;

    /// <summary>
    /// The transform of a weight, which is shared along the channels that are summed over. What stores weights in panels may be the outputs, as a
    /// product does, or the inputs, as a product stores them whose gradient it is.
    /// </summary>
    public (TransformKernel Kernel, IReadOnlyList<Value> Bindings) LowerWeight(TileTransform transform)
    {
        TiledConvolution convolution = transform.Convolution;
        Layout weight = layouts.Of(transform.Source), points = layouts.Of(transform.Output);
        LayoutDimension outputs = points.Dimensions[3];
        var inputs = weight.Dimensions[convolution.InputDimension];
        (int panels, int lanes) = CutOf(outputs);
        (int blocks, int rows) = CutOf(inputs);
        LayoutDimension from = weight.Dimensions[convolution.OutputDimension];
        TransformOperand source = Operand(
            Roles.OfFactor(transform.Source), StrideOf(from, lanes), StrideOf(from, 1),
            StrideOf(inputs, rows), StrideOf(inputs, 1), weight, 2, 3);
        TransformOperand target = Operand(
            "points", StrideOf(outputs, lanes), 1, points.Stride(2) * rows, points.Stride(2), points, 0, 1);
        var kernel = new TransformKernel(
            transform.Matrix, new TransformAxis[] { new("c", rows), new("q", blocks), new("p", panels) }.ToEquatableArray(), lanes, source)
        {
            Results = new[] { new TransformResult(target, Functions.Variable(Kernel.Sum)) }.ToEquatableArray(),
        };
        return (kernel, [transform.Output, transform.Source]);

        static TransformOperand Operand(string name, int panel, int lane, int block, int row, Layout layout, int down, int across) => new(
            name, new[] { row, block, panel }.ToEquatableArray(), layout.Stride(down), layout.Stride(across), layout.Origin) { Lane = lane };

        static (int Panels, int Width) CutOf(LayoutDimension dimension) =>
            dimension.Factors.Count > 1 ? (dimension.Factors[0].Extent, dimension.Factors[1].Extent) : (1, dimension.Extent);

        static int StrideOf(LayoutDimension dimension, int distance) => dimension.Factors.Count == 1 ? dimension.Factors[0].Stride * distance
            : distance < dimension.Factors[1].Extent ? dimension.Factors[1].Stride * distance
            : dimension.Factors[0].Stride * (distance / dimension.Factors[1].Extent);
    }

    /// <summary>The tiles of an image.</summary>
    public (TransformKernel Kernel, IReadOnlyList<Value> Bindings) LowerInput(TileTransform transform)
    {
        TransformOperand target = Tiles(Roles.OfResult(transform.Output, [transform.Output]), transform.Output, transform);
        Layout image = layouts.Of(transform.Source);
        int offset = image.Origin + transform.Convolution.FirstRow * image.Stride(1) + transform.Convolution.FirstColumn * image.Stride(2);
        TransformOperand source = Image(Roles.OfFactor(transform.Source), transform.Source, image.Stride(1), image.Stride(2), offset);
        var kernel = new TransformKernel(transform.Matrix, AxesOf(transform), transform.Source.Shape[0], source)
        {
            Results = new[] { new TransformResult(target, Functions.Variable(Kernel.Sum)) }.ToEquatableArray(),
        };
        return (kernel, [transform.Output, transform.Source]);
    }

    /// <summary>The outputs of tiles, and what follows them.</summary>
    public (TransformKernel Kernel, IReadOnlyList<Value> Bindings) LowerOutput(FusedOperation fused)
    {
        var transform = (TileTransform)fused.Head;
        Axis[] axes = Axis.Along(transform.Output.Shape);
        Graph.Index[] target = [.. axes.Select(Graph.Index.Of)];
        var bindings = new List<Value>();
        TransformOperand Pointwise(string name, Value value, IReadOnlyList<int> dimensions)
        {
            bindings.Add(value);
            LoweredAccess access = new Lowering(layouts).Pointwise(name, value, dimensions, fused, target);
            TransformOperand operand = Image(name, value, access.StrideAlong(axes[1], 1), access.StrideAlong(axes[2], 1), access.Offset);
            return operand with { Lane = access.StrideAlong(axes[0], 1) };
        }

        TransformResult[] results = [.. fused.Results.Select(result => new TransformResult(
            Pointwise(Roles.OfResult(result, fused.Results), result, [0, 1, 2]), fused.Computed[result]))];
        bindings.Add(transform.Source);
        TransformOperand source = Tiles(Roles.OfFactor(transform.Source), transform.Source, transform);
        TransformOperand? start = fused.Start is { } bias ? Pointwise("b", bias.Value, bias.Dimensions) : null;
        TransformOperand[] reads = [.. fused.Reads.Select(read => Pointwise(read.Variable, read.Value, read.Dimensions))];
        var kernel = new TransformKernel(transform.Matrix, AxesOf(transform), transform.Output.Shape[0], source)
        {
            Start = start,
            Reads = reads.ToEquatableArray(),
            Results = results.ToEquatableArray(),
        };
        return (kernel, bindings);
    }

    private static EquatableArray<TransformAxis> AxesOf(TileTransform transform)
    {
        TiledConvolution convolution = transform.Convolution;
        Shape image = convolution.Output.Shape;
        int step = convolution.Algorithm.Outputs, rows = convolution.RowsAtATime;
        return new TransformAxis[]
        {
            new(Axis.Sample.Name, Axis.Dynamic),
            new("i", rows, step, convolution.IsWhole ? image[1] - step : (rows - 1) * step),
            new("j", convolution.TilesOfRow, step, image[2] - step),
        }.ToEquatableArray();
    }

    private TransformOperand Tiles(string name, Value tiles, TileTransform transform)
    {
        Layout layout = layouts.Of(tiles);
        int tile = layout.Stride(2);
        int[] strides = [layouts.SampleStride(tiles), tile * transform.Convolution.TilesOfRow, tile];
        return new TransformOperand(name, strides.ToEquatableArray(), layout.Stride(0), layout.Stride(1), layout.Origin);
    }

    private TransformOperand Image(string name, Value image, int row, int column, int offset)
    {
        var strides = new int[3];
        (strides[SampleAxis], strides[RowAxis], strides[ColumnAxis]) = (layouts.SampleStride(image), row, column);
        return new TransformOperand(name, strides.ToEquatableArray(), row, column, offset) { IsImage = true };
    }
}
