using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>Stochastic gradient descent, with momentum if asked.</summary>
/// <remarks>
/// <para>Plain: <c>w ← w - η·g</c>.</para>
/// <para>With momentum μ and dampening τ: <c>b ← μ·b + (1 - τ)·g</c> (on the first step <c>b ← g</c>),
/// <c>w ← w - η·b</c>; with Nesterov's look-ahead <c>w ← w - η·(g + μ·b)</c>. τ = 0 is the classical form, in which b
/// sums gradients; τ = μ makes b their exponential average.</para>
/// <para>Sources: Polyak 1964; Sutskever et al., "On the importance of initialization and momentum in deep learning",
/// 2013. The arithmetic is that of PyTorch's <c>SGD</c>.</para>
/// </remarks>
/// <param name="learningRate">The learning rate η.</param>
public sealed class Sgd(float learningRate) : Optimizer(learningRate)
{
    private readonly float _momentum;
    private readonly float _dampening;

    /// <summary>How much of the last step is kept, μ: 0 to below 1.</summary>
    public float Momentum
    {
        get => _momentum;
        init => _momentum = (float)Require.Fraction(value);
    }

    /// <summary>How much of each new gradient is left out of the momentum, τ; set it to μ for the exponential average.</summary>
    public float Dampening
    {
        get => _dampening;
        init => _dampening = (float)Require.Share(value, nameof(Dampening));
    }

    /// <summary>Whether the step looks ahead along the momentum. It needs momentum without dampening.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => Momentum == 0 ? [] : ["momentum"];

    /// <inheritdoc/>
    public override void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
    {
        float learningRate = LearningRate * learningRateMultiplier;
        if (Momentum == 0)
        {
            kernel.Run(new PlainRule(learningRate));
            return;
        }

        float gain = StepCount == 1 ? 1 : (float)(1.0 - Dampening);
        kernel.Run(new MomentumRule(
            learningRate, Momentum, gain, gradientShare: Nesterov ? 1 : 0, momentumShare: Nesterov ? Momentum : 1));
    }

    private protected override void CheckSettings()
    {
        if (Nesterov && (Momentum == 0 || Dampening != 0))
        {
            throw new InvalidOperationException(
                $"Nesterov needs momentum above 0 and no dampening; found Momentum = {Momentum} and Dampening = {Dampening}.");
        }
    }

    private readonly struct PlainRule(float learningRate) : IUpdateRule
    {
        private readonly float _negativeRate = -learningRate;

        public static int StateCount => 0;

        public static bool RestsWithoutGradient => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T> =>
            T.MultiplyAdd(T.Create(_negativeRate), gradient, weight);
    }

    private readonly struct MomentumRule(
        float learningRate, float momentum, float gain, float gradientShare, float momentumShare) : IUpdateRule
    {
        private readonly float _negativeRate = -learningRate;
        private readonly float _momentum = momentum;
        private readonly float _gain = gain;
        private readonly float _gradientShare = gradientShare;
        private readonly float _momentumShare = momentumShare;

        public static int StateCount => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Update<T>(T weight, T gradient, ref T first, ref T second, ref T third) where T : struct, IVector<T>
        {
            first = T.MultiplyAdd(T.Create(_momentum), first, T.Create(_gain) * gradient);
            var step = T.MultiplyAdd(T.Create(_momentumShare), first, T.Create(_gradientShare) * gradient);
            return T.MultiplyAdd(T.Create(_negativeRate), step, weight);
        }
    }
}
