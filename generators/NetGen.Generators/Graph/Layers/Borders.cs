using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Borders around images and signals: added (zeros, mirrored, repeated) or cut away.</summary>
internal static class Borders
{
    public static readonly LayerKind[] Kinds = [new("Pad", Pad), new("Crop", Crop) { KeepsRange = true }];

    /// <summary>The runtime's <c>PadMode</c>.</summary>
    private enum Mode
    {
        Zero,
        Reflect,
        Edge,
    }

    /// <summary>A run of positions along one dimension: where it is written, and where it is read, forwards, backwards or all at one place.</summary>
    private sealed record Run(int Target, int Length, int Source, int Step);

    private static void Pad(LayerContext layer)
    {
        if (!HasBorder(layer))
            return;
        double mode = layer.Number("Mode");
        if (mode is not (>= 0 and <= (double)Mode.Edge))
            layer.ReportValue("Mode", "PadMode.Zero, PadMode.Reflect or PadMode.Edge");
        Value input = layer.Input;
        var runs = new List<IReadOnlyList<Run>>();
        var shape = new List<int>();
        var sides = new List<string>();
        for (int dimension = 0; dimension < input.Shape.Rank; dimension++)
        {
            int length = input.Shape[dimension];
            (int before, int after) = Sides(layer, dimension, (Mode)mode == Mode.Reflect ? length - 1 : SpatialAxis.MaximumWindow);
            shape.Add(before + length + after);
            sides.Add(before == after ? $"{before}" : $"{before}+{after}");
            runs.Add(Along(length, before, after, (Mode)mode));
        }

        if (layer.HasErrors || !layer.FitsInMemory("its output", [.. shape.Select(extent => (double)extent)]))
            return;
        Value output = layer.NewValue("padded", Like(input.Shape, shape));
        layer.Add(new Move(layer.Name, output, [.. Pieces(input, runs)]));
        string kind = (Mode)mode == Mode.Zero ? "" : $", {(Mode)mode}".ToLowerInvariant();
        layer.Finish(output, $"Pad({string.Join("×", sides.Skip(1))}{kind})");
    }

    private static void Crop(LayerContext layer)
    {
        if (!HasBorder(layer))
            return;
        Value input = layer.Input;
        var runs = new List<IReadOnlyList<Run>>();
        for (int dimension = 0; dimension < input.Shape.Rank; dimension++)
        {
            int length = input.Shape[dimension];
            (int before, int after) = Sides(layer, dimension, length - 1);
            if (before + after >= length)
            {
                layer.Report(DiagnosticDescriptors.CropTooLarge, null, Words.Of(before + after), Words.Of(length));
                return;
            }

            runs.Add([new Run(0, length - before - after, before, 1)]);
        }

        if (layer.HasErrors)
            return;
        Value output = layer.NewValue("cropped", Like(input.Shape, [.. runs.Select(run => run[0].Length)]));
        layer.Add(new Move(layer.Name, output, [.. Pieces(input, runs)]));
        layer.Finish(output, $"Crop(from {string.Join("×", runs.Skip(1).Select(run => run[0].Source))})");
    }

    private static bool HasBorder(LayerContext layer)
    {
        if (layer.Input.Shape.Rank is 2 or 3)
            return true;
        layer.Report(DiagnosticDescriptors.NeedsImage, null, layer.Kind, layer.Input.Shape.ToString());
        return false;
    }

    /// <summary>The border before and behind a dimension: rows have top and bottom, columns and time left and right, channels none.</summary>
    private static (int Before, int After) Sides(LayerContext layer, int dimension, int maximum)
    {
        int rank = layer.Input.Shape.Rank;
        if (dimension == 0)
            return (0, 0);
        return dimension == rank - 1 ? (Side("Left"), Side("Right")) : (Side("Top"), Side("Bottom"));

        int Side(string name) => layer.IntegerIn(layer.Has(name) ? name : "size", 0, maximum);
    }

    private static IReadOnlyList<Run> Along(int length, int before, int after, Mode mode)
    {
        var middle = new Run(before, length, 0, 1);
        if (mode == Mode.Zero)
            return [middle];
        Run first = mode == Mode.Edge ? new(0, before, 0, 0) : new(0, before, before, -1);
        Run last = mode == Mode.Edge ? new(before + length, after, length - 1, 0) : new(before + length, after, length - 2, -1);
        return [.. new[] { first, middle, last }.Where(run => run.Length > 0)];
    }

    /// <summary>Every combination of the runs along each dimension.</summary>
    private static IEnumerable<MovePiece> Pieces(Value input, IReadOnlyList<IReadOnlyList<Run>> runs)
    {
        IEnumerable<Run[]> combinations = [[]];
        foreach (IReadOnlyList<Run> alternatives in runs)
            combinations = [.. combinations.SelectMany(start => alternatives.Select(run => (Run[])[.. start, run]))];
        foreach (Run[] combination in combinations)
        {
            Axis[] axes = [.. combination.Select((run, d) => new Axis($"i{d}", run.Length))];
            yield return new MovePiece(
                [.. combination.Zip(axes, (run, axis) => Index.Sum(run.Target, (axis, 1)))],
                new Access(
                    input,
                    [.. combination.Zip(axes, (run, axis) => run.Step == 0 ? Index.Sum(run.Source) : Index.Sum(run.Source, (axis, run.Step)))]));
        }
    }

    private static Shape Like(Shape shape, IReadOnlyList<int> extents) =>
        Enumerable.Range(0, extents.Count).Aggregate(shape, (like, d) => like.With(d, extents[d]));
}
