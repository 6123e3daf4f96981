namespace NetGen.Generators.Expressions;

/// <summary>How exactly an elementary function is computed; the members of the attributes' <c>Precision</c>.</summary>
internal enum Grade
{
    /// <summary>To the last places of a float.</summary>
    Exact,

    /// <summary>To about one part in 50,000, in fewer operations.</summary>
    Fast,
}

/// <summary>The functions that there are in both grades, and expressions made of the faster one.</summary>
internal static class Grading
{
    /// <summary>The expression with each function that there is in a grade taken from it; derivatives of it are of that grade, too.</summary>
    public static Expression In(this Expression expression, Grade grade)
    {
        if (grade == Grade.Exact)
        {
            return expression;
        }

        var done = new Dictionary<Expression, Expression>();
        return Visit(expression);

        Expression Visit(Expression e)
        {
            if (!done.TryGetValue(e, out var result))
            {
                var mapped = e.Map(Visit);
                done.Add(e, result = mapped is Unary function && HasGrades(function) ? function.Graded(grade) : mapped);
            }

            return result;
        }
    }

    private static bool HasGrades(Unary function) => function is Exp or Expm1 or Log or Log1p or Tanh or Sigmoid or Gate or Erf or NormalCdf;
}
