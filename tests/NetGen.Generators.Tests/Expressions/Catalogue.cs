using NetGen.Generators.Expressions;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Tests.Expressions;

/// <summary>Every activation and elementwise loss, with the points where their slope jumps.</summary>
internal static class Catalogue
{
    public static IReadOnlyDictionary<string, (Activation Activation, double[] Kinks)> Activations { get; } =
        new Dictionary<string, (Activation, double[])>
        {
            ["relu"] = (Generators.Graph.Activations.Relu, [0]),
            ["relu6"] = (Generators.Graph.Activations.Relu6, [0, 6]),
            ["leaky_relu"] = (Generators.Graph.Activations.LeakyRelu(0.01), [0]),
            ["leaky_relu negative"] = (Generators.Graph.Activations.LeakyRelu(-0.5), [0]),
            ["elu"] = (Generators.Graph.Activations.Elu(1), []),
            ["elu 0.7"] = (Generators.Graph.Activations.Elu(0.7), [0]),
            ["selu"] = (Generators.Graph.Activations.Selu, [0]),
            ["silu"] = (Generators.Graph.Activations.Silu, []),
            ["gelu"] = (Generators.Graph.Activations.Gelu, []),
            ["gelu_tanh"] = (Generators.Graph.Activations.GeluTanh, []),
            ["mish"] = (Generators.Graph.Activations.Mish, []),
            ["softplus"] = (Generators.Graph.Activations.Softplus, []),
            ["softsign"] = (Generators.Graph.Activations.Softsign, []),
            ["sigmoid"] = (Generators.Graph.Activations.Sigmoid, []),
            ["gate"] = (Generators.Graph.Activations.Gate, []),
            ["tanh"] = (Generators.Graph.Activations.Tanh, []),
            ["hardsigmoid"] = (Generators.Graph.Activations.HardSigmoid, [-3, 3]),
            ["hardswish"] = (Generators.Graph.Activations.HardSwish, [-3, 3]),
            ["hardtanh"] = (Generators.Graph.Activations.HardTanh(-1, 1), [-1, 1]),
            ["hardtanh above 0"] = (Generators.Graph.Activations.HardTanh(0.5, 2), [0.5, 2]),
            ["clipped_relu"] = (Generators.Graph.Activations.ClippedRelu(4), [0, 4]),
            ["celu"] = (Generators.Graph.Activations.Celu(1.5), []),
            ["hardshrink"] = (Generators.Graph.Activations.HardShrink(0.5), [-0.5, 0.5]),
            ["softshrink"] = (Generators.Graph.Activations.SoftShrink(0.5), [-0.5, 0.5]),
            ["tanhshrink"] = (Generators.Graph.Activations.TanhShrink, []),
            ["threshold"] = (Generators.Graph.Activations.Threshold(0.25, -2), [0.25]),
            ["logsigmoid"] = (Generators.Graph.Activations.LogSigmoid, []),
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
