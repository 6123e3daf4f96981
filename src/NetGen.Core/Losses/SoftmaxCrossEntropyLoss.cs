using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>
/// Softmax and cross-entropy in one: for logits x and target probabilities t, loss = Σ t · (ln Σ exp x − x) and its
/// gradient softmax(x) · Σ t − t, both after subtracting the largest logit, which keeps them finite for any finite logits.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SoftmaxCrossEntropyLoss
{
    /// <summary>
    /// Writes each sample's share of the batch's mean loss to the term, and the gradient of that mean with respect to the logits.
    /// </summary>
    /// <remarks>
    /// <para>Targets are the frame's class ids, or one probability per class in its target values.</para>
    /// <para>As in PyTorch, class weights multiply each class's term. With class ids the mean divides by the sum of the
    /// samples' weights; with probabilities by the number of samples, or the sum of their own weights.</para>
    /// </remarks>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's logits.</param>
    /// <param name="gradient">The first sample's gradient: overwritten, with zeros between the last class and the stride.</param>
    /// <param name="rows">How the rows lie, of outputs and gradients alike.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <param name="labelSmoothing">The share of the target's mass spread evenly over all classes, 0 to 1.</param>
    /// <param name="classWeights">A weight per class, or nothing.</param>
    /// <exception cref="ArgumentException">A class id is not below the number of classes.</exception>
    public static void Run(
        LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to,
        float labelSmoothing = 0f, ReadOnlySpan<float> classWeights = default)
    {
        ArgumentNullException.ThrowIfNull(term);
        BatchWeights.Check(classWeights, rows.Length);
        if (term.HasClasses && labelSmoothing == 0f)
        {
            var loss = new ClassCrossEntropy(term, rows.Length, new BatchWeights(term, classWeights));
            RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
        }
        else
        {
            var weights = new BatchWeights(term, term.HasClasses ? classWeights : default);
            var loss = new DistributionCrossEntropy(term, rows.Length, labelSmoothing, classWeights, weights, false);
            RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
        }
    }
}
