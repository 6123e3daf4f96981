using NetGen.Generators.Graph;

namespace NetGen.Generators.Plans;

/// <summary>
/// Where a tensor's elements lie: per dimension the factors its index is split into, each with a stride.
/// </summary>
/// <remarks>
/// A plain dimension has one factor. The outputs of a weight stored in panels of 32 have two, (panels, panel stride) and
/// (32, 1); an image that is flattened without moving has its three. The kernels read tensors through these strides alone,
/// so that borders, spacing, panels and flattening cost nothing.
/// </remarks>
internal sealed record Layout
{
    public required EquatableArray<LayoutDimension> Dimensions { get; init; }

    /// <summary>Where the element whose indices are all zero lies.</summary>
    public int Origin { get; init; }

    /// <summary>The floats that one tensor occupies, borders and padding included.</summary>
    public required int Size { get; init; }

    /// <summary>
    /// Whether what stands behind the end of the innermost dimension must stay: zeros that others rely on, or somebody
    /// else's data. Elsewhere there is padding, and whole vectors are harmless.
    /// </summary>
    public bool IsExact { get; init; }

    /// <summary>Whether a row is followed by zeros, at least to the end of its last vector.</summary>
    public bool EndsInZeros { get; init; }

    /// <summary>Whether an image lies channel by channel, so that columns fill vectors, and not pixel by pixel.</summary>
    public bool HasColumnsInnermost { get; init; }

    /// <summary>Whether the memory is the caller's, which must not be read past its end either.</summary>
    public bool IsCallers { get; init; }

    /// <summary>The zeros around an image and the distance between its columns.</summary>
    public Border Border { get; init; } = Border.None;

    /// <summary>The most lanes any instruction set has; padding goes by it so that one layout serves them all.</summary>
    public const int Lanes = 16;

    // How much more memory rows may take to begin with a cache line.
    private const double MostForAlignment = 1.15;

    // Of each so many lines of a cache one is read where as many lie from a pixel to the next.
    private const int FewLines = 8;

    // The floats after which the first cache begins again with its first line.
    public const int Page = 1024;

    public static int RoundUp(int value, int multiple = Lanes) => (value + multiple - 1) / multiple * multiple;

    /// <summary>Elements side by side in the order of the dimensions, nothing between them: what callers pass.</summary>
    public static Layout Dense(Shape shape, int origin = 0)
    {
        var dimensions = new LayoutDimension[shape.Rank];
        int stride = 1;
        for (int d = shape.Rank - 1; d >= 0; stride *= shape[d--])
            dimensions[d] = LayoutDimension.Plain(shape[d], stride);
        return new Layout { Dimensions = dimensions.ToEquatableArray(), Origin = origin, Size = stride, IsExact = true, IsCallers = true };
    }

    /// <summary>A vector of features, padded with zeros to whole panels.</summary>
    public static Layout Vector(int length, int panel) => new()
    {
        Dimensions = new[] { LayoutDimension.Plain(length, 1) }.ToEquatableArray(),
        Size = RoundUp(length, panel),
    };

    /// <summary>
    /// An image with its channels innermost and padded, and with a border of zeros.
    /// </summary>
    /// <param name="shape">Channels, rows, columns.</param>
    /// <param name="panel">What the channels of a pixel are padded to a multiple of.</param>
    /// <param name="border">Zeros around the image.</param>
    /// <param name="isWindowed">Whether windows go from pixel to pixel with a few of its channels.</param>
    public static Layout ChannelsLast(Shape shape, int panel, Border border, bool isWindowed = false)
    {
        int pixel = RoundUp(shape[0], panel);
        // The same channels of all pixels would be in a few lines of a cache.
        if (isWindowed && !border.IsNone && pixel % (FewLines * Lanes) == 0)
            pixel += Lanes;
        int width = shape[2] + border.Left + border.Right;
        int height = shape[1] + border.Top + border.Bottom;
        return new Layout
        {
            Dimensions = new[]
            {
                LayoutDimension.Plain(shape[0], 1),
                LayoutDimension.Plain(shape[1], pixel * width),
                LayoutDimension.Plain(shape[2], pixel),
            }.ToEquatableArray(),
            Origin = (border.Top * width + border.Left) * pixel,
            Size = pixel * width * height,
            Border = border,
        };
    }

    /// <summary>A signal that nobody reads as the row of an image, laid out as that would be: step by step, the channels of one padded.</summary>
    public static Layout StepsOfChannels(Shape shape, int panel) =>
        ChannelsLast(new Shape(shape[0], 1, shape[1]), panel, Border.None).Reshaped(shape);

