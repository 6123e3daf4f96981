namespace NetGen.Generators.Expressions;

/// <summary>Conditions brought into the form "something without constants against a constant", where that is possible.</summary>
internal static class ConditionForm
{
    /// <summary>The simpler condition, and its answer if that is already known.</summary>
    public static (Condition Condition, bool? Decided) Reduce(Condition condition)
    {
        var difference = SumForm.Of(condition.Left - condition.Right);
        if (difference.Terms.Count == 0)
        {
            return (condition, condition.Holds(difference.Constant, 0));
        }

        if (difference.Terms.Count > 1)
        {
            return (condition, null);
        }

        // k u + c > 0: u against −c / k, the other way round for negative k. −0 would print as such.
        var (term, coefficient) = difference.Terms[0];
        var threshold = difference.Constant == 0 ? 0 : -difference.Constant / coefficient;
        return coefficient > 0
            ? Above(condition.Comparison, term, threshold)
            : Below(condition.Comparison, term, threshold);
    }

    /// <summary>term > threshold, where a minimum or maximum with a constant either decides or does not matter.</summary>
    private static (Condition, bool?) Above(Comparison comparison, Expression term, double threshold)
    {
        var condition = new Condition(comparison, term, threshold);
        return term switch
        {
            Max(var a, Constant(var bound)) => condition.Holds(bound, threshold) ? (condition, true) : Reduce(new(comparison, a, threshold)),
            Min(var a, Constant(var bound)) => condition.Holds(bound, threshold) ? Reduce(new(comparison, a, threshold)) : (condition, false),
            _ => (condition, null),
        };
    }

    private static (Condition, bool?) Below(Comparison comparison, Expression term, double threshold)
    {
        var condition = new Condition(comparison, threshold, term);
        return term switch
        {
            Max(var a, Constant(var bound)) => condition.Holds(threshold, bound) ? Reduce(new(comparison, threshold, a)) : (condition, false),
            Min(var a, Constant(var bound)) => condition.Holds(threshold, bound) ? (condition, true) : Reduce(new(comparison, threshold, a)),
            _ => (condition, null),
        };
    }
}
