using System.Globalization;

namespace NetGen.Benchmarks.Machine;

/// <summary>The sizes in bytes of the data caches that one core sees.</summary>
internal sealed record CacheSizes(long L1, long L2, long L3)
{
    private const string Linux = "/sys/devices/system/cpu/cpu0/cache";

    /// <summary>What the system says, or sizes that are common where it says nothing.</summary>
    public static CacheSizes Read()
    {
        var sizes = new long[] { 0, 32 << 10, 1 << 20, 16 << 20 };
        if (Directory.Exists(Linux))
        {
            foreach (string cache in Directory.EnumerateDirectories(Linux, "index*"))
            {
                if (Text(cache, "type") is "Data" or "Unified"
                    && int.TryParse(Text(cache, "level"), out int level) && level is > 0 and < 4)
                    sizes[level] = Bytes(Text(cache, "size"));
            }
        }

        return new CacheSizes(sizes[1], sizes[2], sizes[3]);
    }

    private static string Text(string cache, string name) => File.ReadAllText(Path.Combine(cache, name)).Trim();

    private static long Bytes(string text)
    {
        long unit = text[^1] switch { 'K' => 1 << 10, 'M' => 1 << 20, _ => 1 };
        return unit * long.Parse(unit == 1 ? text : text[..^1], CultureInfo.InvariantCulture);
    }
}
