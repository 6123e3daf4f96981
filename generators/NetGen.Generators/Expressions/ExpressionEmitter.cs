using System.Runtime.CompilerServices;
using NetGen.Generators.Collections;

namespace NetGen.Generators.Expressions;

/// <param name="Statements">Declarations of locals, one per line, in the order in which they have to run.</param>
/// <param name="Values">The C# text of each root, in the order in which they were passed.</param>
internal sealed record EmittedCode(IReadOnlyList<string> Statements, IReadOnlyList<string> Values);

/// <summary>
/// Writes expressions as straight-line C# for one dialect. What several roots, or several places, have in common is computed
/// once, in a local named after what it is.
/// </summary>
/// <param name="dialect">The vector width.</param>
/// <param name="names">The names taken in the method; those of new locals are added.</param>
internal sealed class ExpressionEmitter(VectorDialect dialect, LocalNames names)
{
    // A part this long goes into a local of its own even if it is used once, or nobody could read the line; a call sooner,
    // because it has a name to offer.
    private const int LongestPart = 100, LongestCall = 60;

    private readonly VectorDialect _dialect = dialect;
    private readonly LocalNames _names = names;
    private readonly Dictionary<double, string> _constants = [];
    private readonly List<string> _constantStatements = [];
    private Expression[] _roots = [];
    private Expression[] _lowered = [];
    private Dictionary<Expression, int> _uses = [];

    /// <summary>Whether constants (other than zero) become locals, which the caller declares before its loop.</summary>
    public bool HoistConstants { get; init; }

    /// <summary>The declarations of all constants used so far, with <see cref="HoistConstants"/>.</summary>
    public IReadOnlyList<string> ConstantStatements => _constantStatements;

    /// <param name="variables">
    /// The C# text of each variable: a name, or an element access. A text that costs something belongs into a local first.
    /// </param>
    /// <param name="roots">The expressions wanted. They are simplified first.</param>
    public EmittedCode Emit(IReadOnlyDictionary<string, string> variables, params Expression[] roots)
    {
        // The vectors of a tile have the same epilogue, over other variables.
        if (!roots.AsSpan().SequenceEqual(_roots))
        {
            // What roots have in common is looked through once.
            HashSet<Expression> simple = [];
            _roots = roots;
            _lowered = [.. ExpressionLowering.Lower([.. roots.Select(root => Simplifier.Simplify(root, simple))], _dialect.HasMultiplyAdd)];
            _uses = ExpressionLowering.CountUses(_lowered);
        }

        var body = new Body(this, variables, _uses);
        var values = _lowered.Select(root => body.Visit(root, isRoot: true).Text).ToList();
        return new EmittedCode(body.Statements, values);
    }

    private Code ConstantCode(double value)
    {
        var text = _dialect.Constant(value);
        if (!HoistConstants || _dialect.IsScalar || text == _dialect.Zero)
        {
            return new Code(text, text[0] == '-' ? Strength.Sign : Strength.Atom);
        }

        if (!_constants.TryGetValue(value, out var name))
        {
            _constants.Add(value, name = _names.Unique(ConstantName(value)));
            _constantStatements.Add($"{_dialect.Type} {name} = {text};");
        }

        return new Code(name, Strength.Atom);
    }

    private static string ConstantName(double value) => value switch
    {
        0.5 => "half",
        1 => "one",
        -1 => "minusOne",
        2 => "two",
        3 => "three",
        6 => "six",
        _ => "constant",
    };

    /// <summary>How tightly a text binds.</summary>
    private enum Strength
    {
        Conditional,
        Sum,
        Product,
        Sign,
        Atom,
    }

    private readonly record struct Code(string Text, Strength Strength)
    {
        public string In(Strength required) => Strength >= required ? Text : $"({Text})";
    }

    private sealed class Body(
        ExpressionEmitter emitter, IReadOnlyDictionary<string, string> variables, Dictionary<Expression, int> uses)
    {
        private readonly VectorDialect _dialect = emitter._dialect;
        private readonly Dictionary<Expression, Code> _locals = [];

        public List<string> Statements { get; } = [];

        public Code Visit(Expression e, bool isRoot = false)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (_locals.TryGetValue(e, out var local))
            {
                return local;
            }

            var code = Write(e);
            if (e is Constant or Variable
                || (uses[e] == 1 && (isRoot || code.Text.Length <= (e is Unary and not Negate ? LongestCall : LongestPart))))
            {
                return code;
            }

            var name = emitter._names.Unique(Name(e));
            Statements.Add($"{_dialect.Type} {name} = {code.Text};");
            return _locals[e] = new Code(name, Strength.Atom);
        }

