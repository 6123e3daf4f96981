using static NetGen.Generators.Tests.ScalarFunctions.Script;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>Random functions in the language whose values stay moderate, the same for the same seed.</summary>
internal sealed class RandomScripts(int seed)
{
    private static readonly double[] s_constants = [-2, -1, -0.5, 0, 0.1, 0.25, 0.5, 1, 1, 2, 3];

    /// <summary>How many functions others call, and these one another: all would be written out in all.</summary>
    private const int Called = 5;

    private static readonly string[] s_plain = ["Math.Floor", "Math.Round", "Math.Truncate", "Math.Abs"];

    private readonly Random _random = new(seed);
    private readonly List<Script> _done = [];
    private readonly List<string> _readable = [], _writable = [], _wholes = [], _countable = [], _answers = [];
    private int _locals;

    /// <summary>Whether functions are made of operations that there are for vectors of doubles.</summary>
    public bool IsPlain { get; init; }

    /// <summary>The files of functions that are members of a class <c>F</c>, and of another that calls them.</summary>
    /// <param name="scripts">The functions.</param>
    /// <param name="attribute">What is written in the attribute of each, by its number.</param>
    /// <param name="more">Further members.</param>
    public static string[] Sources(IReadOnlyList<Script> scripts, Func<int, string> attribute, string more = "")
    {
        // Some conditions are constants, and some compare a number with itself; some locals are never read.
        const string before = "#pragma warning disable CS0162, CS0219, CS1718, CS8519, CS8520, CS8793\n", partial = before + "public static partial class F {\n";
        string[] functions = [.. scripts.Select((script, i) => $"[Differentiable{attribute(i)}] {script.Text}")];
        return
        [
            partial + string.Concat(functions.Where((_, i) => i % 2 == 0)) + more + "}",
            partial + string.Concat(functions.Where((_, i) => i % 2 == 1)) + "}",
            before + "internal static partial class Elsewhere {\n" + string.Concat(scripts.Take(Called).Select(script =>
                $"[Differentiable] internal static {script.Header} => F.{script.Name}(x, y, v);\n")) + "}",
        ];
    }

    public IReadOnlyList<Script> Create(int count)
    {
        while (_done.Count < count)
            _done.Add(Next($"G{_done.Count}"));
        return _done;
    }

    private Script Next(string name)
    {
        foreach (List<string> names in Names())
            names.Clear();
        _locals = 0;
        _readable.AddRange(["x", "y", "v[0]", "v[1]", "x", "y"]);
        List<Statement> statements = [.. Statements(_random.Next(6), depth: 2), new Return(Moderate(Value(3)))];
        return new Script(name, statements);
    }

    private List<string>[] Names() => [_readable, _writable, _wholes, _countable, _answers];

    private IEnumerable<Statement> Statements(int count, int depth)
    {
        for (int i = 0; i < count; i++)
            yield return Next(depth);
    }

