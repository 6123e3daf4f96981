using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>AdaGrad: each parameter's rate falls with the sum of its squared gradients.</summary>
/// <remarks>
/// <para><c>s ← s + g²</c>, <c>w ← w - η/(1 + (t - 1)·δ) · g / (√s + ε)</c> with the rate's decay δ.</para>
/// <para>Source: Duchi, Hazan and Singer, "Adaptive subgradient methods for online learning and stochastic
/// optimization", 2011. The arithmetic is that of PyTorch's <c>Adagrad</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class AdaGrad(float learningRate = 0.01f) : Optimizer(learningRate)
{
    private readonly float _epsilon = 1e-10f;
    private readonly float _initialSum;
    private readonly double _rateDecay;
    private double _rateDivisor = 1;

    /// <summary>How fast the learning rate falls with the steps, δ (PyTorch's <c>lr_decay</c>): at least 0.</summary>
    public double RateDecay
    {
        get => _rateDecay;
        init => _rateDecay = Require.NotNegative(value);
    }

    /// <summary>What the sum of squares starts from: at least 0.</summary>
    public float InitialSum
    {
        get => _initialSum;
        init => _initialSum = Require.NotNegative(value);
    }

    /// <summary>What keeps the division finite, ε: above 0.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Require.Positive(value);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["sum"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier) =>
        kernel.Run(new Rule((float)((double)LearningRate * learningRateMultiplier / _rateDivisor), Epsilon));

    private protected override void ComputeConstants(long step) => _rateDivisor = 1 + (step - 1) * RateDecay;

    private protected override float InitialState(int slot) => InitialSum;

    private readonly struct Rule(float rate, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _epsilon = epsilon;

        public static int StateCount => 1;

        public static bool RestsWithoutGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(gradient, gradient, first);
            return T.MultiplyAdd(T.Create(_negativeRate), gradient / (T.Sqrt(first) + T.Create(_epsilon)), weight);
        }
    }
}
