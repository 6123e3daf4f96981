namespace NetGen.Generators.Tests.ScalarFunctions;

/// <content>Whole numbers, which C# divides otherwise, conditions in locals, and what else there is to write.</content>
internal sealed partial record Script
{
    /// <summary>A whole number.</summary>
    /// <param name="Text">As C# has it.</param>
    internal abstract record WholeNumber(string Text)
    {
        public abstract long Value(State state);
    }

    internal sealed record WholeConstant(int Number) : WholeNumber($"({Number})")
    {
        public override long Value(State state) => Number;
    }

    /// <param name="Name">A counter or a local.</param>
    internal sealed record WholeRead(string Name) : WholeNumber(Name)
    {
        public override long Value(State state) => (long)state[Name].Value;
    }

    internal sealed record WholeOperation(char Operator, WholeNumber A, WholeNumber B) : WholeNumber($"({A.Text} {Operator} {B.Text})")
    {
        public override long Value(State state)
        {
            (long a, long b) = (A.Value(state), B.Value(state));
            return Operator switch { '+' => a + b, '-' => a - b, '*' => a * b, '/' => a / b, _ => a % b };
        }
    }

    internal sealed record OfWhole(WholeNumber Whole) : Expression($"((double){Whole.Text})")
    {
        public override Dual Value(State state) => Whole.Value(state);
    }

    /// <summary>A number times a whole one, without a conversion between.</summary>
    internal sealed record Mixed(WholeNumber Whole, Expression A) : Expression($"({Whole.Text} * {A.Text})")
    {
        public override Dual Value(State state) => Whole.Value(state) * A.Value(state);
    }

    internal sealed record Fused(Expression A, Expression B, Expression C) : Expression($"Math.FusedMultiplyAdd({A.Text}, {B.Text}, {C.Text})")
    {
        public override Dual Value(State state)
        {
            (Dual a, Dual b, Dual c) = (A.Value(state), B.Value(state), C.Value(state));
            return ((a * b) + c) with { Value = Math.FusedMultiplyAdd(a.Value, b.Value, c.Value) };
        }
    }

    internal sealed record SwitchOfWhole(WholeNumber On, Expression Zero, Expression OneOrTwo, Expression Else) : Expression(
        $"({On.Text} switch {{ 0 => {Zero.Text}, 1 or 2 => {OneOrTwo.Text}, _ => {Else.Text} }})")
    {
        public override Dual Value(State state) => On.Value(state) switch { 0 => Zero.Value(state), 1 or 2 => OneOrTwo.Value(state), _ => Else.Value(state) };
    }

    internal sealed record CompareWholes(WholeNumber A, string Operator, WholeNumber B) : Question($"{A.Text} {Operator} {B.Text}")
    {
        public override bool Answer(State state)
        {
            (long a, long b) = (A.Value(state), B.Value(state));
            return Operator switch { "<" => a < b, ">=" => a >= b, "==" => a == b, _ => a != b };
        }
    }

    /// <summary>A local that holds an answer.</summary>
    internal sealed record Told(string Name) : Question(Name)
    {
        public override bool Answer(State state) => state[Name].Value != 0;
    }

    internal sealed record Between(Expression A, double Low, double High) : Question(
        $"{A.Text} is > {new Number(Low).Text} and not >= {new Number(High).Text}")
    {
        public override bool Answer(State state)
        {
            double a = A.Value(state).Value;
            return state.Trace.Answer(a > Low, a - Low) & !state.Trace.Answer(a >= High, a - High);
        }
    }

    internal sealed record Tell(string Name, Question Question) : Statement($"bool {Name} = {Question.Text};\n")
    {
        public override Dual? Run(State state)
        {
            state[Name] = Question.Answer(state) ? 1 : 0;
            return null;
        }
    }

    /// <param name="Target">A local.</param>
    /// <param name="Operator">None for a plain assignment.</param>
    /// <param name="Value">What it gets.</param>
    /// <param name="IsNew">Whether it is declared here.</param>
    internal sealed record AssignWhole(string Target, string Operator, WholeNumber Value, bool IsNew = false) : Statement(
        $"{(IsNew ? "int " : "")}{Target} {Operator}= {Value.Text};\n")
    {
        public override Dual? Run(State state)
        {
            long value = Value.Value(state);
            state[Target] = Operator switch { "+" => state[Target].Value + value, "-" => state[Target].Value - value, _ => value };
            return null;
        }
    }

    internal sealed record Step(string Target, bool IsUp) : Statement($"{Target}{(IsUp ? "++" : "--")};\n")
    {
        public override Dual? Run(State state)
        {
            string place = Place(Target, state);
            state[place] += IsUp ? 1 : -1;
            return null;
        }
    }

    /// <summary>A loop over the elements of the span.</summary>
    internal sealed record Each(string Name, IReadOnlyList<Statement> Body) : Statement($"foreach (double {Name} in v)\n{Block(Body)}")
    {
        public override Dual? Run(State state)
        {
            for (int i = 0; i < Elements; i++)
            {
                state[Name] = state[$"v[{i}]"];
                if (Run(Body, state) is { } value)
                    return value;
            }

            return null;
        }
    }
}
