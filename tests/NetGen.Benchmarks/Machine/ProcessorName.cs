namespace NetGen.Benchmarks.Machine;

/// <summary>What the processor calls itself.</summary>
internal static class ProcessorName
{
    private const string Linux = "/proc/cpuinfo";

    /// <summary>The name, with the number of logical processors.</summary>
    public static string Read()
    {
        string? name = File.Exists(Linux)
            ? File.ReadLines(Linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return $"{name ?? "unnamed processor"}, {Environment.ProcessorCount} logical processors";
    }
}
