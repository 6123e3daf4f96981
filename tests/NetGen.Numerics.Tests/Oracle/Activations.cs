namespace NetGen.Numerics.Tests.Oracle;

/// <summary>The activations of the language, by the formulas of PyTorch's documentation.</summary>
internal static class Activations
{
    public static readonly IReadOnlyList<Func<OracleActivation>> All =
    [
        () => new("Relu", x => Math.Max(x, 0), 0),
        () => new("LeakyRelu(0.2f)", x => x > 0 ? x : 0.2f * x, 0),
        () => new("Relu6", x => Math.Clamp(x, 0, 6), 0, 6),
        () => new("Elu(1.3f)", x => x > 0 ? x : 1.3f * (Math.Exp(x) - 1), 0),
        () => new("Selu", x => 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * (Math.Exp(x) - 1)), 0),
        () => new("Silu", x => x * Sigmoid(x)),
        () => new("Gelu", x => x * Normal(x)),
        () => new("Gelu(Approximate = true)", x => 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)))),
        () => new("Mish", x => x * Math.Tanh(Math.Log(1 + Math.Exp(x)))),
        () => new("Softplus", x => Math.Log(1 + Math.Exp(x))),
        () => new("Softsign", x => x / (1 + Math.Abs(x))),
        () => new("Sigmoid", Sigmoid),
        () => new("Tanh", Math.Tanh),
        () => new("HardSigmoid", x => Math.Clamp(x / 6 + 0.5, 0, 1), -3, 3),
        () => new("HardSwish", x => x * Math.Clamp(x + 3, 0, 6) / 6, -3, 3),
        () => new("HardTanh(-0.5, 2)", x => Math.Clamp(x, -0.5, 2), -0.5, 2),
        () => new("ClippedRelu(1.5)", x => Math.Clamp(x, 0, 1.5), 0, 1.5),
        () => new("Celu(1.3f)", x => x > 0 ? x : 1.3f * (Math.Exp(x / 1.3f) - 1), 0),
        () => new("HardShrink", x => Math.Abs(x) > 0.5 ? x : 0, -0.5, 0.5),
        () => new("SoftShrink(0.25)", x => x > 0.25 ? x - 0.25 : x < -0.25 ? x + 0.25 : 0, -0.25, 0.25),
        () => new("TanhShrink", x => x - Math.Tanh(x)),
        () => new("Threshold(0.1f, -1)", x => x > 0.1f ? x : -1, 0.1f),
        () => new("LogSigmoid", x => -Math.Log(1 + Math.Exp(-x))),
    ];

    public static OracleActivation Relu => All[0]();

    public static OracleActivation Tanh => All[12]();

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    /// <summary>The distribution function of the standard normal, by its series, which converges for every x and fast for small ones.</summary>
    private static double Normal(double x)
    {
        if (Math.Abs(x) > 8)
            return x > 0 ? 1 : 0;
        double term = x, sum = x;
        for (int n = 1; n < 200; n++)
        {
            term *= x * x / (2 * n + 1);
            sum += term;
        }

        return 0.5 + sum * Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
    }
}
