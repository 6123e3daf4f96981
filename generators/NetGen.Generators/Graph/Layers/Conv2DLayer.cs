using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// y[g, o, i, j] = Σ_{c, u, v} x[g, c, i·s + u·d − p, j·s + v·d − p] · w[g, o, c, u, v] + b[g, o], zero outside the input.
/// </summary>
internal static class Conv2DLayer
{
    public static readonly LayerKind Kind = new("Conv2D", Build) { Implies = OneChannel.Before };

    private static void Build(LayerContext layer)
    {
        Value input = layer.Input;
        if (!SpatialAxis.IsImage(layer))
            return;

        int channels = layer.IntegerIn("channels", 1, Limits.MaximumExtent);
        SpatialAxis rows = SpatialAxis.Read(layer, "Height", input.Shape[1], "kernel", defaultStride: 1);
        SpatialAxis columns = SpatialAxis.Read(layer, "Width", input.Shape[2], "kernel", defaultStride: 1);
        int groups = layer.IntegerIn("Groups", 1, Limits.MaximumExtent, fallback: 1);
        if (layer.HasErrors)
            return;
        if (input.Shape[0] % groups != 0 || channels % groups != 0)
        {
            layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, "Groups",
                Words.Of(groups), Words.Of(input.Shape[0]), Words.Of(channels), CommonDivisors(input.Shape[0], channels));
            return;
        }

        if (!rows.Fits(layer) || !columns.Fits(layer))
            return;

        int groupInputs = input.Shape[0] / groups;
        if (!SpatialAxis.PaddedInputFits(layer, rows, columns)
            || !layer.FitsInMemory("its output", channels, rows.Output, columns.Output)
            || !layer.FitsInMemory("its weight", channels, groupInputs, rows.Window, columns.Window))
        {
            return;
        }

        int groupOutputs = channels / groups;
        int fanIn = groupInputs * rows.Window * columns.Window;
        int fanOut = groupOutputs * rows.Window * columns.Window;
        Parameter weight = layer.NewParameter(
            "weight",
            new Shape(channels, groupInputs, rows.Window, columns.Window),
            layer.WeightInitialisation(fanIn, fanOut),
            decays: true);

        var g = new Axis("g", groups);
        var o = new Axis("o", groupOutputs);
        var c = new Axis("c", groupInputs);
        var i = new Axis("i", rows.Output);
        var j = new Axis("j", columns.Output);
        var u = new Axis("u", rows.Window);
        var v = new Axis("v", columns.Window);
        Index output = Index.Sum(0, (g, groupOutputs), (o, 1));
        Value product = layer.NewValue("conv", new Shape(channels, rows.Output, columns.Output));
        layer.Add(new Contract(
            layer.Name,
            new Access(product, [output, Index.Of(i), Index.Of(j)]),
            new Access(input, [
                Index.Sum(0, (g, groupInputs), (c, 1)),
                Index.Sum(-rows.PadBefore, (i, rows.Stride), (u, rows.Dilation)),
                Index.Sum(-columns.PadBefore, (j, columns.Stride), (v, columns.Dilation))]),
            new Access(weight, [output, Index.Of(c), Index.Of(u), Index.Of(v)])));

        Value biased = Biases.Add(layer, product, fanIn, fanOut);
        string grouped = groups == 1 ? "" : groups == input.Shape[0] ? ", depthwise" : $", {groups} groups";
        layer.Finish(
            biased,
            $"Conv2D({channels}, {rows.Window}×{columns.Window}{SpatialAxis.Describe(rows, columns, 1)}{grouped})",
            2L * product.Shape.Length * fanIn);
    }

    /// <summary>The first few numbers of groups that would do.</summary>
    private static string CommonDivisors(int first, int second)
    {
        const int Shown = 8;
        string[] divisors = [.. Enumerable.Range(1, Math.Min(first, second))
            .Where(divisor => first % divisor == 0 && second % divisor == 0)
            .Take(Shown + 1)
            .Select(divisor => Words.Of(divisor))];
        return string.Join(", ", divisors.Take(Shown)) + (divisors.Length > Shown ? ", …" : "");
    }
}
