using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// y[g, o, i·s + u·d − p, j·s + v·d − p] += x[g, c, i, j] · w[g, c, o, u, v]: what a convolution's gradient does to its input,
/// as a layer. The weight has its input channels first, as PyTorch's.
/// </summary>
internal static class ConvTransposeLayer
{
    public static readonly LayerKind[] Kinds =
    [
        new("ConvTranspose1D", Build1D),
        new("ConvTranspose2D", Build2D) { Implies = OneChannel.Before },
    ];

    private static void Build2D(LayerContext layer)
    {
        Value input = layer.Input;
        if (!SpatialAxis.IsImage(layer))
            return;
        TransposedAxis rows = TransposedAxis.Read(layer, "Height", input.Shape[1]);
        TransposedAxis columns = TransposedAxis.Read(layer, "Width", input.Shape[2]);
        if (Add(layer, input, rows, columns) is { } output)
            Finish(layer, output, $"{rows.Window}×{columns.Window}{TransposedAxis.Describe(rows, columns)}", rows.Window * columns.Window);
    }

    private static void Build1D(LayerContext layer)
    {
        if (!Signals.IsSignal(layer))
            return;
        TransposedAxis time = TransposedAxis.Read(layer, "", layer.Input.Shape[1]);
        if (Add(layer, Signals.AsRow(layer), null, time) is { } row)
            Finish(layer, Signals.FromRow(layer, "signal", row), $"{time.Window}{TransposedAxis.Describe(time, time)}", time.Window);
    }

    private static void Finish(LayerContext layer, Value output, string window, int taps) => layer.Finish(
        output, $"{layer.Kind}({output.Shape[0]}, {window}{Convolution.Describe(Groups(layer), layer.Input.Shape[0])})",
        2L * layer.Input.Shape.Length * output.Shape[0] / Groups(layer) * taps);

    private static int Groups(LayerContext layer) => layer.IntegerIn("Groups", 1, Limits.MaximumExtent, fallback: 1);

    private static Value? Add(LayerContext layer, Value input, TransposedAxis? rows, TransposedAxis columns)
    {
        int channels = layer.IntegerIn("channels", 1, Limits.MaximumExtent);
        int groups = Groups(layer);
        TransposedAxis height = rows ?? TransposedAxis.Single;
        if (layer.HasErrors || !height.Fits(layer) || !columns.Fits(layer))
            return null;
        if (input.Shape[0] % groups != 0 || channels % groups != 0)
        {
            layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, "Groups",
                Words.Of(groups), Words.Of(input.Shape[0]), Words.Of(channels), Convolution.CommonDivisors(input.Shape[0], channels));
            return null;
        }

        int groupInputs = input.Shape[0] / groups;
        int groupOutputs = channels / groups;
        if (!layer.FitsInMemory("its output", channels, height.Output, columns.Output)
            || !layer.FitsInMemory("its weight", input.Shape[0], groupOutputs, height.Window, columns.Window))
        {
            return null;
        }

        int fanIn = groupInputs * height.Window * columns.Window;
        int fanOut = groupOutputs * height.Window * columns.Window;
        Parameter weight = layer.NewParameter(
            "weight",
            rows is null
                ? new Shape(input.Shape[0], groupOutputs, columns.Window)
                : new Shape(input.Shape[0], groupOutputs, rows.Window, columns.Window),
            layer.WeightInitialisation(fanIn, fanOut),
            decays: true);

        var g = new Axis("g", groups);
        var o = new Axis("o", groupOutputs);
        var c = new Axis("c", groupInputs);
        var i = new Axis("i", input.Shape[1]);
        var j = new Axis("j", input.Shape[2]);
        var u = new Axis("u", height.Window);
        var v = new Axis("v", columns.Window);
        Index inputs = Index.Sum(0, (g, groupInputs), (c, 1));
        Value product = layer.NewValue("conv", new Shape(channels, height.Output, columns.Output));
        layer.Add(new Contract(
            layer.Name,
            new Access(product, [
                Index.Sum(0, (g, groupOutputs), (o, 1)),
                rows is null ? Index.Of(i) : Index.Sum(-rows.Pad, (i, rows.Stride), (u, rows.Dilation)),
                Index.Sum(-columns.Pad, (j, columns.Stride), (v, columns.Dilation))]),
            new Access(input, [inputs, Index.Of(i), Index.Of(j)]),
            new Access(weight, rows is null ? [inputs, Index.Of(o), Index.Of(v)] : [inputs, Index.Of(o), Index.Of(u), Index.Of(v)])));
        return Biases.Add(layer, product, fanIn, fanOut);
    }
}

/// <summary>Height, width or time that a transposed convolution spreads out.</summary>
internal sealed record TransposedAxis(string Name, int Input, int Window, int Stride, int Dilation, int Pad, int OutputPadding)
{
    public static TransposedAxis Single { get; } = new("", 1, 1, 1, 1, 0, 0);

    public int Output => (Input - 1) * Stride - 2 * Pad + Dilation * (Window - 1) + OutputPadding + 1;

    public static TransposedAxis Read(LayerContext layer, string name, int input) => new(
        name,
        input,
        layer.IntegerIn(layer.Has("kernel") ? "kernel" : $"kernel{name}", 1, SpatialAxis.MaximumWindow),
        Setting(layer, "Stride", name, 1, 1),
        Setting(layer, "Dilation", name, 1, 1),
        Setting(layer, "Pad", name, 0, 0),
        Setting(layer, "OutputPadding", name, 0, 0));

    /// <summary>The settings that are not the usual ones, as in the table of layers.</summary>
    public static string Describe(TransposedAxis rows, TransposedAxis columns)
    {
        return Both("stride", axis => axis.Stride, 1) + Both("dilation", axis => axis.Dilation, 1)
            + Both("padding", axis => axis.Pad, 0) + Both("output padding", axis => axis.OutputPadding, 0);

        string Both(string name, Func<TransposedAxis, int> setting, int usual)
        {
            (int row, int column) = (setting(rows), setting(columns));
            if (row == usual && column == usual)
                return "";
            return row == column ? $", {name} {row}" : $", {name} {row}×{column}";
        }
    }

    /// <summary>Whether something is left inside the padding, and the room behind is less than a step; reports it if not.</summary>
    public bool Fits(LayerContext layer)
    {
        if (Output < 1)
        {
            layer.Report(DiagnosticDescriptors.ValueOutOfRange, Argument(layer, "Pad", Name),
                layer.Kind, "Pad", $"at most {Words.Of((Output + 2 * Pad - 1) / 2)}, so that something is left", Words.Of(Pad));
            return false;
        }

        if (OutputPadding == 0 || OutputPadding < Math.Max(Stride, Dilation))
            return true;
        layer.Report(DiagnosticDescriptors.ValueOutOfRange, Argument(layer, "OutputPadding", Name),
            layer.Kind, "OutputPadding", "below the stride or the dilation", Words.Of(OutputPadding));
        return false;
    }

    private static int Setting(LayerContext layer, string setting, string name, int minimum, int fallback)
    {
        string argument = Argument(layer, setting, name);
        return layer.Has(argument) ? layer.IntegerIn(argument, minimum, SpatialAxis.MaximumWindow) : fallback;
    }

    private static string Argument(LayerContext layer, string setting, string name) => layer.Has(setting + name) ? setting + name : setting;
}
