using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// How the outputs of a product are cut into panels, whose weights lie together: a kernel then walks one panel from its
/// first input to its last without a gap.
/// </summary>
internal static class Panels
{
    /// <summary>
    /// The width of a panel, a multiple of 16 so that one layout serves every instruction set: two AVX-512 vectors where
    /// that wastes little, three or one otherwise.
    /// </summary>
    public static int WidthFor(int outputs)
    {
        int padded = Layout.RoundUp(outputs);
        if (padded <= 2 * Layout.Lanes)
            return padded;
        if (Layout.RoundUp(outputs, 2 * Layout.Lanes) <= padded * 1.15)
            return 2 * Layout.Lanes;
        return padded % (3 * Layout.Lanes) == 0 ? 3 * Layout.Lanes : Layout.Lanes;
    }

    /// <summary>
    /// The layout of a forward product's weight: panels of outputs, and inside a panel the inputs in the order in which the
    /// kernel meets them, which is the order of the input tensor's memory.
    /// </summary>
    /// <param name="product">The product.</param>
    /// <param name="input">Where its input lies.</param>
    /// <param name="alongColumns">
    /// Whether vectors lie along columns of what it writes, or of what gradients write that flow back through it, so that lanes are loops of their own.
    /// </param>
    public static Layout LayoutOf(Contract product, Layout input, bool alongColumns)
    {
        Access weight = product.Right;
        int outputDimension = OutputDimension(product);
        Graph.Index outputs = weight.Indices[outputDimension];
        Axis lane = LaneAxis(product);
        bool isGrouped = outputs.Terms.Count > 1 && outputs.Terms.Any(term => term.Axis != lane && term.Axis.Extent > 1);
        int laneExtent = lane.Extent;
        // Between groups nothing may overlap, and a group is narrow: it is one panel, as wide as it needs. So are outputs whose last panel would have
        // lanes without an output, where those would be channels that an image does not have.
        int width = isGrouped || (alongColumns && laneExtent % WidthFor(laneExtent) != 0) ? Layout.RoundUp(laneExtent) : WidthFor(laneExtent);

        var dimensions = new LayoutDimension[weight.Indices.Count];
        int[] inputDimensions = [.. Enumerable.Range(0, weight.Indices.Count).Where(d => d != outputDimension)
            .OrderBy(d => InputStride(product.Left, input, weight.Indices[d]))];
        int run = outputDimension == 0 && !isGrouped && inputDimensions.Length > 0 ? RunOf(inputDimensions[0]) : 0;
        bool hasInputsInside = run > 0 && InputLanes.Pay(laneExtent, weight.Value.Shape.Length / laneExtent, run);
        int stride = hasInputsInside ? 1 : width;
        foreach (int d in inputDimensions)
        {
            LayoutFactor[] factors = InputFactors(product.Left, input, weight.Indices[d]);
            int[] strides = new int[factors.Length];
            foreach (int f in Enumerable.Range(0, factors.Length).OrderBy(f => factors[f].Stride))
            {
                strides[f] = stride;
                stride = stride == 1 ? Layout.RoundUp(factors[f].Extent) : stride * factors[f].Extent;
            }

            dimensions[d] = LayoutDimension.Of([.. factors.Select((factor, f) => (factor.Extent, strides[f]))]);
        }

        if (hasInputsInside)
        {
            dimensions[outputDimension] = LayoutDimension.Plain(laneExtent, stride);
            return new Layout { Dimensions = dimensions.ToEquatableArray(), Size = stride * laneExtent };
        }

        int panels = (laneExtent + width - 1) / width;
        dimensions[outputDimension] = isGrouped
            ? LayoutDimension.Of((weight.Value.Shape[0] / laneExtent, stride), (laneExtent, 1))
            : panels == 1
                ? LayoutDimension.Plain(laneExtent, 1)
                : LayoutDimension.Of((panels, stride), (width, 1));
        return new Layout
        {
            Dimensions = dimensions.ToEquatableArray(),
            Size = stride * (isGrouped ? weight.Value.Shape[0] / laneExtent : panels),
        };

        // The inputs that lie side by side, as those of the weight then would; 0 where there are none.
        int RunOf(int d) => InputFactors(product.Left, input, weight.Indices[d]).OrderBy(factor => factor.Stride).First() is { Stride: 1 } inner
            ? inner.Extent
            : 0;
    }

    /// <summary>Whether a product's weight lies in panels where nothing before has placed it.</summary>
    public static bool Place(Contract product) =>
        product.Right.Value.Kind is ValueKind.Parameter or ValueKind.Derived && product.Left.Value.IsPerSample
        && product.Target.Value.Kind is not ValueKind.Gradient && Suits(product);

