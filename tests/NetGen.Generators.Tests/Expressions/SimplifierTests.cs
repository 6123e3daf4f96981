using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Tests.Expressions;

public class SimplifierTests
{
    private static readonly Variable x = Variable("x"), y = Variable("y");

    [Fact]
    public void Simplified_trees_mean_the_same_and_are_in_normal_form()
    {
        for (var seed = 0; seed < 3000; seed++)
        {
            var random = new Random(seed);
            var expression = RandomExpression.Create(random, 5);
            var simplified = Simplifier.Simplify(expression);
            Assert.Equal(simplified, Simplifier.Simplify(simplified));

            for (var point = 0; point < 5; point++)
            {
                (string, double)[] at = [("x", (random.NextDouble() * 4) - 2), ("y", (random.NextDouble() * 4) - 2)];
                var expected = expression.Evaluate(at);
                var actual = simplified.Evaluate(at);
                Assert.True(
                    Math.Abs(expected - actual) <= 1e-9 * Math.Max(1, Math.Abs(expected)),
                    $"Seed {seed}: {expression}\nbecame {simplified}\nwhich is {actual:R} instead of {expected:R} at {at[0]}, {at[1]}.");
            }
        }
    }

    [Fact]
    public void Derivatives_of_random_trees_are_their_slopes()
    {
        var compared = 0;
        for (var seed = 0; seed < 1500; seed++)
        {
            var random = new Random(seed);
            var expression = RandomExpression.Create(random, 4);
            var derivative = Derivative.Of(expression, x);
            var (at, with) = ((random.NextDouble() * 4) - 2, (random.NextDouble() * 4) - 2);
            double F(double step) => expression.Evaluate(("x", at + step), ("y", with));

            // Where the one-sided slopes differ there is a kink or a jump between the points.
            const double Step = 1e-6;
            var (rising, falling) = ((F(Step) - F(0)) / Step, (F(0) - F(-Step)) / Step);
            if (Math.Abs(rising - falling) > 1e-3 * Math.Max(1, Math.Abs(rising)) || Math.Abs(F(0)) > 1e3)
            {
                continue;
            }

            compared++;
            var slope = (rising + falling) / 2;
            var actual = derivative.Evaluate(("x", at), ("y", with));
            Assert.True(
                Math.Abs(slope - actual) <= 1e-5 * Math.Max(1, Math.Abs(slope)),
                $"Seed {seed}: the derivative of {expression}\nis {derivative}\nwhich is {actual:R} instead of {slope:R} at {at:R}, {with:R}.");
        }

        Assert.True(compared > 1200, $"Only {compared} of 1500 random trees were smooth enough to compare.");
    }

    [Fact]
    public void Rules_give_the_short_form()
    {
        (Expression Written, string Short)[] rules =
        [
            (x * 0, "0"),
            (x * 1, "x"),
            (0 + x, "x"),
            (-(-x), "x"),
            (2 * x * 3, "6 * x"),
            (1 + x + 2, "x + 3"),
            (x + x, "2 * x"),
            (x - x, "0"),
            ((x * y) - (y * x), "0"),
            (-(x - y), "y - x"),
            ((2 * x) - (2 * y), "2 * (x - y)"),
            (x / 4, "0.25 * x"),
            (0 / (1 + Exp(x)), "0"),
            (Exp(0) + x, "x + 1"),
            (Select(x > 0, y, y), "y"),
            (Select(x + 3 > 0, y, 0), "(x > -3 ? y : 0)"),
            (Select(x > 0, x, 0), "max(x, 0)"),
            (Select(-x > x, 1, 2), "(x < 0 ? 1 : 2)"),
            (y * Select(x > 0, 1, 0), "(x > 0 ? y : 0)"),
            (Select(Max(x, 0) < 6, 1, 0), "(x < 6 ? 1 : 0)"),
            (Select(Max(x, 0) >= 0, x, 5), "x"),
            (Select(x > 0, Select(x > 0, 1, 2), 3), "(x > 0 ? 1 : 3)"),
            (Max(Max(x, 1), 2), "max(x, 2)"),
            (Log(Constant(-1)) + 0, "log(-1)"),
        ];
        Assert.All(rules, rule => Assert.Equal(rule.Short, Simplifier.Simplify(rule.Written).ToString()));
    }

    [Fact]
    public void Equality_is_by_structure()
    {
        Assert.Equal(x * Sigmoid(x), Variable("x") * Sigmoid(Variable("x")));
        Assert.Equal((x * Sigmoid(x)).GetHashCode(), (Variable("x") * Sigmoid(Variable("x"))).GetHashCode());
        Assert.NotEqual<Expression>(Tanh(x), Sigmoid(x));
        Assert.NotEqual<Expression>(Max(x, y), Min(x, y));
        Assert.NotEqual<Expression>(Select(x > 0, x, y), Select(x >= 0, x, y));
        Assert.Equal(Constant(double.NaN), Constant(double.NaN));
    }

    [Fact]
    public void Shared_parts_cost_linear_time()
    {
        // As a tree this has 2^200 nodes.
        Expression once = x, again = x;
        for (var i = 0; i < 200; i++)
        {
            (once, again) = (Tanh(once) * Sigmoid(once), Tanh(again) * Sigmoid(again));
        }

        Assert.Equal(once, again);
        Assert.False(once.Contains(y));
        Assert.Equal(0, once.Evaluate(("x", 0)));
    }
}
