using NetGen.Generators.Declarations;

namespace NetGen.Generators.Planning;

/// <summary>Says what was chosen for a kernel, from the tiles that were.</summary>
internal static class TileReason
{
    public const string Transposition = "A transposition.";

    public static string Of(Kernel kernel, EquatableArray<KernelText> texts) => string.Join(" ", texts.Select(text => text.Form switch
    {
        VectorForm.Vector512 => $"32 registers: {Of(kernel, text.Tile)}.",
        VectorForm.Vector => $"16 registers: {Of(kernel, text.Tile)}.",
        _ => Capitalised($"{Of(kernel, text.Tile)}."),
    }));

    public static string Of(Kernel kernel, Tile tile)
    {
        if (tile.VectorAxis < 0)
            return VectorAxes.Of(kernel) < 0
                ? "one float at a time, as no axis is contiguous in every operand"
                : "one float at a time, as there is less than a vector";

        string axis = kernel.Axes[tile.VectorAxis].Name;
        string rows = tile.Rows.Count == 0
            ? ""
            : " by " + string.Join(" × ", tile.Rows.Select(row => $"{row.Count} along {kernel.Axes[row.Axis].Name}"));
        if (kernel.Axes[tile.VectorAxis].IsReduced)
            return $"sums of vectors along {axis}{rows}, their lanes added up at the end";

        string vectors = $"{tile.Vectors} {(tile.Vectors == 1 ? "vector" : "vectors")} along {axis}{rows}";
        if (kernel.Combine == Combine.None)
            return $"{vectors}, read once, written once";
        string window = tile.SlidingAxis < 0
            ? ""
            : $", the window along {kernel.Axes[tile.SlidingAxis].Name} sliding over rows loaded once{(tile.Skipped is null ? "" : " and leaving out zeros")}";
        string chains = tile.Chains == 1 ? "" : $", {tile.Chains} partial sums each to hide the latency";
        return $"{vectors}{window}{chains}";
    }

    private static string Capitalised(string text) => char.ToUpperInvariant(text[0]) + text.Substring(1);
}
