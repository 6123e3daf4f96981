using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Networks on images: convolutions of every kind, pools, and what stands before and behind them.</summary>
internal static class ImageCases
{
    private static readonly int[] s_channels = [1, 2, 3, 4, 5, 8, 15, 16, 17, 31, 32, 33, 47, 48, 49, 64, 65];

    private static readonly int[] s_batches = [1, 2, 7, 3, 2];

    public static IEnumerable<GeneratedCase> All() =>
    [
        .. Convolutions(), .. ByChannels(), .. Grouped(), .. Sliding(), .. Bands(), .. LargeWeights(), .. Tiled(), .. Pools(),
        .. Summed(), .. Judged(), .. Softmaxes(), .. Norms(), .. Forms(), .. SinglePixels(), .. PoolsByLines(), .. GroupsOfWideLines(), .. Smooth(),
        .. FewSamples(), .. Strided(), .. PoolsOfPairs(),
    ];

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

    private static IEnumerable<GeneratedCase> Convolutions()
    {
        int number = 0;
        (WindowAxis Rows, WindowAxis Columns)[] windows =
        [
            (new(1), new(1)), (new(3), new(3)), (new(5), new(5)), (new(2), new(2)), (new(4), new(4)), (new(1), new(3)), (new(3), new(1)),
            (new(2), new(3, 2, 1, 1)), (new(3, 2), new(3, 2)), (new(3, 2, 1, 1), new(3, 2, 1, 1)), (new(3, 3), new(2, 3)),
            (new(2, 3, 1, 1), new(3, 2, 1, 1)), (new(3, 1, 2), new(3, 1, 2)), (new(3, 2, 2, 2), new(3, 1, 3, 3)), (new(2, 3, 2, 1), new(2, 2, 3, 2)),
            (new(1, 2), new(1, 3)), (new(1, 3, 1, 1), new(1, 2, 1, 0)), (new(3, 1, 1, 2), new(3, 1, 1, 2)), (new(5, 1, 1, 4), new(5, 1, 1, 0)),
            (new(3, Same: true), new(3, Same: true)), (new(4, Same: true), new(2, Same: true)), (new(5, 2, Same: true), new(3, 2, Same: true)),
            (new(2, 3, Same: true), new(3, 3, Same: true)), (new(3, 1, 2, Same: true), new(2, 2, 2, Same: true)), (new(1, 2, Same: true), new(1, 2, Same: true)),
            (new(7), new(8)), (new(7, 2), new(8, 3)), (new(7, 1, 1, 3), new(8, 1, 1, 0)),
        ];
        foreach ((WindowAxis rows, WindowAxis columns) in windows)
        {
            int channels = s_channels[number % 6];
            int outputs = s_channels[(number * 5 + 2) % s_channels.Length];
            string name = $"rows {Text(rows)}, columns {Text(columns)}";
            // Sometimes as first layer, where the input is read as it lies; always as second, where its input lies in vectors.
            if (number % 4 == 0)
            {
                yield return new($"conv {name}, {channels} to {outputs} channels", new OracleNetwork(
                    [channels, 7, 8], OracleLosses.MeanSquaredError, new OracleConv(outputs, rows, columns, bias: number % 8 != 0)), s_batches[number % 5]);
            }

            yield return new($"conv behind conv, {name}", new OracleNetwork(
                [2, 7, 8], OracleLosses.MeanSquaredError,
                new OracleConv(s_channels[(number * 3 + 4) % 9], new(1), new(1)), number % 2 == 0 ? Activations.Relu : Activations.Tanh,
                new OracleConv(1 + number % 7, rows, columns), Activations.Tanh, new OracleDense(3)), s_batches[(number + 1) % 5]);
            number++;
        }
    }

    private static IEnumerable<GeneratedCase> ByChannels()
    {
        for (int i = 0; i < s_channels.Length; i += 2)
        {
            int first = s_channels[i];
            int second = s_channels[(i * 7 + 3) % s_channels.Length];
            yield return new($"conv {first} to {second} channels", new OracleNetwork(
                [2, 4, 5], OracleLosses.SoftmaxCrossEntropy,
                new OracleConv(first, new(2), new(3)), Activations.Relu,
                new OracleConv(second, new(3, Same: true), new(3, Same: true)), Activations.Tanh,
                new OracleDense(4)), s_batches[i % 5]);
        }

        foreach (int width in new[] { 1, 6, 13, 17 })
        {
            yield return new($"a row of {width} pixels", new OracleNetwork(
                [3, 1, width], OracleLosses.MeanSquaredError,
                new OracleConv(6, new(1), new(3, 1, 1, 1)), Activations.Tanh, new OracleConv(2, new(1), new(1))), 2);
        }

        foreach (int width in new[] { 2, 5, 16 })
        {
            yield return new($"a column of {width} pixels", new OracleNetwork(
                [2, width, 1], OracleLosses.MeanSquaredError,
                new OracleConv(17, new(3, 1, 1, 1), new(1)), Activations.Tanh, new OracleConv(3, new(1), new(1))), 2);
        }
    }

