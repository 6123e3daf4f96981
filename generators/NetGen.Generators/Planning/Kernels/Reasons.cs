using NetGen.Generators.Collections;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>Says what was chosen for a method, from what was: the tiles of a kernel, the direction of a pooling.</summary>
internal static class Reasons
{
    public const string OfLoss = "Elements along the vector.";

    public const string OfRowLoss = "All outputs of a row in one expression, without loops.";

    public static string Of(TransformKernel kernel) => kernel.IsVectorised
        ? "Channels along the vector, a square in registers."
        : "One float at a time, as channels lie apart in what is read.";

    public const string OfStraightLine = "A layer's outputs along the vector, partial sums in turn to hide the latency.";

    public static string Of(Kernel kernel, EquatableArray<KernelText> texts, Transposed? transposed) => transposed is not null
        ? "A transposition."
        : string.Join(" ", texts.Select(text => text.Form switch
        {
            VectorForm.Vector512 => $"32 registers: {Of(kernel, text.Tile)}.",
            VectorForm.UpToEight => $"16 registers: {Of(kernel, text.Tile)}.",
            VectorForm.Four when kernel.Axes[text.Tile.VectorAxis].Extent > RegisterFile.OfFour.Lanes =>
                $"Four lanes, as there is less than a vector: {Of(kernel, text.Tile)}.",
            VectorForm.Four => $"Four lanes, as there are no more results: {Of(kernel, text.Tile)}.",
            VectorForm.Vector128 => $"16 short ones: {Of(kernel, text.Tile)}.",
            _ => $"{Of(kernel, text.Tile)}.".Capitalised(),
        }));

    public static string Of(WindowKernel kernel) => !kernel.SourceLayout.HasColumnsInnermost ? "The channels of a pixel along the vector."
        : kernel.IsVectorised ? "Columns along the vector."
        : "One window at a time.";

    private static string Of(Kernel kernel, SumStretch stretch)
    {
        string some = stretch.Axis >= 0 ? $"{stretch.Steps} steps along {kernel.Axes[stretch.Axis].Name}"
            : stretch.Samples == 1 ? "1 sample" : $"{stretch.Samples} samples";
        return $", {some} at a time{(stretch.AsksForLeft || stretch.AsksForRight ? ", asking for the next meanwhile" : "")}";
    }

    private static string Of(Kernel kernel, Tile tile)
    {
        if (tile.VectorAxis < 0)
        {
            return VectorAxes.Of(kernel) < 0
                ? "one float at a time, as no axis is contiguous in every operand"
                : "one float at a time, as there is less than a vector";
        }

        string axis = kernel.Axes[tile.VectorAxis].Name;
        string rows = tile.Rows.Count == 0
            ? ""
            : " by " + string.Join(" × ", tile.Rows.Select(row => $"{row.Count} along {kernel.Axes[row.Axis].Name}"));
        rows += string.Concat(tile.Rows.Where(row => row.Rest > 0).Select(row => $", {row.Rest} at the end of {kernel.Axes[row.Axis].Name}"));
        string chains = tile.Chains == 1 ? "" : $", {tile.Chains} partial sums each to hide the latency";
        string samples = tile.Stretch is { } stretch ? Of(kernel, stretch) : "";
        if (kernel.Axes[tile.VectorAxis].IsReduced)
            return $"sums of vectors along {axis}{rows}{chains}, their lanes added up at the end{samples}";

        string vectors = $"{tile.Vectors} {(tile.Vectors == 1 ? "vector" : "vectors")} along {axis}{rows}";
        if (kernel.Combine == Combine.None)
            return $"{vectors}{(tile.EndsShort ? ", the end in four lanes" : "")}, read once, written once";
        string zeros = tile.Skipped is null ? "" : " and leaving out zeros";
        string window = tile.SlidingAxis < 0 ? "" : $", the window along {kernel.Axes[tile.SlidingAxis].Name} sliding over rows loaded once{zeros}";
        string order = tile.RowsLead ? $", the loop along {kernel.Axes[tile.Rows[0].Axis].Name} around all others, to keep what it reads in the cache"
            : tile.PanelsLead ? ", all samples by one panel of weights before the next"
            : "";
        order += tile.Pixels is { } pixels ? $", {pixels.Count} pixels by all panels before the next, whose results are asked for meanwhile" : "";
        string ahead = tile.Ahead is not null ? ", asking for the next panel of weights meanwhile"
            : tile.PixelsAhead > 0 ? ", asking for pixels that come a little later"
            : tile.StreamsWeights ? ", asking for weights that come a little later" : "";
        return $"{vectors}{window}{chains}{order}{ahead}{samples}";
    }
}
