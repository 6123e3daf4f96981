using NetGen.Generators.Expressions;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>Every activation and elementwise loss, with the points where their slope jumps.</summary>
internal static class Catalogue
{
    public static IReadOnlyDictionary<string, (Activation Activation, double[] Kinks)> Activations { get; } =
        new Dictionary<string, (Activation, double[])>
        {
            ["relu"] = (Generators.Expressions.Activations.Relu, [0]),
            ["relu6"] = (Generators.Expressions.Activations.Relu6, [0, 6]),
            ["leaky_relu"] = (Generators.Expressions.Activations.LeakyRelu(0.01), [0]),
            ["leaky_relu negative"] = (Generators.Expressions.Activations.LeakyRelu(-0.5), [0]),
            ["elu"] = (Generators.Expressions.Activations.Elu(1), []),
            ["elu 0.7"] = (Generators.Expressions.Activations.Elu(0.7), [0]),
            ["selu"] = (Generators.Expressions.Activations.Selu, [0]),
            ["silu"] = (Generators.Expressions.Activations.Silu, []),
            ["gelu"] = (Generators.Expressions.Activations.Gelu, []),
            ["gelu_tanh"] = (Generators.Expressions.Activations.GeluTanh, []),
            ["mish"] = (Generators.Expressions.Activations.Mish, []),
            ["softplus"] = (Generators.Expressions.Activations.Softplus, []),
            ["softsign"] = (Generators.Expressions.Activations.Softsign, []),
            ["sigmoid"] = (Generators.Expressions.Activations.Sigmoid, []),
            ["gate"] = (Generators.Expressions.Activations.Gate, []),
            ["tanh"] = (Generators.Expressions.Activations.Tanh, []),
            ["hardsigmoid"] = (Generators.Expressions.Activations.HardSigmoid, [-3, 3]),
            ["hardswish"] = (Generators.Expressions.Activations.HardSwish, [-3, 3]),
            ["hardtanh"] = (Generators.Expressions.Activations.HardTanh(-1, 1), [-1, 1]),
            ["hardtanh above 0"] = (Generators.Expressions.Activations.HardTanh(0.5, 2), [0.5, 2]),
            ["clipped_relu"] = (Generators.Expressions.Activations.ClippedRelu(4), [0, 4]),
            ["celu"] = (Generators.Expressions.Activations.Celu(1.5), []),
            ["hardshrink"] = (Generators.Expressions.Activations.HardShrink(0.5), [-0.5, 0.5]),
            ["softshrink"] = (Generators.Expressions.Activations.SoftShrink(0.5), [-0.5, 0.5]),
            ["tanhshrink"] = (Generators.Expressions.Activations.TanhShrink, []),
            ["threshold"] = (Generators.Expressions.Activations.Threshold(0.25, -2), [0.25]),
            ["logsigmoid"] = (Generators.Expressions.Activations.LogSigmoid, []),
        };

    /// <summary>Kinks are the outputs where the slope jumps, for a target.</summary>
    public static IReadOnlyDictionary<string, (ElementwiseLoss Loss, Func<double, double[]> Kinks)> Losses { get; } =
        new Dictionary<string, (ElementwiseLoss, Func<double, double[]>)>
        {
            ["mse"] = (ElementwiseLosses.MeanSquaredError, _ => []),
            ["l1"] = (ElementwiseLosses.MeanAbsoluteError, t => [t]),
            ["huber"] = (ElementwiseLosses.Huber(0.7), t => [t - 0.7, t + 0.7]),
            ["smooth_l1"] = (ElementwiseLosses.SmoothL1(0.5), t => [t - 0.5, t + 0.5]),
            ["smooth_l1 without a square"] = (ElementwiseLosses.SmoothL1(0), t => [t]),
            ["bce"] = (ElementwiseLosses.BinaryCrossEntropy, _ => []),
            ["log_cosh"] = (ElementwiseLosses.LogCosh, _ => []),
            ["poisson_nll"] = (ElementwiseLosses.PoissonNll, _ => []),
            ["hinge"] = (ElementwiseLosses.BinaryHinge, t => t == 0 ? [] : [1 / t]),
        };

    /// <summary>Points from −<paramref name="reach"/> to <paramref name="reach"/>, none of them a round number.</summary>
    public static IEnumerable<double> Points(double reach, int count) =>
        Enumerable.Range(0, count).Select(i => reach * ((((2 * i) + 1.0) / count) - 1.0003));

    public static TheoryData<string> Names<T>(IReadOnlyDictionary<string, T> catalogue) => [.. catalogue.Keys];
}
