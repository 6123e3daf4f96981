using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>Height or width under a moving window: how far it steps, what it covers, how often it fits.</summary>
internal sealed record SpatialAxis(
    string Name, string WindowArgument, int Input, int Window, int Stride, int Dilation, int PadBefore, int PadAfter)
{
    // The members of the runtime's Padding that are no plain numbers.
    private const int Same = 1;
    private const int Causal = 2;

    // Large enough for any real layer, small enough that no product of them overflows.
    public const int MaximumWindow = 4096;

    /// <summary>Whether a window ends with the step that it belongs to.</summary>
    public bool IsCausal => PadBefore == Reach - 1 && PadAfter == 0;

    /// <summary>The distance from a window's first element to behind its last.</summary>
    public int Reach => (Window - 1) * Dilation + 1;

    public int Output => (Input + PadBefore + PadAfter - Reach) / Stride + 1;

    /// <summary>The one row that a signal has.</summary>
    public static SpatialAxis Single { get; } = new("", "", 1, 1, 1, 1, 0, 0);

    /// <summary>Reads one axis of a convolution or pooling; <paramref name="name"/> is Height or Width, or empty for time.</summary>
    public static SpatialAxis Read(LayerContext layer, string name, int input, string window, int defaultStride, bool allowsCausal = false)
    {
        string windowArgument = layer.Has(window) ? window : window + name;
        CheckSettings(layer, allowsCausal);
        int size = layer.IntegerIn(windowArgument, 1, MaximumWindow);
        int stride = Setting(layer, "Stride", name, 1, defaultStride > 0 ? defaultStride : size);
        int dilation = Setting(layer, "Dilation", name, 1, 1);
        int reach = (size - 1) * dilation + 1;

        if (layer.Integer("Padding") == Causal)
            return new SpatialAxis(name, windowArgument, input, size, stride, dilation, reach - 1, 0);
        if (layer.Integer("Padding") != Same)
        {
            int pad = Setting(layer, "Pad", name, 0, 0);
            return new SpatialAxis(name, windowArgument, input, size, stride, dilation, pad, pad);
        }

        int output = (input + stride - 1) / stride;
        int total = Math.Max((output - 1) * stride + reach - input, 0);
        return new SpatialAxis(name, windowArgument, input, size, stride, dilation, total / 2, total - total / 2);
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
        layer.Report(DiagnosticDescriptors.WindowTooLarge, WindowArgument,
            layer.Kind, Name.Length == 0 ? "length" : Name.ToLowerInvariant(), Words.Of(Reach), Words.Of(Input + PadBefore + PadAfter));
        return false;
    }

    /// <summary>Whether the input can be addressed with its border of zeros around it; reports it if not.</summary>
    public static bool PaddedInputFits(LayerContext layer, Value input, SpatialAxis rows, SpatialAxis columns) => layer.FitsInMemory(
        "its padded input",
        Limits.RoomForChannels(input.Shape[0]),
        rows.Input + rows.PadBefore + rows.PadAfter,
        columns.Input + columns.PadBefore + columns.PadAfter);

    /// <summary>What is unusual about an axis, for a layer's table.</summary>
    public static string Describe(SpatialAxis time, int usualStride) =>
        (time.Stride != (usualStride > 0 ? usualStride : time.Window) ? $", stride {time.Stride}" : "")
        + (time.Dilation != 1 ? $", dilation {time.Dilation}" : "")
        + (time.PadBefore + time.PadAfter != 0 ? $", padding {time.PadBefore}{(time.PadAfter == time.PadBefore ? "" : $"+{time.PadAfter}")}" : "");

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

    /// <summary>The argument that a setting of this axis was written as: its own, or the one for both directions.</summary>
    public string ArgumentOf(LayerContext layer, string setting) => ArgumentOf(layer, setting, Name);

    private static string ArgumentOf(LayerContext layer, string setting, string name) =>
        layer.Has(setting + name) ? setting + name : setting;

    /// <summary>Reports settings that contradict each other or that nothing uses.</summary>
    private static void CheckSettings(LayerContext layer, bool allowsCausal)
    {
        if (layer.Number("Padding") is not (0 or Same) && !(allowsCausal && layer.Integer("Padding") == Causal))
            layer.ReportValue("Padding", allowsCausal ? "Padding.Valid, Padding.Same or Padding.Causal" : "Padding.Valid or Padding.Same");
        foreach (string number in new[] { "Pad", "PadHeight", "PadWidth" }.Where(_ => layer.Has("Padding")).Where(layer.Has))
            layer.Report(DiagnosticDescriptors.PaddingTwice, number, layer.Kind, number);

        foreach (string setting in new[] { "Stride", "Dilation", "Pad" }.Where(layer.Has))
        {
            if (layer.Has(setting + "Height") && layer.Has(setting + "Width"))
            {
                layer.Report(DiagnosticDescriptors.SettingWithoutEffect, setting, layer.Kind, setting,
                    $"{setting}Height and {setting}Width say otherwise for both directions; remove it, or remove them");
            }
        }
    }

    private static int Setting(LayerContext layer, string setting, string name, int minimum, int fallback)
    {
        string argument = ArgumentOf(layer, setting, name);
        return layer.Has(argument) ? layer.IntegerIn(argument, minimum, MaximumWindow) : fallback;
    }
}
