namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Convolutions that are computed tile by tile, against sums in double precision: within the bound that the documentation states, on images that
/// tiles do not divide, and with the same bits however samples come.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class TiledConvolutionTests
{
    private const int Samples = 19;

    // Relative, of one operation on singles.
    private const double Rounding = 1.0 / (1 << 24);

    private static readonly double[][] s_input = [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]];
    private static readonly double[][] s_weight = [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]];
    private static readonly double[][] s_output = [[1, 1, 1, 0], [0, 1, -1, -1]];

    private static readonly Geometry[] s_geometries =
    [
        new(16, 16, 12, 12, 1), new(19, 24, 13, 11, 1), new(33, 40, 12, 9, 0), new(17, 17, 6, 7, 2), new(64, 64, 8, 8, 1), new(48, 33, 5, 21, 1),
    ];

    private static readonly Lazy<IReadOnlyList<Type>> s_networks = new(() => NetworkCompiler.Compile(
        s_geometries.SelectMany(geometry => new[] { geometry.Source(""), geometry.Source("(PlainSums = true)") })));

    public static TheoryData<int> Numbers => [.. Enumerable.Range(0, s_geometries.Length)];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Each_output_lies_within_the_stated_bound(int number)
    {
        Geometry geometry = s_geometries[number];
        using INetworkUnderTest tiled = NetworkUnderTest.Of(s_networks.Value[2 * number]);
        (float[] inputs, float[] outputs) = Predict(geometry, tiled);
        double largest = 0;
        for (int s = 0; s < Samples; s++)
        {
            ReadOnlySpan<float> x = inputs.AsSpan(s * geometry.InputLength, geometry.InputLength);
            ReadOnlySpan<float> y = outputs.AsSpan(s * geometry.OutputLength, geometry.OutputLength);
            double[] exact = geometry.Convolve(x, tiled.Parameters["1.weight"].ToArray(), tiled.Parameters["1.bias"].ToArray());
            double[] magnitudes = geometry.MagnitudesOfTiles(x, tiled.Parameters["1.weight"].ToArray());
            for (int i = 0; i < y.Length; i++)
            {
                double bound = (geometry.Channels + 13) * Rounding * (magnitudes[i] + 1);
                largest = Math.Max(largest, Math.Abs(y[i] - exact[i]) / bound);
            }
        }

        Assert.InRange(largest, 0, 1);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void It_rounds_otherwise_than_the_plain_sum_and_hardly_worse(int number)
    {
        Geometry geometry = s_geometries[number];
        using INetworkUnderTest tiled = NetworkUnderTest.Of(s_networks.Value[2 * number]);
        using INetworkUnderTest plain = NetworkUnderTest.Of(s_networks.Value[2 * number + 1]);
        (float[] inputs, float[] outputs) = Predict(geometry, tiled);
        (_, float[] sums) = Predict(geometry, plain);
        Assert.NotEqual(sums, outputs);

        double ofTiles = 0, ofSums = 0;
        for (int s = 0; s < Samples; s++)
        {
            double[] exact = geometry.Convolve(
                inputs.AsSpan(s * geometry.InputLength, geometry.InputLength),
                tiled.Parameters["1.weight"].ToArray(), tiled.Parameters["1.bias"].ToArray());
            for (int i = 0; i < exact.Length; i++)
            {
                ofTiles += Math.Pow(outputs[s * exact.Length + i] - exact[i], 2);
                ofSums += Math.Pow(sums[s * exact.Length + i] - exact[i], 2);
            }
        }

        Assert.InRange(Math.Sqrt(ofTiles / ofSums), 0, 3);
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void One_sample_and_a_batch_on_several_threads_have_the_same_bits(int number)
    {
        Geometry geometry = s_geometries[number];
        using INetworkUnderTest tiled = NetworkUnderTest.Of(s_networks.Value[2 * number]);
        (float[] inputs, float[] outputs) = Predict(geometry, tiled);
        float[] others = new float[outputs.Length];
        tiled.PredictBatch(inputs, others, threads: 3);
        Assert.Equal(outputs, others);
        float[] one = new float[geometry.OutputLength];
        for (int s = 0; s < Samples; s++)
        {
            tiled.Predict(inputs.AsSpan(s * geometry.InputLength, geometry.InputLength), one);
            Assert.Equal(outputs.AsSpan(s * one.Length, one.Length).ToArray(), one);
        }
    }

    private static (float[] Inputs, float[] Outputs) Predict(Geometry geometry, INetworkUnderTest network)
    {
        var random = new Random(11);
        network.Parameters["1.weight"].CopyFrom(Draw(9 * geometry.Channels * geometry.Outputs));
        network.Parameters["1.bias"].CopyFrom(Draw(geometry.Outputs));
        float[] inputs = Draw(Samples * geometry.InputLength);
        float[] outputs = new float[Samples * geometry.OutputLength];
        network.PredictBatch(inputs, outputs, threads: 1);
        return (inputs, outputs);

        float[] Draw(int length) => [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }

    /// <summary>A convolution of 3 × 3, whose outputs a network has as a vector.</summary>
    private sealed record Geometry(int Channels, int Outputs, int Height, int Width, int Pad)
    {
        private int Rows => Height + 2 * Pad - 2;

        private int Columns => Width + 2 * Pad - 2;

        public int InputLength => Channels * Height * Width;

        public int OutputLength => Outputs * Rows * Columns;

        // The layer before changes no number, but has pixels that lie by channels.
        public string Source(string options) =>
            $"[Network{options}, Input({Channels}, {Height}, {Width})]\n[MaxPool2D(1), Conv2D({Outputs}, 3, Pad = {Pad}), Flatten, MeanSquaredError]\n"
            + "public partial class Network;\n";

        public double[] Convolve(ReadOnlySpan<float> x, ReadOnlySpan<float> w, ReadOnlySpan<float> b)
        {
            double[] y = new double[OutputLength];
            for (int at = 0; at < y.Length; at++)
            {
                (int o, int i, int j) = Place(at);
                y[at] = b[o];
                for (int k = 0; k < 9 * Channels; k++)
                    y[at] += At(x, k / 9, i + k % 9 / 3, j + k % 3) * w[o * 9 * Channels + k];
            }

            return y;
        }

        /// <summary>|Aᵀ| [Σ (|G| |w| |Gᵀ|) ⊙ (|Bᵀ| |x| |B|)] |A| at each output.</summary>
        public double[] MagnitudesOfTiles(ReadOnlySpan<float> x, ReadOnlySpan<float> w)
        {
            double[] y = new double[OutputLength], ofInputs = new double[16 * Channels], ofWeights = new double[16 * Channels * Outputs];
            for (int i = 0; i < ofWeights.Length; i++)
                ofWeights[i] = PointOf(w, i / 16, i % 16 / 4, i % 4);
            foreach ((int top, int left) in Tiles(Rows).SelectMany(_ => Tiles(Columns), (top, left) => (top, left)))
            {
                for (int i = 0; i < ofInputs.Length; i++)
                    ofInputs[i] = PointOf(x, i / 16, top, left, i % 16 / 4, i % 4);
                for (int o = 0; o < Outputs; o++)
                {
                    var points = new double[16];
                    for (int i = 0; i < ofInputs.Length; i++)
                        points[i % 16] += ofInputs[i] * ofWeights[16 * Channels * o + i];
                    for (int at = 0; at < 4; at++)
                    {
                        y[(o * Rows + top + at / 2) * Columns + left + at % 2] =
                            points.Select((point, uv) => Math.Abs(s_output[at / 2][uv / 4] * s_output[at % 2][uv % 4]) * point).Sum();
                    }
                }
            }

            return y;
        }

        // The last tile of an axis reaches back where tiles do not divide it, and what two tiles compute is the later one's.
        private static IEnumerable<int> Tiles(int length) => Enumerable.Range(0, (length + 1) / 2).Select(tile => Math.Min(2 * tile, length - 2));

        private double PointOf(ReadOnlySpan<float> x, int channel, int top, int left, int u, int v)
        {
            double sum = 0;
            for (int k = 0; k < 16; k++)
                sum += Math.Abs(s_input[u][k / 4] * s_input[v][k % 4] * At(x, channel, top + k / 4, left + k % 4));
            return sum;
        }

        private static double PointOf(ReadOnlySpan<float> w, int plane, int u, int v)
        {
            double sum = 0;
            for (int k = 0; k < 9; k++)
                sum += Math.Abs(s_weight[u][k / 3] * s_weight[v][k % 3] * w[plane * 9 + k]);
            return sum;
        }

        private (int Channel, int Row, int Column) Place(int at) => (at / (Rows * Columns), at / Columns % Rows, at % Columns);

        private double At(ReadOnlySpan<float> x, int channel, int row, int column)
        {
            (int i, int j) = (row - Pad, column - Pad);
            return i < 0 || j < 0 || i >= Height || j >= Width ? 0 : x[(channel * Height + i) * Width + j];
        }
    }
}
