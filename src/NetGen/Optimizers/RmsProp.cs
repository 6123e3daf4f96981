using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>RMSProp: steps divided by the root of an average of squared gradients.</summary>
/// <remarks>
/// <para><c>s ← α·s + (1 - α)·g²</c>, <c>w ← w - η·g / (√s + ε)</c>.</para>
/// <para>Centred: <c>a ← α·a + (1 - α)·g</c>, and the root is that of the variance <c>s - a²</c>. With momentum μ:
/// <c>b ← μ·b + g / (√· + ε)</c>, <c>w ← w - η·b</c>.</para>
/// <para>Sources: Tieleman and Hinton, "Lecture 6.5: RMSProp", 2012; centred: Graves, "Generating sequences with recurrent
/// neural networks", 2013. The arithmetic is that of PyTorch's <c>RMSprop</c>, except that a variance which rounding made
/// negative counts as 0 instead of giving NaN.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class RmsProp(float learningRate = 0.01f) : Optimizer(learningRate)
{
    private readonly double _smoothing = 0.99;
    private readonly float _momentum;
    private readonly float _epsilon = 1e-8f;

    /// <summary>The share of the old average that a step keeps, α (PyTorch's <c>alpha</c>): 0 to below 1.</summary>
    public double Smoothing
    {
        get => _smoothing;
        init => _smoothing = Require.Fraction(value);
    }

    /// <summary>How much of the last step is kept, μ: 0 to below 1.</summary>
    public float Momentum
    {
        get => _momentum;
        init => _momentum = (float)Require.Fraction(value);
    }

    /// <summary>Whether the gradient's own average is taken off its square.</summary>
    public bool Centered { get; init; }

    /// <summary>What keeps the division finite, ε: above 0.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Require.Positive(value);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames =>
        Centered ? ["square", "momentum", "mean"] : Momentum != 0 ? ["square", "momentum"] : ["square"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
    {
        float rate = LearningRate * learningRateMultiplier;
        if (Centered)
            kernel.Run(new CenteredRule(rate, Smoothing, Momentum, Epsilon));
        else if (Momentum != 0)
            kernel.Run(new MomentumRule(rate, Smoothing, Momentum, Epsilon));
        else
            kernel.Run(new PlainRule(rate, Smoothing, Epsilon));
    }

    private readonly struct PlainRule(float rate, double smoothing, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _smoothing = (float)smoothing;
        private readonly float _gain = (float)(1 - smoothing);
        private readonly float _epsilon = epsilon;

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_smoothing), first, T.Create(_gain) * gradient * gradient);
            return T.MultiplyAdd(T.Create(_negativeRate), gradient / (T.Sqrt(first) + T.Create(_epsilon)), weight);
        }
    }

    private readonly struct MomentumRule(float rate, double smoothing, float momentum, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _smoothing = (float)smoothing;
        private readonly float _gain = (float)(1 - smoothing);
        private readonly float _momentum = momentum;
        private readonly float _epsilon = epsilon;

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_smoothing), first, T.Create(_gain) * gradient * gradient);
            var step = gradient / (T.Sqrt(first) + T.Create(_epsilon));
            second = T.MultiplyAdd(T.Create(_momentum), second, step);
            return T.MultiplyAdd(T.Create(_negativeRate), second, weight);
        }
    }

    /// <summary>Without momentum it is the same with μ = 0.</summary>
    private readonly struct CenteredRule(float rate, double smoothing, float momentum, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _smoothing = (float)smoothing;
        private readonly float _gain = (float)(1 - smoothing);
        private readonly float _momentum = momentum;
        private readonly float _epsilon = epsilon;

        public static int StateCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_smoothing), first, T.Create(_gain) * gradient * gradient);
            third = T.MultiplyAdd(T.Create(_smoothing), third, T.Create(_gain) * gradient);
            var variance = T.Max(T.Create(0), T.MultiplyAdd(-third, third, first));
            var step = gradient / (T.Sqrt(variance) + T.Create(_epsilon));
            second = T.MultiplyAdd(T.Create(_momentum), second, step);
            return T.MultiplyAdd(T.Create(_negativeRate), second, weight);
        }
    }
}
