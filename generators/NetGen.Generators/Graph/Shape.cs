namespace NetGen.Generators.Graph;

/// <summary>What runs along a dimension of a tensor.</summary>
internal enum AxisRole
{
    /// <summary>Numbers without an order that matters: the units of a dense layer, the entries of an embedding.</summary>
    Feature,

    /// <summary>The channels of an image or a signal.</summary>
    Channel,

    Height,
    Width,

    /// <summary>The steps of a sequence or the samples of a signal.</summary>
    Time,

    /// <summary>The heads of an attention, the groups of a norm.</summary>
    Head,
}

/// <summary>A dimension of a tensor: how long it is, and what runs along it.</summary>
internal readonly record struct Dimension(int Extent, AxisRole Role);

/// <summary>The dimensions of one sample's tensor, outermost first; the batch is never part of it.</summary>
internal sealed record Shape(EquatableArray<Dimension> Dimensions)
{
    private static readonly AxisRole[] s_image = [AxisRole.Channel, AxisRole.Height, AxisRole.Width];
    private static readonly AxisRole[] s_signal = [AxisRole.Channel, AxisRole.Time];
    private static readonly AxisRole[] s_sequence = [AxisRole.Time, AxisRole.Feature];

    /// <summary>A shape whose roles follow from its rank: a vector of features, channels over time, an image.</summary>
    public Shape(params int[] extents)
        : this(extents.Zip(UsualRoles(extents.Length), (extent, role) => new Dimension(extent, role)).ToEquatableArray()) { }

    public int Rank => Dimensions.Count;

    /// <summary>The dimension whose numbers a product computes side by side: the channels or, without any, the last.</summary>
    public int LaneDimension
    {
        get
        {
            for (int d = 0; d < Rank; d++)
            {
                if (Dimensions[d].Role == AxisRole.Channel)
                    return d;
            }

            return Rank - 1;
        }
    }

    public IEnumerable<int> Extents => Dimensions.Select(dimension => dimension.Extent);

    public int Length
    {
        get
        {
            int product = 1;
            foreach (Dimension dimension in Dimensions)
                product *= dimension.Extent;
            return product;
        }
    }

    public int this[int dimension] => Dimensions[dimension].Extent;

    /// <summary>Whether it is a vector of features.</summary>
    public bool IsVector => Rank == 1;

    /// <summary>Whether it is channels of rows of columns.</summary>
    public bool IsImage => Has(s_image);

    /// <summary>Whether it is channels over time, as one-dimensional convolutions see it.</summary>
    public bool IsSignal => Has(s_signal);

    /// <summary>Whether it is channels of something with neighbours: pixels, or steps of time.</summary>
    public bool IsSpatial => IsImage || IsSignal;

    /// <summary>Whether it is steps of features, as recurrent layers and attention see it.</summary>
    public bool IsSequence => Has(s_sequence);

    /// <summary>Whether there are several pixels, or steps of time: an image of a single pixel is a vector of channels.</summary>
    public bool HasPixels => IsSpatial && Length > this[LaneDimension];

    /// <summary>Whether it is as many of something as there are pixels or steps.</summary>
    public bool HasPositions => HasPixels || IsSequence;

    /// <summary>The steps of a sequence, each with so many features.</summary>
    public static Shape Sequence(int time, int features) =>
        new(new[] { new Dimension(time, AxisRole.Time), new Dimension(features, AxisRole.Feature) }.ToEquatableArray());

    /// <summary>Dimensions with these roles.</summary>
    public static Shape Of(params (int Extent, AxisRole Role)[] dimensions) =>
        new(dimensions.Select(dimension => new Dimension(dimension.Extent, dimension.Role)).ToEquatableArray());

    /// <summary>As many of this shape as there are steps.</summary>
    public Shape Over(int time) => new(Dimensions.Prepend(new Dimension(time, AxisRole.Time)).ToEquatableArray());

    /// <summary>The shape of one step, or of one row of gates: without the first dimension.</summary>
    public Shape Row => new(Dimensions.Skip(1).ToEquatableArray());

    /// <summary>So many vectors of features side by side, the gates of a recurrent layer or the heads of an attention.</summary>
    public static Shape Heads(int heads, int features) =>
        new(new[] { new Dimension(heads, AxisRole.Head), new Dimension(features, AxisRole.Feature) }.ToEquatableArray());

    /// <summary>The same shape but for the length of one dimension.</summary>
    public Shape With(int dimension, int extent) => new(Dimensions
        .Select((part, d) => d == dimension ? part with { Extent = extent } : part)
        .ToEquatableArray());

    public override string ToString() => string.Join("×", Extents);

    private bool Has(AxisRole[] roles)
    {
        bool has = Rank == roles.Length;
        for (int d = 0; has && d < roles.Length; d++)
            has = Dimensions[d].Role == roles[d];
        return has;
    }

    // Beyond images only the last three dimensions have a usual meaning.
    private static IEnumerable<AxisRole> UsualRoles(int rank) => rank switch
    {
        0 => [],
        1 => [AxisRole.Feature],
        2 => [AxisRole.Channel, AxisRole.Time],
        _ => Enumerable.Repeat(AxisRole.Head, rank - 3).Concat(s_image),
    };
}