    /// <summary>The layout whose unit steps along a line are those of the spread-out columns, the gaps between them included.</summary>
    public Layout WithoutGaps() => this with
    {
        Dimensions = Dimensions.Select((dimension, d) =>
            d == 2 ? LayoutDimension.Plain(dimension.Factors[0].Extent, Stride(2) / Border.SpaceX) : dimension).ToEquatableArray(),
    };

    /// <summary>
    /// An image channel by channel, as callers pass it, with a border of zeros around each, and rows that have room for
    /// whole vectors. Rows begin with a cache line where that takes little more memory: what is to the left of one then stands behind the one before.
    /// </summary>
    /// <param name="shape">Channels, rows, columns.</param>
    /// <param name="border">Zeros around each channel, and gaps between its columns.</param>
    /// <param name="endsInZeros">Whether the room behind a row must stay zero, because sums run over whole vectors of it.</param>
    /// <param name="isStrided">Whether vectors are made of columns that are a few apart.</param>
    public static Layout ChannelsFirst(Shape shape, Border border, bool endsInZeros, bool isStrided = false)
    {
        int columns = (shape[2] - 1) * border.SpaceX + 1;
        int width = border.Left + Math.Max(columns + border.Right, RoundUp(columns)), lines = RoundUp(border.Left + columns + border.Right);
        bool isAligned = lines <= width * MostForAlignment;
        if (isAligned)
            width = lines;
        int height = shape[1] + border.Top + border.Bottom, channel = width * height;
        // The same pixel of all channels would be in the same lines of a cache.
        if (channel % Page == 0 && !border.IsNone)
            channel += Lanes;
        return new Layout
        {
            Dimensions = new[]
            {
                LayoutDimension.Plain(shape[0], channel),
                LayoutDimension.Plain(shape[1], width),
                LayoutDimension.Plain(shape[2], border.SpaceX),
            }.ToEquatableArray(),
            Origin = border.Top * width + (isAligned ? RoundUp(border.Left) : border.Left),
            // A vector that begins in the last row may end two vectors behind it.
            Size = RoundUp(shape[0] * channel) + RoundUp(border.Left) + (isStrided ? 5 : 2) * Lanes,
            IsExact = endsInZeros || border.Left + border.Right + border.SpaceX > 1,
            EndsInZeros = endsInZeros,
            HasColumnsInnermost = true,
            Border = border,
        };
    }

    /// <summary>
    /// Elements side by side in the order of the dimensions, with room for a whole vector that begins at the last: what any shape
    /// can be a view of.
    /// </summary>
    public static Layout Compact(Shape shape)
    {
        Layout dense = Dense(shape);
        return dense with { Size = RoundUp(dense.Size + Lanes - 1), IsCallers = false };
    }

    /// <summary>An image as callers pass it, so that all pixels of a channel are one line; with room behind the last alone.</summary>
    public static Layout Seamless(Shape shape) => Compact(shape) with { HasColumnsInnermost = true };

    /// <summary>The rows of a tensor one after the other, each padded to whole panels, which products write at once.</summary>
    public static Layout Rows(Shape shape, int panel)
    {
        var dimensions = new LayoutDimension[shape.Rank];
        int stride = 1;
        for (int d = shape.Rank - 1; d >= 0; d--)
        {
            dimensions[d] = LayoutDimension.Plain(shape[d], stride);
            stride = d == shape.Rank - 1 ? RoundUp(shape[d], panel) : stride * shape[d];
        }

        return new Layout { Dimensions = dimensions.ToEquatableArray(), Size = stride, IsExact = true };
    }

    /// <summary>
    /// The points of tiles: for each point a matrix of tiles and channels. One matrix begins a cache line later than where all would begin in the
    /// same lines of a cache.
    /// </summary>
    public static Layout Points(Shape shape, int panel)
    {
        int tile = RoundUp(shape[3], panel);
        int point = tile * shape[2] + Lanes;
        return new Layout
        {
            Dimensions = new[]
            {
                LayoutDimension.Plain(shape[0], point * shape[1]), LayoutDimension.Plain(shape[1], point),
                LayoutDimension.Plain(shape[2], tile), LayoutDimension.Plain(shape[3], 1),
            }.ToEquatableArray(),
            Size = point * shape[1] * shape[0],
        };
    }

    /// <summary>The layout of a row, without the first dimension.</summary>
    public Layout Row(int number) => this with
    {
        Dimensions = Dimensions.Skip(1).ToEquatableArray(),
        Origin = Origin + number * Stride(0),
    };

