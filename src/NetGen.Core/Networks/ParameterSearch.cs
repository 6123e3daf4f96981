namespace NetGen;

/// <summary>Finds a network's parameters in a file, under the names and in the types that the options allow, or says all that is wrong.</summary>
internal sealed class ParameterSearch
{
    /// <summary>How the names begin of tensors that NetGen keeps beside parameters, as checkpoints do. They are nobody's parameters.</summary>
    internal const string NotesPrefix = "netgen/";

    private readonly NetworkDescription _network;
    private readonly LoadOptions _options;
    private readonly ParameterDescription[] _wanted;
    private readonly Dictionary<string, SafeTensor> _found = new(StringComparer.Ordinal);
    private readonly List<SafeTensor> _extra = [];
    private readonly List<ParameterDescription> _missing = [];
    private readonly List<string> _mistakes = [];
    private readonly SortedSet<string> _cures = new(StringComparer.Ordinal);

    internal ParameterSearch(NetworkDescription network, SafeTensorsFile file, LoadOptions options)
    {
        options.Validate();
        _network = network;
        _options = options;
        _wanted = [.. network.Parameters.Where(parameter => options.Only?.Invoke(parameter.Name) ?? true)];
        if (_wanted.Length == 0 && network.Parameters.Count > 0)
        {
            string names = string.Join(", ", network.Parameters.Select(parameter => parameter.Name));
            throw new ArgumentException(
                $"{nameof(LoadOptions.Only)} leaves nothing to load: the parameters of {network.Name} are {names}.", nameof(options));
        }

        var known = network.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (SafeTensor tensor in file.Tensors.Where(tensor => !tensor.Name.StartsWith(NotesPrefix, StringComparison.Ordinal)))
        {
            string name = options.NameOf(tensor.Name);
            if (!known.Contains(name))
                _extra.Add(tensor);
            else if (!_found.TryAdd(name, tensor))
                _mistakes.Add($"'{tensor.Name}' and '{_found[name].Name}' would both be '{name}'");
        }
    }

    /// <summary>The wanted parameters that the file has, with their elements.</summary>
    /// <param name="source">What the file is called in messages.</param>
    /// <exception cref="InvalidDataException">Something does not fit.</exception>
    internal IReadOnlyList<(ParameterDescription Parameter, float[] Elements)> Find(string source)
    {
        var result = new List<(ParameterDescription, float[])>();
        foreach (ParameterDescription parameter in _wanted)
        {
            if (!_found.TryGetValue(parameter.Name, out SafeTensor? tensor))
                _missing.Add(parameter);
            else if (MistakeOf(parameter, tensor) is { } mistake)
                _mistakes.Add(mistake);
            else
                Convert(parameter, tensor, result);
        }

        bool keepsMissing = _options.KeepMissing && _missing.Count < _wanted.Length;
        if (!keepsMissing)
            _mistakes.AddRange(_missing.Select(parameter => $"'{parameter.Name}' {Shapes.Format(parameter.Shape)} is missing"));
        if (!_options.IgnoreExtra)
            _mistakes.AddRange(_extra.Select(tensor => $"'{tensor.Name}' {Shapes.Format(tensor.Shape)} is not a parameter of {_network.Name}"));
        if (_mistakes.Count == 0)
            return result;

        SuggestNames();
        string cures = _cures.Count == 0 ? "" : $" {nameof(LoadOptions)} may help: {string.Join("; ", _cures)}.";
        throw new InvalidDataException($"{source} does not fit {_network.Name}: {Summarize(_mistakes)}. Nothing was loaded.{cures}");
    }

    private string? MistakeOf(ParameterDescription expected, SafeTensor found)
    {
        string shape = Shapes.Format(expected.Shape);
        if (!found.Shape.SequenceEqual(expected.Shape))
        {
            _cures.Add(
                $"{nameof(LoadOptions.Only)} = name => … loads the parameters that fit and leaves the others, such as those of a new last layer");
            return $"'{expected.Name}' should have the shape {shape}, found {Shapes.Format(found.Shape)}";
        }

        if (found.Type == SafeTensorType.F32 || (expected.IsCount && found.Type == SafeTensorType.I64)
            || (_options.ConvertTypes && IsFloat(found.Type)))
            return null;
        if (IsFloat(found.Type))
            _cures.Add($"{nameof(LoadOptions.ConvertTypes)} = true converts {found.Type}");
        return $"'{expected.Name}' {shape} should have elements of type F32, found {found.Type}";
    }

    private void Convert(ParameterDescription parameter, SafeTensor tensor, List<(ParameterDescription, float[])> result)
    {
        float[] elements = tensor.Type == SafeTensorType.I64
            ? Array.ConvertAll(tensor.ToInt64s(), count => (float)count)
            : tensor.ToSingles();
        if (tensor.Type == SafeTensorType.F64 && tensor.HasFiniteBeyondSingles(elements, out double beyond))
            _mistakes.Add($"'{parameter.Name}' holds {beyond}, which is beyond the range of single precision");
        else
            result.Add((parameter, elements));
    }

    /// <summary>What would bring the file's names to ours, and what to do about those that nothing brings.</summary>
    private void SuggestNames()
    {
        var names = new NameMatching(_extra, _missing, _options.NameOf);
        if (names.Rules.Count > 0)
        {
            string rules = string.Join(", ", names.Rules.Select(rule => $"(\"{rule.From}\", \"{rule.To}\")"));
            _cures.Add($"{nameof(LoadOptions.Rename)} = [{rules}] gives tensors the names they have here");
        }

        if (names.LeavesExtra && !_options.IgnoreExtra)
            _cures.Add($"{nameof(LoadOptions.IgnoreExtra)} = true leaves out what is not a parameter here");
        if (names.LeavesMissing && _found.Count > 0)
            _cures.Add($"{nameof(LoadOptions.KeepMissing)} = true keeps the values of what is missing");
    }

    private static bool IsFloat(SafeTensorType type) =>
        type is SafeTensorType.F16 or SafeTensorType.BF16 or SafeTensorType.F32 or SafeTensorType.F64;

    private static string Summarize(List<string> mistakes)
    {
        const int Shown = 8;
        string text = string.Join("; ", mistakes.Take(Shown));
        return mistakes.Count > Shown ? $"{text}; and {mistakes.Count - Shown} more" : text;
    }
}
