using FsCheck;
using FsCheck.Fluent;
using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Random valid graphs: branches of different stride that meet again, joins of all kinds, blocks in blocks, residual connections, shared
/// parameters, several inputs, outputs and losses.
/// </summary>
internal sealed class RandomGraphs
{
    private const long MaximumWork = 60_000;

    private readonly Random _random;
    private readonly RandomLayers _layers;
    private readonly List<OraclePoint> _points = [];
    private readonly Dictionary<string, int[]> _shapes = [];
    private readonly HashSet<string> _unread = [];
    private int _blocks;

    private RandomGraphs(Random random)
    {
        _random = random;
        _layers = new RandomLayers(random);
    }

    public static Gen<OracleNetwork> Networks =>
        from seed in Gen.Choose(0, int.MaxValue)
        select FromSeed(seed);

    /// <summary>The first network of a seed that is small enough for the oracle.</summary>
    public static OracleNetwork FromSeed(int seed)
    {
        var random = new Random(seed);
        while (true)
        {
            OracleNetwork network = new RandomGraphs(random).Network();
            if (network.Work <= MaximumWork)
                return network;
        }
    }

    private OracleNetwork Network()
    {
        int[]? input = null;
        if (_random.Next(3) > 0)
            _shapes[Layer.Input] = input = Shape();
        else
        {
            for (int i = _random.Next(1, 4); i > 0; i--)
            {
                int[] shape = Shape();
                OracleItem[] items = [.. Maybe(() => Chain(shape, 2))];
                Add(items, null, After(items, shape), shape);
            }
        }

        for (int i = _random.Next(2, 5); i > 0; i--)
        {
            switch (_random.Next(6))
            {
                case 0:
                    Fork();
                    break;
                case 1:
                    Twins();
                    break;
                case 2:
                    Joined();
                    break;
                default:
                    Extend();
                    break;
            }
        }

        if (_points.Count == 0)
            Extend();
        Judge();
        return new OracleNetwork(new OracleBody("Network", [.. _points]) { Input = input });
    }

    /// <summary>A shape of an input.</summary>
    private int[] Shape() => _random.Next(6) switch
    {
        // Few channels and wide lines have their columns along the vectors.
        0 => [_random.Next(1, 4), _random.Next(1, 10), _random.Next(9, 24)],
        1 or 2 => [_random.Next(1, 20), _random.Next(1, 8), _random.Next(1, 8)],
        3 => [_random.Next(1, 12), _random.Next(1, 30)],
        _ => [_random.Next(1, 50)],
    };

    /// <summary>A point behind one that is there, with layers or blocks.</summary>
    private void Extend()
    {
        string start = Pick();
        int[] shape = _shapes[start];
        int kind = _random.Next(4);
        IReadOnlyList<OracleItem> items = kind == 0 ? [Block(shape)] : Chain(shape, _random.Next(1, 4));
        if (kind == 1)
            items = [.. items, .. Residual(After(items, shape))];
        Add(items, start);
    }

    /// <summary>Branches of one point, with steps of their own, that meet again; another reads the point as it is.</summary>
    private void Fork()
    {
        string start = Pick();
        int[] from = _shapes[start];
        if (from.Length > 3)
            return;
        int stride = _random.Next(1, 4);
        int[] to = [_random.Next(1, 16), .. from.Skip(1).Select(extent => (extent + stride - 1) / stride)];
        var branches = new List<string>();
        for (int i = _random.Next(2, 4); i > 0; i--)
        {
            if (_random.Next(4) == 0)
            {
                OracleBody block = OracleBody.Chain(NextBlock(), _layers.Between(from, to));
                branches.Add(Add([new UseItem(block)], start));
            }
            else
                branches.Add(Add(_layers.Between(from, to), start));
        }

        string joined = Join(branches);
        if (_random.Next(2) == 0)
            Add(Chain(_shapes[start], 1), start);
        if (_random.Next(2) == 0)
            Add(Chain(_shapes[joined], 1), joined);
    }

    /// <summary>Two points with the parameters of one block, on the same input or on two of one shape.</summary>
    private void Twins()
    {
        string first = Pick();
        string[] alike = [.. _shapes.Where(point => point.Value.SequenceEqual(_shapes[first])).Select(point => point.Key)];
        string second = alike[_random.Next(alike.Length)];
        OracleBody block = Body(_shapes[first], depth: 1);
        string owner = Add([new UseItem(block) { Name = _random.Next(3) == 0 ? $"tower{_points.Count}" : null }], first);
        string sharer = Add([new UseItem(block) { Share = owner }], second);
        Join([owner, sharer]);
    }

