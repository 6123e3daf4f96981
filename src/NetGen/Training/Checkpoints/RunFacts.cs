using System.Globalization;
using System.Runtime.InteropServices;
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
    private const int SampledInputs = 64;
    private const int TargetsAtOnce = 4096;

    internal static RunFacts Of(
        NetworkDescription network, Optimizer optimizer, Dataset train, FitOptions options, IReadOnlyList<Metric> metrics, int trainerSeed) => new(
        [
            new("network", network.Name),
            new("layers", $"{Shape(network.InputShape)} → {string.Join(", ", network.Layers.Select(layer => layer.Kind))}"),
            new("loss", List(network.Judged.Select(Describe))),
            new("penalties", List(network.Parameters.Where(parameter => parameter.L1 != 0 || parameter.L2 != 0).Select(Describe))),
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

    private static string Describe(OutputDescription output) => FormattableString.Invariant(
        $"{output.Loss}{(output.Weight == 1 ? "" : $" times {output.Weight:R}")}")
        + (output.ClassWeights.Count == 0 ? "" : $" of classes {string.Join(":", output.ClassWeights.Select(weight => Text(weight)))}");

    private static string Describe(ParameterDescription parameter) =>
        FormattableString.Invariant($"{parameter.Name} L1 {parameter.L1:R} L2 {parameter.L2:R}");

    /// <summary>
    /// How many samples there are, of what kind, and checksums: of all targets and weights, in their order, and of the inputs of some samples, spread
    /// over the whole. Other data, or data in another order, give other ones.
    /// </summary>
    private static string Describe(Dataset data)
    {
        data.BeginEpoch(0);
        return FormattableString.Invariant(
            $"{data.Count}{(data.HasSampleWeights ? " with weights" : "")}, targets {TargetsOf(data):x8}, inputs {InputsOf(data):x8}");
    }

    private static uint TargetsOf(Dataset data)
    {
        int room = Math.Min(TargetsAtOnce, data.Count);
        var targets = new float[checked(room * data.TargetLength)];
        var classes = new int[checked(room * data.ClassLength)];
        var weights = new float[data.HasSampleWeights ? room : 0];
        uint check = 0;
        for (int from = 0; from < data.Count; from += room)
        {
            int[] indices = [.. Enumerable.Range(from, Math.Min(room, data.Count - from))];
            Span<float> values = targets.AsSpan(0, indices.Length * data.TargetLength);
            Span<int> ids = classes.AsSpan(0, indices.Length * data.ClassLength);
            data.ReadCore(indices, [], values, ids);
            check = Append(Append(check, values), ids);
            if (weights.Length == 0)
                continue;
            data.ReadSampleWeightsCore(indices, weights.AsSpan(0, indices.Length));
            check = Append<float>(check, weights.AsSpan(0, indices.Length));
        }

        return check;
    }

    private static uint InputsOf(Dataset data)
    {
        int count = Math.Min(SampledInputs, data.Count);
        var input = new float[data.InputLength];
        var target = new float[data.TargetLength];
        var classes = new int[data.ClassLength];
        uint check = 0;
        for (int i = 0; i < count; i++)
        {
            data.ReadCore([(int)((long)i * data.Count / count)], input, target, classes);
            check = Append<float>(check, input);
        }

        return check;
    }

    private static uint Append<T>(uint check, Span<T> values) where T : struct => Crc32.Append(check, MemoryMarshal.AsBytes(values));

    private static string Shape(IReadOnlyList<int> shape) => string.Join('×', shape);

    private static string List(IEnumerable<string> names) => names.DefaultIfEmpty("none").Aggregate((all, next) => $"{all}, {next}");

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "none";
}