    /// <summary>The layout of several rows.</summary>
    public Layout Rows(int first, int count) => this with
    {
        Dimensions = Dimensions.Skip(1).Prepend(LayoutDimension.Plain(count, Stride(0))).ToEquatableArray(),
        Origin = Origin + first * Stride(0),
    };

    /// <summary>The same layout with room for so many rows before the first and behind the last.</summary>
    public Layout WithMargin(int rows) => rows == 0 ? this : this with
    {
        Origin = Origin + rows * Stride(0),
        Size = Size + 2 * rows * Stride(0),
    };

    /// <summary>The same memory seen under another shape, whose dimensions are made of whole factors of this one's.</summary>
    public Layout Reshaped(Shape shape)
    {
        // Where nothing changes, what is 1 long keeps its stride, too: windows reach into the border beside it.
        if (shape.Extents.SequenceEqual(Dimensions.Select(dimension => dimension.Extent)))
            return this;
        var factors = new Stack<LayoutFactor>(Dimensions.SelectMany(dimension => dimension.Factors).Where(factor => factor.Extent != 1).Reverse());
        var dimensions = new List<LayoutDimension>();
        foreach (int extent in shape.Extents)
        {
            var own = new List<LayoutFactor>();
            for (int left = extent; left != 1;)
            {
                LayoutFactor factor = factors.Pop();
                if (factor.Extent > left)
                {
                    if (factor.Extent % left != 0)
                        throw new InvalidOperationException($"{shape} is no view of a layout with a factor of {factor.Extent}.");
                    int inner = factor.Extent / left;
                    factors.Push(factor with { Extent = inner });
                    factor = new LayoutFactor(left, factor.Stride * inner);
                }

                own.Add(factor);
                left /= factor.Extent;
            }

            dimensions.Add(own.Count == 0 ? LayoutDimension.Plain(1, 0) : new LayoutDimension(own.ToEquatableArray()));
        }

        return this with { Dimensions = dimensions.ToEquatableArray() };
    }

    /// <summary>Whether the elements lie side by side in the order in which callers pass them, whatever stands behind the last.</summary>
    public bool IsDense
    {
        get
        {
            int stride = 1;
            foreach (LayoutFactor factor in Dimensions.SelectMany(dimension => dimension.Factors).Reverse())
            {
                if (factor.Extent != 1 && factor.Stride != stride)
                    return false;
                stride *= factor.Extent;
            }

            return Origin == 0;
        }
    }

    /// <summary>The layout of so many tensors of a first dimension of 1 that are one: they take turns in its place.</summary>
    public Layout InTurns(int count) => this with { Dimensions = Dimensions.Skip(1).Prepend(LayoutDimension.Plain(count, 0)).ToEquatableArray() };

    public Layout MovedBy(int offset) => this with { Origin = Origin + offset };

    /// <summary>The stride of a dimension that is not split.</summary>
    public int Stride(int dimension) => Dimensions[dimension].Factors is [var factor] ? factor.Stride
        : throw new InvalidOperationException($"Dimension {dimension} is split and has no single stride.");
}

/// <summary>One dimension of a layout: its factors, outermost first.</summary>
internal sealed record LayoutDimension(EquatableArray<LayoutFactor> Factors)
{
    /// <summary>The length of the dimension.</summary>
    public int Extent => Factors.Aggregate(1, (product, factor) => product * factor.Extent);

    public static LayoutDimension Plain(int extent, int stride) => Of((extent, stride));

    public static LayoutDimension Of(params (int Extent, int Stride)[] factors) =>
        new(factors.Select(factor => new LayoutFactor(factor.Extent, factor.Stride)).ToEquatableArray());
}

/// <summary>A factor of a dimension's index.</summary>
internal readonly record struct LayoutFactor(int Extent, int Stride);

/// <summary>Zeros around an image, and the distance between its columns.</summary>
internal sealed record Border(int Top, int Left, int Bottom, int Right, int SpaceX = 1)
{
    public static readonly Border None = new(0, 0, 0, 0);

    public bool IsNone => this == None;

    public Border Including(Border other)
    {
        int spaceX = Math.Max(SpaceX, other.SpaceX);
        (Border a, Border b) = (Apart(spaceX), other.Apart(spaceX));
        return a with
        {
            Top = Math.Max(a.Top, b.Top), Left = Math.Max(a.Left, b.Left), Bottom = Math.Max(a.Bottom, b.Bottom), Right = Math.Max(a.Right, b.Right),
        };
    }

    /// <summary>As many columns of border where columns are further apart.</summary>
    private Border Apart(int spaceX) => this with { Left = Left * spaceX / SpaceX, Right = Right * spaceX / SpaceX, SpaceX = spaceX };
}
