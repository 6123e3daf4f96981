using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>Nadam: Adam with Nesterov's look-ahead and a momentum that warms up.</summary>
/// <remarks>
/// <para>m and v as in <see cref="Adam"/>; with <c>μₜ = β₁·(1 - ½·0.96^(t·ψ))</c> and <c>Πₜ = μ₁·…·μₜ</c>,
/// <c>w ← w - η·[(1 - μₜ)/(1 - Πₜ)·g + μₜ₊₁/(1 - Πₜ₊₁)·m] / (√(v/(1 - β₂ᵗ)) + ε)</c>.</para>
/// <para>Source: Dozat, "Incorporating Nesterov momentum into Adam", 2016. The arithmetic is that of PyTorch's
/// <c>NAdam</c> from version 2 on; see <see cref="LegacyProduct"/> for the one before.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class Nadam(float learningRate = 2e-3f) : AdaptiveMoments(learningRate)
{
    private readonly double _momentumDecay = 4e-3;
    private double _product = 1;
    private long _productStep;
    private double _gradientShare;
    private double _meanShare;

    /// <summary>How fast the momentum warms up, ψ: at least 0.</summary>
    public double MomentumDecay
    {
        get => _momentumDecay;
        init => _momentumDecay = Require.NotNegative(value);
    }

    /// <summary>
    /// Whether the next product holds μₜ twice, <c>Πₜ₊₁ = Πₜ·μₜ·μₜ₊₁</c>, as PyTorch's did up to version 1.13. It makes the
    /// first steps a little shorter; set it only to follow a training run of that time.
    /// </summary>
    public bool LegacyProduct { get; init; }

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
    {
        double learningRate = (double)LearningRate * learningRateMultiplier;
        kernel.Run(new Rule(
            (float)(learningRate * _gradientShare), (float)(learningRate * _meanShare),
            (float)(1 / Math.Sqrt(SquareCorrection)), Beta1, Beta2, Epsilon));
    }

    private protected override void ComputeConstants(long step)
    {
        base.ComputeConstants(step);

        // The product is not part of a saved state: after a restart it is multiplied up again in the same order, which
        // gives the same bits and ends early, since it soon underflows to zero.
        if (step != _productStep + 1)
            (_product, _productStep) = (1, 0);
        while (_productStep < step && _product != 0)
            _product *= MomentumAt(++_productStep);
        _productStep = step;

        double momentum = MomentumAt(step), next = MomentumAt(step + 1);
        _gradientShare = (1 - momentum) / (1 - _product);
        _meanShare = next / (1 - _product * next * (LegacyProduct ? momentum : 1));
    }

    private double MomentumAt(long step) => Beta1 * (1 - 0.5 * Math.Pow(0.96, step * MomentumDecay));

    private readonly struct Rule(
        float gradientRate, float meanRate, float rootScale, double beta1, double beta2, float epsilon) : IUpdateRule
    {
        private readonly float _gradientRate = -gradientRate;
        private readonly float _meanRate = -meanRate;
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
            var step = T.MultiplyAdd(T.Create(_meanRate), first, T.Create(_gradientRate) * gradient);
            return weight + step / size;
        }
    }
}
