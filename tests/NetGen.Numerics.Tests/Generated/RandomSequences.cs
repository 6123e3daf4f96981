using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>
/// Graphs of sequences: points that start from one another, branch and meet again, recurrent layers of all kinds, truncated or not, from states that are inputs,
/// dense layers at each step, causal convolutions and attention, until something is made of all steps.
/// </summary>
internal sealed class RandomSequences
{
    private static readonly int[] s_units = [1, 3, 7, 20];
    private static readonly int[] s_lengths = [1, 2, 5, 11];

    private readonly Random _random;
    private readonly int _steps;
    private readonly List<OraclePoint> _inputs = [];
    private readonly List<OraclePoint> _points = [];

    // The features of each point, in order.
    private readonly Dictionary<string, int> _features = [];
    private readonly HashSet<string> _read = [];

    private RandomSequences(int seed)
    {
        _random = new Random(seed);
        _steps = Any(s_lengths);
    }

    public static OracleNetwork Draw(int seed) => new RandomSequences(seed).Draw();

    private OracleNetwork Draw()
    {
        _inputs.Add(new OraclePoint("Signal", []) { Input = [_steps, _random.Next(1, 5)] });
        for (int i = _random.Next(1, 3); i > 0; i--)
            Add([Recurrent(out int features)], "Signal", features);
        for (int i = _random.Next(2, 5); i > 0; i--)
        {
            string from = Any([.. _features.Keys]);
            if (_random.Next(3) == 0)
                Join();
            else
                Add([Layer(_features[from], out int features)], from, features);
        }

        // What nobody reads is judged.
        string[] judged = [.. _features.Keys.Except(_read)];
        string[] ways = ["LastStep", "FirstStep", "MeanOverTime", "MaxOverTime"];
        return new OracleNetwork(new OracleBody("Network",
        [
            .. _inputs, .. _points,
            .. judged.Select((from, i) => new OraclePoint($"Loss{i}", [new LayerItem(Over(Any(ways))), new LayerItem(() => new OracleDense(2))])
            {
                From = from, Loss = OracleLosses.MeanSquaredError, LossWeight = i + 1,
            }),
        ]));

        static Func<OracleLayer> Over(string way) => () => new OracleOverTime(way);
    }

    private LayerItem Layer(int own, out int features)
    {
        features = own;
        switch (_random.Next(6))
        {
            case 0:
                features = Any(s_units);
                int dense = features;
                return new LayerItem(() => new OracleDenseSteps(dense));
            case 1:
                int heads = own % 2 == 0 ? 2 : 1;
                bool isCausal = _random.Next(2) == 0;
                return new LayerItem(() => new OracleAttention(heads, isCausal));
            case 2:
                return new LayerItem(() => Activations.Tanh);
            default:
                return Recurrent(out features);
        }
    }

    private LayerItem Recurrent(out int features)
    {
        RecurrentKind kind = Any(Enum.GetValues<RecurrentKind>());
        int units = Any(s_units);
        bool isBidirectional = _random.Next(4) == 0;
        int layers = _random.Next(4) == 0 ? 2 : 1;
        int? truncation = _random.Next(2) == 0 ? _random.Next(1, 5) : null;
        features = isBidirectional ? 2 * units : units;
        var others = new List<(string, string)>();
        foreach (string setting in (string[])["InitialState", "InitialCell"])
        {
            // A cell alone the oracle would take for the state.
            if (_random.Next(2) == 0 || (setting == "InitialCell" && kind != RecurrentKind.Lstm))
                break;
            string name = $"State{_inputs.Count}";
            _inputs.Add(new OraclePoint(name, []) { Input = [units] });
            others.Add((setting, name));
        }

        return new LayerItem(() => new OracleRecurrent(kind, units, layers, isBidirectional, truncation: truncation)) { Others = others };
    }

    private void Join()
    {
        string[] some = [.. _features.Keys.OrderBy(_ => _random.Next()).Take(2)];
        if (some.Length < 2)
            return;
        _read.UnionWith(some);
        bool areAlike = _features[some[0]] == _features[some[1]];
        if (areAlike && _random.Next(2) == 0)
            Add([new JoinItem(() => new OracleElementwise("Add"), some)], null, _features[some[0]]);
        else
            Add([new JoinItem(() => new OracleConcat(1), some)], null, _features[some[0]] + _features[some[1]]);
    }

    private void Add(OracleItem[] items, string? from, int features)
    {
        string name = $"P{_points.Count}";
        _points.Add(new OraclePoint(name, items) { From = from });
        if (from is not null)
            _read.Add(from);
        _features[name] = features;
    }

    private T Any<T>(T[] choices) => choices[_random.Next(choices.Length)];
}
