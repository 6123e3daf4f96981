using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Tiled;

/// <summary>
/// What a convolution costs as a plain sum and tile by tile, in cycles of a processor that starts one multiply-add of the longest vectors in each.
/// Tiles multiply less, but every point of them is stored and loaded twice, and their weights are longer.
/// </summary>
internal static class TileSaving
{
    // A point of a tile is loaded, added to two others and stored, on either side of the product, which stores it besides: stores take
    // two cycles each.
    private const double CyclesOfPoint = 4.5;

    // The rows of a register tile: the fewer there are, the more loads of weights stand beside each multiply-add.
    private const int FewestTiles = 8;

    // What the second cache delivers in a cycle, and what comes from behind it.
    private const double NearBytes = 32, FarBytes = 26;
    private const long NearWeights = 1 << 19;

    // Both are estimates, and sums that round as everybody's do are worth something.
    private const double WorthIt = 0.85;

    // What tiles may take of the second cache, before and behind the product.
    private const int TileBytes = 1 << 18;

    /// <summary>How many rows of tiles are done at a time: what stays in the cache, in parts of nearly the same size.</summary>
    public static int RowsAtATime(TiledConvolution convolution)
    {
        int points = convolution.Algorithm.Size * convolution.Algorithm.Size;
        int channels = Layout.RoundUp(convolution.Source.Shape[0]) + Layout.RoundUp(convolution.Output.Shape[0]);
        int rows = TileBytes / (4 * points * channels * convolution.TilesOfRow);
        rows = Math.Max(rows, (FewestTiles + convolution.TilesOfRow - 1) / convolution.TilesOfRow);
        int parts = (convolution.Rows + rows - 1) / rows;
        return (convolution.Rows + parts - 1) / parts;
    }

    public static bool IsWorthIt(TiledConvolution convolution)
    {
        Shape output = convolution.Output.Shape;
        int tiles = convolution.Rows * convolution.TilesOfRow;
        if (tiles < FewestTiles)
            return false;
        int inputs = convolution.Source.Shape[0], outputs = output[0];
        double vectorsIn = (double)Layout.RoundUp(inputs) / Layout.Lanes, vectorsOut = (double)Layout.RoundUp(outputs) / Layout.Lanes;
        const int Taps = TileAlgorithm.Taps * TileAlgorithm.Taps;
        int points = convolution.Algorithm.Size * convolution.Algorithm.Size;
        double plain = Math.Max((double)output[1] * output[2] * MultiplyAdds(Taps), Streamed(Taps));
        double tiled = Math.Max((double)tiles * points * MultiplyAdds(1), Streamed(points))
            + tiles * points * CyclesOfPoint * (vectorsIn + vectorsOut);
        return tiled < WorthIt * plain;

        int MultiplyAdds(int taps) => InputLanes.MultiplyAdds(outputs, taps * inputs, inputs);

        double Streamed(int perChannel)
        {
            double bytes = 4.0 * Layout.Lanes * perChannel * inputs * vectorsOut;
            return bytes / (bytes > NearWeights ? FarBytes : NearBytes);
        }
    }
}
