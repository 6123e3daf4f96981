namespace NetGen;

/// <summary>
/// A point of a network: the output of some of its layers, under a name. Declared as a partial property whose attributes are the
/// layers, <c>[Conv2D(16, 3), Relu] public partial Layer Stem { get; }</c>; its value gives the layers' parameters.
/// </summary>
/// <remarks>
/// The layers of a point start from the point above, unless <see cref="FromAttribute"/>, a <see cref="JoinAttribute"/> or
/// <see cref="InputAttribute"/> says otherwise; those of the first start from the input on the class.
/// </remarks>
public readonly struct Layer
{
    /// <summary>
    /// What stands for the input in <see cref="FromAttribute"/> and <see cref="JoinAttribute"/> where it has no name: the input that
    /// stands on the network's class, or what a block meets.
    /// </summary>
    public const string Input = "(input)";

    private readonly ParameterBlock _parameters;

    /// <summary>A point of a network.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="name">The point's name.</param>
    /// <exception cref="KeyNotFoundException">The network has no such point; the message lists those it has.</exception>
    public Layer(ParameterBlock parameters, string name)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        Description = parameters.Description.Points.FirstOrDefault(point => point.Name == name)
            ?? throw new KeyNotFoundException(
                $"{parameters.Description.Name} has no point '{name}'; it has "
                + $"{string.Join(", ", parameters.Description.Points.Select(point => point.Name))}.");
    }

    /// <summary>Name, shape and parameters' names.</summary>
    public PointDescription Description { get; }

    /// <summary>The point's name; the points inside a block that is used in another are paths, <c>Stage.First</c>.</summary>
    public string Name => Description.Name;

    /// <summary>The shape of one sample at this point, channels first.</summary>
    public IReadOnlyList<int> Shape => Description.Shape;

    /// <summary>The parameters of the point's layers, those of the blocks it uses among them.</summary>
    public IEnumerable<ParameterTensor> Parameters
    {
        get
        {
            ParameterBlock parameters = _parameters;
            return Description.Parameters.Select(name => parameters[name]);
        }
    }

    /// <summary>One of the point's parameters.</summary>
    /// <param name="name">Its name as in weight files, or the end of it: <c>weight</c>, <c>0.weight</c>.</param>
    /// <exception cref="KeyNotFoundException">No parameter of the point ends so, or several do; the message lists those it has.</exception>
    public ParameterTensor this[string name]
    {
        get
        {
            string[] found = [.. Description.Parameters.Where(full => full == name || full.EndsWith("." + name, StringComparison.Ordinal))];
            return found.Length == 1
                ? _parameters[found[0]]
                : throw new KeyNotFoundException(
                    $"{(found.Length == 0 ? "No parameter" : "More than one parameter")} of the point '{Name}' is called '{name}'; it has "
                    + $"{(Description.Parameters.Count == 0 ? "none" : string.Join(", ", Description.Parameters))}.");
        }
    }

    /// <summary>A point inside the block that this point uses.</summary>
    /// <param name="name">The point's name within the block.</param>
    /// <exception cref="KeyNotFoundException">The block has no such point.</exception>
    public Layer Point(string name) => new(_parameters, $"{Name}.{name}");

    /// <summary>The point's name and shape.</summary>
    public override string ToString() => $"{Name} [{string.Join('×', Shape)}]";
}
