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

    /// <summary>The transform of a weight, which is shared along the channels that are summed over.</summary>
    public (TransformKernel Kernel, IReadOnlyList<Value> Bindings) LowerWeight(TileTransform transform)
    {
        TiledConvolution convolution = transform.Convolution;
        Layout weight = layouts.Of(transform.Source), points = layouts.Of(transform.Output);
        LayoutDimension from = weight.Dimensions[convolution.OutputDimension], to = points.Dimensions[3];
        (int panels, int width) = to.Factors.Count > 1 ? (to.Factors[0].Extent, to.Factors[1].Extent) : (1, to.Extent);
        TransformAxis[] axes = [new("c", transform.Output.Shape[2]), new("p", panels)];
        TransformOperand Operand(string name, LayoutDimension outputs, int inputs, int down, int across, int offset) => new(
            name, new[] { inputs, outputs.Factors.Count > 1 ? outputs.Factors[0].Stride : 0 }.ToEquatableArray(), down, across, offset);
        TransformOperand source = Operand(
            Roles.OfFactor(transform.Source), from, weight.Stride(convolution.InputDimension), weight.Stride(2), weight.Stride(3), weight.Origin);
        TransformOperand target = Operand("points", to, points.Stride(2), points.Stride(0), points.Stride(1), points.Origin);
        var kernel = new TransformKernel(transform.Matrix, axes.ToEquatableArray(), width, source)
        {
            Results = new[] { new TransformResult(target, Functions.Variable(Kernel.Sum)) }.ToEquatableArray(),
        };
        return (kernel, [transform.Output, transform.Source]);
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
            return access.StrideAlong(axes[0], 1) switch
            {
                1 => operand,
                0 => operand with { IsBroadcast = true },
                _ => throw new NotSupportedException($"{value.Name} has its channels apart."),
            };
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
        Shape image = transform.Convolution.Output.Shape;
        int step = transform.Algorithm.Outputs;
        return new TransformAxis[]
        {
            new(Axis.Sample.Name, Axis.Dynamic),
            new("i", transform.Algorithm.TilesAlong(image[1]), step, image[1] - step),
            new("j", transform.Algorithm.TilesAlong(image[2]), step, image[2] - step),
        }.ToEquatableArray();
    }

    private TransformOperand Tiles(string name, Value tiles, TileTransform transform)
    {
        Layout layout = layouts.Of(tiles);
        int tile = layout.Stride(2);
        int[] strides = [layouts.SampleStride(tiles), tile * transform.Algorithm.TilesAlong(transform.Convolution.Output.Shape[2]), tile];
        return new TransformOperand(name, strides.ToEquatableArray(), layout.Stride(0), layout.Stride(1), layout.Origin);
    }

    private TransformOperand Image(string name, Value image, int row, int column, int offset)
    {
        var strides = new int[3];
        (strides[SampleAxis], strides[RowAxis], strides[ColumnAxis]) = (layouts.SampleStride(image), row, column);
        return new TransformOperand(name, strides.ToEquatableArray(), row, column, offset) { IsImage = true };
    }
}
