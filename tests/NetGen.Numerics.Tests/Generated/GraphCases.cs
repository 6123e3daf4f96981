using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Graphs, each with something in it that went wrong once.</summary>
internal static class GraphCases
{
    private static readonly WindowAxis s_one = new(1), s_three = new(3, Same: true);

    public static IEnumerable<GeneratedCase> All() => [.. Ends(), .. Softmaxes(), .. Shapes(), .. Joins(), .. Spaced(), .. Residual(), .. Outputs()];

    /// <summary>Windows of even size, whose padding is behind the last element alone.</summary>
    private static IEnumerable<GeneratedCase> Ends()
    {
        WindowAxis two = new(2, 1, Same: true);
        yield return Chain("an average that reaches behind the last pixels", [3, 4, 4], new OracleAveragePool(two, two));
        yield return Chain("an average that reaches behind the last pixels, which do not count", [15, 4, 4], new OracleAveragePool(two, two, countPadding: false));
        yield return Chain("an average that reaches behind wide lines", [2, 5, 21], new OracleConv(3, s_three, s_three), new OracleAveragePool(new(1, Same: true), two));
        yield return Chain("a maximum that reaches behind the last pixels", [3, 4, 4], new OracleConv(3, s_three, s_three), new OracleMaxPool(two, two));
        yield return Chain("an average that reaches behind the last step", [11, 25], new OracleAveragePool(null, two), new OracleConv(1, null, s_three));
        yield return Chain("groups of the channels of one pixel", [2, 3, 3], new OracleConv(6, new(3), new(3)), new OracleGroupNorm(2), new OracleConv(3, s_one, s_one));
        yield return Chain("groups of the channels of one step", [4, 1], new OracleConv(6, null, s_three), new OracleGroupNorm(3), new OracleConv(2, null, s_one));
        yield return Chain("a window on a signal of one step", [4, 1], new OracleAveragePool(null, two), new OracleConv(5, null, s_three));
    }

    private static IEnumerable<GeneratedCase> Softmaxes()
    {
        yield return Chain("softmax of a signal", [6, 5], new OracleSoftmax());
        yield return Chain("softmax of a convolved signal", [6, 5], new OracleConv(7, null, s_three), new OracleSoftmax());
        yield return Chain("logarithm of the softmax of a signal", [6, 5], new OracleSoftmax(isLogarithm: true));
        yield return Chain("softmax of four dimensions", [6, 10, 2], new OracleReshape(3, 4, 5, 2), new OracleSoftmax(isLogarithm: true));
        yield return Chain("softmax of an image that was flattened and is a signal", [6, 10, 2],
            new OracleConv(6, s_one, s_one), new OracleFlatten(), new OracleReshape(4, 30), new OracleSoftmax());
        yield return Chain("softmax that becomes an image", [10],
            new OracleDense(120), new OracleSoftmax(), new OracleReshape(4, 30, 1), new OracleConv(3, s_three, s_one));
    }

    /// <summary>Shapes that have no factors in common, so that no view of one memory is both.</summary>
    private static IEnumerable<GeneratedCase> Shapes()
    {
        yield return Chain("an image as an image of other extents", [6, 10, 2],
            new OracleConv(6, s_one, s_one), new OracleFlatten(), Activations.Tanh, new OracleReshape(5, 8, 3), new OracleConv(2, s_three, s_three));
        yield return Chain("an image as a signal with other steps", [12, 7, 4], new OracleReshape(14, 24), new OracleLayerNorm(), new OracleConv(3, null, s_three));
        yield return Graph("parts that become an image", [9],
            Point("Left", [new OracleDense(50)]),
            Point("Right", [new OracleDense(70)], Layer.Input),
            Join("Both", () => new OracleConcat(), ["Left", "Right"], new OracleReshape(4, 30, 1), new OracleConv(3, s_three, s_one)));
        yield return Graph("activations beside each other, of flattened images of different extents", [6, 10, 2],
            Point("Left", [new OracleConv(6, s_one, s_one), new OracleFlatten()]),
            Point("Right", [new OracleReshape(4, 30, 1), new OracleConv(4, s_one, s_one), new OracleFlatten()], Layer.Input),
            Point("LeftBounded", [Activations.Tanh], "Left"),
            Point("RightBounded", [Activations.Tanh], "Right"),
            Join("Both", () => new OracleConcat(), ["LeftBounded", "RightBounded"]));
        foreach (string join in new[] { "Add", "Multiply" })
        {
            yield return Graph($"{join} of two flattened images of different extents", [6, 10, 2],
                Point("Left", [new OracleConv(6, s_one, s_one), new OracleFlatten()]),
                Point("Right", [new OracleReshape(4, 30, 1), new OracleConv(4, s_one, s_one), new OracleFlatten()], Layer.Input),
                Join("Both", () => new OracleElementwise(join), ["Left", "Right"], join == "Add" ? [] : [new OracleReshape(3, 5, 8), new OracleConv(2, s_three, s_three)]));
        }
    }

