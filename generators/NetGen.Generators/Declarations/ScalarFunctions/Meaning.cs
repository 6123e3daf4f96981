using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>What an expression or a local of a function means while its body is read.</summary>
internal abstract record Meaning;

/// <summary>A number that depends on the parameters.</summary>
internal sealed record Numeric(Expression Value) : Meaning;

/// <summary>A whole number that is known: a loop's counter, an index, a length.</summary>
internal sealed record Whole(long Value) : Meaning;

/// <summary>Numbers in a row: a parameter, or a local array.</summary>
internal sealed record Row(EquatableArray<Expression> Elements, bool IsParameter) : Meaning;

/// <summary>A condition.</summary>
internal abstract record Truth : Meaning
{
    public static readonly Truth Yes = new Known(true);
    public static readonly Truth No = new Known(false);

    /// <summary>How many comparisons are made where a number is chosen by it.</summary>
    public abstract double Size { get; }

    /// <summary>One of two numbers by the condition.</summary>
    public abstract Expression Choose(Expression then, Expression otherwise);

    /// <summary>A condition that does not depend on the parameters.</summary>
    internal sealed record Known(bool Value) : Truth
    {
        public override double Size => 0;

        public override Expression Choose(Expression then, Expression otherwise) => Value ? then : otherwise;
    }

    /// <summary>A comparison.</summary>
    internal sealed record Compared(Condition Condition) : Truth
    {
        public override double Size => 1;

        public override Expression Choose(Expression then, Expression otherwise) => new Select(Condition, then, otherwise);
    }

    /// <summary>One condition or another, by a third: what <c>&amp;&amp;</c>, <c>||</c> and <c>!</c> are made of.</summary>
    internal sealed record Chosen(Truth By, Truth Then, Truth Otherwise) : Truth
    {
        public override double Size { get; } = By.Size + Then.Size + Otherwise.Size;

        public override Expression Choose(Expression then, Expression otherwise) =>
            By.Choose(Then.Choose(then, otherwise), Otherwise.Choose(then, otherwise));
    }

    public static Truth Of(Truth by, Truth then, Truth otherwise) =>
        by is Known known ? known.Value ? then : otherwise : new Chosen(by, then, otherwise);

    public static Truth Not(Truth truth) => Of(truth, No, Yes);

    public static Truth And(Truth left, Truth right) => Of(left, right, No);

    public static Truth Or(Truth left, Truth right) => Of(left, Yes, right);
}

/// <summary>How statements end: behind the last, with a value, or with either by a condition.</summary>
internal abstract record Outcome
{
    /// <summary>The next statement follows.</summary>
    public static readonly Outcome Next = new Falls();

    private sealed record Falls : Outcome;

    /// <summary>The function's value is there.</summary>
    internal sealed record Returns(Expression Value) : Outcome
    {
        public override bool Ends => true;
    }

    /// <summary>It depends.</summary>
    internal sealed record Splits(Truth Condition, Outcome Then, Outcome Otherwise) : Outcome
    {
        public override bool Ends { get; } = Then.Ends && Otherwise.Ends;
    }

    /// <summary>Whether the next statement is never reached.</summary>
    public virtual bool Ends => false;

    /// <summary>Whether the next statement is always reached.</summary>
    public bool Continues => this is Falls;

    /// <summary>This, and where it goes on another.</summary>
    public Outcome FollowedBy(Outcome next)
    {
        var done = new Dictionary<Outcome, Outcome>(ByReference<Outcome>.Comparer);
        return Visit(this);

        // What follows is shared by all ways to it, so that ways are more than outcomes.
        Outcome Visit(Outcome outcome)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (outcome.Continues || outcome.Ends)
                return outcome.Continues ? next : outcome;
            if (!done.TryGetValue(outcome, out Outcome? result))
            {
                var (condition, then, otherwise) = (Splits)outcome;
                done.Add(outcome, result = new Splits(condition, Visit(then), Visit(otherwise)));
            }

            return result;
        }
    }

    /// <summary>The value, where the end is reached with one on every way.</summary>
    public Expression? Returned()
    {
        var done = new Dictionary<Outcome, Expression?>(ByReference<Outcome>.Comparer);
        return Visit(this);

        Expression? Visit(Outcome outcome)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            if (!done.TryGetValue(outcome, out Expression? value))
            {
                done.Add(outcome, value = outcome switch
                {
                    Returns(var returned) => returned,
                    Splits(var condition, var then, var otherwise) when Visit(then) is { } a && Visit(otherwise) is { } b => condition.Choose(a, b),
                    _ => null,
                });
            }

            return value;
        }
    }
}

/// <summary>Something that is not in the language, and where.</summary>
internal sealed class NotInLanguageException(DiagnosticDescriptor descriptor, SyntaxNode place, params string[] words) : Exception
{
    public DiagnosticDescriptor Descriptor { get; } = descriptor;

    public SyntaxNode Place { get; } = place;

    public string[] Words { get; } = words;
}
