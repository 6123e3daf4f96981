namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>A function in the language, as text and as something that runs step by step on <see cref="Dual"/> numbers.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Statements">Its body, which ends with a value.</param>
internal sealed partial record Script(string Name, IReadOnlyList<Script.Statement> Statements)
{
    public const int Elements = 2, Variables = 2 + Elements;

    public string Header => $"double {Name}(double x, double y, [Elements({Elements})] ReadOnlySpan<double> v)";

    public string Text => $"public static {Header}\n{{\n{string.Concat(Statements.Select(statement => statement.Text))}}}\n";

    public Dual Run(IReadOnlyList<Dual> arguments, Trace trace)
    {
        var state = new State(trace) { ["x"] = arguments[0], ["y"] = arguments[1], ["v[0]"] = arguments[2], ["v[1]"] = arguments[3] };
        return Statement.Run(Statements, state) ?? throw new InvalidOperationException("no value");
    }

    /// <summary>Which way was taken, and whether a comparison was so close that rounding decides it.</summary>
    internal sealed class Trace
    {
        public List<bool> Answers { get; } = [];

        public bool IsClose { get; private set; }

        public double Closest { get; init; } = 1e-7;

        public bool Answer(bool answer, double distance)
        {
            Answers.Add(answer);
            IsClose |= Math.Abs(distance) < Closest;
            return answer;
        }
    }

    internal sealed class State(Trace trace) : Dictionary<string, Dual>
    {
        public Trace Trace { get; } = trace;
    }

    internal abstract record Expression(string Text)
    {
        public abstract Dual Value(State state);
    }

    internal sealed record Number(double Constant) : Expression(FormattableString.Invariant($"({Constant:R}d)"))
    {
        public override Dual Value(State state) => Constant;
    }

    /// <param name="Text">A local, a parameter or an element, with an index that is the name of a counter or a number.</param>
    internal sealed record Read(string Text) : Expression(Text)
    {
        public override Dual Value(State state) => state[Place(Text, state)];
    }

    internal sealed record Operation(char Operator, Expression A, Expression B) : Expression($"({A.Text} {Operator} {B.Text})")
    {
        public override Dual Value(State state)
        {
            (Dual a, Dual b) = (A.Value(state), B.Value(state));
            return Operator switch { '+' => a + b, '-' => a - b, '*' => a * b, _ => a / b };
        }
    }

    internal sealed record Negated(Expression A) : Expression($"(-{A.Text})")
    {
        public override Dual Value(State state) => -A.Value(state);
    }

    internal sealed record Call1(string Function, Expression A) : Expression($"{Function}({A.Text})")
    {
        public override Dual Value(State state)
        {
            Dual a = A.Value(state);
            if (Function is "Math.Floor" or "Math.Round" or "Math.Truncate")
            {
                state.Trace.Answer(true, a.Value - Math.Round(a.Value));
                state.Trace.Answer(true, Math.Abs(a.Value - Math.Truncate(a.Value)) - 0.5);
                state.Trace.Answers.AddRange([((long)Math.Floor(a.Value)) % 2 == 0, ((long)Math.Round(a.Value)) % 2 == 0]);
            }
            else if (Function == "Math.Abs")
            {
                state.Trace.Answer(a.Value > 0, a.Value);
            }

            return Dual.Call(Function, a);
        }
    }

    internal sealed record Call2(string Function, Expression A, Expression B) : Expression($"{Function}({A.Text}, {B.Text})")
    {
        public override Dual Value(State state)
        {
            (Dual a, Dual b) = (A.Value(state), B.Value(state));
            if (Function is "Math.Max" or "Math.Min")
                state.Trace.Answer(a.Value > b.Value, a.Value - b.Value);
            return Dual.Call(Function, a, b);
        }
    }

    /// <param name="Called">The function.</param>
    /// <param name="Arguments">Its four numbers.</param>
    /// <param name="Through">What stands before its name: nothing, or another class that calls it.</param>
    /// <param name="IsByName">Whether arguments are named, in another order.</param>
    internal sealed record CallScript(Script Called, Expression[] Arguments, string Through, bool IsByName) : Expression(
        $"{Through}{Called.Name}(" + (IsByName
            ? $"v: [{Arguments[2].Text}, {Arguments[3].Text}], y: {Arguments[1].Text}, x: {Arguments[0].Text})"
            : $"{Arguments[0].Text}, {Arguments[1].Text}, [{Arguments[2].Text}, {Arguments[3].Text}])"))
    {
        public override Dual Value(State state) => Called.Run([.. Arguments.Select(argument => argument.Value(state))], state.Trace);
    }

