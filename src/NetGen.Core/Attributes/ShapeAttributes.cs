namespace NetGen;

/// <summary>Makes one dimension of all, channels outermost. Implied before <see cref="DenseAttribute"/>.</summary>
public sealed class FlattenAttribute : LayerAttribute;

/// <summary>The same elements, in the same order, under another shape.</summary>
/// <param name="dimensions">One to four positive sizes, whose product is the number of elements; one of them may be −1, for what remains.</param>
public sealed class ReshapeAttribute(params int[] dimensions) : LayerAttribute
{
    /// <summary>The sizes, outermost first.</summary>
    public IReadOnlyList<int> Dimensions { get; } = dimensions;
}

/// <summary>Takes away a dimension of length 1.</summary>
public sealed class SqueezeAttribute : LayerAttribute
{
    /// <summary>Takes away every dimension of length 1; what remains of none is a vector of one.</summary>
    public SqueezeAttribute() => Axis = int.MinValue;

    /// <summary>Takes away one dimension.</summary>
    /// <param name="axis">The dimension, whose length is 1; negative numbers count from the last.</param>
    public SqueezeAttribute(int axis) => Axis = axis;

    /// <summary>The dimension.</summary>
    public int Axis { get; }
}

/// <summary>Puts the dimensions into another order.</summary>
/// <param name="order">For each dimension of the output, which of the input's it is: (1, 0) turns a matrix.</param>
public sealed class TransposeAttribute(params int[] order) : LayerAttribute
{
    /// <summary>For each dimension of the output, which of the input's it is.</summary>
    public IReadOnlyList<int> Order { get; } = order;
}

/// <summary>A part along one dimension.</summary>
/// <param name="start">Where the part begins, at least 0.</param>
/// <param name="length">How long it is, at least 1.</param>
public sealed class SliceAttribute(int start, int length) : LayerAttribute
{
    /// <summary>Where the part begins.</summary>
    public int Start { get; } = start;

    /// <summary>How long it is.</summary>
    public int Length { get; } = length;

    /// <summary>The dimension; negative numbers count from the last. 0, the channels or features, unless set.</summary>
    public int Axis { get; set; }
}

/// <summary>One of the equal parts into which a dimension is cut; others are points of their own, from the same one.</summary>
/// <param name="parts">The number of parts, a divisor of the dimension.</param>
/// <param name="part">Which of them, from 0.</param>
public sealed class SplitAttribute(int parts, int part) : LayerAttribute
{
    /// <summary>The number of parts.</summary>
    public int Parts { get; } = parts;

    /// <summary>Which of them.</summary>
    public int Part { get; } = part;

    /// <summary>The dimension; negative numbers count from the last. 0, the channels or features, unless set.</summary>
    public int Axis { get; set; }
}

/// <summary>What stands in a border.</summary>
public enum PadMode
{
    /// <summary>Zeros.</summary>
    Zero,

    /// <summary>The input mirrored at its outermost elements, which are not repeated; the border is shorter than the input.</summary>
    Reflect,

    /// <summary>The outermost elements, repeated.</summary>
    Edge,
}

/// <summary>A border around height and width, or before and behind the time of a signal.</summary>
/// <param name="size">Its width on each side, at least 0.</param>
public sealed class PadAttribute(int size = 0) : LayerAttribute
{
    /// <summary>The border's width on each side that says nothing else.</summary>
    public int Size { get; } = size;

    /// <summary>What stands in the border. Zeros unless set.</summary>
    public PadMode Mode { get; set; }

    /// <summary>Above; images only.</summary>
    public int Top { get; set; }

    /// <summary>Below; images only.</summary>
    public int Bottom { get; set; }

    /// <summary>On the left, or before a signal.</summary>
    public int Left { get; set; }

    /// <summary>On the right, or behind a signal.</summary>
    public int Right { get; set; }
}

/// <summary>Cuts a border from height and width, or from before and behind the time of a signal.</summary>
/// <param name="size">Its width on each side, at least 0.</param>
public sealed class CropAttribute(int size = 0) : LayerAttribute
{
    /// <summary>The border's width on each side that says nothing else.</summary>
    public int Size { get; } = size;

    /// <summary>Above; images only.</summary>
    public int Top { get; set; }

    /// <summary>Below; images only.</summary>
    public int Bottom { get; set; }

    /// <summary>On the left, or before a signal.</summary>
    public int Left { get; set; }

    /// <summary>On the right, or behind a signal.</summary>
    public int Right { get; set; }
}

/// <summary>How new elements follow from old ones.</summary>
public enum UpsampleMode
{
    /// <summary>Each is repeated.</summary>
    Nearest,

    /// <summary>
    /// Weighted means of the nearest, pixels being squares whose centres are half a pixel inside (PyTorch's <c>align_corners=False</c>).
    /// </summary>
    Bilinear,
}

/// <summary>Makes height and width, or the time of a signal, several times as long.</summary>
/// <param name="factor">How many times, at least 1.</param>
public sealed class UpsampleAttribute(int factor) : LayerAttribute
{
    /// <summary>How many times.</summary>
    public int Factor { get; } = factor;

    /// <summary>How new elements follow from old ones. Nearest unless set.</summary>
    public UpsampleMode Mode { get; set; }
}

/// <summary>
/// [channels · factor², height, width] becomes [channels, height · factor, width · factor], each group of channels spread over a square
/// (W. Shi et al., 2016; PyTorch's <c>PixelShuffle</c>).
/// </summary>
/// <param name="factor">The square's side, at least 1.</param>
public sealed class PixelShuffleAttribute(int factor) : LayerAttribute
{
    /// <summary>The square's side.</summary>
    public int Factor { get; } = factor;
}

/// <summary>
/// In training, sets each element to zero with the given probability and scales the others by 1 / (1 − rate); in
/// prediction, does nothing (N. Srivastava et al., "Dropout", 2014).
/// </summary>
/// <param name="rate">The probability, at least 0 and below 1.</param>
public sealed class DropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of an element being dropped.</summary>
    public double Rate { get; } = rate;
}

/// <summary>
/// In training, sets whole channels of a sample to zero with the given probability and scales the others by 1 / (1 − rate); in prediction, does
/// nothing. Neighbouring pixels are so alike that one says what another was: dropped one by one, they would hardly be missed (J. Tompson et al.,
/// "Efficient Object Localization Using Convolutional Networks", 2015; PyTorch's <c>Dropout2d</c>, Keras's <c>SpatialDropout2D</c>).
/// </summary>
/// <param name="rate">The probability, at least 0 and below 1.</param>
public sealed class SpatialDropoutAttribute(double rate) : LayerAttribute
{
    /// <summary>The probability of a channel being dropped.</summary>
    public double Rate { get; } = rate;
}
