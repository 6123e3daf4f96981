using System.Text.Json;

namespace NetGen.Benchmarks.Tiles;

/// <summary>Measured times, which can be kept in a file: a cost model is fitted against the same ones again and again.</summary>
internal sealed class TileTimes
{
    private readonly Dictionary<string, double> _seconds;
    private readonly string? _path;

    public TileTimes(string? path)
    {
        _path = path;
        _seconds = path is not null && File.Exists(path)
            ? JsonSerializer.Deserialize<Dictionary<string, double>>(File.ReadAllText(path))!
            : [];
    }

    /// <summary>The seconds that a kernel takes with a tile, if they have been measured.</summary>
    public double? Find(TimedKernel kernel, string tile) => _seconds.TryGetValue(Key(kernel, tile), out double seconds) ? seconds : null;

    public void Set(TimedKernel kernel, string tile, double seconds) => _seconds[Key(kernel, tile)] = seconds;

    public void Save()
    {
        if (_path is not null)
            File.WriteAllText(_path, JsonSerializer.Serialize(_seconds));
    }

    private static string Key(TimedKernel kernel, string tile) => $"{kernel.Key} | {tile}";
}
