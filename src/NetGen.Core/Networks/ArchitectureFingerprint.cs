namespace NetGen;

/// <summary>
/// What a network computes, layer by layer, as lines that are kept with its parameters: a file of a network with the same shapes and another
/// activation, or with the same layers put together in another way, is told apart, and the first layer that differs has a name.
/// </summary>
/// <remarks>
/// The network's name and its loss are not part of it: another class may load what this one learned, such as one that only predicts. Layers that only
/// hand on what they read in a prediction, such as dropout, are left out: they may change while the parameters stay good.
/// </remarks>
internal static class ArchitectureFingerprint
{
    private const string Prefix = "netgen.";
    private const string VersionKey = "netgen.version";
    private const string Version = "1";
    private const string NetworkKey = "netgen.network";
    private const string LayersKey = "netgen.layers";

    /// <summary>What goes into a file of the network's parameters.</summary>
    internal static IEnumerable<KeyValuePair<string, string>> MetadataOf(NetworkDescription network) =>
    [
        new(VersionKey, Version),
        new(NetworkKey, network.Name),
        new(LayersKey, MetadataText.Of(LinesOf(network))),
    ];

    /// <summary>A line for each input and layer, and for the outputs where there are several.</summary>
    private static string[] LinesOf(NetworkDescription network) =>
    [
        .. network.InputPoints.Select(input => $"Input({(network.InputPoints.Count == 1 ? "" : input.Name + ", ")}{Shape(input.Shape)})"),
        .. network.Layers.Where(layer => !layer.HandsOn).Select(LineOf),
        .. network.OutputPoints.Count == 1 ? [] : network.OutputPoints.Select(output => $"output {output.Name} from {output.From}"),
    ];

    private static string LineOf(LayerDescription layer)
    {
        string from = layer.From.Count == 0 ? "" : $" from {string.Join(" and ", layer.From)}";
        string values = layer.Values.Length == 0 ? "" : $", values {layer.Values}";
        return $"{layer.Name}: {layer.Kind}{from}, output {Shape(layer.OutputShape)}{values}";
    }

    /// <summary>Refuses a file whose network is another one; a file that does not say is taken.</summary>
    /// <exception cref="InvalidDataException">A layer differs; the message names the first.</exception>
    internal static void Check(NetworkDescription network, IReadOnlyDictionary<string, string> metadata, string source)
    {
        if (!metadata.Keys.Any(key => key.StartsWith(Prefix, StringComparison.Ordinal)))
            return;
        string version = metadata.GetValueOrDefault(VersionKey, "missing");
        if (version != Version)
            throw new InvalidDataException(
                $"{source} should have '{VersionKey}' {Version} in its metadata, found {version}: a later version of NetGen saved it, or it is "
                + "damaged.");
        if (!metadata.TryGetValue(LayersKey, out string? text))
            throw new InvalidDataException($"{source} has no '{LayersKey}' in its metadata: it is damaged.");
        string[] expected = LinesOf(network);
        string[] found = MetadataText.ToStrings(text, LayersKey, source);
        int same = expected.AsSpan().CommonPrefixLength(found);
        if (same == expected.Length && same == found.Length)
            return;

        string name = metadata.GetValueOrDefault(NetworkKey, "another network");
        string expectedLayer = same < expected.Length ? $"'{expected[same]}'" : "nothing more";
        string foundLayer = same < found.Length ? $"'{found[same]}'" : "nothing more";
        throw new InvalidDataException(
            $"{source} was saved by {name}, which is not built as {network.Name}: expected {expectedLayer}, found {foundLayer}. Nothing was loaded.");
    }

    private static string Shape(IReadOnlyList<int> shape) => string.Join('×', shape);
}
