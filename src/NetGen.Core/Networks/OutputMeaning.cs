namespace NetGen;

/// <summary>
/// What a network's outputs are: how they are compared with targets, and how they decide between classes. The generator knows it
/// from the loss or, where the loss takes outputs as they come, from the last layer.
/// </summary>
public enum OutputMeaning
{
    /// <summary>Nobody said: a network without a loss whose last layer bounds nothing.</summary>
    Unknown,

    /// <summary>Numbers that are to meet their targets: a regression.</summary>
    Values,

    /// <summary>Logarithms of rates: exp(output) is the expected count (<see cref="PoissonNllAttribute"/>).</summary>
    LogRates,

    /// <summary>
    /// Log-odds, each for itself: sigmoid(output) is the probability of class 1, above 0 the more likely one
    /// (<see cref="BinaryCrossEntropyAttribute"/>).
    /// </summary>
    Logits,

    /// <summary>Probabilities, each for itself: above 0.5 class 1 is more likely (<see cref="SigmoidAttribute"/> last).</summary>
    Probabilities,

    /// <summary>
    /// Numbers from −1 to 1 (<see cref="TanhAttribute"/> last): values or, where all targets are −1 and 1, classes 0 and 1 by their sign.
    /// </summary>
    Signs,

    /// <summary>
    /// Scores whose sign decides between two classes, −1 and 1 as targets; they are no probabilities (<see cref="BinaryHingeAttribute"/>).
    /// </summary>
    Margins,

    /// <summary>A logit per class: their softmax are probabilities (<see cref="SoftmaxCrossEntropyAttribute"/>).</summary>
    ClassLogits,

    /// <summary>A probability per class, which sum to 1 (<see cref="SoftmaxAttribute"/> last).</summary>
    ClassProbabilities,

    /// <summary>A score per class, the highest wins; they are no probabilities (<see cref="MultiClassHingeAttribute"/>).</summary>
    ClassScores,
}
