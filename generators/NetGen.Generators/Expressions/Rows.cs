namespace NetGen.Generators.Expressions;

/// <summary>
/// Rows of operands that one operation joins, as a loop writes them: each join has all those before it inside. Long ones are cut into groups, and
/// these joined in turn, so that no walk goes as deep as a row is long. Groups begin at the same places in a row and in a longer one that begins like
/// it, and are computed once for both.
/// </summary>
internal static class Rows
{
    // As long as rows are left as people write them. In a longer one a part may stand thousands of times.
    private const int MostInGroup = 64, MostInRow = 10_000;

    /// <summary>Operands in a row.</summary>
    public static Expression Join(IReadOnlyList<Expression> operands, Func<Expression, Expression, Expression> join)
    {
        while (operands.Count > MostInGroup)
        {
            var groups = new List<Expression>();
            for (var from = 0; from < operands.Count; from += MostInGroup)
            {
                groups.Add(operands.Skip(from).Take(MostInGroup).Aggregate(join));
            }

            operands = groups;
        }

        return operands.Aggregate(join);
    }

    /// <summary>The same expression with all of its long rows in groups.</summary>
    public static Expression Group(Expression expression)
    {
        var done = new Dictionary<Expression, Expression>(ByReference<Expression>.Comparer);
        return Visit(expression);

        Expression Visit(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                done.Add(e, result = Row(e) is { Count: > MostInGroup and <= MostInRow } row
                    ? Join([.. row.Select(Visit)], ((Binary)e).On)
                    : e.Map(Visit));
            }

            return result;
        }
    }

    // The operands of a row from its first to its last, and some more where it is too long.
    private static List<Expression> Row(Expression e)
    {
        var row = new List<Expression>();
        if (e is not (Add or Multiply or Min or Max))
        {
            return row;
        }

        var open = new Stack<Expression>([e]);
        while (open.Count > 0 && row.Count <= MostInRow)
        {
            var next = open.Pop();
            if (next is Binary(var left, var right) && next.GetType() == e.GetType())
            {
                open.Push(right);
                open.Push(left);
            }
            else
            {
                row.Add(next);
            }
        }

        return row;
    }
}
