namespace NetGen.Generators.Graph;

/// <summary>Which of the three transforms of a tiled convolution.</summary>
internal enum TileStage
{
    /// <summary>The tiles of an image, each as the points that are multiplied.</summary>
    Input,

    /// <summary>A weight as the points that are multiplied.</summary>
    Weight,

    /// <summary>The outputs of the tiles, put into an image.</summary>
    Output,
}

/// <summary>
/// y = M x Mᵀ, of each tile and channel, or of each weight: what stands before and behind the product of a convolution that is computed tile by
/// tile. Points of tiles lie in tensors of points × points × tiles × channels.
/// </summary>
/// <param name="layer">The layer.</param>
/// <param name="output">What it writes.</param>
/// <param name="source">What it reads.</param>
/// <param name="stage">Which transform it is.</param>
/// <param name="algorithm">The tiles.</param>
/// <param name="convolution">The convolution as the sum that it is, and its tiles.</param>
internal sealed class TileTransform(
    string layer, Value output, Value source, TileStage stage, TiledConvolution convolution) : Operation(layer, output)
{
    public Value Source { get; } = source;

    public TileStage Stage { get; } = stage;

    public TiledConvolution Convolution { get; } = convolution;

    public TileAlgorithm Algorithm => Convolution.Algorithm;

    /// <summary>The matrix that is applied along both sides.</summary>
    public TileMatrix Matrix => Stage switch
    {
        TileStage.Input => Algorithm.Input,
        TileStage.Weight => Convolution.IsMirrored ? Algorithm.Weight.Mirrored() : Algorithm.Weight,
        _ => Algorithm.Output,
    };

    public override IEnumerable<Value> Inputs => [Source];

    public override Operation Reading(Func<Value, Value> replace) =>
        new TileTransform(Layer, Output, replace(Source), Stage, Convolution);
}

/// <summary>
/// A convolution of 3 × 3 without strides, gaps or groups, or the gradient of one by its input: for each position of the output the nine inputs
/// from (<paramref name="FirstRow"/>, <paramref name="FirstColumn"/>) behind it on.
/// </summary>
/// <param name="Product">The sum of products.</param>
/// <param name="FirstRow">The first row that is read, seen from the output's.</param>
/// <param name="FirstColumn">The first column that is read, seen from the output's.</param>
/// <param name="InputDimension">The dimension of the weight that is summed over.</param>
/// <param name="IsMirrored">Whether the taps run backwards, as they do in a gradient.</param>
/// <param name="Algorithm">The size of tiles.</param>
internal sealed record TiledConvolution(
    Contract Product, int FirstRow, int FirstColumn, int InputDimension, bool IsMirrored, TileAlgorithm Algorithm)
{
    /// <summary>The rows of tiles that are done at a time.</summary>
    public int RowsAtATime { get; init; } = Algorithm.TilesAlong(Product.Output.Shape[1]);

    /// <summary>The tiles of a row.</summary>
    public int TilesOfRow => Algorithm.TilesAlong(Output.Shape[2]);

    /// <summary>The rows of tiles.</summary>
    public int Rows => Algorithm.TilesAlong(Output.Shape[1]);

    /// <summary>Whether all rows are done together.</summary>
    public bool IsWhole => RowsAtATime == Rows;

    public Value Source => Product.Left.Value;

    public Value Weight => Product.Right.Value;

    public Value Output => Product.Output;

    /// <summary>The dimension of the weight that its outputs lie along.</summary>
    public int OutputDimension => 1 - InputDimension;
}
