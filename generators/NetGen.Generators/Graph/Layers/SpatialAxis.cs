using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Height or width under a moving window: how far it steps, what it covers, how often it fits.</summary>
internal sealed record SpatialAxis(
    string Name, int Input, int Window, int Stride, int Dilation, int PadBefore, int PadAfter)
{
    // Large enough for any real layer, small enough that no product of them overflows.
    public const int MaximumWindow = 4096;

    /// <summary>The distance from a window's first element to behind its last.</summary>
    public int Reach => (Window - 1) * Dilation + 1;

    public int Output => (Input + PadBefore + PadAfter - Reach) / Stride + 1;

    /// <summary>Reads one axis of a convolution or pooling; <paramref name="name"/> is Height or Width.</summary>
    public static SpatialAxis Read(LayerContext layer, string name, int input, string window, int defaultStride)
    {
        string windowArgument = layer.Has(window) ? window : window + name;
        int size = layer.IntegerIn(windowArgument, 1, MaximumWindow);
        int stride = Setting(layer, "Stride", name, 1, defaultStride > 0 ? defaultStride : size);
        int dilation = Setting(layer, "Dilation", name, 1, 1);
        int reach = (size - 1) * dilation + 1;

        const int Same = 1;
        if (layer.Integer("Padding") != Same)
        {
            int pad = Setting(layer, "Pad", name, 0, 0);
            return new SpatialAxis(name, input, size, stride, dilation, pad, pad);
        }

        int output = (input + stride - 1) / stride;
        int total = Math.Max((output - 1) * stride + reach - input, 0);
        return new SpatialAxis(name, input, size, stride, dilation, total / 2, total - total / 2);
    }

    public static bool IsImage(LayerContext layer)
    {
        if (layer.Input.Shape.Rank == 3)
            return true;
        layer.Report(DiagnosticDescriptors.NeedsImage, null, layer.Kind, layer.Input.Shape.ToString());
        return false;
    }

    /// <summary>Whether at least one window lies in the padded input; reports it if not.</summary>
    public bool Fits(LayerContext layer)
    {
        if (Reach <= Input + PadBefore + PadAfter)
            return true;
        layer.Report(DiagnosticDescriptors.WindowTooLarge, null,
            layer.Kind, Name.ToLowerInvariant(), Reach.ToString(), (Input + PadBefore + PadAfter).ToString());
        return false;
    }

    public static string Describe(SpatialAxis rows, SpatialAxis columns, int usualStride)
    {
        string text = "";
        if (rows.Stride != (usualStride > 0 ? usualStride : rows.Window) ||
            columns.Stride != (usualStride > 0 ? usualStride : columns.Window))
        {
            text += rows.Stride == columns.Stride ? $", stride {rows.Stride}" : $", stride {rows.Stride}×{columns.Stride}";
        }

        if (rows.Dilation != 1 || columns.Dilation != 1)
            text += $", dilation {rows.Dilation}×{columns.Dilation}";
        if (rows.PadBefore + rows.PadAfter + columns.PadBefore + columns.PadAfter != 0)
            text += $", padding {rows.PadBefore}×{columns.PadBefore}";
        return text;
    }

    private static int Setting(LayerContext layer, string setting, string name, int minimum, int fallback)
    {
        string argument = layer.Has(setting + name) ? setting + name : setting;
        return layer.Has(argument) ? layer.IntegerIn(argument, minimum, MaximumWindow) : fallback;
    }
}
