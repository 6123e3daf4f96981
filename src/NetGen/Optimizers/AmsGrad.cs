using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>AMSGrad: Adam whose divisor never shrinks, which restores convergence where Adam can fail.</summary>
/// <remarks>
/// <para>As <see cref="Adam"/>, with <c>v̂ ← max(v̂, v)</c> in place of v under the root.</para>
/// <para>Source: Reddi, Kale and Kumar, "On the convergence of Adam and beyond", 2018. The arithmetic is that of
/// PyTorch's <c>Adam(amsgrad=True)</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class AmsGrad(float learningRate = 1e-3f) : AdaptiveMoments(learningRate)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["mean", "square", "largest"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
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

        public static int StateCount => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_beta1), first, T.Create(_gain1) * gradient);
            second = T.MultiplyAdd(T.Create(_beta2), second, T.Create(_gain2) * gradient * gradient);
            third = T.Max(third, second);
            var size = T.MultiplyAdd(T.Sqrt(third), T.Create(_rootScale), T.Create(_epsilon));
            return T.MultiplyAdd(T.Create(_negativeRate), first / size, weight);
        }
    }
}
