using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>Lion: steps of one size, in the direction of the sign of an average.</summary>
/// <remarks>
/// <para><c>w ← (1 - η·λ)·w - η·sign(β₁·m + (1 - β₁)·g)</c>, <c>m ← β₂·m + (1 - β₂)·g</c>; sign(0) = 0.</para>
/// <para>Source: Chen et al., "Symbolic discovery of optimization algorithms", 2023. Learning rates are three to ten
/// times smaller than Adam's, weight decay is decoupled and as much larger.</para>
/// </remarks>
public sealed class Lion : Optimizer
{
    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.99;

    /// <summary>Lion without weight decay, which <see cref="Optimizer.WeightDecay"/> sets.</summary>
    /// <param name="learningRate">The learning rate η.</param>
    public Lion(float learningRate = 1e-4f) : base(learningRate) => DecoupledWeightDecay = true;

    /// <summary>The share of the average in the direction of a step, β₁: 0 to below 1.</summary>
    public double Beta1
    {
        get => _beta1;
        init => _beta1 = Require.Fraction(value);
    }

    /// <summary>The share of the old average that a step keeps, β₂: 0 to below 1.</summary>
    public double Beta2
    {
        get => _beta2;
        init => _beta2 = Require.Fraction(value);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["mean"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier) =>
        kernel.Run(new Rule(LearningRate * learningRateMultiplier, Beta1, Beta2));

    private readonly struct Rule(float rate, double beta1, double beta2) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _beta1 = (float)beta1;
        private readonly float _gain1 = (float)(1 - beta1);
        private readonly float _beta2 = (float)beta2;
        private readonly float _gain2 = (float)(1 - beta2);

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            var direction = T.MultiplyAdd(T.Create(_beta1), first, T.Create(_gain1) * gradient);
            first = T.MultiplyAdd(T.Create(_beta2), first, T.Create(_gain2) * gradient);
            return T.MultiplyAdd(T.Create(_negativeRate), VectorMath.Sign(direction), weight);
        }
    }
}
