using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>Adam: steps scaled by averages of the gradient and of its square.</summary>
/// <remarks>
/// <para><c>m ← β₁·m + (1 - β₁)·g</c>, <c>v ← β₂·v + (1 - β₂)·g²</c>,
/// <c>w ← w - η/(1 - β₁ᵗ) · m / (√v/√(1 - β₂ᵗ) + ε)</c>.</para>
/// <para>Source: Kingma and Ba, "Adam: a method for stochastic optimization", 2015. The arithmetic is that of PyTorch's
/// <c>Adam</c>; weight decay enters the gradient (see <see cref="AdamW"/>).</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public class Adam(float learningRate = 1e-3f) : AdaptiveMoments(learningRate)
{
    /// <inheritdoc/>
    public sealed override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
    {
        double learningRate = (double)LearningRate * learningRateMultiplier;
        kernel.Run(new Rule(
            (float)(learningRate / MeanCorrection), (float)(1 / Math.Sqrt(SquareCorrection)), Beta1, Beta2, Epsilon));
    }

    private readonly struct Rule(float rate, float rootScale, double beta1, double beta2, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _rootScale = rootScale;
        private readonly float _beta1 = (float)beta1;
        private readonly float _gain1 = (float)(1 - beta1);
        private readonly float _beta2 = (float)beta2;
        private readonly float _gain2 = (float)(1 - beta2);
        private readonly float _epsilon = epsilon;

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_beta1), first, T.Create(_gain1) * gradient);
            second = T.MultiplyAdd(T.Create(_beta2), second, T.Create(_gain2) * gradient * gradient);
            var size = T.MultiplyAdd(T.Sqrt(second), T.Create(_rootScale), T.Create(_epsilon));
            return T.MultiplyAdd(T.Create(_negativeRate), first / size, weight);
        }
    }
}

/// <summary>Adam with decoupled weight decay: the weights shrink by η·λ, whatever the size of their gradient.</summary>
/// <remarks>
/// <para><c>w ← (1 - η·λ)·w</c>, then <see cref="Adam"/>'s step.</para>
/// <para>Source: Loshchilov and Hutter, "Decoupled weight decay regularization", 2019. The arithmetic is that of
/// PyTorch's <c>AdamW</c>.</para>
/// </remarks>
public sealed class AdamW : Adam
{
    /// <summary>Adam with decoupled weight decay of 0.01, which <see cref="Optimizer.WeightDecay"/> changes.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public AdamW(float learningRate = 1e-3f) : base(learningRate)
    {
        DecoupledWeightDecay = true;
        WeightDecay = 0.01f;
    }
}
