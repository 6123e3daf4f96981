using Microsoft.CodeAnalysis;
using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>The functions of the base library and of NetGen that the language has, by their names in <c>Math</c>.</summary>
internal static class FunctionLibrary
{
    private const int LargestProduct = 8;

    private static readonly IReadOnlyDictionary<string, Func<Expression, Expression>> s_unary = new Dictionary<string, Func<Expression, Expression>>
    {
        ["Abs"] = Abs, ["Sign"] = Sign, ["Sqrt"] = Sqrt, ["Cbrt"] = Cbrt,
        ["Exp"] = Exp, ["ExpM1"] = Expm1, ["Expm1"] = Expm1, ["Exp2"] = a => Exp(Math.Log(2) * a), ["Exp10"] = a => Exp(Math.Log(10) * a),
        ["Log"] = Log, ["LogP1"] = Log1p, ["Log1p"] = Log1p, ["Log2"] = a => Log(a) / Math.Log(2), ["Log10"] = a => Log(a) / Math.Log(10),
        ["Sin"] = Sin, ["Cos"] = Cos, ["Tan"] = Tan, ["Asin"] = Asin, ["Acos"] = Acos, ["Atan"] = Atan,
        ["Sinh"] = Sinh, ["Cosh"] = Cosh, ["Tanh"] = Tanh,
        ["Sigmoid"] = Sigmoid, ["Gate"] = Gate, ["Erf"] = Erf, ["NormalCdf"] = NormalCdf,
        ["Floor"] = Floor, ["Ceiling"] = a => -Floor(-a), ["Round"] = Round, ["Truncate"] = a => Select(a >= 0, Floor(a), -Floor(-a)),
    };

    private static readonly IReadOnlyDictionary<string, Func<Expression, Expression, Expression>> s_binary =
        new Dictionary<string, Func<Expression, Expression, Expression>>
        {
            ["Max"] = Max, ["Min"] = Min, ["Pow"] = Power, ["Atan2"] = Atan2, ["Log"] = (a, radix) => Log(a) / Log(radix),
        };

    private static readonly IReadOnlyDictionary<string, Func<Expression, Expression, Expression, Expression>> s_ternary =
        new Dictionary<string, Func<Expression, Expression, Expression, Expression>>
        {
            ["Clamp"] = (a, low, high) => Min(Max(a, low), high),
            ["FusedMultiplyAdd"] = (a, b, c) => (a * b) + c,
        };

    /// <summary>Whether a type's static methods may be of the language.</summary>
    public static bool IsHome(INamedTypeSymbol type) =>
        type.SpecialType is SpecialType.System_Single or SpecialType.System_Double
        || type.ToDisplayString() is "System.Math" or "System.MathF"
        || type.ToDisplayString() == "NetGen.Maths.VectorMath";

    /// <summary>The number that a constant of these types is the nearest float of; null where it is another.</summary>
    public static double? Constant(IFieldSymbol field) => !IsHome(field.ContainingType) ? null : field.Name switch
    {
        "PI" or "Pi" => Math.PI,
        "E" => Math.E,
        "Tau" => 2 * Math.PI,
        _ => null,
    };

    /// <summary>The function of these arguments; null where the language has none of that name and number of arguments.</summary>
    public static Expression? Call(string name, IReadOnlyList<Expression> arguments) => arguments.Count switch
    {
        1 when s_unary.TryGetValue(name, out Func<Expression, Expression>? unary) => unary(arguments[0]),
        2 when s_binary.TryGetValue(name, out Func<Expression, Expression, Expression>? binary) => binary(arguments[0], arguments[1]),
        3 when s_ternary.TryGetValue(name, out Func<Expression, Expression, Expression, Expression>? ternary) =>
            ternary(arguments[0], arguments[1], arguments[2]),
        _ => null,
    };

    /// <summary>Small whole powers are products, which are exact and have a derivative at 0.</summary>
    private static Expression Power(Expression value, Expression exponent)
    {
        if (Simplifier.Simplify(exponent) is not Constant(var number) || number != Math.Floor(number) || Math.Abs(number) > LargestProduct)
            return Pow(value, exponent);
        if (number == 0)
            return 1;
        Expression product = value;
        for (int i = 1; i < Math.Abs(number); i++)
            product *= value;
        return number < 0 ? 1 / product : product;
    }
}
