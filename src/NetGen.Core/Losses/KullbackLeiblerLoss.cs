using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// The Kullback-Leibler divergence of the network's softmax p from target probabilities t: Σ t · (ln t − ln p), with
/// 0 · ln 0 = 0 (S. Kullback and R. A. Leibler, 1951). Its mean is over samples, PyTorch's <c>batchmean</c>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KullbackLeiblerLoss
{
    /// <summary>
    /// Writes each sample's share of the batch's mean divergence, and its gradient with respect to the logits. Targets are
    /// one probability per class in the frame's target values, or class ids, whose whole mass lies on one class.
    /// </summary>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient: overwritten, with zeros behind the last output up to the stride.</param>
    /// <param name="rows">How the rows lie, of outputs and gradients alike.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <exception cref="ArgumentException">A class id is no class.</exception>
    public static void Run(
        LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(term);
        var loss = new DistributionCrossEntropy(
            term, rows.Length, 0f, default, new BatchWeights(term, default), relative: true);
        RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
    }
}
