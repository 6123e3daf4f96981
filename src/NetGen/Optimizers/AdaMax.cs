using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>AdaMax: Adam with the largest recent gradient in place of the root of the average square.</summary>
/// <remarks>
/// <para><c>m ← β₁·m + (1 - β₁)·g</c>, <c>u ← max(β₂·u, |g| + ε)</c>, <c>w ← w - η/(1 - β₁ᵗ) · m/u</c>.</para>
/// <para>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7. The arithmetic is that of
/// PyTorch's <c>Adamax</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class AdaMax(float learningRate = 2e-3f) : AdaptiveMoments(learningRate)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["mean", "largest"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier) =>
        kernel.Run(new Rule(
            (float)((double)LearningRate * learningRateMultiplier / MeanCorrection), Beta1, (float)Beta2, Epsilon));

    private readonly struct Rule(float rate, double beta1, float beta2, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _beta1 = (float)beta1;
        private readonly float _gain1 = (float)(1 - beta1);
        private readonly float _beta2 = beta2;
        private readonly float _epsilon = epsilon;

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_beta1), first, T.Create(_gain1) * gradient);
            second = T.Max(T.Create(_beta2) * second, T.Abs(gradient) + T.Create(_epsilon));
            return T.MultiplyAdd(T.Create(_negativeRate), first / second, weight);
        }
    }
}
