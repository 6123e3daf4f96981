namespace NetGen.Generators.Expressions;

/// <summary>
/// A total order that depends on structure alone, never on hash codes, so that normal forms (and with them the generated
/// code) are the same in every process. Simple things come first: variables, functions, selections, sums.
/// </summary>
internal sealed class ExpressionOrder : IComparer<Expression>
{
    private static readonly Type[] _ranks =
    [
        typeof(Constant), typeof(Variable), typeof(Exp), typeof(Expm1), typeof(Log), typeof(Log1p), typeof(Tanh), typeof(Sigmoid),
        typeof(Gate), typeof(Erf), typeof(NormalCdf), typeof(Sqrt), typeof(Sin), typeof(Cos), typeof(Tan), typeof(Asin), typeof(Acos), typeof(Atan),
        typeof(Sinh), typeof(Cosh), typeof(Cbrt), typeof(Floor), typeof(Round), typeof(Abs), typeof(Sign), typeof(Pow), typeof(Atan2), typeof(Min),
        typeof(Max),
        typeof(Multiply), typeof(Divide), typeof(Select), typeof(Negate), typeof(Add),
    ];

    public static ExpressionOrder Instance { get; } = new();

    public int Compare(Expression? left, Expression? right)
    {
        if (left is null || right is null)
        {
            return (left is null ? 0 : 1) - (right is null ? 0 : 1);
        }

        if (left.Equals(right))
        {
            return 0;
        }

        var difference = Array.IndexOf(_ranks, left.GetType()) - Array.IndexOf(_ranks, right.GetType());
        if (difference != 0)
        {
            return difference;
        }

        switch (left, right)
        {
            case (Constant(var a), Constant(var b)):
                return a.CompareTo(b);
            case (Variable(var a), Variable(var b)):
                return string.CompareOrdinal(a, b);
            case (Select(var a, _, _), Select(var b, _, _)) when a.Comparison != b.Comparison:
                return a.Comparison - b.Comparison;
        }

        var (mine, others) = (left.Operands, right.Operands);
        for (var i = 0; i < mine.Count; i++)
        {
            difference = Compare(mine[i], others[i]);
            if (difference != 0)
            {
                return difference;
            }
        }

        return 0;
    }
}
