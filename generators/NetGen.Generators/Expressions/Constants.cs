namespace NetGen.Generators.Expressions;

/// <summary>The numbers in a formula.</summary>
internal static class Constants
{
    // More than any formula of NetGen's own has.
    private const int Most = 8;

    /// <summary>The numbers that stand in an expression and their opposites, each once; none where there are many.</summary>
    public static IEnumerable<double> In(Expression expression)
    {
        var seen = new HashSet<Expression>();
        var found = new List<double>();
        Visit(expression);
        return found.Count > Most ? [] : found.SelectMany(number => new[] { number, -number }).Append(0).Distinct();

        void Visit(Expression e)
        {
            if (!seen.Add(e))
            {
                return;
            }

            if (e is Constant(var value))
            {
                found.Add(value);
            }

            foreach (var operand in e.Operands)
            {
                Visit(operand);
            }
        }
    }
}
