using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>How often variables are written.</summary>
public sealed class OccurrencesTests
{
    [Fact]
    public void One_walk_counts_what_each_variable_counts_by_itself()
    {
        var shared = Variable("x") * Variable("y");
        Expression[] wholes = [shared * shared + Variable("x"), new Tanh(shared), Variable("z"), Variable("z")];
        IReadOnlyDictionary<string, double> counted = Expression.Occurrences(wholes);
        Assert.Equal(["x", "y", "z"], counted.Keys.Order(StringComparer.Ordinal));
        Assert.All(counted, variable => Assert.Equal(wholes.Sum(whole => whole.Occurrences(variable.Key)), variable.Value));
        Assert.Equal((4, 3, 2), (counted["x"], counted["y"], counted["z"]));
    }
}
