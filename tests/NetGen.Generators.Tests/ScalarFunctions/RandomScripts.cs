using static NetGen.Generators.Tests.ScalarFunctions.Script;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Random functions in the language whose values stay moderate, the same for the same seed.</summary>
internal sealed class RandomScripts(int seed)
{
    private static readonly double[] s_constants = [-2, -1, -0.5, 0, 0.1, 0.25, 0.5, 1, 1, 2, 3];

    /// <summary>How many functions others call, and these one another: all would be written out in all.</summary>
    private const int Called = 5;

    private readonly Random _random = new(seed);
    private readonly List<Script> _done = [];
    private readonly List<string> _readable = [];
    private readonly List<string> _writable = [];
    private int _locals;

    public IReadOnlyList<Script> Create(int count)
    {
        while (_done.Count < count)
            _done.Add(Next($"G{_done.Count}"));
        return _done;
    }

    private Script Next(string name)
    {
        _readable.Clear();
        _writable.Clear();
        _locals = 0;
        _readable.AddRange(["x", "y", "v[0]", "v[1]", "x", "y"]);
        List<Statement> statements = [.. Statements(_random.Next(5), depth: 2), new Return(Moderate(Value(3)))];
        return new Script(name, statements);
    }

    private IEnumerable<Statement> Statements(int count, int depth)
    {
        for (int i = 0; i < count; i++)
            yield return Next(depth);
    }

    private Statement Next(int depth)
    {
        string local = $"t{_locals}";
        switch (_random.Next(depth == 0 ? 4 : 8))
        {
            case 0 when depth == 2:
                _locals++;
                var array = new NewArray(local, [Moderate(Value(2)), new Number(1), Moderate(Value(1))]);
                string[] elements = [$"{local}[0]", $"{local}[1]", $"{local}[2]"];
                _readable.AddRange(elements);
                _writable.AddRange(elements);
                return array;
            case 1 or 2 when _writable.Count > 0:
                return new Assign(_writable[_random.Next(_writable.Count)], _random.Next(4) switch { 0 => "+", 1 => "-", _ => "" }, Moderate(Value(2)));
            case 4:
                return Scoped(() => new If(Question(1), Block(depth), _random.Next(2) == 0 ? [] : Block(depth)));
            case 5:
                return Scoped(() =>
                {
                    string counter = $"i{_locals++}";
                    _readable.AddRange([$"(double){counter}", $"v[{counter}]"]);
                    return new For(counter, 0, Elements, Block(depth));
                });
            case 6 when _writable.Count > 0:
                return new If(Question(2), [new Return(Moderate(Value(2)))], []);
            default:
                _locals++;
                var declared = new Assign(local, "", Moderate(Value(2)), IsNew: true);
                _readable.AddRange([local, local]);
                _writable.Add(local);
                return declared;
        }
    }

    private List<Statement> Block(int depth) => Scoped(() => Statements(1 + _random.Next(2), depth - 1).ToList());

    /// <summary>Locals of a block are not seen behind it.</summary>
    private T Scoped<T>(Func<T> create)
    {
        (int readable, int writable) = (_readable.Count, _writable.Count);
        T result = create();
        _readable.RemoveRange(readable, _readable.Count - readable);
        _writable.RemoveRange(writable, _writable.Count - writable);
        return result;
    }

    private static Expression Moderate(Expression value) => new Operation('*', new Number(2), new Call1("Math.Tanh", value));

    private Question Question(int depth) => _random.Next(depth == 0 ? 3 : 6) switch
    {
        3 => new Both(Question(depth - 1), _random.Next(2) == 0 ? "&&" : "||", Question(depth - 1)),
        4 => new Not(Question(depth - 1)),
        _ => new Compare(Value(1), new[] { "<", "<=", ">", ">=", "==", "!=" }[_random.Next(6)], Value(1)),
    };

    private Expression Value(int depth)
    {
        if (depth == 0 || _random.Next(8) == 0)
            return _random.Next(4) == 0 ? new Number(s_constants[_random.Next(s_constants.Length)]) : new Read(_readable[_random.Next(_readable.Count)]);
        Expression a = Value(depth - 1), b = Value(depth - 1);
        return _random.Next(25) switch
        {
            0 or 1 => new Operation('+', a, b),
            2 or 3 => new Operation('-', a, b),
            4 or 5 or 6 => new Operation('*', a, b),
            7 => new Operation('/', a, new Operation('+', new Number(1.5), new Operation('*', b, b))),
            8 => new Negated(a),
            9 => new Call1("Math.Exp", new Call2("Math.Min", a, new Number(2))),
            10 => new Call1("Math.Log", new Operation('+', new Number(0.5), new Call1("Math.Abs", a))),
            11 => new Call1("Math.Sqrt", new Operation('+', new Number(1), new Operation('*', a, a))),
            12 => new Call1(_random.Next(2) == 0 ? "Math.Sin" : "Math.Cos", a),
            13 => new Call1("Math.Atan", a),
            14 => new Call1(_random.Next(2) == 0 ? "Math.Asin" : "Math.Acos", new Operation('*', new Number(0.9), new Call1("Math.Sin", a))),
            15 => new Call1(_random.Next(2) == 0 ? "Math.Sinh" : "Math.Cosh", new Call1("Math.Tanh", a)),
            16 => new Call1("Math.Cbrt", new Operation('+', new Number(2), new Operation('*', a, a))),
            17 => new Call2("Math.Pow", new Operation('+', new Number(1.5), new Call1("Math.Sin", a)), b),
            18 => new Call2("Math.Atan2", a, new Operation('+', new Number(0.5), new Operation('*', b, b))),
            19 => new Call2(_random.Next(2) == 0 ? "Math.Max" : "Math.Min", a, b),
            20 => new Call1(new[] { "Math.Floor", "Math.Round", "Math.Truncate" }[_random.Next(3)], a),
            21 => new Choice(Question(1), a, b),
            22 => new Switch(Value(1), -0.5, 0.75, a, b, Value(depth - 1)),
            23 when _done.Count > 0 && depth < 3 => new CallScript(_done[_random.Next(Math.Min(_done.Count, Called))], [a, b, new Number(0.5), a]),
            _ => new Call1("Math.Abs", a),
        };
    }
}
