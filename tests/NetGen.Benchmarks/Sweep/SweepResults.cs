namespace NetGen.Benchmarks.Sweep;

/// <summary>What was measured of all networks that the time was enough for.</summary>
/// <param name="Networks">The networks.</param>
/// <param name="Layers">Layers of the worst ones, by themselves.</param>
/// <param name="Failures">What could not be compiled or run, and why.</param>
/// <param name="LeftOut">How many were not begun.</param>
internal sealed record SweepResults(
    IReadOnlyList<NetworkTimes> Networks,
    IReadOnlyList<NetworkTimes> Layers,
    IReadOnlyList<(DrawnNetwork Network, string Reason)> Failures,
    int LeftOut)
{
    // Of the time, what is left for layers.
    private const double ShareOfLayers = 0.2;

    /// <summary>The worst tenth of some ratios, the worst first.</summary>
    public static double[] WorstDecile(IEnumerable<double> ratios)
    {
        double[] sorted = [.. ratios.OrderDescending()];
        return sorted[..Math.Min(sorted.Length, Math.Max(1, sorted.Length / 10))];
    }

    /// <summary>Measures networks, and the layers of those that are furthest from their floors in a prediction or in a step.</summary>
    public static SweepResults Measure(IReadOnlyList<DrawnNetwork> networks, NetworkMeasurement measurement, TimeSpan limit, int worst)
    {
        DateTime start = DateTime.UtcNow;
        var failures = new List<(DrawnNetwork, string)>();
        List<NetworkTimes> times = All(networks, start + limit * (worst > 0 ? 1 - ShareOfLayers : 1));
        NetworkTimes[] furthest =
        [
            .. times.OrderByDescending(time => Math.Max(time.One.OfFloor, time.Batch.OfFloor)).Take((worst + 1) / 2)
                .Concat(times.OrderByDescending(time => time.Step.OfFloor).Take(worst / 2)).Distinct(),
        ];
        int leftOut = networks.Count - times.Count - failures.Count;
        return new SweepResults(times, All(furthest.SelectMany(time => time.Network.Parts()), start + limit), failures, leftOut);

        List<NetworkTimes> All(IEnumerable<DrawnNetwork> those, DateTime end)
        {
            var measured = new List<NetworkTimes>();
            foreach (DrawnNetwork network in those.TakeWhile(_ => DateTime.UtcNow < end))
            {
                Console.Error.WriteLine($"{network.Name}: {network.Summary}");
                try
                {
                    measured.Add(measurement.Measure(network));
                }
                catch (Exception exception) when (exception is InvalidDataException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
                {
                    failures.Add((network, exception.Message));
                }
            }

            return measured;
        }
    }
}