        private Code Write(Expression e) => e switch
        {
            Constant(var value) => emitter.ConstantCode(value),
            Variable(var name) => new Code(
                variables.TryGetValue(name, out var text)
                    ? text
                    : throw new ArgumentException($"The variable {name} has no text; given are: {string.Join(", ", variables.Keys)}."),
                Strength.Atom),
            Add(Negate(var a), not Negate and var b) => new(_dialect.Subtract(In(b, Strength.Sum), In(a, Strength.Product)), Strength.Sum),
            Add(var a, Negate(var b)) => new(_dialect.Subtract(In(a, Strength.Sum), In(b, Strength.Product)), Strength.Sum),
            Add(var a, Constant { Value: < 0 } b) => new(_dialect.Subtract(In(a, Strength.Sum), In(-b.Value, Strength.Product)), Strength.Sum),
            Add(var a, var b) => new(_dialect.Add(In(a, Strength.Sum), In(b, Strength.Product)), Strength.Sum),
            Multiply(var a, var b) => new(_dialect.Multiply(In(a, Strength.Product), In(b, Strength.Sign)), Strength.Product),
            Divide(var a, var b) => new(_dialect.Divide(In(a, Strength.Product), In(b, Strength.Sign)), Strength.Product),
            Negate(var a) => new(_dialect.Negate(In(a, Strength.Atom)), Strength.Sign),
            MultiplyAdd(var a, var b, var c) => new(_dialect.MultiplyAdd(Text(a), Text(b), Text(c)), Strength.Atom),
            Min(var a, Constant b) => new(_dialect.MinOfConstant(Text(b), Text(a)), Strength.Atom),
            Max(var a, Constant b) => new(_dialect.MaxOfConstant(Text(b), Text(a)), Strength.Atom),
            Min(Constant a, var b) => new(_dialect.MinOfConstant(Text(a), Text(b)), Strength.Atom),
            Max(Constant a, var b) => new(_dialect.MaxOfConstant(Text(a), Text(b)), Strength.Atom),
            Min(var a, var b) => new(_dialect.Min(Text(a), Text(b)), Strength.Atom),
            Max(var a, var b) => new(_dialect.Max(Text(a), Text(b)), Strength.Atom),
            Abs(var a) => new(_dialect.Abs(Text(a)), Strength.Atom),
            Sqrt(var a) => new(_dialect.Sqrt(Text(a)), Strength.Atom),
            Pow(var a, var b) => new(_dialect.Call(nameof(Pow), Text(a), Text(b)), Strength.Atom),
            Atan2(var a, var b) => new(_dialect.Call(nameof(Atan2), Text(a), Text(b)), Strength.Atom),
            GatedTanh(var a, var b, var grade) => new(_dialect.Call(nameof(GatedTanh), Text(a), Text(b), grade), Strength.Atom),
            GatedMix(var a, var b, var c, var grade) => new(_dialect.Call(nameof(GatedMix), $"{Text(a)}, {Text(b)}", Text(c), grade), Strength.Atom),
            Unary(var a) function => new(_dialect.Call(function.GetType().Name, Text(a), function.Grade), Strength.Atom),
            Select select => Write(select),
            _ => throw new InvalidOperationException($"No code for {e.GetType().Name}."),
        };

        private Code Write(Select e)
        {
            var (comparison, left, right) = e.Condition;
            var (above, below) = (In(left, Strength.Sum), In(right, Strength.Sum));
            var condition = left is Constant
                ? _dialect.CompareReversed(comparison, above, below)
                : _dialect.Compare(comparison, above, below);
            return _dialect.IsScalar
                ? new(_dialect.Select(condition, In(e.Then, Strength.Sum), Text(e.Else)), Strength.Conditional)
                : new(_dialect.Select(condition, Text(e.Then), Text(e.Else)), Strength.Atom);
        }

        private string Text(Expression e) => Visit(e).Text;

        private string In(Expression e, Strength required) => Visit(e).In(required);

        private static string Name(Expression e) => e switch
        {
            Add(Negate, _) or Add(_, Negate) or Add(_, Constant { Value: < 0 }) => "difference",
            Add or MultiplyAdd => "sum",
            Multiply(var a, var b) when a.Equals(b) => "square",
            Multiply => "product",
            Divide => "quotient",
            Negate => "negated",
            Min(Max(_, Constant), Constant) => "clamped",
            Select => "selected",
            _ => e.GetType().Name.Uncapitalised(),
        };
    }
}