    private Statement Next(int depth)
    {
        // Blocks side by side have locals of one name, and those around them others.
        string local = $"t{depth}_{_locals}";
        switch (_random.Next(depth == 0 ? 9 : 14))
        {
            case 0 when depth == 2:
                _locals++;
                var array = new NewArray(local, [Moderate(Value(2)), new Number(1), Moderate(Value(1))]);
                string[] elements = [$"{local}[0]", $"{local}[1]", $"{local}[2]"];
                _readable.AddRange(elements);
                _writable.AddRange(elements);
                return array;
            case 1 or 2 when _writable.Count > 0:
                return new Assign(Any(_writable), _random.Next(5) switch { 0 => "+", 1 => "-", 2 => "*", _ => "" }, Moderate(Value(2)));
            case 3:
                _locals++;
                var whole = new AssignWhole(local, "", Whole(1), IsNew: true);
                _wholes.Add(local);
                _countable.Add(local);
                return whole;
            case 4 when _countable.Count > 0:
                return _random.Next(2) == 0
                    ? new Script.Step(Any(_countable), _random.Next(2) == 0)
                    : new AssignWhole(Any(_countable), _random.Next(2) == 0 ? "+" : "-", new WholeConstant(_random.Next(4)));
            case 5 when _writable.Count > 0:
                return new Script.Step(Any(_writable), _random.Next(2) == 0);
            case 6:
                _locals++;
                var told = new Tell(local, Question(1));
                _answers.Add(local);
                return told;
            case 9:
                return new If(Question(1), Branch(depth), _random.Next(2) == 0 ? [] : Branch(depth));
            case 10:
                return new If(Question(1), Branch(depth), [new If(Question(1), Branch(depth), Branch(depth))]);
            case 11:
                _locals++;
                return Scoped(() =>
                {
                    string counter = $"i{local}";
                    _readable.AddRange([$"(double){counter}", $"v[{counter}]"]);
                    _wholes.Add(counter);
                    return new For(counter, 0, Elements, Block(depth), 1 + _random.Next(2));
                });
            case 12:
                _locals++;
                return Scoped(() =>
                {
                    _readable.Add(local);
                    return new Each(local, Block(depth));
                });
            case 13 when _writable.Count > 0:
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

    /// <summary>A block that may be left out: whole numbers that changed in it would be none that are known.</summary>
    private List<Statement> Branch(int depth)
    {
        string[] countable = [.. _countable];
        _countable.Clear();
        List<Statement> block = Block(depth);
        _countable.AddRange(countable);
        return block;
    }

    /// <summary>Locals of a block are not seen behind it, where others have their names.</summary>
    private T Scoped<T>(Func<T> create)
    {
        int[] counts = [.. Names().Select(names => names.Count)];
        int locals = _locals;
        T result = create();
        _locals = locals;
        foreach ((List<string> names, int count) in Names().Zip(counts))
            names.RemoveRange(count, names.Count - count);
        return result;
    }

    private string Any(List<string> names) => names[_random.Next(names.Count)];

    private Expression Moderate(Expression value) => IsPlain
        ? new Call2("Math.Max", new Call2("Math.Min", value, new Number(2.0625)), new Number(-1.9375))
        : new Operation('*', new Number(2), new Call1("Math.Tanh", value));

    private Question Question(int depth) => _random.Next(depth == 0 ? 3 : 9) switch
    {
        3 => new Both(Question(depth - 1), _random.Next(2) == 0 ? "&&" : "||", Question(depth - 1)),
        4 => new Not(Question(depth - 1)),
        5 when _answers.Count > 0 => new Told(Any(_answers)),
        6 when _wholes.Count > 0 => new CompareWholes(Whole(1), new[] { "<", ">=", "==", "!=" }[_random.Next(4)], Whole(0)),
        7 => new Between(Value(1), -0.75, 1.25),
        _ => new Compare(Value(1), new[] { "<", "<=", ">", ">=", "==", "!=" }[_random.Next(6)], Value(1)),
    };

    // Those that count stay small, so that nothing is too large for an int.
    private WholeNumber Whole(int depth)
    {
        if (depth == 0 || _random.Next(3) == 0)
            return _wholes.Count > 0 && _random.Next(3) > 0 ? new WholeRead(Any(_wholes)) : new WholeConstant(_random.Next(-4, 9));
        return new WholeOperation("+-*/%"[_random.Next(5)], Whole(depth - 1), new WholeConstant(1 + _random.Next(5)));
    }

    private Expression Value(int depth)
    {
        if (depth == 0 || _random.Next(8) == 0)
            return _random.Next(4) == 0 ? new Number(s_constants[_random.Next(s_constants.Length)]) : new Read(Any(_readable));
        Expression a = Value(depth - 1), b = Value(depth - 1);
        return _random.Next(29) switch
        {
            0 or 1 => new Operation('+', a, b),
            2 or 3 => new Operation('-', a, b),
            4 or 5 or 6 => new Operation('*', a, b),
            7 => new Operation('/', a, new Operation('+', new Number(1.5), new Operation('*', b, b))),
            8 => new Negated(a),
            9 => new Call1("Math.Sqrt", new Operation('+', new Number(1), new Operation('*', a, a))),
            10 => new Call2(_random.Next(2) == 0 ? "Math.Max" : "Math.Min", a, b),
            11 => new Call1(s_plain[_random.Next(s_plain.Length)], a),
            12 => new Choice(Question(1), a, b),
            13 => new Switch(Value(1), -0.5, 0.75, a, b, Value(depth - 1)),
            14 when _done.Count > 0 && depth < 3 => new CallScript(
                _done[_random.Next(Math.Min(_done.Count, Called))], [a, b, new Number(0.5), a],
                _random.Next(2) == 0 ? "" : "Elsewhere.", _random.Next(2) == 0),
            15 => new OfWhole(Whole(2)),
            16 => new Mixed(Whole(1), a),
            17 => new Fused(a, new Number(0.5), b),
            18 when _wholes.Count > 0 => new SwitchOfWhole(new WholeRead(Any(_wholes)), a, b, Value(depth - 1)),
            var kind when IsPlain => kind % 2 == 0 ? new Operation('*', a, b) : new Call1("Math.Abs", a),
            19 => new Call1("Math.Exp", new Call2("Math.Min", a, new Number(2))),
            20 => new Call1("Math.Log", new Operation('+', new Number(0.5), new Call1("Math.Abs", a))),
            21 => new Call1(_random.Next(2) == 0 ? "Math.Sin" : "Math.Cos", a),
            22 => new Call1("Math.Atan", a),
            23 => new Call1(_random.Next(2) == 0 ? "Math.Asin" : "Math.Acos", new Operation('*', new Number(0.9), new Call1("Math.Sin", a))),
            24 => new Call1(_random.Next(2) == 0 ? "Math.Sinh" : "Math.Cosh", new Call1("Math.Tanh", a)),
            25 => new Call1("Math.Cbrt", new Operation('+', new Number(2), new Operation('*', a, a))),
            26 => new Call2("Math.Pow", new Operation('+', new Number(1.5), new Call1("Math.Sin", a)), b),
            _ => new Call2("Math.Atan2", a, new Operation('+', new Number(0.5), new Operation('*', b, b))),
        };
    }
}
