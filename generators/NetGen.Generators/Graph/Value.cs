namespace NetGen.Generators.Graph;

/// <summary>A tensor that operations read and write. Compared by identity.</summary>
internal class Value(string name, Shape shape, bool isPerSample)
{
    /// <summary>A name that is unique within the network and reads well in generated code.</summary>
    public string Name { get; } = name;

    public Shape Shape { get; } = shape;

    /// <summary>Whether every sample of a batch has its own: activations do, parameters do not.</summary>
    public bool IsPerSample { get; } = isPerSample;

    /// <summary>The tensor that this one is the gradient of; null where it is none.</summary>
    public Value? Primal { get; init; }

    public override string ToString() => $"{Name} [{Shape}]";
}

/// <summary>A trainable tensor.</summary>
internal sealed class Parameter(string name, string fileName, Shape shape) : Value(name, shape, isPerSample: false)
{
    /// <summary>The name in weight files, as PyTorch's <c>state_dict</c> has it: <c>0.weight</c>.</summary>
    public string FileName { get; } = fileName;

    public required Initialisation Initialisation { get; init; }

    /// <summary>Whether weight decay applies by default.</summary>
    public required bool Decays { get; init; }
}

/// <summary>How a parameter is drawn; the names are the members of the runtime's <c>Initializer</c>.</summary>
internal sealed record Initialisation(string Initializer, double Value, int FanIn, int FanOut);

/// <summary>A tensor and where in it each point of an operation's axes falls, one index per dimension.</summary>
internal sealed record Access(Value Value, IReadOnlyList<Index> Indices)
{
    /// <summary>Whether the indices count the gaps between pixels that are spread apart as positions, too.</summary>
    public bool CountsGaps { get; init; }
}
