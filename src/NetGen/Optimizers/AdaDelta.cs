using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>AdaDelta: steps in the parameter's own units, from averages of squared gradients and squared steps.</summary>
/// <remarks>
/// <para><c>s ← ρ·s + (1 - ρ)·g²</c>, <c>d = √(u + ε)/√(s + ε) · g</c>, <c>u ← ρ·u + (1 - ρ)·d²</c>, <c>w ← w - η·d</c>.</para>
/// <para>Source: Zeiler, "ADADELTA: an adaptive learning rate method", 2012. The arithmetic is that of PyTorch's
/// <c>Adadelta</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η, which the paper does without: 1.</param>
public sealed class AdaDelta(float learningRate = 1) : Optimizer(learningRate)
{
    private readonly double _rho = 0.9;
    private readonly float _epsilon = 1e-6f;

    /// <summary>The share of the old averages that a step keeps, ρ: 0 to below 1.</summary>
    public double Rho
    {
        get => _rho;
        init => _rho = Require.Fraction(value);
    }

    /// <summary>What keeps the division finite and the first steps above zero, ε: above 0.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Require.Positive(value);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["square", "step"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier) =>
        kernel.Run(new Rule(LearningRate * learningRateMultiplier, Rho, Epsilon));

    private readonly struct Rule(float rate, double rho, float epsilon) : IUpdateRule
    {
        private readonly float _negativeRate = -rate;
        private readonly float _rho = (float)rho;
        private readonly float _gain = (float)(1 - rho);
        private readonly float _epsilon = epsilon;

        public static int StateCount => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_rho), first, T.Create(_gain) * gradient * gradient);
            var epsilon = T.Create(_epsilon);
            var step = T.Sqrt(second + epsilon) / T.Sqrt(first + epsilon) * gradient;
            second = T.MultiplyAdd(T.Create(_rho), second, T.Create(_gain) * step * step);
            return T.MultiplyAdd(T.Create(_negativeRate), step, weight);
        }
    }
}