    private static IEnumerable<GeneratedCase> Joins()
    {
        // Several operands of one loop whose names are taken: those of others, and what a loop makes of them.
        yield return Graph("a gated signal with its norms in one loop", [3, 3],
            Point("Normed", [new OracleBatchNorm(), new OracleBatchNorm(0.3)]),
            Point("Gate", [new OracleGlobalAveragePool(), new OracleConv(3, null, s_one), Activations.All[11]()], "Normed"),
            Join("Gated", () => new OracleElementwise("Add"), ["Normed", "Gate"], new OracleConv(8, null, s_three), new OracleGroupNorm(8, isInstance: true)));
        OraclePoint Normed(string name, WindowAxis window, bool affine) => new(name,
        [
            new LayerItem(() => new OracleConv(9, null, window)), new LayerItem(() => new OracleBatchNorm(0.3, affine)), new LayerItem(() => new OracleBatchNorm()),
        ]);
        var block = new OracleBody(
            "Block0",
            Normed("Left", s_one, affine: true),
            Normed("Right", s_three, affine: false) with { From = Layer.Input },
            new OraclePoint("Both", [new JoinItem(() => new OracleElementwise("Multiply"), "Left", "Right")]));
        yield return Graph("one block twice, with norms behind norms", [4, 3],
            new OraclePoint("First", [new UseItem(block)]),
            new OraclePoint("Second", [new UseItem(block) { Share = "First" }]) { From = Layer.Input },
            Join("Both", () => new OracleElementwise("Multiply"), ["First", "Second"], new OracleBatchNorm(0.3)));
    }

    /// <summary>One tensor whose pixels lie apart for one reader, while another reaches into the border around them.</summary>
    private static IEnumerable<GeneratedCase> Spaced()
    {
        WindowAxis two = new(2, 2);
        yield return Graph("a border around pixels that lie apart", [4, 6, 18],
            Point("Near", [new OracleConv(4, s_three, s_three, 4), new OracleFlatten()]),
            Point("Far", [new OracleConvTranspose(3, two, two), new OracleFlatten()], Layer.Input),
            Join("Both", () => new OracleConcat(), ["Near", "Far"]));
        yield return Graph("a causal window over steps that lie apart", [6, 19],
            Point("Near", [new OracleConv(7, null, new(3) { Causal = true }), new OracleFlatten()]),
            Point("Far", [new OracleConvTranspose(5, null, two), new OracleFlatten()], Layer.Input),
            Join("Both", () => new OracleConcat(), ["Near", "Far"]));
    }

    /// <summary>Residual blocks of images so large that what stands behind a norm is made again on the way back, by columns and by pixels.</summary>
    private static IEnumerable<GeneratedCase> Residual()
    {
        WindowAxis two = new(3, 2, 1, 1);
        foreach ((int channels, int rows, int columns) in new[] { (4, 46, 48), (20, 21, 20) })
        {
            yield return Graph($"blocks of {channels} channels of {rows} × {columns}", [2, rows, columns],
                Point("Stem", [new OracleConv(channels, s_three, s_three), new OracleBatchNorm(), Activations.Relu]),
                Point("Branch", [new OracleConv(channels, s_three, s_three), new OracleBatchNorm()], "Stem"),
                Join("Sum", () => new OracleElementwise("Add"), ["Stem", "Branch"], Activations.Relu),
                Point("Half", [new OracleConv(channels, two, two), new OracleBatchNorm()], "Sum"),
                Point("Short", [new OracleConv(channels, new(1, 2), new(1, 2))], "Sum"),
                Join("Both", () => new OracleElementwise("Add"), ["Half", "Short"], Activations.Relu, new OracleConv(2, s_one, s_one)));
        }
    }

    private static IEnumerable<GeneratedCase> Outputs()
    {
        yield return Graph("a part of what is seen as a signal, too", [38],
            Point("Part", [OracleSlice.Of(0, 5, 20)]),
            Point("Signal", [new OracleReshape(2, 19), new OracleConv(3, null, s_three), new OracleFlatten()], Layer.Input),
            Join("Both", () => new OracleConcat(), ["Part", "Signal"]));
        yield return new("an input that no loss depends on", new OracleNetwork(new OracleBody("Network",
            new OraclePoint("Judged", [new LayerItem(() => new OracleDense(3))]) { Input = [5], Loss = OracleLosses.MeanSquaredError },
            new OraclePoint("Told", [new LayerItem(() => new OracleConv(2, s_three, s_three))]) { Input = [2, 4, 3], IsOutput = true })), 7);
    }

    private static GeneratedCase Chain(string name, int[] input, params OracleLayer[] layers) =>
        new(name, new OracleNetwork(input, OracleLosses.MeanSquaredError, layers), 7);

    /// <summary>A graph whose last point is judged.</summary>
    private static GeneratedCase Graph(string name, int[] input, params OraclePoint[] points) => new(
        name, new OracleNetwork(new OracleBody("Network", [.. points[..^1], points[^1] with { Loss = OracleLosses.MeanSquaredError }]) { Input = input }), 7);

    private static OraclePoint Point(string name, OracleLayer[] layers, string? from = null) => new(name, [.. layers.Select(Item)]) { From = from };

    private static OraclePoint Join(string name, Func<JoiningLayer> create, string[] points, params OracleLayer[] behind) =>
        new(name, [new JoinItem(create, points), .. behind.Select(Item)]);

    // A network has its layers for itself.
    private static LayerItem Item(OracleLayer layer) => new(() => layer);
}