    private static IEnumerable<GeneratedCase> GroupsOfWideLines()
    {
        WindowAxis three = new(3, 1, 1, 1);
        // Lines that fill vectors better than the channels of a group do.
        yield return new("grouped convs of wide lines", new OracleNetwork([6, 3, 17], OracleLosses.MeanSquaredError,
            new OracleConv(16, new(1), new(1), 2), Activations.Relu, new OracleConv(12, three, three, 4), new OracleDense(2)), 3);
        // Lines of less than a vector, copied to where there is a border around them.
        yield return new("strided grouped conv of narrow lines", new OracleNetwork([16, 5, 14], OracleLosses.MeanSquaredError,
            new OracleConv(16, new(3, 3, 1, 1), new(3, 3, 1, 1), 2), Activations.Relu, new OracleDense(2)), 5);
    }

    // Activations of an input that is a caller's: their slopes are there for its gradient alone.
    private static IEnumerable<GeneratedCase> Smooth()
    {
        foreach (OracleActivation activation in Activations.All.Select(make => make()).Where(one => one.Attribute is "Softplus" or "LogSigmoid" or "Mish"))
            yield return new($"{activation.Attribute} of an input", new OracleNetwork([3, 4, 9], OracleLosses.MeanSquaredError, activation), 3);
    }

    private static IEnumerable<GeneratedCase> Grouped()
    {
        WindowAxis three = new(3, 1, 1, 1);
        (int Channels, int Outputs, int Groups)[] groups =
        [
            (4, 6, 2), (6, 9, 3), (8, 8, 4), (6, 4, 2), (2, 34, 2), (34, 34, 2), (32, 64, 2), (48, 51, 3), (10, 5, 5),
            // Depthwise, with one and with two outputs to an input.
            (1, 1, 1), (3, 3, 3), (5, 10, 5), (8, 8, 8), (15, 15, 15), (16, 32, 16), (17, 17, 17), (33, 66, 33), (48, 48, 48), (2, 2, 2), (3, 6, 3),
        ];
        foreach ((int i, (int channels, int outputs, int count)) in groups.Index())
        {
            WindowAxis rows = (i % 3) switch { 0 => three, 1 => new(3, 2), _ => new(2, 1, 2) };
            if (i % 4 == 3)
            {
                yield return new($"conv {channels} to {outputs} channels in {count} groups", new OracleNetwork(
                    [channels, 6, 5], OracleLosses.MeanSquaredError, new OracleConv(outputs, rows, three, count, bias: false)), s_batches[i % 5]);
                continue;
            }

            yield return new($"grouped conv behind conv, {channels} to {outputs} channels in {count} groups", new OracleNetwork(
                [2, 6, 5], OracleLosses.MeanSquaredError,
                new OracleConv(channels, new(1), new(1)), Activations.Tanh,
                new OracleConv(outputs, rows, three, count), Activations.Relu,
                new OracleConv(3, new(1), new(1)), new OracleDense(2)), s_batches[(i + 1) % 5]);
        }
    }

