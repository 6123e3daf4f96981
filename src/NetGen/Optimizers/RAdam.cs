using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>RAdam: Adam that waits with dividing by √v until its variance is known well enough.</summary>
/// <remarks>
/// <para>m and v as in <see cref="Adam"/>. With <c>ρ∞ = 2/(1 - β₂) - 1</c> and <c>ρₜ = ρ∞ - 2t·β₂ᵗ/(1 - β₂ᵗ)</c>: while
/// ρₜ ≤ 5, <c>w ← w - η·m̂</c>; after that <c>w ← w - η·r·m̂·√(1 - β₂ᵗ)/(√v + ε)</c>, where <c>m̂ = m/(1 - β₁ᵗ)</c> and
/// <c>r = √((ρₜ - 4)(ρₜ - 2)ρ∞ / ((ρ∞ - 4)(ρ∞ - 2)ρₜ))</c>.</para>
/// <para>Source: Liu et al., "On the variance of the adaptive learning rate and beyond", 2020. The arithmetic is that of
/// PyTorch's <c>RAdam</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class RAdam(float learningRate = 1e-3f) : AdaptiveMoments(learningRate)
{
    /// <summary>The factor on m/(√v + ε), or 0 while the plain step on m is taken.</summary>
    private double _rectification;

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
    {
        double rate = (double)LearningRate * learningRateMultiplier / MeanCorrection;
        kernel.Run(_rectification > 0
            ? new Rule((float)(rate * _rectification), rootShare: 1, Epsilon, Beta1, Beta2)
            : new Rule((float)rate, rootShare: 0, addend: 1, Beta1, Beta2));
    }

    private protected override void ComputeConstants(long step)
    {
        base.ComputeConstants(step);
        double limit = 2 / (1 - Beta2) - 1;
        double length = limit - 2 * step * (1 - SquareCorrection) / SquareCorrection;
        _rectification = length > 5
            ? Math.Sqrt((length - 4) * (length - 2) * limit / ((limit - 4) * (limit - 2) * length) * SquareCorrection)
            : 0;
    }

    /// <summary>The divisor is rootShare·√v + addend: √v + ε, or 1 for the plain step.</summary>
    private readonly struct Rule(float rate, float rootShare, float addend, double beta1, double beta2) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _rootShare = rootShare;
        private readonly float _beta1 = (float)beta1;
        private readonly float _gain1 = (float)(1 - beta1);
        private readonly float _beta2 = (float)beta2;
        private readonly float _gain2 = (float)(1 - beta2);
        private readonly float _addend = addend;

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_beta1), first, T.Create(_gain1) * gradient);
            second = T.MultiplyAdd(T.Create(_beta2), second, T.Create(_gain2) * gradient * gradient);
            var size = T.MultiplyAdd(T.Sqrt(second), T.Create(_rootShare), T.Create(_addend));
            return T.MultiplyAdd(T.Create(_negativeRate), first / size, weight);
        }
    }
}
