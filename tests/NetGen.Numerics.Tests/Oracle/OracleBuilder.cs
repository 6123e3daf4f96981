namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A tensor of a network: an input, or what a layer makes of others.</summary>
/// <param name="path">The layer's place in files, as PyTorch's modules would have it; empty for an input.</param>
/// <param name="layer">The layer; null for an input.</param>
/// <param name="from">What the layer starts from.</param>
/// <param name="shape">The shape of one sample.</param>
internal sealed class OracleNode(string path, OracleLayer? layer, IReadOnlyList<OracleNode> from, int[] shape)
{
    public string Path => path;

    public OracleLayer? Layer => layer;

    public IReadOnlyList<OracleNode> From => from;

    public int[] Shape => shape;

    public int Length { get; } = shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>Writes the layers of a class out, block by block, and gives each the name that it would have as a PyTorch module.</summary>
internal sealed class OracleBuilder
{
    private readonly Dictionary<string, OracleLayer> _owners = [];

    /// <summary>Everything so far, each behind what it starts from.</summary>
    public List<OracleNode> Nodes { get; } = [];

    public OracleNode AddInput(int[] shape)
    {
        var node = new OracleNode("", null, [], shape);
        Nodes.Add(node);
        return node;
    }

    /// <summary>Writes out one use of a class, and gives what each of its points leaves.</summary>
    /// <param name="body">The class.</param>
    /// <param name="input">What it starts from; null where its points have inputs of their own.</param>
    /// <param name="path">Its place.</param>
    /// <param name="isShared">Whether the parameters are already there.</param>
    public IReadOnlyList<OracleNode> Run(OracleBody body, OracleNode? input, string path = "", bool isShared = false)
    {
        var scope = new Scope(path, isShared);
        if (input is not null)
            scope.Points[NetGen.Layer.Input] = input;
        OracleNode? above = input;
        var nodes = new List<OracleNode>();
        foreach (OraclePoint point in body.Points)
        {
            OracleNode? start = point.Input is { } shape ? AddInput(shape) : point.From is { } from ? scope.Points[from] : StartsWithJoin(point) ? null : above;
            above = RunPoint(scope, point, start);
            nodes.Add(above);
            if (point.Name is not null)
                scope.Points[point.Name] = above;
        }

        return nodes;
    }

    // A join of several named points joins these alone.
    private static bool StartsWithJoin(OraclePoint point) => point.Items is [JoinItem { Points.Count: > 1 }, ..];

    private OracleNode RunPoint(Scope scope, OraclePoint point, OracleNode? start)
    {
        string path = point.Name is null ? scope.Path : Inner(scope.Path, point.Name);
        bool isAlone = point.Name is not null && point.Items.Sum(item => IsModule(item) ? item.Times : 0) == 1;
        OracleNode? node = start;
        int number = 0;
        foreach (OracleItem item in point.Items)
        {
            for (int time = 0; time < item.Times; time++)
            {
                if (item is LayerItem written && written.Create().Implied(node!.Shape) is { } implied)
                    node = Add(scope, implied, PlaceOf(implied.IsModule), [node]);
                string place = PlaceOf(IsModule(item));
                if (item.Name is { } name)
                    place = Inner(scope.Path, item.Times == 1 ? name : $"{name}.{time}");
                node = RunItem(scope, point.Name, item, node, place);
            }
        }

        return node!;

        string PlaceOf(bool isModule) => isAlone || !isModule ? path : Inner(path, $"{number++}");
    }

    private OracleNode RunItem(Scope scope, string? point, OracleItem item, OracleNode? node, string place)
    {
        switch (item)
        {
            case LayerItem layer:
                return Add(scope, layer.Create(), place, [node!, .. layer.Others.Select(other => scope.Points[other.Point])]);
            case JoinItem join:
                OracleNode[] named = [.. join.Points.Select(name => scope.Points[name])];
                return Add(scope, join.Create(), place, node is null ? named : [node, .. named]);
            case UseItem { Share: { } share } use:
                int number = scope.Uses.Count(other => other.Point == point && other.Block == use.Block);
                string shared = scope.Uses.Where(other => other.Point == share && other.Block == use.Block).ElementAt(number).Path;
                scope.Uses.Add((point, use.Block, shared));
                return Run(use.Block, node, shared, isShared: true)[^1];
            case UseItem use:
                scope.Uses.Add((point, use.Block, place));
                return Run(use.Block, node, place, scope.IsShared)[^1];
            case ResidualItem residual:
                scope.Uses.Add((point, residual.Body, Inner(place, "body")));
                OracleNode body = Run(residual.Body, node, Inner(place, "body"), scope.IsShared)[^1];
                OracleNode shortcut = residual.Shortcut is null ? node! : Run(residual.Shortcut, node, Inner(place, "shortcut"), scope.IsShared)[^1];
                return Add(scope, new OracleElementwise("Add"), place, [shortcut, body]);
            default:
                throw new InvalidOperationException(item.Attribute);
        }
    }

    private OracleNode Add(Scope scope, OracleLayer layer, string path, IReadOnlyList<OracleNode> from)
    {
        layer.Bind([.. from.Select(node => node.Shape)], scope.IsShared ? _owners.GetValueOrDefault(path) : null);
        if (layer.Tensors.Count > 0)
            _owners.TryAdd(path, layer);
        var node = new OracleNode(path, layer, from, layer.Output);
        Nodes.Add(node);
        return node;
    }

    private static bool IsModule(OracleItem item) => item switch
    {
        JoinItem => false,
        LayerItem layer => layer.Create().IsModule,
        _ => true,
    };

    private static string Inner(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    /// <summary>One use of a class: the names that are known in it.</summary>
    private sealed record Scope(string Path, bool IsShared)
    {
        public Dictionary<string, OracleNode> Points { get; } = [];

        public List<(string? Point, OracleBody Block, string Path)> Uses { get; } = [];
    }
}
