namespace NetGen.Generators.Graph;

/// <summary>
/// Which layer reads what which other one made, by name: what tells networks apart whose layers are the same and are put together in another way.
/// </summary>
internal sealed class Wiring
{
    private readonly Dictionary<Value, string> _sources = [];
    private int _seen;
    private string? _above;

    public void AddInput(Value input)
    {
        _sources[input] = input.Name;
        _above = input.Name;
    }

    /// <summary>Lets a tensor that was made beside the layers go by the name of the one that it was made of.</summary>
    /// <param name="source">What it was made of.</param>
    /// <param name="made">The tensor.</param>
    /// <param name="prediction">All operations of the prediction so far.</param>
    public void Rename(Value source, Value made, IReadOnlyList<Operation> prediction)
    {
        _sources[made] = _sources[source];
        _above = _sources[source];
        _seen = prediction.Count;
    }

    /// <summary>The layer or input that made a tensor.</summary>
    public string SourceOf(Value value) => _sources[value];

    /// <summary>Ends a layer: what it read, unless that is what stands right above it, and whether it only hands that on.</summary>
    /// <param name="name">The layer.</param>
    /// <param name="output">What it made.</param>
    /// <param name="prediction">All operations of the prediction so far.</param>
    public (IReadOnlyList<string> From, bool HandsOn) Finish(string name, Value output, IReadOnlyList<Operation> prediction)
    {
        Operation[] own = [.. prediction.Skip(_seen)];
        _seen = prediction.Count;
        if (own.All(operation => operation is Reshape))
        {
            // Through several, where a layer makes more than one shape on the way.
            foreach (Operation operation in own)
                _sources[operation.Output] = _sources[operation.Inputs.Single()];
            return ([], true);
        }

        string[] read = [.. own.SelectMany(InputsOf).Where(_sources.ContainsKey).Select(value => _sources[value])];
        if (read.Distinct().Count() == 1)
            read = [read[0]];
        IReadOnlyList<string> from = read.Length == 1 && read[0] == _above ? [] : read;
        _sources[output] = name;
        _above = name;
        return (from, false);
    }

    // A tensor that is joined twice counts twice.
    private static IEnumerable<Value> InputsOf(Operation operation) =>
        operation is Move move ? move.Pieces.Select(piece => piece.Source.Value) : operation.Inputs;
}
