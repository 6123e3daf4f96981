using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>Random trees over x and y whose values stay moderate, the same for the same seed.</summary>
internal static class RandomExpression
{
    private static readonly double[] _constants = [-2, -1, -0.5, 0, 0.25, 0.5, 1, 1, 2, 3];

    public static Expression Create(Random random, int depth) => Create(random, depth, 21);

    /// <summary>Without comparisons, whose answer rounding may change.</summary>
    public static Expression CreateSmooth(Random random, int depth) => Create(random, depth, 19);

    private static Expression Create(Random random, int depth, int kinds)
    {
        if (depth == 0 || random.Next(8) == 0)
        {
            return random.Next(3) switch
            {
                0 => _constants[random.Next(_constants.Length)],
                1 => Variable("x"),
                _ => Variable("y"),
            };
        }

        var a = Create(random, depth - 1, kinds);
        var b = Create(random, depth - 1, kinds);
        return random.Next(kinds) switch
        {
            0 or 1 => a + b,
            2 or 3 => a - b,
            4 or 5 => a * b,
            6 => -a,
            7 => a / (1.5 + (b * b)),
            8 => Min(a, b),
            9 => Max(a, b),
            10 => Exp(Min(a, 2)),
            11 => Expm1(Min(a, 2)),
            12 => Log1p(Abs(a)),
            13 => Tanh(a),
            14 => Sigmoid(a),
            15 => Erf(a),
            16 => Sqrt(1 + (a * a)),
            17 => Abs(a),
            18 => NormalCdf(a),
            19 => Select(a > b, Create(random, depth - 1, kinds), Create(random, depth - 1, kinds)),
            _ => Select(a >= b, Create(random, depth - 1, kinds), Create(random, depth - 1, kinds)),
        };
    }
}
