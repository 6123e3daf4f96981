namespace NetGen;

/// <summary>The mean over all elements of (output − target)².</summary>
public sealed class MeanSquaredErrorAttribute : ObjectiveAttribute;

/// <summary>The mean over all elements of |output − target|.</summary>
public sealed class MeanAbsoluteErrorAttribute : ObjectiveAttribute;

/// <summary>
/// The mean over all elements of ½ e² where |e| ≤ delta, delta · (|e| − ½ delta) elsewhere, e = output − target
/// (P. J. Huber, 1964).
/// </summary>
/// <param name="delta">Where the square turns into a line, positive.</param>
public sealed class HuberAttribute(double delta = 1) : ObjectiveAttribute
{
    /// <summary>Where the square turns into a line.</summary>
    public double Delta { get; } = delta;
}

/// <summary>
/// The mean over all elements of ½ e² / beta where |e| &lt; beta, |e| − ½ beta elsewhere, e = output − target: the loss of
/// <see cref="HuberAttribute"/> divided by its delta (R. Girshick, "Fast R-CNN", 2015; PyTorch's <c>SmoothL1Loss</c>).
/// </summary>
/// <param name="beta">Where the square turns into a line, at least 0; 0 gives |e|.</param>
public sealed class SmoothL1Attribute(double beta = 1) : ObjectiveAttribute
{
    /// <summary>Where the square turns into a line.</summary>
    public double Beta { get; } = beta;
}

/// <summary>
/// The mean over all elements of ln cosh(output − target): ½ e² near 0 and |e| − ln 2 far away, smooth throughout (P. J. Green,
/// 1990). Exact for small errors too, where the usual forms cancel.
/// </summary>
public sealed class LogCoshAttribute : ObjectiveAttribute;

/// <summary>
/// The mean over all elements of exp(output) − target · output: the negative log-likelihood of a count under a Poisson
/// distribution whose rate is exp(output), less ln(target!), which no output changes (PyTorch's <c>PoissonNLLLoss</c>).
/// Targets are counts, 0 or more; outputs are logarithms of rates.
/// </summary>
public sealed class PoissonNllAttribute : ObjectiveAttribute;

/// <summary>
/// The mean over all elements of max(0, 1 − target · output), the loss of support-vector machines (C. Cortes and V. Vapnik,
/// 1995). Targets are −1 and 1, not 0 and 1; outputs are scores, whose sign is the answer.
/// </summary>
public sealed class BinaryHingeAttribute : ObjectiveAttribute
{
    /// <summary>
    /// Positive weights of class 0, whose target is −1, and class 1, for a single output. The mean then divides by the sum of the samples' weights.
    /// </summary>
    public double[]? ClassWeights { get; set; }
}

/// <summary>
/// The mean over all elements of −t ln p − (1 − t) ln(1 − p) with p = sigmoid(output): the outputs are logits, and no
/// <see cref="SigmoidAttribute"/> stands before this loss.
/// </summary>
public sealed class BinaryCrossEntropyAttribute : ObjectiveAttribute
{
    /// <summary>
    /// Positive weights of class 0 and class 1, for a single output; a target t between 0 and 1 weighs (1 − t) times the first and t times the
    /// second. The mean then divides by the sum of the samples' weights.
    /// </summary>
    public double[]? ClassWeights { get; set; }
}

/// <summary>
/// The mean over samples of −Σ t ln softmax(output): the outputs are logits, and no <see cref="SoftmaxAttribute"/> stands
/// before this loss. Targets are class ids, or probabilities that sum to one. Of a sequence each step has a target, and the mean is over all of them.
/// </summary>
public sealed class SoftmaxCrossEntropyAttribute : ObjectiveAttribute
{
    /// <summary>The share of the target's mass spread evenly over all classes, at least 0 and below 1.</summary>
    public double LabelSmoothing { get; set; }

    /// <summary>
    /// A positive weight per class; the mean then divides by the sum of the samples' weights, as PyTorch does.
    /// </summary>
    public double[]? ClassWeights { get; set; }

    /// <summary>
    /// A class id that stands for no target: a step of a sequence, or a sample, that has it counts for nothing (PyTorch's <c>ignore_index</c>, there
    /// −100). Usually none of the classes; every id counts unless it is set.
    /// </summary>
    public int IgnoreIndex { get; set; }
}

/// <summary>
/// The focal loss: the mean over samples of −(1 − p)^gamma · ln p, where p is the softmax of the right class. Samples that are
/// right already count for less, so that rare and hard ones are heard (T.-Y. Lin et al., "Focal Loss for Dense Object
/// Detection", 2017). The outputs are logits, and no <see cref="SoftmaxAttribute"/> stands before this loss. Targets are class ids.
/// </summary>
/// <param name="gamma">How strongly easy samples are discounted, at least 0; 0 gives the cross-entropy.</param>
public sealed class FocalAttribute(double gamma = 2) : ObjectiveAttribute
{
    /// <summary>How strongly easy samples are discounted.</summary>
    public double Gamma { get; } = gamma;

    /// <summary>
    /// A positive weight per class, the paper's α; the mean then divides by the sum of the samples' weights.
    /// </summary>
    public double[]? ClassWeights { get; set; }

    /// <summary>
    /// A class id that stands for no target: a step of a sequence, or a sample, that has it counts for nothing (PyTorch's <c>ignore_index</c>, there
    /// −100). Usually none of the classes; every id counts unless it is set.
    /// </summary>
    public int IgnoreIndex { get; set; }
}

/// <summary>
/// The Kullback-Leibler divergence from the targets: the mean over samples of Σ t · (ln t − ln softmax(output)), with
/// 0 · ln 0 = 0 (S. Kullback and R. A. Leibler, 1951; PyTorch's <c>KLDivLoss</c> with <c>batchmean</c> on a log-softmax). The
/// outputs are logits, and no <see cref="SoftmaxAttribute"/> stands before this loss. Targets are one probability per class,
/// which sum to one, or class ids, for which it is the cross-entropy.
/// </summary>
public sealed class KullbackLeiblerAttribute : ObjectiveAttribute;

/// <summary>
/// The multi-class hinge loss: the mean over samples of Σ max(0, margin − x_y + x_c) / C over the classes c other than the
/// right one y, C being their number with it (J. Weston and C. Watkins, 1999; PyTorch's <c>MultiMarginLoss</c>). Outputs are
/// scores; targets are class ids.
/// </summary>
/// <param name="margin">By how much the right class must lead, positive.</param>
public sealed class MultiClassHingeAttribute(double margin = 1) : ObjectiveAttribute
{
    /// <summary>By how much the right class must lead.</summary>
    public double Margin { get; } = margin;

    /// <summary>A positive weight per class; the mean then divides by the sum of the samples' weights.</summary>
    public double[]? ClassWeights { get; set; }

    /// <summary>
    /// A class id that stands for no target: a step of a sequence, or a sample, that has it counts for nothing (PyTorch's <c>ignore_index</c>, there
    /// −100). Usually none of the classes; every id counts unless it is set.
    /// </summary>
    public int IgnoreIndex { get; set; }
}

/// <summary>
/// The mean over samples of 1 − cos(output, target) = 1 − x·t / (|x| |t|): the direction counts, the length does not
/// (PyTorch's <c>CosineEmbeddingLoss</c> for pairs that belong together; as there, 1e-12 is added to both squared lengths).
/// Targets are vectors of the output's length.
/// </summary>
public sealed class CosineEmbeddingAttribute : ObjectiveAttribute;
