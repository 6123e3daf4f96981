using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>What happens to gradient and weight ahead of every rule: rescaling and decay.</summary>
/// <remarks>
/// <c>g ← s·g + λ₂·w + λ₁·sign(w)</c> with the penalties' gradients, and <c>w ← (1 - η·λ)·w</c> for decoupled decay
/// (Loshchilov and Hutter, "Decoupled weight decay regularization", 2019). Terms that are not in use are exact
/// identities, so they cost no rounding.
/// </remarks>
/// <param name="gradientScale">The factor s on the gradient.</param>
/// <param name="squaredPenalty">The gradient λ₂·w of an L2 penalty ½·λ₂·w².</param>
/// <param name="absolutePenalty">The gradient λ₁·sign(w) of an L1 penalty λ₁·|w|.</param>
/// <param name="keep">The share 1 - η·λ of the weight that decoupled decay keeps.</param>
public readonly struct UpdateTerms(float gradientScale, float squaredPenalty, float absolutePenalty, float keep)
{
    private readonly float _gradientScale = gradientScale;
    private readonly float _squaredPenalty = squaredPenalty;
    private readonly float _absolutePenalty = absolutePenalty;
    private readonly float _keep = keep;

    /// <summary>Whether there is an L1 penalty.</summary>
    public bool HasAbsolutePenalty => _absolutePenalty != 0;

    /// <summary>Whether nothing decays, so that a gradient of zero stays one.</summary>
    public bool OnlyScales => _squaredPenalty == 0 && _absolutePenalty == 0 && _keep == 1;

    /// <summary>Rescales and decays: the gradient is returned, the weight replaced.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="weight">The weights, replaced by what decoupled decay keeps of them.</param>
    /// <param name="gradient">The gradient of the loss.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Apply<T>(ref T weight, T gradient) where T : struct, IVector<T>
    {
        var sign = VectorMath.Sign(weight);
        gradient = ApplyWithoutAbsolutePenalty(ref weight, gradient);
        return T.MultiplyAdd(T.Create(_absolutePenalty), sign, gradient);
    }

    /// <summary>The same where <see cref="HasAbsolutePenalty"/> is false, with less work.</summary>
    /// <typeparam name="T">The width.</typeparam>
    /// <param name="weight">The weights, replaced by what decoupled decay keeps of them.</param>
    /// <param name="gradient">The gradient of the loss.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T ApplyWithoutAbsolutePenalty<T>(ref T weight, T gradient) where T : struct, IVector<T>
    {
        gradient = T.MultiplyAdd(T.Create(_squaredPenalty), weight, gradient * T.Create(_gradientScale));
        weight *= T.Create(_keep);
        return gradient;
    }
}
