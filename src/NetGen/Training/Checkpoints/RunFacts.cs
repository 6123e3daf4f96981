using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using NetGen.Data;

namespace NetGen;

/// <summary>What a run is made of, as pairs of a name and a value that messages can show.</summary>
/// <param name="Identity">
/// What must be the same when a run goes on from a checkpoint: it decides what is learned in which order, and what the numbers in the history mean.
/// </param>
/// <param name="Endings">
/// What decides when a run ends. It may be different when a run goes on; a run that had come to its end then looks anew whether it has.
/// </param>
internal sealed record RunFacts(IReadOnlyList<KeyValuePair<string, string>> Identity, IReadOnlyList<KeyValuePair<string, string>> Endings)
{
    private const int SampledTargets = 64;

    internal static RunFacts Of(
        NetworkDescription network, Optimizer optimizer, Dataset train, FitOptions options, IReadOnlyList<Metric> metrics, int trainerSeed) => new(
        [
            new("network", network.Name),
            new("layers", $"{Shape(network.InputShape)} → {string.Join(", ", network.Layers.Select(layer => layer.Kind))}"),
            new("loss", network.Loss ?? "none"),
            new("optimizer", optimizer.GetType().Name),
            new("samples", Describe(train)),
            new("validation samples", options.Validation is { } validation ? Describe(validation) : "none"),
            new("batch size", Text(options.BatchSize)),
            new("order", options.Shuffle ? $"shuffled with seed {Text(options.Seed)}" : "as in the data set"),
            new("trainer seed", Text(trainerSeed)),
            new("metrics", List(metrics.Select(metric => metric.Name))),
            new("training metrics", options.TrainingMetrics ? "yes" : "no"),
            new("callbacks", List(options.Callbacks.Select(callback => callback.Identity).Where(identity => identity.Length > 0))),
        ],
        [
            new("stop at gradient norm", Text(options.StopAtGradientNorm)),
            new("stop at loss change", Text(options.StopAtLossChange)),
            new("callback settings", List(options.Callbacks.Select(callback => callback.Settings).Where(settings => settings.Length > 0))),
        ]);

    /// <summary>
    /// How many samples there are, of what kind, and a checksum of some of their targets: other data, or data in another order, give another one.
    /// </summary>
    private static string Describe(Dataset data)
    {
        int count = Math.Min(SampledTargets, data.Count);
        int[] indices = [.. Enumerable.Range(0, count).Select(i => (int)((long)i * data.Count / count))];
        var targets = new float[checked(count * data.TargetLength)];
        var classes = new int[checked(count * data.ClassLength)];
        data.BeginEpoch(0);
        data.ReadCore(indices, [], targets, classes);
        byte[] hash = SHA256.HashData([.. MemoryMarshal.AsBytes<float>(targets), .. MemoryMarshal.AsBytes<int>(classes)]);
        return FormattableString.Invariant(
            $"{data.Count}{(data.HasSampleWeights ? " with weights" : "")}, targets {Convert.ToHexStringLower(hash.AsSpan(0, 4))}");
    }

    private static string Shape(IReadOnlyList<int> shape) => string.Join('×', shape);

    private static string List(IEnumerable<string> names) => names.DefaultIfEmpty("none").Aggregate((all, next) => $"{all}, {next}");

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