    internal sealed record Choice(Question Question, Expression Then, Expression Else) : Expression($"({Question.Text} ? {Then.Text} : {Else.Text})")
    {
        public override Dual Value(State state) => Question.Answer(state) ? Then.Value(state) : Else.Value(state);
    }

    internal sealed record Switch(Expression On, double Low, double High, Expression Below, Expression Between, Expression Above) : Expression(
        $"({On.Text} switch {{ < {new Number(Low).Text} => {Below.Text}, <= {new Number(High).Text} and not 0.25 => {Between.Text}, _ => "
        + $"{Above.Text} }})")
    {
        public override Dual Value(State state)
        {
            double on = On.Value(state).Value;
            return state.Trace.Answer(on < Low, on - Low) ? Below.Value(state)
                : state.Trace.Answer(on <= High, on - High) & state.Trace.Answer(on != 0.25, on - 0.25) ? Between.Value(state)
                : Above.Value(state);
        }
    }

    internal abstract record Question(string Text)
    {
        public abstract bool Answer(State state);
    }

    internal sealed record Compare(Expression A, string Operator, Expression B) : Question($"{A.Text} {Operator} {B.Text}")
    {
        public override bool Answer(State state)
        {
            (double a, double b) = (A.Value(state).Value, B.Value(state).Value);
            return state.Trace.Answer(Operator switch { "<" => a < b, "<=" => a <= b, ">" => a > b, ">=" => a >= b, "==" => a == b, _ => a != b }, a - b);
        }
    }

    internal sealed record Both(Question A, string Operator, Question B) : Question($"({A.Text} {Operator} {B.Text})")
    {
        public override bool Answer(State state) => Operator == "&&" ? A.Answer(state) && B.Answer(state) : A.Answer(state) || B.Answer(state);
    }

    internal sealed record Not(Question A) : Question($"!({A.Text})")
    {
        public override bool Answer(State state) => !A.Answer(state);
    }

    internal abstract record Statement(string Text)
    {
        public abstract Dual? Run(State state);

        public static Dual? Run(IEnumerable<Statement> statements, State state)
        {
            foreach (Statement statement in statements)
            {
                if (statement.Run(state) is { } value)
                    return value;
            }

            return null;
        }
    }

    /// <param name="Target">A local or an element.</param>
    /// <param name="Operator">None for a plain assignment.</param>
    /// <param name="Value">What it gets.</param>
    /// <param name="IsNew">Whether it is declared here.</param>
    internal sealed record Assign(string Target, string Operator, Expression Value, bool IsNew = false) : Statement(
        $"{(IsNew ? "double " : "")}{Target} {Operator}= {Value.Text};\n")
    {
        public override Dual? Run(State state)
        {
            string place = Place(Target, state);
            Dual value = Value.Value(state);
            state[place] = Operator switch
            {
                "+" => state[place] + value, "-" => state[place] - value, "*" => state[place] * value, _ => value,
            };
            return null;
        }
    }

    internal sealed record NewArray(string Name, Expression[] Values) : Statement(
        $"double[] {Name} = [{string.Join(", ", Values.Select(value => value.Text))}];\n")
    {
        public override Dual? Run(State state)
        {
            for (int i = 0; i < Values.Length; i++)
                state[$"{Name}[{i}]"] = Values[i].Value(state);
            return null;
        }
    }

    internal sealed record If(Question Question, IReadOnlyList<Statement> Then, IReadOnlyList<Statement> Else) : Statement(
        $"if ({Question.Text})\n{Block(Then)}{(Else.Count == 0 ? "" : $"else\n{Block(Else)}")}")
    {
        public override Dual? Run(State state) => Run(Question.Answer(state) ? Then : Else, state);
    }

    internal sealed record For(string Counter, int From, int To, IReadOnlyList<Statement> Body, int Step = 1) : Statement(
        $"for (int {Counter} = {From}; {Counter} < {To}; {Counter} += {Step})\n{Block(Body)}")
    {
        public override Dual? Run(State state)
        {
            for (int i = From; i < To; i += Step)
            {
                state[Counter] = state[$"(double){Counter}"] = i;
                if (Run(Body, state) is { } value)
                    return value;
            }

            return null;
        }
    }

    internal sealed record Return(Expression Value) : Statement($"return {Value.Text};\n")
    {
        public override Dual? Run(State state) => Value.Value(state);
    }

    private static string Block(IReadOnlyList<Statement> statements) => $"{{\n{string.Concat(statements.Select(statement => statement.Text))}}}\n";

    // a[i] is a[1] while the counter i is 1.
    private static string Place(string text, State state)
    {
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        return bracket > 0 && state.TryGetValue(text[(bracket + 1)..^1], out Dual counter) ? $"{text[..bracket]}[{counter.Value}]" : text;
    }
}
