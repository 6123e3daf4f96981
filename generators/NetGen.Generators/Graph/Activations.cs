using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>
/// Every activation: what is known of the functions of the same names in <c>generators/Functions/Activations.cs</c>, which define them.
/// </summary>
internal static class Activations
{
    private static readonly ConcurrentDictionary<string, Activation> s_plain = new();

    /// <summary>The activation that has this formula, with constants that stand in it; null where it is none of these.</summary>
    /// <param name="value">The formula, in <see cref="Activation.Input"/>.</param>
    public static Activation? OfFormula(Expression value)
    {
        var formula = Simplifier.Simplify(value);
        double[] constants = [.. Constants.In(formula)];
        IEnumerable<Activation> plain =
        [
            Relu, Relu6, Sigmoid, Tanh, Selu, Silu, Gelu, GeluTanh, Mish, Softplus, Softsign, HardSigmoid, HardSwish, TanhShrink, LogSigmoid,
        ];
        var ofOne = constants.SelectMany(a => new[] { LeakyRelu(a), Elu(a) });
        var ofPositive = constants.Where(a => a > 0).SelectMany(a => new[] { ClippedRelu(a), Celu(a), Celu(1 / a), HardShrink(a), SoftShrink(a) });
        var ofTwo = constants.SelectMany(a => constants.SelectMany(b => a < b ? new[] { Threshold(a, b), HardTanh(a, b) } : [Threshold(a, b)]));
        return plain.Concat(ofOne).Concat(ofPositive).Concat(ofTwo).FirstOrDefault(activation => activation.Value.Equals(formula));
    }

    public static Activation Relu => Plain("relu", known => known with { IsMonotone = true, PreservesPositivity = true, IsRectifier = true });

    public static Activation Relu6 => Plain("relu6", known => known with { IsMonotone = true, PreservesPositivity = true, IsRectifier = true });

    public static Activation Sigmoid => Plain("sigmoid", known => known with { IsMonotone = true });

    public static Activation Gate => Plain("gate", known => known with { IsMonotone = true });

    public static Activation Tanh => Plain("tanh", known => known with { IsMonotone = true, PreservesPositivity = true });

    /// <remarks>Not a rectifier here: its fixed point assumes weights of variance 1 / fan-in, to which Glorot's is closer.</remarks>
    public static Activation Selu => Plain("selu", known => known with { IsMonotone = true, PreservesPositivity = true });

    public static Activation Silu => Plain("silu", known => known with { PreservesPositivity = true, IsRectifier = true });

    public static Activation Gelu => Plain("gelu", known => known with { PreservesPositivity = true, IsRectifier = true });

    public static Activation GeluTanh => Plain("gelu_tanh", known => known with { PreservesPositivity = true, IsRectifier = true });

    public static Activation Mish => Plain("mish", known => known with { PreservesPositivity = true, IsRectifier = true });

    public static Activation Softplus => Plain("softplus", known => known with { IsMonotone = true, IsRectifier = true });

    public static Activation Softsign => Plain("softsign", known => known with { IsMonotone = true, PreservesPositivity = true });

    public static Activation HardSigmoid => Plain("hardsigmoid", known => known with { IsMonotone = true });

    public static Activation HardSwish => Plain("hardswish", known => known with { PreservesPositivity = true, IsRectifier = true });

    public static Activation TanhShrink => Plain("tanhshrink", known => known with { IsMonotone = true, PreservesPositivity = true });

    public static Activation LogSigmoid => Plain("logsigmoid", known => known with { IsMonotone = true });

    public static Activation LeakyRelu(double slope) => Of("leaky_relu", nameof(LeakyRelu), slope) with
    {
        IsMonotone = slope >= 0, PreservesPositivity = slope >= 0, IsRectifier = true,
    };

    public static Activation HardTanh(double minimum, double maximum) => Of("hardtanh", nameof(HardTanh), minimum, maximum) with
    {
        IsMonotone = true, PreservesPositivity = minimum <= 0 && maximum > 0,
    };

    public static Activation ClippedRelu(double ceiling) => Of("clipped_relu", nameof(ClippedRelu), ceiling) with
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    public static Activation HardShrink(double reach) => Of("hardshrink", nameof(HardShrink), reach) with
    {
        IsMonotone = true, PreservesPositivity = reach == 0,
    };

    public static Activation SoftShrink(double reach) => Of("softshrink", nameof(SoftShrink), reach) with
    {
        IsMonotone = true, PreservesPositivity = reach == 0,
    };

    public static Activation Threshold(double threshold, double value) => Of("threshold", nameof(Threshold), threshold, value) with
    {
        IsMonotone = value <= threshold, PreservesPositivity = threshold == 0 && value <= 0, IsRectifier = true,
    };

    public static Activation Celu(double alpha) => Of("celu", nameof(Celu), alpha) with
    {
        IsMonotone = true, PreservesPositivity = true, IsRectifier = true,
    };

    public static Activation Elu(double alpha) => Of("elu", nameof(Elu), alpha) with
    {
        IsMonotone = alpha >= 0, PreservesPositivity = alpha >= 0, IsRectifier = true,
    };

    private static Activation Plain(string name, Func<Activation, Activation> facts, [CallerMemberName] string function = "") =>
        s_plain.GetOrAdd(function, _ => facts(Of(name, function)));

    /// <param name="name">The name as PyTorch's functional API spells it.</param>
    /// <param name="function">The function.</param>
    /// <param name="constants">Its further arguments.</param>
    private static Activation Of(string name, string function, params double[] constants)
    {
        Expression[] arguments = [Activation.Input, .. constants.Select(constant => (Expression)constant)];
        return new Activation(
            name,
            OwnFunctions.Formula($"{nameof(Activations)}.{function}", arguments),
            OwnFunctions.Derivative($"{nameof(Activations)}.{function}", arguments));
    }
}
