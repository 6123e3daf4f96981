namespace NetGen.Generators.Graph;

/// <summary>Who computes and who reads each tensor of a list of operations, so that nobody has to look through the list.</summary>
internal sealed class Uses
{
    private readonly Dictionary<Value, Operation> _producers;
    private readonly Dictionary<Value, List<Operation>> _readers;

    public Uses(IReadOnlyCollection<Operation> operations)
    {
        _producers = new Dictionary<Value, Operation>(operations.Count);
        _readers = new Dictionary<Value, List<Operation>>(operations.Count);
        foreach (Operation operation in operations)
            Add(operation);
    }

    /// <summary>The operation that computes a tensor, or null.</summary>
    public Operation? ProducerOf(Value value) => _producers.TryGetValue(value, out Operation? producer) ? producer : null;

    /// <summary>The operations that read a tensor, each once, in the order in which they were added.</summary>
    public IReadOnlyList<Operation> ReadersOf(Value value) =>
        _readers.TryGetValue(value, out List<Operation>? readers) ? readers : Array.Empty<Operation>();

    public void Add(Operation operation)
    {
        foreach (Value output in operation.Outputs)
            _producers[output] = operation;
        foreach (Value input in operation.Inputs)
        {
            if (!_readers.TryGetValue(input, out List<Operation>? readers))
                _readers[input] = readers = new List<Operation>(1);
            // One that reads a tensor twice has added itself just now.
            if (readers.Count == 0 || readers[readers.Count - 1] != operation)
                readers.Add(operation);
        }
    }

    public void Remove(Operation operation)
    {
        foreach (Value output in operation.Outputs)
            _producers.Remove(output);
        foreach (Value input in operation.Inputs)
            _readers[input].Remove(operation);
    }
}
