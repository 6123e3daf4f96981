using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Networks on images: convolutions of every kind, pools, and what stands before and behind them.</summary>
internal static partial class ImageCases
{
    private static readonly int[] s_channels = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 65];

    private static readonly int[] s_batches = [1, 2, 7, 3, 2];

    public static IEnumerable<GeneratedCase> All() =>
    [
        .. Convolutions(), .. ByChannels(), .. Grouped(), .. Sliding(), .. Bands(), .. LargeWeights(), .. Tiled(), .. Pools(),
        .. Summed(), .. Judged(), .. Softmaxes(), .. Norms(), .. Forms(), .. SinglePixels(), .. PoolsByLines(), .. GroupsOfWideLines(), .. Smooth(),
        .. FewSamples(), .. Strided(), .. StridedColumns(), .. PoolsOfPairs(), .. FewResults(),
        .. ColumnsAndPixels(), .. Elementwise(), .. ZerosBehindChannels(), .. ForthAndBack(),
    ];

    // Layers of which one goes along columns, and the next from pixel to pixel; and single filters, whose taps are fewer than columns.
    private static IEnumerable<GeneratedCase> ColumnsAndPixels()
    {
        WindowAxis three = new(3, Same: true), two = new(3, 2, 1, 1);
        yield return new("a depthwise step of two behind columns", new OracleNetwork([3, 14, 32], OracleLosses.MeanSquaredError,
            new OracleConv(20, three, three), Activations.Relu, new OracleConv(20, two, two, groups: 20), Activations.Relu,
            new OracleConv(17, new(1), new(1)), new OracleGlobalAveragePool(), new OracleDense(3)), 5);
        yield return new("a depthwise step of two behind columns and a batch norm", new OracleNetwork([24, 32, 32], OracleLosses.MeanSquaredError,
            new OracleConv(48, new(1), new(1), groups: 2), new OracleBatchNorm(), Activations.Relu, new OracleConv(48, two, two, groups: 48),
            new OracleConv(2, new(1), new(1))), 3);
        yield return new("a depthwise step of two of channels that no panel divides", new OracleNetwork([9, 6, 32], OracleLosses.MeanSquaredError,
            new OracleConv(50, new(1), new(1)), Activations.Relu, new OracleConv(50, two, two, groups: 50), Activations.Relu,
            new OracleConv(10, new(1), new(1))), 4);
        yield return new("pixels repeated behind columns", new OracleNetwork([1, 9, 32], OracleLosses.MeanSquaredError,
            new OracleConv(19, three, three), Activations.Relu, new OracleRepeat(2), new OracleConv(1, three, three)), 3);
        // The last product of few results comes back to columns, which callers want.
        foreach ((int results, int columns) in new[] { (1, 32), (3, 28), (2, 46) })
        {
            yield return new($"{results} filters of pixels that end in {columns} columns", new OracleNetwork(
                [2, 8, columns], OracleLosses.MeanSquaredError,
                new OracleConv(16, two, two), Activations.Relu, new OracleConvTranspose(9, new(2, 2), new(2, 2)), Activations.Tanh,
                new OracleConv(results, three, three), Activations.Tanh), 3);
        }

        yield return new("a decoder of images that are done some lines at a time", new OracleNetwork([3, 64, 64], OracleLosses.MeanSquaredError,
            new OracleConv(16, two, two), Activations.Relu, new OracleConvTranspose(16, new(2, 2), new(2, 2)), Activations.Relu,
            new OracleConv(3, three, three), Activations.Tanh), 2);
        yield return new("a depthwise convolution of pixels that ends in columns", new OracleNetwork([2, 8, 32], OracleLosses.MeanSquaredError,
            new OracleConv(16, two, two), Activations.Relu, new OracleConvTranspose(3, new(2, 2), new(2, 2)), Activations.Tanh,
            new OracleConv(3, three, three, groups: 3)), 4);
        yield return new("a softmax of filters of pixels that end in columns", new OracleNetwork([1, 6, 32], OracleLosses.MeanSquaredError,
            new OracleConv(16, two, two), new OracleBatchNorm(), Activations.Relu, new OracleRepeat(2), new OracleConv(8, three, three),
            new OracleBatchNorm(), Activations.Relu, new OracleConv(2, three, three), new OracleSoftmax()), 4);
        yield return new("filters of pixels without a border that end in columns", new OracleNetwork([3, 7, 35], OracleLosses.BinaryCrossEntropy,
            new OracleConv(17, two, two), Activations.Relu, new OracleConvTranspose(5, new(2, 2), new(2, 2)),
            new OracleConv(1, new(3), new(5), bias: false)), 5);
        foreach (int columns in new[] { 17, 37, 64 })
        {
            yield return new($"one filter over {columns} columns", new OracleNetwork([2, 7, columns], OracleLosses.MeanSquaredError,
                new OracleConv(5, three, three), Activations.Tanh, new OracleConv(1, three, three)), 3);
            yield return new($"one filter of seven taps over {columns} columns of the input", new OracleNetwork(
                [3, 6, columns], OracleLosses.MeanAbsoluteError, new OracleConv(1, new(5, Same: true), new(7, Same: true))), 4);
        }
    }

    // Samples so large that each is judged, and goes its way back, before the next one comes.
    private static IEnumerable<GeneratedCase> Judged()
    {
        yield return new("weights that are few beside an image", new OracleNetwork([2, 24, 25], OracleLosses.MeanSquaredError,
            new OracleConv(17, new(2), new(3)), Activations.All[6]()), 3);
        yield return new("weights in panels that are few beside an image", new OracleNetwork([3, 40, 39], OracleLosses.Huber,
            new OracleConv(48, new(1), new(1)), Activations.Tanh, new OracleConv(2, new(3), new(3))), 5);
        yield return new("a strided convolution of large images", new OracleNetwork([1, 99, 98], OracleLosses.MeanSquaredError,
            new OracleConv(20, new(1, 4), new(1, 4)), Activations.All[9]()), 3);
        yield return new("a convolution with a border of large images", new OracleNetwork([16, 23, 25], OracleLosses.MeanAbsoluteError,
            new OracleConv(16, new(3, 1, 1, 1), new(3, 1, 1, 1), bias: false)), 2);
    }

    // Images large enough that each goes forth and back before the next ones, through products of vectors and losses of rows.
    private static IEnumerable<GeneratedCase> ForthAndBack()
    {
        WindowAxis three = new(3, Same: true), two = new(3, 2, 1, 1);
        foreach (OracleLoss loss in new[] { OracleLosses.SoftmaxCrossEntropy, OracleLosses.MeanSquaredError })
        {
            yield return new($"images forth and back, {loss.Attribute}", new OracleNetwork(
                [2, 41, 40], loss, new OracleConv(7, three, three), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(3)), 5);
            yield return new($"images forth and back through two products, {loss.Attribute}", new OracleNetwork(
                [1, 64, 64], loss, new OracleConv(5, two, two), Activations.Relu, new OracleConv(18, two, two), Activations.Tanh,
                new OracleGlobalAveragePool(), new OracleDense(9), Activations.Tanh, new OracleDense(3)), 11);
        }
    }

    // Losses of elements, in the order of pixels, of columns, and of callers; with and without a norm that is made again in their pass.
    private static IEnumerable<GeneratedCase> Elementwise()
    {
        OracleLoss[] losses =
        [
            OracleLosses.MeanSquaredError, OracleLosses.MeanAbsoluteError, OracleLosses.Huber, OracleLosses.SmoothL1, OracleLosses.LogCosh,
            OracleLosses.BinaryCrossEntropy, OracleLosses.PoissonNll,
        ];
        foreach (OracleLoss loss in losses)
        {
            yield return new($"{loss.Attribute} of pixels", new OracleNetwork(
                [3, 6, 7], loss, new OracleConv(20, new(3), new(3)), Activations.Tanh), 5);
            yield return new($"{loss.Attribute} of columns", new OracleNetwork([2, 7, 37], loss, new OracleConv(3, new(2), new(3))), 3);
            yield return new($"{loss.Attribute} of images as they are passed", new OracleNetwork([3, 9, 11], loss, new OracleBatchNorm()), 4);
            yield return new($"{loss.Attribute} behind a group norm", new OracleNetwork([6, 5, 7], loss, new OracleGroupNorm(2)), 3);
        }

        yield return new("a norm and a rectifier in the pass of a loss", new OracleNetwork([3, 8, 9], OracleLosses.MeanSquaredError,
            new OracleConv(18, new(3), new(3)), new OracleBatchNorm(), Activations.Relu), 5);
        yield return new("a norm and a rectifier of large images in the pass of a loss", new OracleNetwork([2, 40, 41], OracleLosses.MeanSquaredError,
            new OracleConv(7, new(3), new(3)), new OracleBatchNorm(), Activations.Relu), 3);
        yield return new("a norm of many channels in the pass of a loss", new OracleNetwork([3, 20, 20], OracleLosses.MeanSquaredError,
            new OracleConv(80, new(3), new(3)), new OracleBatchNorm()), 2);
        yield return new("a rectifier of images as they are passed", new OracleNetwork([4, 9, 13], OracleLosses.MeanSquaredError,
            new OracleGroupNorm(4, isInstance: true), Activations.Relu), 3);
        yield return new("one image of one channel", new OracleNetwork(
            [1, 5, 5], OracleLosses.MeanSquaredError, new OracleConv(1, new(3), new(3))), 7);
        yield return new("an image of single pixels", new OracleNetwork([5, 3, 3], OracleLosses.Huber, new OracleConv(9, new(3), new(3))), 21);
    }

    // What an activation makes of the zeros behind the last channel is none, and may reach the gradient of a weight whose lanes are those channels;
    // so may what norms make of them. Others count on zeros there, and optimizers go through them.
    private static IEnumerable<GeneratedCase> ZerosBehindChannels()
    {
        WindowAxis four = new(4, 2, 1, 1), three = new(3, Same: true), two = new(3, 2, 1, 1);
        yield return new("a sigmoid of fifty channels and a transposed convolution to one", new OracleNetwork(
            [50, 3, 8], OracleLosses.MeanSquaredError,
            new OracleConv(50, three, three, groups: 50), Activations.All[11](), new OracleConvTranspose(1, four, four)), 3);
        yield return new("a hard sigmoid in the last panel of a product", new OracleNetwork([5, 6, 8], OracleLosses.MeanSquaredError,
            new OracleConv(50, new(3), new(3)), Activations.All[13](), new OracleConvTranspose(1, four, four)), 2);
        yield return new("two norms of five channels around a strided convolution", new OracleNetwork([3, 9, 26], OracleLosses.MeanSquaredError,
            new OracleConv(5, new(1), new(1)), new OracleBatchNorm(), new OracleConv(5, two, two), new OracleGroupNorm(5)), 5);
        yield return new("two norms behind maxima whose border is beside columns", new OracleNetwork([1, 8, 16], OracleLosses.MeanSquaredError,
            new OracleConv(37, new(1), new(1)), new OracleMaxPool(new(2, 4), new(4, 2, 1, 1)),
            new OracleGroupNorm(37), new OracleGroupNorm(37)), 3);
        yield return new("a sigmoid of fifty channels behind a convolution", new OracleNetwork([1, 3, 8], OracleLosses.MeanSquaredError,
            new OracleConv(50, three, three), Activations.All[11](), new OracleConv(50, three, three, groups: 50), new OracleLayerNorm()), 2);
    }

    // Results so few that vectors lie along the channels that they sum: of whole vectors of these, and of others; on the way back as well.
    private static IEnumerable<GeneratedCase> FewResults()
    {
        yield return new("few channels of many", new OracleNetwork([3, 9, 8], OracleLosses.MeanSquaredError,
            new OracleConv(64, new(1), new(1)), Activations.Tanh, new OracleConv(4, new(3, Same: true), new(3, Same: true))), 3);
        yield return new("one channel of many, strided and normalised", new OracleNetwork([2, 11, 10], OracleLosses.MeanSquaredError,
            new OracleConv(48, new(2), new(3)), Activations.Relu, new OracleConv(1, new(5, 2, 1, 2), new(4, 2, 1, 1), bias: false),
            new OracleBatchNorm(), Activations.Relu), 5);
        yield return new("few channels of no whole vectors", new OracleNetwork([3, 5, 7], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(70, new(1), new(2)), Activations.Tanh, new OracleConv(3, new(3, 1, 2, 2), new(2, 1, 1, 0)), Activations.Relu,
            new OracleConv(2, new(1), new(1)), new OracleDense(3)), 7);
        yield return new("an image of many channels that leaves few numbers", new OracleNetwork([2, 6, 5], OracleLosses.MeanSquaredError,
            new OracleConv(35, new(2), new(2)), Activations.Relu, new OracleDense(2)), 19);
        yield return new("an image as it is passed that leaves few numbers", new OracleNetwork([2, 13, 29], OracleLosses.MeanSquaredError,
            new OracleDense(3), Activations.Tanh, new OracleDense(2)), 11);
        yield return new("many channels of few", new OracleNetwork([2, 6, 9], OracleLosses.MeanSquaredError,
            new OracleConv(64, new(3), new(3, 2, 1, 1)), Activations.Tanh, new OracleConv(96, new(2), new(2), groups: 32)), 3);
    }

    // Activations of an input that is a caller's: their slopes are there for its gradient alone.
    private static IEnumerable<GeneratedCase> Smooth()
    {
        foreach (OracleActivation activation in Activations.All.Select(make => make()).Where(one => one.Attribute is "Softplus" or "LogSigmoid" or "Mish"))
            yield return new($"{activation.Attribute} of an input", new OracleNetwork([3, 4, 9], OracleLosses.MeanSquaredError, activation), 3);
    }

    // Images of one pixel are vectors: what makes them and what reads them shares its weights among samples.
    private static IEnumerable<GeneratedCase> SinglePixels()
    {
        yield return new("convolutions that leave one pixel, with a border that they read", new OracleNetwork(
            [2, 7, 7], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(20, new(3, 3, 1, 1), new(3, 3, 1, 1)), Activations.Relu,
            new OracleConv(35, new(3, 3, 1, 1), new(3, 3, 1, 1)), new OracleBatchNorm(), Activations.Relu,
            new OracleConv(50, new(1), new(1)), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(5)), 37);
        yield return new("one pixel to begin with, and to end with", new OracleNetwork([19, 1, 1], OracleLosses.MeanSquaredError,
            new OracleConv(33, new(3, 1, 1, 1), new(3, 1, 1, 1)), Activations.Tanh, new OracleConv(7, new(1), new(1))), 19);
        yield return new("fewer weights than pixels, of which one is left", new OracleNetwork([3, 6, 5], OracleLosses.MeanSquaredError,
            new OracleConv(18, new(1), new(1)), Activations.Tanh, new OracleConv(18, new(6), new(5), groups: 18), new OracleConv(4, new(1), new(1))), 21);
        yield return new("one pixel that becomes several again", new OracleNetwork([4, 3, 3], OracleLosses.MeanSquaredError,
            new OracleConv(21, new(3), new(3)), Activations.Tanh, new OracleConvTranspose(6, new(2, 2), new(2, 2)), new OracleConv(3, new(2), new(2))), 18);
    }

    /// <summary>Over the channels of pixels that lie one behind the other, and of many side by side, with borders and gaps between them.</summary>
    private static IEnumerable<GeneratedCase> Softmaxes()
    {
        WindowAxis three = new(3, Same: true), two = new(2, 2);
        GeneratedCase Case(string name, int[] input, params OracleLayer[] layers) =>
            new($"softmax {name}", new OracleNetwork(input, OracleLosses.MeanSquaredError, layers), 3);
        yield return Case("over the channels", [2, 4, 5], new OracleConv(5, three, three), new OracleSoftmax());
        yield return Case("over the input's channels", [17, 3, 2], new OracleSoftmax(), new OracleConv(2, three, three));
        foreach ((int height, int width) in new[] { (4, 16), (3, 5), (1, 13), (9, 15), (7, 11), (2, 3), (1, 2), (12, 12) })
            yield return Case($"of an input of {height} × {width} pixels", [5, height, width], new OracleSoftmax());
        foreach (int width in new[] { 3, 6, 9, 15, 19, 67 })
        {
            yield return Case($"between convolutions of {width} columns", [1, 3, width],
                new OracleConv(2, three, three), new OracleSoftmax(), new OracleConv(2, three, three));
        }

        yield return Case("of an activated image and its logarithm", [3, 4, 14],
            Activations.Tanh, new OracleSoftmax(), new OracleSoftmax(isLogarithm: true));
        yield return Case("behind a convolution with strides", [2, 6, 30], new OracleConv(3, new(3, 2), new(2, 2)), new OracleSoftmax());
        yield return Case("that a transposed convolution spreads", [2, 3, 13],
            new OracleConv(3, three, three), new OracleSoftmax(), new OracleConvTranspose(2, two, two));
    }

    /// <summary>Norms of single samples, whose groups end within a vector or hold some, on the input and behind convolutions either way up.</summary>
    private static IEnumerable<GeneratedCase> Norms()
    {
        WindowAxis three = new(3, Same: true);
        Func<OracleLayer>[] norms =
            [() => new OracleGroupNorm(2), () => new OracleGroupNorm(4, isInstance: true), () => new OracleLayerNorm(), () => new OracleRmsNorm()];
        foreach ((int height, int width) in new[] { (5, 5), (9, 9), (4, 16), (12, 13), (1, 41), (20, 20), (17, 31) })
        {
            foreach (Func<OracleLayer> create in norms)
            {
                yield return new($"{create().Attribute} of {height} × {width} pixels",
                    new OracleNetwork([4, height, width], OracleLosses.MeanSquaredError, create()), 3);
            }
        }

        foreach (int width in new[] { 5, 18 })
        {
            foreach (Func<OracleLayer> create in norms)
            {
                yield return new($"{create().Attribute} between convolutions of {width} columns", new OracleNetwork(
                    [1, 4, width], OracleLosses.MeanSquaredError, new OracleConv(4, three, three), create(), Activations.All[0](), new OracleConv(2, three, three)), 3);
            }
        }
    }

    /// <summary>Images so large that what is summed over all pixels is summed sample by sample, along lines, pixels and both, with ends of any length.</summary>
    private static IEnumerable<GeneratedCase> Summed()
    {
        WindowAxis one = new(1), three = new(3, Same: true);
        foreach ((int channels, int rows, int columns) in new[] { (4, 46, 45), (5, 40, 48), (17, 23, 22), (32, 16, 16), (48, 13, 14) })
        {
            yield return new($"a batch norm of {channels} channels of {rows} × {columns}", new OracleNetwork(
                [channels, rows, columns], OracleLosses.MeanSquaredError, new OracleBatchNorm(), Activations.Relu), 3);
            yield return new($"biases and a batch norm of {channels} channels of {rows} × {columns}", new OracleNetwork(
                [2, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(channels, three, three), new OracleBatchNorm(), Activations.Relu, new OracleConv(2, one, one)), 4);
        }

        yield return new("a depthwise convolution and batch norms", new OracleNetwork([6, 39, 37], OracleLosses.MeanSquaredError,
            new OracleConv(6, three, three, bias: false, groups: 6), new OracleBatchNorm(), Activations.Relu,
            new OracleConv(20, one, one, bias: false), new OracleBatchNorm(), Activations.Relu), 5);
        yield return new("a batch norm behind a batch norm", new OracleNetwork([3, 53, 52], OracleLosses.MeanSquaredError,
            new OracleBatchNorm(), new OracleBatchNorm(affine: false), new OracleConv(2, one, one)), 3);
        yield return new("a pooling behind a batch norm", new OracleNetwork([2, 40, 42], OracleLosses.MeanSquaredError,
            new OracleConv(7, three, three), new OracleBatchNorm(), Activations.Relu, new OracleMaxPool(new(2, 2), new(2, 2)),
            new OracleConv(2, three, three)), 4);
        yield return new("a single sample under a batch norm", new OracleNetwork([5, 41, 41], OracleLosses.MeanSquaredError,
            new OracleConv(5, three, three), new OracleBatchNorm(), new OracleConv(2, one, one)), 1);
    }

    private static IEnumerable<GeneratedCase> Forms()
    {
        WindowAxis three = new(3, Same: true);
        WindowAxis two = new(2, 2);
        yield return new("a pool alone", new OracleNetwork([5, 6, 6], OracleLosses.MeanSquaredError, new OracleMaxPool(two, two)), 3);
        yield return new("an average alone", new OracleNetwork([5, 6, 6], OracleLosses.MeanSquaredError, new OracleGlobalAveragePool()), 3);
        yield return new("lenet", new OracleNetwork([1, 14, 14], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(6, new(5, Same: true), new(5, Same: true)), Activations.Relu, new OracleMaxPool(two, two),
            new OracleConv(16, new(3), new(3)), Activations.Relu, new OracleMaxPool(two, two),
            new OracleDense(33), Activations.Relu, new OracleDense(10)), 7);
        // Weights that no cache holds, of which each line of pixels asks for a share ahead.
        yield return new("a product of pixels with many weights", new OracleNetwork([515, 3, 5], OracleLosses.MeanSquaredError,
            new OracleConv(516, new(1), new(1)), Activations.Relu, new OracleGlobalAveragePool(), new OracleDense(2)), 3);
        // Rows of more than a panel of weights that become images, whose pixels are cut elsewhere.
        yield return new("a dense layer that becomes an image", new OracleNetwork([5], OracleLosses.MeanSquaredError,
            new OracleDense(98), Activations.Relu, new OracleReshape(2, 7, 7), new OracleConv(5, new(3), new(3)), Activations.Tanh, new OracleDense(3)), 5);
        yield return new("a generator", new OracleNetwork([6], OracleLosses.MeanSquaredError,
            new OracleDense(180, bias: false), new OracleReshape(20, 3, 3), new OracleBatchNorm(), Activations.Relu,
            new OracleConvTranspose(3, two, two), Activations.Tanh), 6);
        yield return new("pool behind pool", new OracleNetwork([3, 9, 9], OracleLosses.MeanSquaredError,
            new OracleMaxPool(new(3, 1), new(3, 1)), new OracleMaxPool(new(3, 2), new(3, 2)), new OracleAveragePool(new(2, 1), new(2, 1))), 2);
        yield return new("depthwise separable with global average", new OracleNetwork([6, 7, 7], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(6, three, three, groups: 6), Activations.All[2](), new OracleConv(10, new(1), new(1)), Activations.All[2](),
            new OracleGlobalAveragePool(), new OracleDense(5)), 7);
        yield return new("global average of an activated convolution", new OracleNetwork([1, 5, 5], OracleLosses.MeanSquaredError,
            new OracleConv(19, three, three), Activations.All[5](), new OracleGlobalAveragePool(), Activations.Tanh, new OracleConv(3, new(1), new(1))), 3);
        yield return new("binary cross-entropy of an image", new OracleNetwork([2, 4, 5], OracleLosses.BinaryCrossEntropy,
            new OracleConv(3, three, three)), 3);
        // Behind a flattening, what callers see as one row lies in vectors with gaps between them.
        yield return new("a flattened convolution as output", new OracleNetwork([2, 4, 5], OracleLosses.MeanSquaredError,
            new OracleConv(3, three, three), new OracleFlatten()), 3);
        yield return new("a flattened convolution of seventeen channels as output", new OracleNetwork([2, 3, 3], OracleLosses.Huber,
            new OracleConv(17, new(2), new(2)), Activations.Tanh, new OracleFlatten()), 3);
        yield return new("a flattened convolution as class scores", new OracleNetwork([2, 3, 3], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(5, new(2), new(2)), new OracleFlatten()), 3);
        yield return new("a flattened average as class scores", new OracleNetwork([2, 3, 3], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(5, new(2), new(2)), new OracleGlobalAveragePool(), new OracleFlatten()), 7);
        yield return new("softmax of a flattened convolution", new OracleNetwork([2, 3, 3], OracleLosses.MeanSquaredError,
            new OracleConv(5, new(2), new(2)), new OracleFlatten(), new OracleSoftmax()), 3);
        yield return new("a flattened input as output", new OracleNetwork([2, 3, 3], OracleLosses.MeanSquaredError,
            new OracleFlatten(), Activations.Tanh), 3);
        yield return new("absolute error of an image", new OracleNetwork([2, 4, 5], OracleLosses.MeanAbsoluteError,
            new OracleConv(17, three, three)), 3);
        yield return new("activation on an image, then convolution with a border", new OracleNetwork([3, 5, 5], OracleLosses.MeanSquaredError,
            Activations.Tanh, new OracleConv(4, three, three)), 3);
        yield return new("dense, then nothing else, behind a strided convolution", new OracleNetwork([3, 9, 9], OracleLosses.MeanSquaredError,
            new OracleConv(18, new(3, 2), new(3, 2)), new OracleFlatten(), Activations.Tanh, new OracleDense(17)), 101);
        foreach ((int i, Func<OracleActivation> create) in Activations.All.Index().Where(one => one.Index % 3 == 1))
        {
            yield return new($"{create().Attribute} behind a convolution", new OracleNetwork([2, 4, 3], OracleLosses.MeanSquaredError,
                new OracleConv(s_channels[(i + 1) % s_channels.Length], new(2), new(2)), create(), new OracleConv(3, new(2, 2, 1, 1), new(2)), create()), 2);
        }
    }
}