    /// <summary>Points that happen to fit are joined.</summary>
    private void Joined()
    {
        string first = Pick();
        string[] alike = [.. _shapes.Where(point => point.Key != first && point.Value.SequenceEqual(_shapes[first])).Select(point => point.Key)];
        if (alike.Length > 0)
        {
            Join([first, .. alike.Take(_random.Next(1, 3))]);
            return;
        }

        // A number for each channel is repeated along its pixels: squeeze and excitation.
        int[] shape = _shapes[first];
        if (shape.Length is not (2 or 3))
            return;
        int channels = _random.Next(3) == 0 ? 1 : shape[0];
        string gate = Add(
            [
                new LayerItem(() => new OracleGlobalAveragePool()),
                new LayerItem(shape.Length == 2 ? () => new OracleConv(channels, null, new(1)) : () => new OracleConv(channels, new(1), new(1))),
                new LayerItem(Activations.All[11]),
            ],
            first);
        string attribute = _random.Next(2) == 0 ? "Multiply" : "Add";
        Add([new JoinItem(() => new OracleElementwise(attribute), first, gate)], null, _shapes[first]);
    }

    private string Join(IReadOnlyList<string> points)
    {
        int kind = _random.Next(5);
        int axis = _random.Next(_shapes[points[0]].Length);
        Func<JoiningLayer> create = kind switch
        {
            0 or 1 => () => new OracleElementwise("Add"),
            2 => () => new OracleElementwise("Subtract"),
            3 => () => new OracleElementwise("Multiply"),
            _ => () => new OracleConcat(axis),
        };
        int[] shape = [.. _shapes[points[0]]];
        if (kind == 4)
            shape[axis] = points.Sum(point => _shapes[point][axis]);
        OracleItem[] behind = [.. Maybe(() => [new LayerItem(_layers.Keeping(shape))])];
        // With a single name behind what the point starts from, or with all of them.
        return points.Count == 2 && _random.Next(2) == 0
            ? Add([new JoinItem(create, points[1]), .. behind], points[0], shape)
            : Add([new JoinItem(create, points), .. behind], null, shape);
    }

    private IReadOnlyList<OracleItem> Chain(int[] shape, int length)
    {
        var items = new List<OracleItem>();
        for (int i = 0; i < length; i++)
        {
            Func<OracleLayer> create = _layers.Any(shape);
            items.Add(new LayerItem(create));
            shape = RandomLayers.After(create, shape);
        }

        return items;
    }

    /// <summary>A block, once or where it leaves what it takes, several times.</summary>
    private OracleItem Block(int[] shape)
    {
        OracleBody body = Body(shape, depth: 2);
        bool repeats = After(body, shape).SequenceEqual(shape);
        return new UseItem(body) { Times = repeats ? _random.Next(1, 4) : 1 };
    }

    private IEnumerable<OracleItem> Residual(int[] shape)
    {
        if (shape.Length > 3)
            return [];
        if (_random.Next(2) == 0)
            return [new ResidualItem(Body(shape, shape, 1)) { Times = _random.Next(1, 3) }];
        int stride = _random.Next(1, 3);
        int[] to = [_random.Next(1, 12), .. shape.Skip(1).Select(extent => (extent + stride - 1) / stride)];
        return [new ResidualItem(Body(shape, to, 1), OracleBody.Chain(NextBlock(), _layers.Between(shape, to)))];
    }

    /// <summary>A block of layers, of points that meet, or with another block in it.</summary>
    private OracleBody Body(int[] shape, int depth) => (depth, shape.Length, _random.Next(3)) switch
    {
        (> 0, <= 3, 0) => Body(shape, [_random.Next(1, 12), .. shape.Skip(1)], depth),
        _ => OracleBody.Chain(NextBlock(), Chain(shape, _random.Next(1, 3))),
    };

