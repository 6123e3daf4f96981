using NetGen.Benchmarks.Measuring;
using NetGen.Generators.Planning.Kernels;
using NetGen.Generators.Plans;

namespace NetGen.Benchmarks.Tiles;

/// <summary>A kernel's tiles: what the cost model thinks of each, and what each takes.</summary>
internal sealed class TileTrial
{
    private const int Repetitions = 7;
    private const double SecondsOfOne = 0.0004;
    private const double WarmUp = 0.004;

    private TileTrial(TimedKernel kernel, IReadOnlyList<TimedTile> tiles, TimedTile chosen) => (Kernel, Tiles, Chosen) = (kernel, tiles, chosen);

    public TimedKernel Kernel { get; }

    public IReadOnlyList<TimedTile> Tiles { get; }

    /// <summary>The tile that the generator takes.</summary>
    public TimedTile Chosen { get; }

    public TimedTile Best => Tiles.MinBy(tile => tile.Seconds)!;

    /// <summary>How many times as long as the best tile the chosen one takes.</summary>
    public double Loss => Chosen.Seconds / Best.Seconds;

    /// <summary>Spearman's correlation of the ranks by the model and by the clock.</summary>
    public double RankCorrelation
    {
        get
        {
            int n = Tiles.Count;
            var byCost = Tiles.OrderBy(tile => tile.Cycles).Select((tile, rank) => (tile, rank)).ToDictionary(pair => pair.tile, pair => pair.rank);
            double squares = Tiles.OrderBy(tile => tile.Seconds).Select((tile, rank) => Math.Pow(rank - byCost[tile], 2)).Sum();
            return n == 1 ? 1 : 1 - 6 * squares / (n * ((double)n * n - 1));
        }
    }

    /// <summary>All tiles that were timed, the fastest first.</summary>
    public override string ToString() => $"{Kernel.Key}\n" + string.Concat(Tiles
        .OrderBy(tile => tile.Seconds)
        .Select(tile => $"{tile.Seconds * 1e6,9:0.0} µs  {tile.Cycles,12:0} cycles by the model  "
            + $"{tile.Name}{(tile == Chosen ? ", chosen" : "")}\n"));

    /// <summary>Times some of the tiles: those that the model likes best, others at random, and those that have been timed before.</summary>
    public static TileTrial Run(TimedKernel kernel, int count, TileTimes times)
    {
        TileChoice choice = kernel.Choice;
        var priced = TilePlanner.Priced(kernel.Kernel, choice.Registers, choice.OneSample)
            .Select(pair => new TimedTile(TilePlanner.Completed(kernel.Kernel, pair.Tile, choice.Registers, choice.OneSample), pair.Cycles))
            .OrderBy(tile => tile.Cycles)
            .ToList();
        Tile chosen = TilePlanner.Choose(kernel.Kernel, choice.Registers, choice.OneSample);
        var random = new Random(kernel.Work.GetHashCode());
        TimedTile[] known = [.. priced.Where(tile => times.Find(kernel, tile.Name) is not null)];
        IEnumerable<TimedTile> wanted = known.Length > 0
            ? known
            : priced.Take(count / 2).Concat(priced.Skip(count / 2).OrderBy(_ => random.Next()).Take(count - count / 2));
        TimedTile[] tiles = [.. wanted.Append(priced.First(tile => tile.Tile.Equals(chosen))).Distinct()];
        if (tiles.Any(tile => times.Find(kernel, tile.Name) is null))
        {
            using var texts = new TileTexts(kernel, [.. tiles.Select(tile => tile.Tile)]);
            Timing[] timings = Interleaved.Measure(texts.Contenders, Repetitions, SecondsOfOne, WarmUp);
            for (int i = 0; i < tiles.Length; i++)
                times.Set(kernel, tiles[i].Name, timings[i].Best);
        }

        foreach (TimedTile tile in tiles)
            tile.Seconds = times.Find(kernel, tile.Name)!.Value;
        return new TileTrial(kernel, tiles, tiles.First(tile => tile.Tile.Equals(chosen)));
    }
}

/// <summary>A tile, what the model takes it to cost, and what it takes.</summary>
internal sealed class TimedTile(Tile tile, double cycles)
{
    public Tile Tile => tile;

    public double Cycles => cycles;

    public double Seconds { get; set; }

    /// <summary>The vectors, by the rows along each axis.</summary>
    public string Name =>
        string.Concat(tile.Rows.Select(rows => $"{rows.Count}{(rows.Rest > 0 ? $"+{rows.Rest}" : "")}@{rows.Axis}×")) + $"{tile.Vectors}v"
        + (tile.SlidingAxis >= 0 ? $" sliding {tile.SlidingAxis}" : "") + (tile.Skipped is null ? "" : " skipping")
        + (tile.Chains > 1 ? $" {tile.Chains} chains" : "");
}
