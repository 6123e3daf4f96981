namespace NetGen.Optimizers;

/// <summary>
/// What the relatives of Adam share: exponential averages of the gradient (rate β₁) and of its size (rate β₂), and
/// the corrections of their start from zero.
/// </summary>
public abstract class AdaptiveMoments : Optimizer
{
    private readonly double _beta1 = 0.9;
    private readonly double _beta2 = 0.999;
    private readonly float _epsilon = 1e-8f;

    private protected AdaptiveMoments(float learningRate) : base(learningRate)
    {
    }

    /// <summary>The share of the old average of gradients that a step keeps, β₁: 0 to below 1.</summary>
    public double Beta1
    {
        get => _beta1;
        init => _beta1 = Require.Fraction(value);
    }

    /// <summary>The share of the old average of gradient sizes that a step keeps, β₂: 0 to below 1.</summary>
    public double Beta2
    {
        get => _beta2;
        init => _beta2 = Require.Fraction(value);
    }

    /// <summary>What keeps the division finite, ε: above 0.</summary>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = Require.Positive(value);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> StateNames => ["mean", "square"];

    /// <summary>1 - β₁ᵗ.</summary>
    private protected double MeanCorrection { get; private set; } = 1;

    /// <summary>1 - β₂ᵗ.</summary>
    private protected double SquareCorrection { get; private set; } = 1;

    private protected override void ComputeConstants(long step)
    {
        MeanCorrection = 1 - Math.Pow(Beta1, step);
        SquareCorrection = 1 - Math.Pow(Beta2, step);
    }
}
