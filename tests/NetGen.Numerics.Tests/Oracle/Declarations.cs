namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A class with layers, a network or a block: points, or a chain, which is one point without a name.</summary>
internal sealed record OracleBody(string Name, params IReadOnlyList<OraclePoint> Points)
{
    /// <summary>The input on a network's class, if it is there and not on a point.</summary>
    public int[]? Input { get; init; }

    /// <summary>A chain of layers.</summary>
    public static OracleBody Chain(string name, params IReadOnlyList<OracleItem> layers) => new(name, new OraclePoint(null, layers));

    /// <summary>The text of the class and of all blocks that it uses.</summary>
    public string Source => string.Join('\n', Blocks().Distinct().Select(block => block.Declaration("Block")).Prepend(Declaration("Network")));

    private IEnumerable<OracleBody> Blocks() => Points
        .SelectMany(point => point.Items)
        .SelectMany(item => item.Blocks)
        .SelectMany(block => block.Blocks().Prepend(block));

    private string Declaration(string kind)
    {
        string first = Input is null ? $"[{kind}]" : $"[{kind}, Input({string.Join(", ", Input)})]";
        return Points is [{ Name: null } chain]
            ? $"{first}\n{chain.Attributes}\npublic partial class {Name};\n"
            : $"{first}\npublic partial class "
                + $"{Name}\n{{\n{string.Concat(Points.Select(point => $"    {point.Attributes} public partial Layer {point.Name} {{ get; }}\n"))}}}\n";
    }
}

/// <summary>A point: where it starts, its layers, and how it is judged.</summary>
internal sealed record OraclePoint(string? Name, IReadOnlyList<OracleItem> Items)
{
    /// <summary>An input of its own.</summary>
    public int[]? Input { get; init; }

    /// <summary>The point that it starts from, if that is not the one above; <see cref="Layer.Input"/> for the input.</summary>
    public string? From { get; init; }

    public OracleLoss? Loss { get; init; }

    public double LossWeight { get; init; } = 1;

    /// <summary>Whether it is an output, judged or not.</summary>
    public bool IsOutput { get; init; }

    public string Attributes => "[" + string.Join(", ", ((string?[])
    [
        Input is null ? null : $"Input({string.Join(", ", Input)})",
        From is null ? null : $"From({Reference(From)})",
        .. Items.Select(item => item.Attribute),
        IsOutput && Loss is null ? "Output" : null,
        Loss is null ? null : LossWeight == 1 ? Loss.Attribute : Loss.WithShare(LossWeight),
    ]).OfType<string>()) + "]";

    /// <summary>How a point is named in an attribute.</summary>
    public static string Reference(string point) => point == Layer.Input ? "Layer.Input" : $"nameof({point})";
}

/// <summary>What stands in a point.</summary>
internal abstract record OracleItem
{
    public abstract string Attribute { get; }

    /// <summary>The blocks that it uses.</summary>
    public virtual IEnumerable<OracleBody> Blocks => [];

    /// <summary>How often it stands there, one behind the other.</summary>
    public int Times { get; init; } = 1;

    /// <summary>The place of its parameters in files, counted from the class, where it is not the usual one.</summary>
    public string? Name { get; init; }

    /// <summary>An attribute with settings in brackets.</summary>
    protected static string With(string attribute, params IEnumerable<string?> settings)
    {
        string written = string.Join(", ", settings.OfType<string>());
        return written.Length == 0 ? attribute
            : attribute.EndsWith(')') ? $"{attribute[..^1]}{(attribute.EndsWith("()", StringComparison.Ordinal) ? "" : ", ")}{written})"
            : $"{attribute}({written})";
    }

    protected string? NameSetting => Name is null ? null : $"Name = \"{Name}\"";

    protected string? TimesSetting => Times == 1 ? null : $"Times = {Times}";
}

/// <summary>A layer behind what stands before it.</summary>
internal sealed record LayerItem(Func<OracleLayer> Create) : OracleItem
{
    /// <summary>What it reads beside that: points, each with the setting that names it.</summary>
    public IReadOnlyList<(string Setting, string Point)> Others { get; init; } = [];

    public override string Attribute =>
        With(Create().Attribute, [.. Others.Select(other => $"{other.Setting} = {OraclePoint.Reference(other.Point)}"), NameSetting]);
}

/// <summary>A layer that joins named points, behind what stands before it.</summary>
internal sealed record JoinItem(Func<JoiningLayer> Create, params IReadOnlyList<string> Points) : OracleItem
{
    public override string Attribute
    {
        get
        {
            // The points are positional, and stand before settings.
            string attribute = Create().Attribute, points = string.Join(", ", Points.Select(OraclePoint.Reference));
            int settings = attribute.IndexOf('(', StringComparison.Ordinal);
            return settings < 0 ? $"{attribute}({points})" : $"{attribute[..settings]}({points}, {attribute[(settings + 1)..]}";
        }
    }
}

/// <summary>A block, alone.</summary>
internal sealed record UseItem(OracleBody Block) : OracleItem
{
    /// <summary>The point whose parameters it shares.</summary>
    public string? Share { get; init; }

    public override string Attribute => With($"Use<{Block.Name}>", TimesSetting, Share is null ? null : $"Share = {OraclePoint.Reference(Share)}", NameSetting);

    public override IEnumerable<OracleBody> Blocks => [Block];
}

/// <summary>A block beside what it starts from, or beside another block.</summary>
internal sealed record ResidualItem(OracleBody Body, OracleBody? Shortcut = null) : OracleItem
{
    public override string Attribute => With(Shortcut is null ? $"Residual<{Body.Name}>" : $"Residual<{Body.Name}, {Shortcut.Name}>", TimesSetting, NameSetting);

    public override IEnumerable<OracleBody> Blocks => Shortcut is null ? [Body] : [Body, Shortcut];
}