    /// <summary>Images with their columns along the vectors, and windows that slide along their rows.</summary>
    private static IEnumerable<GeneratedCase> Sliding()
    {
        WindowAxis three = new(3, 1, 1, 1);
        yield return new("a depthwise window over more rows than a tile", new OracleNetwork(
            [2, 37, 21], OracleLosses.MeanSquaredError, new OracleConv(2, three, three, 2), Activations.Tanh, new OracleConv(3, new(1), new(1))), 3);
        foreach (int extent in new[] { 11, 16 })
        {
            yield return new($"channels of {extent} lines, which whole tiles do not divide", new OracleNetwork(
                [8, extent, extent], OracleLosses.MeanSquaredError,
                new OracleConv(32, three, three), Activations.Relu, new OracleConv(1, new(1), new(1)), new OracleDense(2)), 2);
        }

        yield return new("a depthwise window with two outputs to an input", new OracleNetwork(
            [3, 9, 33], OracleLosses.MeanSquaredError, new OracleConv(6, new(5, 1, 2, 2), three, 3), Activations.Relu, new OracleConv(2, new(1), new(1))), 2);
        (string Name, WindowAxis Rows)[] second = [("a wide border", new(5)), ("gaps", new(3, 2)), ("border and gaps", new(4, 3, 1, 1)), ("a dilated border", new(3, Dilation: 2))];
        foreach ((string name, WindowAxis rows) in second)
        {
            yield return new($"the gradient of an image with {name} between its rows", new OracleNetwork(
                [1, 14, 24], OracleLosses.MeanSquaredError,
                new OracleConv(2, three, three), Activations.Tanh, new OracleConv(3, rows, new(5)), Activations.Relu, new OracleDense(2)), 7);
        }
    }

    /// <summary>Images too large for the cache, whose layers are done some lines at a time.</summary>
    private static IEnumerable<GeneratedCase> Bands()
    {
        WindowAxis three = new(3, 1, 1, 1);
        yield return new("bands of an image that lies by columns", new OracleNetwork(
            [12, 72, 98], OracleLosses.MeanSquaredError,
            new OracleConv(12, three, three, 12), Activations.Relu, new OracleConv(21, new(1), three)), 2);
        yield return new("bands of an image that lies by channels, in the middle of a network", new OracleNetwork(
            [3, 129, 21], OracleLosses.MeanSquaredError,
            new OracleConv(130, new(3, 2), new(3, 2)), Activations.Tanh, new OracleConv(113, new(1), new(3)), Activations.Tanh,
            new OracleMaxPool(new(2, 2), new(2, 2)), new OracleDense(2)), 1);
    }

    /// <summary>Weights that no cache holds on small images, of which some go together; more samples than go at a time, and fewer.</summary>
    private static IEnumerable<GeneratedCase> LargeWeights()
    {
        WindowAxis strided = new(3, 2, 1, 1);
        yield return new("large weights as the first layer, behind them as many", new OracleNetwork(
            [90, 5, 6], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(170, strided, strided), Activations.Relu, new OracleConv(96, strided, strided), Activations.Tanh, new OracleDense(4)), 11);
        yield return new("large weights in the middle", new OracleNetwork(
            [3, 4, 9], OracleLosses.MeanSquaredError,
            new OracleConv(131, new(2), new(2)), Activations.Tanh, new OracleConv(112, new(3), new(3, 2, 1, 1)), Activations.Relu,
            new OracleMaxPool(new(1, 1), new(2, 2)), new OracleConv(5, new(1), new(1))), 9);
    }

