using System.Globalization;

namespace NetGen.Generators.Expressions;

/// <summary>
/// Formulas of several results as one would write them on paper: a result that is part of another goes by its name there, and what occurs
/// twice gets a letter, because written out, what derivatives share would fill lines with the same words.
/// </summary>
internal static class Formulas
{
    /// <summary>How many characters a letter must save: less is easier to read again than to look up.</summary>
    private const int LeastSaved = 20;

    private static readonly string[] _letters = ["a", "c", "d", "e", "f", "g", "h", "p", "q", "r", "u", "v"];

    /// <summary>An equation for each letter and each result, each after those that it needs.</summary>
    public static IReadOnlyList<string> Write(IReadOnlyList<(string Name, Expression Value)> results)
    {
        if (results.Count == 1 && results[0].Value is Variable only)
            return [$"{results[0].Name} = {only.Name}"];
        results = [.. results.Select(result => (result.Name, Rounded(result.Value)))];
        List<(Expression Part, int Uses)> parts = PartsOf(results.Select(result => result.Value));
        HashSet<string> taken =
            [.. results.Select(result => result.Name), .. parts.Select(part => part.Part).OfType<Variable>().Select(part => part.Name)];
        var letters = new Queue<string>(_letters.Where(letter => !taken.Contains(letter)));
        var names = new Dictionary<Expression, Expression>();
        var equations = new List<string>();
        foreach ((Expression part, int uses) in parts)
        {
            Expression written = part.Map(operand => Named(operand));
            string[] owners = [.. results.Where(result => result.Value.Equals(part)).Select(result => result.Name)];
            equations.AddRange(owners.Select((owner, i) => $"{owner} = {(i == 0 ? written : new Variable(owners[0]))}"));
            if (part.Operands.Count == 0)
                continue;
            if (owners.Length > 0)
                names[part] = new Variable(owners[0]);
            else if (letters.Count > 0 && uses > 1 && (uses - 1) * (written.ToString().Length - 1) > LeastSaved)
                equations.Add($"{names[part] = new Variable(letters.Dequeue())} = {written}");
            else if (!ReferenceEquals(written, part))
                names[part] = written;
        }

        return equations;

        Expression Named(Expression operand) => names.TryGetValue(operand, out Expression? name) ? name : operand;
    }

    /// <summary>What stands behind the sign of a sum.</summary>
    public static string Summand(Expression term) => term is Add ? $"({Rounded(term)})" : $"{Rounded(term)}";

    /// <summary>With as many digits as a float has: -0.5, where double precision would show what rounding left behind.</summary>
    private static Expression Rounded(Expression expression)
    {
        var done = new Dictionary<Expression, Expression>();
        return Visit(expression);

        Expression Visit(Expression part)
        {
            if (!done.TryGetValue(part, out Expression? rounded))
                done[part] = rounded = part is Constant constant ? Rounded(constant.Value) : part.Map(Visit);
            return rounded;
        }
    }

    private static double Rounded(double value) =>
        double.Parse(value.ToString("G7", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>Every expression that others are made of, once, behind its own parts, and in how many places it is written.</summary>
    private static List<(Expression Part, int Uses)> PartsOf(IEnumerable<Expression> wholes)
    {
        var uses = new Dictionary<Expression, int>();
        var parts = new List<Expression>();
        foreach (Expression whole in wholes)
            Visit(whole);
        return [.. parts.Select(part => (part, uses[part]))];

        void Visit(Expression expression)
        {
            if (uses.TryGetValue(expression, out int known))
            {
                uses[expression] = known + 1;
                return;
            }

            uses[expression] = 1;
            foreach (Expression operand in expression.Operands)
                Visit(operand);
            parts.Add(expression);
        }
    }
}
