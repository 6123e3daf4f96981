using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// y[g, o, i, j] = Σ_{c, u, v} x[g, c, i·s + u·d − p, j·s + v·d − p] · w[g, o, c, u, v] + b[g, o], zero outside the input: what
/// convolutions of images and of signals, full, grouped and depthwise, have in common.
/// </summary>
internal static class Convolution
{
    /// <summary>Adds the product and the bias; null after a mistake, which is reported.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="input">An image; a signal is one of a single row.</param>
    /// <param name="channels">The number of output channels.</param>
    /// <param name="groups">The number of groups.</param>
    /// <param name="rows">The window over rows; null for signals, whose weights have no such dimension.</param>
    /// <param name="columns">The window over columns, or over time.</param>
    public static Value? Add(LayerContext layer, Value input, int channels, int groups, SpatialAxis? rows, SpatialAxis columns)
    {
        if (input.Shape[0] % groups != 0 || channels % groups != 0)
        {
            layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, "Groups",
                Words.Of(groups), Words.Of(input.Shape[0]), Words.Of(channels), CommonDivisors(input.Shape[0], channels));
            return null;
        }

        SpatialAxis height = rows ?? SpatialAxis.Single;
        if (!height.Fits(layer) || !columns.Fits(layer))
            return null;

        int groupInputs = input.Shape[0] / groups;
        int groupOutputs = channels / groups;
        if (!SpatialAxis.PaddedInputFits(layer, input, height, columns)
            || !layer.FitsInMemory("its output", channels, height.Output, columns.Output)
            || !layer.FitsInMemory("its weight", channels, groupInputs, height.Window, columns.Window))
        {
            return null;
        }

        int fanIn = groupInputs * height.Window * columns.Window;
        int fanOut = groupOutputs * height.Window * columns.Window;
        Parameter weight = layer.NewParameter(
            "weight",
            rows is null ? new Shape(channels, groupInputs, columns.Window) : new Shape(channels, groupInputs, rows.Window, columns.Window),
            layer.WeightInitialisation(fanIn, fanOut),
            decays: true);

        var g = new Axis("g", groups);
        var o = new Axis("o", groupOutputs);
        var c = new Axis("c", groupInputs);
        var i = new Axis("i", height.Output);
        var j = new Axis("j", columns.Output);
        var u = new Axis("u", height.Window);
        var v = new Axis("v", columns.Window);
        Index output = Index.Sum(0, (g, groupOutputs), (o, 1));
        Value product = layer.NewValue("conv", new Shape(channels, height.Output, columns.Output));
        layer.Add(new Contract(
            layer.Name,
            new Access(product, [output, Index.Of(i), Index.Of(j)]),
            new Access(input, [
                Index.Sum(0, (g, groupInputs), (c, 1)),
                rows is null ? Index.Of(i) : Index.Sum(-rows.PadBefore, (i, rows.Stride), (u, rows.Dilation)),
                Index.Sum(-columns.PadBefore, (j, columns.Stride), (v, columns.Dilation))]),
            new Access(weight, rows is null ? [output, Index.Of(c), Index.Of(v)] : [output, Index.Of(c), Index.Of(u), Index.Of(v)])));
        return Biases.Add(layer, product, fanIn, fanOut);
    }

    /// <summary>The words for a layer's table: the groups, where there are several.</summary>
    public static string Describe(int groups, int inputs) => groups == 1 ? "" : groups == inputs ? ", depthwise" : $", {groups} groups";

    /// <summary>The first few numbers of groups that would do.</summary>
    public static string CommonDivisors(int first, int second)
    {
        const int Shown = 8;
        string[] divisors = [.. Enumerable.Range(1, Math.Min(first, second))
            .Where(divisor => first % divisor == 0 && second % divisor == 0)
            .Take(Shown + 1)
            .Select(divisor => Words.Of(divisor))];
        return string.Join(", ", divisors.Take(Shown)) + (divisors.Length > Shown ? ", …" : "");
    }
}