    // Gradients of weights that a cache holds the factors of for a few samples only: these are added to what those before have left.
    private static IEnumerable<GeneratedCase> FewSamples()
    {
        WindowAxis three = new(3, 1, 1, 1);
        yield return new("sums of channels over single samples", new OracleNetwork([33, 40, 39], OracleLosses.MeanSquaredError,
            new OracleConv(32, three, three), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(3)), 3);
        yield return new("sums of channels over a few samples", new OracleNetwork([20, 24, 24], OracleLosses.MeanSquaredError,
            new OracleConv(64, new(3), new(3)), Activations.Tanh, new OracleConv(33, new(3, 2), new(3, 2)), Activations.Tanh,
            new OracleGlobalAveragePool(), new OracleDense(3)), 8);
        yield return new("sums of columns over a few samples", new OracleNetwork([17, 26, 27], OracleLosses.MeanSquaredError,
            new OracleConv(17, three, three), Activations.Tanh, new OracleConv(11, three, three), new OracleGlobalAveragePool(), new OracleDense(2)), 8);
        yield return new("sums of groups over a few samples", new OracleNetwork([48, 28, 28], OracleLosses.MeanSquaredError,
            new OracleConv(96, three, three, groups: 3), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(2)), 5);
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

    // Pools of columns that a border cuts, of lines longer than a vector.
    private static IEnumerable<GeneratedCase> PoolsByLines()
    {
        OracleLayer[] pools =
        [
            new OracleMaxPool(new(3, 1, 1, 1), new(3, 1, 1, 1)), new OracleMaxPool(new(3, 2, 1, 1), new(3, 2, 1, 1)),
            new OracleMaxPool(new(2, 3, 1, 1), new(5, 1, 1, 2)),
            new OracleAveragePool(new(3, 1, 1, 1), new(3, 1, 1, 1)), new OracleAveragePool(new(4, 3, 1, 2), new(4, 2, 1, 1)),
            new OracleAveragePool(new(3, 1, 1, 1), new(3, 1, 1, 1), countPadding: false), new OracleMaxPool(new(1, Same: true), new(2, 2, Same: true)),
        ];
        foreach ((int i, OracleLayer pool) in pools.Index())
        {
            yield return new($"{pool.GetType().Name["Oracle".Length..]} of lines {i}", new OracleNetwork([2, 12, 33 + 2 * i], OracleLosses.MeanSquaredError,
                new OracleConv(4, new(3, 1, 1, 1), new(3, 1, 1, 1)), pool, new OracleConv(3, new(3, 1, 1, 1), new(3, 1, 1, 1))), 2);
        }
    }

    /// <summary>Convolutions that are worth computing tile by tile, among what stands before and behind them.</summary>
    private static IEnumerable<GeneratedCase> Tiled()
    {
        WindowAxis three = new(3, 1, 1, 1);
        (int Channels, int Outputs, int Rows, int Columns, int Pad)[] sizes =
            [(16, 32, 12, 12, 1), (24, 17, 9, 7, 1), (33, 40, 8, 11, 0), (20, 48, 5, 6, 2)];
        foreach ((int i, (int channels, int outputs, int rows, int columns, int pad)) in sizes.Index())
        {
            WindowAxis window = new(3, 1, 1, pad);
            yield return new($"tiles of {rows} × {columns} pixels, {channels} to {outputs} channels, pad {pad}", new OracleNetwork(
                [2, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(channels, new(1), new(1)), i % 2 == 0 ? Activations.Relu : Activations.Tanh,
                new OracleConv(outputs, window, window, bias: i != 1), i % 2 == 0 ? Activations.Tanh : Activations.Relu, new OracleDense(3)), i + 1);
        }

        yield return new("tiles behind tiles, with norms and pools", new OracleNetwork(
            [2, 11, 10], OracleLosses.SoftmaxCrossEntropy,
            new OracleConv(16, new(1), new(1)), new OracleConv(32, three, three, bias: false), new OracleBatchNorm(), Activations.Relu,
            new OracleConv(16, three, three), new OracleMaxPool(new(2, 2), new(2, 2)), Activations.Relu, new OracleDense(3)), 3);
    }

    private static IEnumerable<GeneratedCase> Pools()
    {
        (WindowAxis Rows, WindowAxis Columns)[] windows =
        [
            (new(2, 2), new(2, 2)), (new(3, 3), new(2, 2)), (new(3, 2), new(3, 2)), (new(3, 1, 1, 1), new(3, 1, 1, 1)), (new(2, 1), new(2, 1)),
            (new(2, 1, 1, 1), new(2, 1, 1, 1)), (new(2, 3), new(2, 3)), (new(1, 2), new(1, 2)), (new(3, 2, 1, 1), new(2, 3, 1, 1)),
            (new(7, 7), new(8, 8)), (new(3, 2, Same: true), new(3, 2, Same: true)), (new(2, 3, Same: true), new(4, 3, Same: true)),
        ];
        foreach ((int i, (WindowAxis rows, WindowAxis columns)) in windows.Index())
        {
            string name = $"rows {Text(rows)}, columns {Text(columns)}";
            int channels = s_channels[(i * 5 + 2) % 12];
            Func<OracleLayer>[] kinds =
            [
                () => new OracleMaxPool(rows, columns), () => new OracleAveragePool(rows, columns), () => new OracleAveragePool(rows, columns, countPadding: false),
            ];
            foreach ((int k, Func<OracleLayer> create) in kinds.Index())
            {
                string kind = create().GetType().Name["Oracle".Length..] + (k == 2 ? " without its padding" : "");
                if ((i + k) % 3 == 1 && i % 2 == 0)
                {
                    yield return new($"{kind} first, {name}", new OracleNetwork(
                        [channels, 7, 8], OracleLosses.MeanSquaredError, create(), new OracleDense(3)), s_batches[i % 5]);
                }

                if ((i + k) % 3 == 0 || (k == 0 && rows.Pad > 0))
                {
                    yield return new($"{kind} behind conv, {name}", new OracleNetwork(
                        [2, 7, 8], OracleLosses.MeanSquaredError,
                        new OracleConv(channels, new(1), new(1)), i % 2 == 0 ? Activations.Relu : Activations.Tanh, create(),
                        new OracleConv(3, new(1), new(1))), s_batches[(i + k) % 5]);
                }
            }
        }
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

    // Positions that have their taps in common: of any number, also none, in images that strides do not divide, by pixels and by columns.
    private static IEnumerable<GeneratedCase> Strided()
    {
        WindowAxis one = new(1), two = new(2, 2), three = new(3, Same: true);
        (WindowAxis Rows, WindowAxis Columns)[] windows =
        [
            (new(3, 2, 1, 1), new(3, 2, 1, 1)), (new(1, 2), new(1, 3)), (new(2, 3), new(3, 4, 1, 1)), (new(5, 3, 2, 4), new(4, 2, 1, 1)),
            (new(3, 4, 2, 2), new(2, 2, 2, 1)), (new(3, 2, 3, 3), new(3, 6, 4, 4)), (new(7, 2, 1, 3), new(1)), (new(1), new(5, 4, 1, 2)),
        ];
        foreach ((int i, (WindowAxis rows, WindowAxis columns)) in windows.Index())
        {
            string name = $"rows {Text(rows)}, columns {Text(columns)}";
            yield return new($"strides behind pixels, {name}", new OracleNetwork([18, 14, 13], OracleLosses.MeanSquaredError,
                new OracleConv(20 + 13 * i, one, one), Activations.Tanh, new OracleConv(33, rows, columns), Activations.Relu, new OracleDense(3)), 2 + i % 3);
            yield return new($"strides behind columns, {name}", new OracleNetwork([2, 13, 33], OracleLosses.MeanSquaredError,
                new OracleConv(3, three, three), Activations.Tanh, new OracleConv(17, rows, columns), Activations.Relu, new OracleDense(3)), 2 + i % 3);
            yield return new($"strides to spread, {name}", new OracleNetwork([19, 4, 3], OracleLosses.MeanSquaredError,
                new OracleConvTranspose(1 + 15 * i, rows, columns, bias: i % 2 == 0), Activations.Tanh, new OracleConv(2, one, one)), 1 + i % 3);
        }

        yield return new("strides in groups", new OracleNetwork([12, 9, 10], OracleLosses.MeanSquaredError,
            new OracleConv(18, one, one), Activations.Tanh, new OracleConv(36, new(3, 2, 1, 1), new(3, 2, 1, 1), groups: 3), Activations.Tanh,
            new OracleConv(36, new(3, 2, 1, 1), new(3, 2, 1, 1), groups: 36), new OracleConvTranspose(24, two, new(3, 2), groups: 12)), 3);
        yield return new("pools of columns, each then spread", new OracleNetwork([1, 12, 40], OracleLosses.MeanSquaredError,
            new OracleConv(3, three, three), new OracleMaxPool(two, two), new OracleConvTranspose(2, new(3, 2), new(3, 2)), Activations.Tanh,
            new OracleConv(2, three, three), new OracleAveragePool(two, two), new OracleConvTranspose(18, two, two)), 3);
        yield return new("a pool of columns, then one that is spread", new OracleNetwork([2, 8, 34], OracleLosses.MeanSquaredError,
            new OracleMaxPool(two, two), new OracleConvTranspose(3, two, two)), 3);
    }

    // Lines whose last pair of vectors ends behind them, where the next line begins.
    private static IEnumerable<GeneratedCase> PoolsOfPairs()
    {
        WindowAxis two = new(2, 2), three = new(3, Same: true);
        foreach ((int rows, int columns) in new[] { (6, 34), (4, 40), (2, 48), (6, 72) })
        {
            yield return new($"a largest of pairs of {columns} columns", new OracleNetwork([1, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(3, three, three), new OracleMaxPool(two, two), new OracleDense(2)), 3);
            yield return new($"a mean of pairs of {columns} columns", new OracleNetwork([2, rows, columns], OracleLosses.MeanSquaredError,
                new OracleConv(2, three, three), Activations.Tanh, new OracleAveragePool(new(rows, rows), two), new OracleConv(3, new(1), new(1))), 2);
        }
    }

    private static string Text(WindowAxis axis) =>
        $"{axis.Size}/{axis.Stride}" + (axis.Dilation > 1 ? $" dilated {axis.Dilation}" : "") + (axis.Same ? " same" : axis.Pad > 0 ? $" padded {axis.Pad}" : "");
}