    private OracleBody Body(int[] from, int[] to, int depth)
    {
        string name = NextBlock();
        IReadOnlyList<OracleItem> first = _layers.Between(from, to);
        if (depth > 0 && _random.Next(3) == 0)
            first = [new UseItem(OracleBody.Chain(NextBlock(), first)), .. Maybe(() => [new LayerItem(_layers.Keeping(to))])];
        if (_random.Next(2) == 0)
            return OracleBody.Chain(name, [.. first, .. Maybe(() => [new ResidualItem(OracleBody.Chain(NextBlock(), _layers.Between(to, to)))])]);
        string attribute = _random.Next(2) == 0 ? "Add" : "Multiply";
        return new OracleBody(
            name,
            new OraclePoint("Left", first),
            new OraclePoint("Right", _layers.Between(from, to)) { From = Layer.Input },
            new OraclePoint("Both", [new JoinItem(() => new OracleElementwise(attribute), "Left", "Right")]));
    }

    /// <summary>What nobody reads is an output; losses judge some of them, the last one always.</summary>
    private void Judge()
    {
        // An input that nobody reads would be an output as it is.
        for (int i = 0; i < _points.Count; i++)
        {
            if (_points[i] is { Items: [], Name: { } name } && _unread.Contains(name))
                Add(Chain(_shapes[name], 1), name);
        }

        string[] ends = [.. _points.Select(point => point.Name!).Where(_unread.Contains)];
        bool several = ends.Length > 1;
        foreach ((int i, string end) in ends.Index())
        {
            int at = _points.FindIndex(point => point.Name == end);
            int[] shape = _shapes[end];
            // Losses on logits refuse outputs that something bounds.
            bool areLogits = shape is [> 1] && _points[at].Items is [.., LayerItem last] && last.Create() is OracleDense;
            OracleLoss? loss = i < ends.Length - 1 && _random.Next(4) == 0 ? null : _random.Next(areLogits ? 6 : 3) switch
            {
                0 => OracleLosses.MeanSquaredError,
                1 => OracleLosses.Huber,
                2 => OracleLosses.LogCosh,
                3 => OracleLosses.Smoothed,
                4 => OracleLosses.Weighted(shape[0]),
                _ => OracleLosses.SoftmaxCrossEntropy,
            };
            _points[at] = _points[at] with
            {
                Loss = loss,
                IsOutput = loss is null,
                LossWeight = several && _random.Next(2) == 0 ? 0.5 : 1,
            };
        }
    }

    private string Pick()
    {
        // What nobody has read yet, rather.
        string[] all = [.. _shapes.Keys], unread = [.. _unread];
        return unread.Length > 0 && _random.Next(3) > 0 ? unread[_random.Next(unread.Length)] : all[_random.Next(all.Length)];
    }

    /// <summary>Adds a point that starts from another.</summary>
    private string Add(IReadOnlyList<OracleItem> items, string start)
    {
        int[] shape = After(items, _shapes[start]);
        return Add(items, start, shape);
    }

    private string Add(IReadOnlyList<OracleItem> items, string? start, int[] shape, int[]? input = null)
    {
        string name = $"P{_points.Count}";
        bool isAbove = start is not null && (_points.Count > 0 ? _points[^1].Name == start : start == Layer.Input);
        _points.Add(new OraclePoint(name, items) { From = isAbove ? null : start, Input = input });
        foreach (string read in items.SelectMany(item => item is JoinItem join ? join.Points : item is UseItem { Share: { } share } ? [share] : []).Append(start).OfType<string>())
            _unread.Remove(read);
        _shapes[name] = shape;
        _unread.Add(name);
        return name;
    }

    /// <summary>What layers make of a shape.</summary>
    private static int[] After(IReadOnlyList<OracleItem> items, int[] shape) => items.Count == 0 ? shape : After(OracleBody.Chain("Any", items), shape);

    private static int[] After(OracleBody body, int[] shape)
    {
        var builder = new OracleBuilder();
        // Whose parameters are shared is of no importance here.
        return builder.Run(WithoutShares(body), builder.AddInput(shape))[^1].Shape;
    }

    private static OracleBody WithoutShares(OracleBody body) => body with
    {
        Points = [.. body.Points.Select(point => point with
        {
            Items = [.. point.Items.Select(item => item is UseItem use ? use with { Share = null } : item)],
        })],
    };

    private IEnumerable<OracleItem> Maybe(Func<IEnumerable<OracleItem>> items) => _random.Next(2) == 0 ? items() : [];

    private string NextBlock() => $"Block{_blocks++}";
}