    /// <summary>
    /// The samples' rows that loops go through together with a weight in panels, or with its gradient, and the width of those panels: a loop that
    /// is cut there cannot be cut where the pixels of an image are, unless the ones are whole numbers of the others.
    /// </summary>
    public static IEnumerable<(Value Value, int Width)> CutsOf(IReadOnlyList<Operation> operations)
    {
        var panels = new Dictionary<Value, (int Dimension, int Width)>();
        foreach (Contract product in operations.OfType<Contract>().Where(Place))
        {
            int extent = LaneAxis(product).Extent;
            if (!panels.ContainsKey(product.Right.Value) && extent > WidthFor(extent))
                panels.Add(product.Right.Value, (OutputDimension(product), WidthFor(extent)));
        }

        foreach (Contract product in operations.OfType<Contract>())
        {
            Access[] accesses = [product.Left, product.Right, product.Target];
            foreach (Access weight in accesses)
            {
                if (!panels.TryGetValue(weight.Value.Primal ?? weight.Value, out (int Dimension, int Width) panel))
                    continue;
                Axis[] cut = [.. weight.Indices[panel.Dimension].Terms.Select(term => term.Axis)];
                foreach (Access row in accesses.Where(access => access.Value is { IsPerSample: true, Whole: null, Shape: { IsSpatial: false, Rank: > 0 } }))
                {
                    if (cut.Any(axis => row.Indices[row.Indices.Count - 1].CoefficientOf(axis) != 0))
                        yield return (row.Value, panel.Width);
                }
            }
        }
    }

    /// <summary>Whether a product's outputs are one dimension of its weight, which can be cut into panels.</summary>
    private static bool Suits(Contract product)
    {
        int outputs = OutputDimension(product);
        return outputs == 0 || product.Right.Indices.All(index => index.Terms.Count(term => term.Axis.Extent > 1) <= 1);
    }

    /// <summary>The dimension of the weight along which the channels of the output lie; a transposed convolution has it second.</summary>
    private static int OutputDimension(Contract product)
    {
        Axis channel = product.Target.Indices[product.Target.Value.Shape.LaneDimension].Terms
            .OrderBy(term => term.Coefficient).Select(term => term.Axis).FirstOrDefault() ?? Axis.Sample;
        int dimension = product.Right.Indices.TakeWhile(index => index.CoefficientOf(channel) == 0).Count();
        return dimension < product.Right.Indices.Count ? dimension : 0;
    }

    /// <summary>The output axis that lies along the lanes: the channels of a group, or the groups where each has one channel.</summary>
    public static Axis LaneAxis(Contract product) => product.Right.Indices[OutputDimension(product)].Terms
        .OrderByDescending(term => term.Axis.Extent == 1 ? 0 : 1)
        .ThenBy(term => term.Coefficient)
        .First().Axis;

    /// <summary>
    /// Whether a product has vectors along the channels that it reads, and so goes from pixel to pixel with a few of them: a depthwise convolution.
    /// </summary>
    public static bool SlidesOverChannels(Contract product) =>
        product.Target.Value.IsPerSample && product.Left.Indices[0].CoefficientOf(LaneAxis(product)) != 0;

    private static int InputStride(Access left, Layout input, Graph.Index weightIndex) =>
        weightIndex.Terms.Count == 0 ? 0 : InputFactorsOf(left, input, MovingAxis(weightIndex)).Min(factor => factor.Stride);

    private static LayoutFactor[] InputFactors(Access left, Layout input, Graph.Index weightIndex) =>
        InputFactorsOf(left, input, MovingAxis(weightIndex));

    // Of a transposed convolution's groups and their channels, the one that there are several of.
    private static Axis MovingAxis(Graph.Index weightIndex) => weightIndex.Terms.OrderByDescending(term => term.Axis.Extent).First().Axis;

    // How the input moves along an axis of the weight: in several factors where a flattened image is read.
    private static LayoutFactor[] InputFactorsOf(Access left, Layout input, Axis axis)
    {
        int d = left.Indices.TakeWhile(index => index.CoefficientOf(axis) == 0).Count();
        // Taps that spread the input out do not move in it: they come last.
        if (d == left.Indices.Count)
            return [new LayoutFactor(axis.Extent, int.MaxValue)];
        LayoutDimension dimension = input.Dimensions[d];
        return dimension.Factors.Count > 1 && left.Indices[d].IsPlain
            ? [.. dimension.Factors]
            : [new LayoutFactor(axis.Extent, dimension.Factors[dimension.Factors.Count - 1].Stride * left.Indices[d].CoefficientOf(axis))];
    }
}
