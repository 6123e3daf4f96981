using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

// Convolutions by themselves: every window, stride and group, and what sizes decide about their loops.
internal static partial class ImageCases
{
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

    /// <summary>First layers of few channels, whose columns lie along the vectors and are a few apart in what the caller passes.</summary>
    private static IEnumerable<GeneratedCase> StridedColumns()
    {
        (int Channels, int Width, int Outputs, int Groups, WindowAxis Rows, WindowAxis Columns)[] layers =
        [
            (3, 37, 5, 1, new(3, 2, 1, 1), new(3, 2, 1, 1)), (2, 32, 4, 1, new(2, 2), new(2, 2)), (1, 33, 8, 1, new(3, 3), new(1, 2)),
            (4, 41, 6, 2, new(1), new(5, 2, 1, 2)), (3, 63, 3, 3, new(3, 1, 1, 1), new(3, 2)), (2, 65, 7, 1, new(2), new(7, 2, 1, 3)),
            (6, 50, 12, 2, new(3, 3), new(3, 3, 1, 1)), (1, 97, 4, 1, new(1, 2), new(2, 3)), (2, 61, 5, 1, new(3, 2, 1, 1), new(5, 3, 2, 4)),
            (3, 67, 6, 1, new(3), new(11, 4, 1, 2)), (2, 64, 4, 2, new(2, 4), new(4, 4)), (1, 129, 3, 1, new(1, 4), new(1, 4)),
            (3, 66, 8, 1, new(3, 2, Same: true), new(3, 2, Same: true)), (2, 260, 2, 1, new(3, 2), new(3, 2, 3)),
        ];
        foreach ((int i, (int channels, int width, int outputs, int groups, WindowAxis rows, WindowAxis columns)) in layers.Index())
        {
            string name = $"{Text(columns)} of {width} columns, {channels} to {outputs} channels in {groups} groups";
            yield return new($"strided first conv, {name}", new OracleNetwork(
                [channels, 7, width], OracleLosses.MeanSquaredError, new OracleConv(outputs, rows, columns, groups, bias: i % 3 != 0)), s_batches[i % 5]);
            yield return new($"conv behind strided conv, {name}", new OracleNetwork(
                [channels, 6, width], OracleLosses.SoftmaxCrossEntropy,
                new OracleConv(outputs, rows, columns, groups), i % 2 == 0 ? Activations.Relu : Activations.Tanh,
                new OracleConv(17, new(1), new(3, 1 + i % 2)), Activations.Relu, new OracleDense(3)), s_batches[(i + 2) % 5]);
        }
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
        // Strides and gaps of two, through which rows meet what others have read; and channels whose pixels lie a cache line further apart.
        foreach ((int i, (int channels, WindowAxis rows, WindowAxis columns)) in new (int, WindowAxis, WindowAxis)[]
        {
            (128, new(3, 2, 1, 1), new(7, 2, 1, 3)), (128, three, new(3, 1, 2, 2)), (20, new(5, 2, 1, 2), new(5, 2, 1, 2)),
            (256, new(1), new(3, 1, 1, 1)), (1, new(3, 1, 2, 2), three), (2, new(5, 2), new(4, 1, 2, 3)),
        }.Index())
        {
            yield return new($"depthwise windows that meet, {Text(rows)} by {Text(columns)} of {channels} channels", new OracleNetwork(
                [channels, 11, 12], OracleLosses.MeanSquaredError,
                new OracleConv(channels, rows, columns, channels, bias: i % 2 == 0), Activations.Relu,
                new OracleConv(3, new(1), new(1)), new OracleDense(2)), s_batches[i % 5]);
            yield return new($"depthwise windows that meet behind conv, {Text(rows)} by {Text(columns)} of {channels} channels", new OracleNetwork(
                [2, 11, 12], OracleLosses.MeanSquaredError, new OracleConv(channels, new(1), new(1)), Activations.Tanh,
                new OracleConv(channels, rows, columns, channels), Activations.Relu,
                new OracleConv(3, new(1), new(1)), new OracleDense(2)), s_batches[(i + 3) % 5]);
        }

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
        yield return new("groups whose channels no panel divides", new OracleNetwork(
            [2, 3, 3], OracleLosses.MeanSquaredError,
            new OracleConv(150, new(2), new(2)), Activations.Tanh, new OracleConv(6, new(1), new(2), groups: 3), new OracleDense(2)), 19);
        yield return new("columns of channels that no panel divides", new OracleNetwork(
            [3, 9, 32], OracleLosses.MeanSquaredError,
            new OracleConv(50, three, three), Activations.Relu, new OracleConv(50, three, three, 50), Activations.Tanh, new OracleConv(70, new(1), new(1))), 3);
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
        yield return new("bands of a channel at a time, the last of which reaches back", new OracleNetwork(
            [12, 71, 98], OracleLosses.MeanSquaredError,
            new OracleConv(12, new(5, 1, 2, 4), three, 12), Activations.Tanh, new OracleConv(21, new(1), new(1))), 3);
        yield return new("bands of a channel at a time whose windows begin on every second line", new OracleNetwork(
            [12, 144, 98], OracleLosses.MeanSquaredError,
            new OracleConv(12, new(3, 2, 1, 1), new(5, Pad: 2), 12, bias: false), Activations.Relu, new OracleConv(9, new(1), new(1))), 2);
        yield return new("bands of channels that are all summed, whose windows begin on every second line", new OracleNetwork(
            [5, 143, 101], OracleLosses.MeanSquaredError,
            new OracleConv(7, new(3, 2, 1, 1), three), Activations.Relu, new OracleConv(24, new(1), new(1)), Activations.Tanh), 2);
        yield return new("bands with two outputs to an input, by windows of even size", new OracleNetwork(
            [6, 100, 110], OracleLosses.MeanSquaredError,
            new OracleConv(12, new(4, Same: true), new(4, Same: true), 6), Activations.Relu, new OracleConv(14, new(1), new(1))), 2);
        yield return new("bands of channels whose weights lie in panels", new OracleNetwork(
            [80, 30, 64], OracleLosses.MeanSquaredError,
            new OracleConv(80, three, three, 80), Activations.Relu, new OracleConv(10, new(1), new(1))), 1);
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

        // The same of a part of a sample.
        yield return new("sums of channels over some pixels", new OracleNetwork([3, 40, 40], OracleLosses.MeanSquaredError,
            new OracleConv(24, new(1), new(1)), Activations.Tanh, new OracleConv(96, new(1), new(1)), Activations.Tanh,
            new OracleGlobalAveragePool(), new OracleDense(3)), 3);
        yield return new("channels of pixels that tiles do not divide", new OracleNetwork([3, 41, 43], OracleLosses.MeanSquaredError,
            new OracleConv(33, new(1), new(1)), Activations.Tanh, new OracleConv(100, new(1), new(1)), Activations.Tanh,
            new OracleConv(40, new(1), new(1)), new OracleGlobalAveragePool(), new OracleDense(3)), 3);
        yield return new("sums of windows over some lines", new OracleNetwork([24, 42, 45], OracleLosses.MeanSquaredError,
            new OracleConv(64, three, three), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(2)), 2);
        yield return new("sums of strides and groups over some lines", new OracleNetwork([48, 60, 56], OracleLosses.MeanSquaredError,
            new OracleConv(96, new(3, 2, 1, 1), new(3, 2, 1, 1), groups: 3), Activations.Tanh, new OracleGlobalAveragePool(), new OracleDense(2)), 2);
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

    private static string Text(WindowAxis axis) =>
        $"{axis.Size}/{axis.Stride}" + (axis.Dilation > 1 ? $" dilated {axis.Dilation}" : "") + (axis.Same ? " same" : axis.Pad > 0 ? $" padded {axis.Pad}" : "");
}
