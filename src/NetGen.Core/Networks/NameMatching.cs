using System.Globalization;

namespace NetGen;

/// <summary>
/// Guesses which renaming would turn tensors that a network does not have into parameters that a file does not have: wrappers' prefixes taken off,
/// and layers renamed whose tensors have the same last names and shapes. It is only ever suggested.
/// </summary>
internal sealed class NameMatching
{
    private static readonly string[] s_wrappers = ["module.", "_orig_mod.", "state_dict.", "model.", "net."];

    private readonly List<(string From, string To)> _rules = [];

    internal NameMatching(IReadOnlyList<SafeTensor> extra, IReadOnlyList<ParameterDescription> missing, Func<string, string> nameOf)
    {
        string[] names = [.. extra.Select(tensor => nameOf(tensor.Name))];
        while (s_wrappers.FirstOrDefault(
            wrapper => !_rules.Contains((wrapper, "")) && Renamed(names).Any(name => name.StartsWith(wrapper, StringComparison.Ordinal)))
            is { } found)
        {
            _rules.Add((found, ""));
        }

        names = Renamed(names);
        RenameLayers(names, extra, missing);
        names = Renamed(names);
        LeavesExtra = names.Except(missing.Select(parameter => parameter.Name)).Any();
        LeavesMissing = missing.Any(parameter => !names.Contains(parameter.Name));
        if (!missing.Any(parameter => names.Contains(parameter.Name)))
            _rules.Clear();
    }

    /// <summary>What to rename; nothing if it would help no parameter.</summary>
    internal IReadOnlyList<(string From, string To)> Rules => _rules;

    /// <summary>Whether tensors are left that the network does not have.</summary>
    internal bool LeavesExtra { get; }

    /// <summary>Whether parameters are left that the file does not have.</summary>
    internal bool LeavesMissing { get; }

    private string[] Renamed(string[] names)
    {
        var options = new LoadOptions { Rename = _rules };
        return Array.ConvertAll(names, options.NameOf);
    }

    /// <summary>Layers of one kind are told apart by their order, if there are as many of it on both sides.</summary>
    private void RenameLayers(string[] names, IReadOnlyList<SafeTensor> extra, IReadOnlyList<ParameterDescription> missing)
    {
        var wanted = missing.Where(parameter => !names.Contains(parameter.Name))
            .GroupBy(parameter => Layer(parameter.Name))
            .Select(layer => (layer.Key, Kind: KindOf(layer.Select(parameter => (parameter.Name, parameter.Shape)))));
        var offered = names.Zip(extra, (name, tensor) => (Name: name, tensor.Shape))
            .Where(tensor => missing.All(parameter => parameter.Name != tensor.Name))
            .GroupBy(tensor => Layer(tensor.Name))
            .Select(layer => (layer.Key, Kind: KindOf(layer)))
            .OrderBy(layer => layer.Key, StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))
            .ToLookup(layer => layer.Kind, layer => layer.Key);
        foreach (var kind in wanted.GroupBy(layer => layer.Kind, layer => layer.Key))
        {
            if (kind.Count() == offered[kind.Key].Count())
                _rules.AddRange(
                    offered[kind.Key].Zip(kind).Where(pair => pair.First != pair.Second && pair.First.Length > 0 && pair.Second.Length > 0));
        }
    }

    /// <summary>The last names and shapes of a layer's tensors, but for counts, which are nobody's parameters.</summary>
    private static string KindOf(IEnumerable<(string Name, IReadOnlyList<int> Shape)> layer) => string.Join(", ", layer
        .Where(tensor => tensor.Shape.Count > 0)
        .Select(tensor => $"{tensor.Name[Layer(tensor.Name).Length..]} {string.Join('×', tensor.Shape)}")
        .Order(StringComparer.Ordinal));

    /// <summary>A name up to its last dot: <c>l1.</c> of <c>l1.weight</c>.</summary>
    private static string Layer(string name) => name[..(name.LastIndexOf('.') + 1)];
}
