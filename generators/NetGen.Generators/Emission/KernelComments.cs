using NetGen.Generators.Planning;

namespace NetGen.Generators.Emission;

/// <summary>What stands above a kernel: what it computes, and what the planner chose and why.</summary>
internal static class KernelComments
{
    public static IReadOnlyList<string> Describe(KernelStep step)
    {
        Kernel kernel = step.Kernel;
        string sum = string.Join(" ", kernel.Axes.Where(axis => axis.IsReduced).Select(axis => $"Σ {axis.Name} < {Extent(axis)}"));
        string body = kernel.Combine switch
        {
            Combine.SumOfProducts => $"z = {(kernel.Start is null ? "" : "b + ")}{sum}: {kernel.Left!.Name} · {kernel.Right!.Name}",
            Combine.Sum => $"z = {sum}: {kernel.Left!.Name}",
            _ => "",
        };
        string results = string.Join(", ", kernel.Results.Select(result => $"{result.Operand.Name} = {result.Value}"));
        string over = string.Join(" × ", kernel.Axes.Where(axis => !axis.IsReduced).Select(axis => $"{axis.Name} < {Extent(axis)}"));
        return [$"{step.Name}, over {over}: {body}{(body.Length > 0 ? "; " : "")}{results}."];
    }

    public static string Reason(Kernel kernel, Tile tile, InstructionSet set)
    {
        if (KernelEmitter.Transposed(kernel) is not null)
            return "A transposition.";
        if (tile.VectorAxis < 0)
            return "One float at a time: no axis is contiguous in every operand.";
        string axis = kernel.Axes[tile.VectorAxis].Name;
        if (kernel.Axes[tile.VectorAxis].IsReduced)
            return $"Sums of vectors along {axis}{Rows(kernel, tile)}, their lanes added up at the end.";
        string chains = tile.Chains == 1 ? "" : $", {tile.Chains} partial sums each to hide the latency";
        int accumulators = tile.Vectors * tile.RowCount * tile.Chains;
        string why = kernel.Combine == Combine.None
            ? "read once, written once"
            : $"{accumulators} {(accumulators == 1 ? "accumulator" : "accumulators")} of {(set.Lanes == 16 ? 32 : 16)} registers";
        string window = tile.SlidingAxis < 0 ? "" : $", the window along {kernel.Axes[tile.SlidingAxis].Name} sliding over rows loaded once{(tile.Skipped is null ? "" : " and leaving out zeros")}";
        return $"{tile.Vectors} {(tile.Vectors == 1 ? "vector" : "vectors")} along {axis}{Rows(kernel, tile)}{window}{chains}: {why}.";
    }

    private static string Rows(Kernel kernel, Tile tile) => tile.Rows.Count == 0
        ? ""
        : " by " + string.Join(" × ", tile.Rows.Select(row => $"{row.Count} along {kernel.Axes[row.Axis].Name}"));

    private static string Extent(KernelAxis axis) => axis.IsDynamic ? (axis.IsRanged ? "samples" : "count") : $"{axis.Extent}";
}
