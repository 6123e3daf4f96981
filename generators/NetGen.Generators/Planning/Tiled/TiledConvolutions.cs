using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;

namespace NetGen.Generators.Planning.Tiled;

/// <summary>
/// Makes three operations of a convolution where that is cheaper: its tiles as points, a product for each point, and the outputs of the tiles. The
/// weight as points is derived of it alone.
/// </summary>
internal static class TiledConvolutions
{
    /// <param name="conversions">A program with its copies.</param>
    /// <param name="orientation">What lies along the vectors.</param>
    /// <param name="isCallers">Whether a tensor lies in callers' memory.</param>
    /// <returns>The program, and what is derived of weights for it.</returns>
    public static (IReadOnlyList<Operation> Operations, IReadOnlyList<Operation> Deriving) Rewrite(
        Conversions conversions, Orientation orientation, Func<Value, bool> isCallers)
    {
        var operations = new List<Operation>();
        var deriving = new List<Operation>();
        var weights = new Dictionary<(Value Weight, bool IsMirrored), Value>();
        foreach (Operation operation in conversions.Operations)
        {
            if (operation is Contract contract && Recognise(contract) is { } convolution
                && LiesByPixels(convolution.Source) && LiesByPixels(convolution.Output) && TileSaving.IsWorthIt(convolution))
                operations.AddRange(Tiled(convolution, weights, deriving));
            else
                operations.Add(operation);
        }

        return (operations, deriving);

        // Channels innermost, and nobody's part or view.
        bool LiesByPixels(Value image) =>
            !orientation.HasColumnsAlongVector(conversions.Views.RootOf(image)) && !isCallers(image) && !conversions.Compact.Contains(image)
            && conversions.Views.PartOf(image) is null && conversions.Views.RootOf(image).Shape.Extents.SequenceEqual(image.Shape.Extents);
    }

    /// <summary>Whether tiles compute a product sooner, if what it reads and writes lies as they want it.</summary>
    public static bool AreWorthIt(Contract contract) => Recognise(contract) is { } convolution && TileSaving.IsWorthIt(convolution);

    /// <summary>The convolution that a product is, if tiles can compute it; null otherwise.</summary>
    public static TiledConvolution? Recognise(Contract contract)
    {
        if (!contract.Target.Value.Shape.IsImage || !contract.Left.Value.Shape.IsImage || !contract.Left.Value.IsPerSample
            || contract.Right.Value is { Kind: not (ValueKind.Parameter or ValueKind.Derived) } or { Shape.Rank: not 4 }
            || !(Panels.Place(contract) || IsGradientOfPanels(contract)))
            return null;

        if (ScatterToGather.Of(contract, alongColumns: false) is not [{ IsEmpty: false } gather])
            return null;
        (IReadOnlyList<Graph.Index> target, Access left, Access right) = gather;
        if (!target[1].IsPlain || !target[2].IsPlain || target[0].Offset != 0
            || FirstOf(1) is not { } rows || FirstOf(2) is not { } columns || rows.Sign != columns.Sign)
            return null;
        Axis[] own = [.. Several(target[0])];
        Axis[] summed = [.. Several(left.Indices[0])];
        if (own.Length != 1 || summed.Length != 1)
            return null;
        int input = DimensionOf(summed[0]);
        return input is 0 or 1 && DimensionOf(own[0]) == 1 - input
            && right.Indices.All(index => index.Offset == 0 && Several(index).Count() == 1)
            ? new TiledConvolution(contract, rows.First, columns.First, input, rows.Sign < 0, TileAlgorithm.OfTwo)
            : null;

        // A tap runs on from the output's line, or back from it.
        (int First, int Sign)? FirstOf(int d)
        {
            IndexTerm[] terms = [.. left.Indices[d].Terms.Where(term => term.Axis.Extent > 1)];
            Axis line = target[d].Terms[0].Axis;
            if (line.Extent < 2 || terms.Length != 2 || left.Indices[d].CoefficientOf(line) != 1)
                return null;
            IndexTerm tap = terms.First(term => term.Axis != line);
            return tap is { Axis.Extent: TileAlgorithm.Taps, Coefficient: 1 or -1 } && DimensionOf(tap.Axis) == d + 1
                ? (left.Indices[d].Offset + Math.Min(0, tap.Coefficient * (TileAlgorithm.Taps - 1)), tap.Coefficient)
                : null;
        }

        int DimensionOf(Axis axis) => right.Indices.TakeWhile(index => index.CoefficientOf(axis) != 1).Count();

        static IEnumerable<Axis> Several(Graph.Index index) => index.Terms.Select(term => term.Axis).Where(axis => axis.Extent > 1);
    }

    // The weight of a gradient lies in panels of its inputs: all of them whole, so that they can be read as the panels of its outputs.
    private static bool IsGradientOfPanels(Contract contract) =>
        contract is { Target.Value.Kind: ValueKind.Gradient } && contract.Right.Value.Shape.Extents.Take(2).All(extent =>
            extent <= Panels.WidthFor(extent) || extent % Panels.WidthFor(extent) == 0);

    private static IEnumerable<Operation> Tiled(
        TiledConvolution convolution, Dictionary<(Value Weight, bool IsMirrored), Value> weights, List<Operation> deriving)
    {
        Contract product = convolution.Product;
        (Value source, Value weight, Value output) = (convolution.Source, convolution.Weight, convolution.Output);
        int inputs = source.Shape[0], outputs = output.Shape[0], size = convolution.Algorithm.Size;
        convolution = convolution with { RowsAtATime = TileSaving.RowsAtATime(convolution) };
        int tiles = convolution.RowsAtATime * convolution.TilesOfRow;
        if (!weights.TryGetValue((weight, convolution.IsMirrored), out Value? points))
        {
            string name = $"{weight.Name}{(convolution.IsMirrored ? "Mirrored" : "")}Points";
            points = weights[(weight, convolution.IsMirrored)] = new Value(name, Points(inputs, outputs), ValueKind.Derived);
            deriving.Add(new TileTransform(product.Layer, points, weight, TileStage.Weight, convolution));
        }

        var u = new Axis("u", size);
        var v = new Axis("v", size);
        var n = new Axis("n", tiles);
        var c = new Axis("c", inputs);
        var o = new Axis("o", outputs);
        Value cut = Scratch($"{source.Name}Points", inputs), multiplied = Scratch($"{output.Name}Points", outputs);
        return
        [
            new TileTransform(product.Layer, cut, source, TileStage.Input, convolution),
            new Contract(product.Layer, At(multiplied, n, o), At(cut, n, c), At(points, c, o)),
            new TileTransform(product.Layer, output, multiplied, TileStage.Output, convolution),
        ];

        Value Scratch(string name, int channels) => new(name, Points(tiles, channels), ValueKind.Activation) { IsScratch = true };

        Shape Points(int rows, int channels) => Shape.Of(
            (size, AxisRole.Head), (size, AxisRole.Head), (rows, AxisRole.Time), (channels, AxisRole.Feature));

        Access At(Value value, Axis row, Axis channel) =>
            new(value, [Graph.Index.Of(u), Graph.Index.Of(v), Graph.Index.Of(row), Graph.Index.Of(channel)]);
    }
}
