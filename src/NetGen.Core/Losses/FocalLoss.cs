using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The focal loss on a softmax: −(1 − p)^γ · ln p, where p is the probability of the right class. It counts samples that
/// are right already for less, so that rare and hard ones are heard (T.-Y. Lin et al., "Focal Loss for Dense Object
/// Detection", 2017). Class weights are that paper's α.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FocalLoss
{
    /// <summary>
    /// Writes each sample's share of the batch's mean focal loss, and its gradient with respect to the logits. Targets are
    /// class ids.
    /// </summary>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient: overwritten, with zeros behind the last output up to the stride.</param>
    /// <param name="rows">How the rows lie, of outputs and gradients alike.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <param name="gamma">How strongly easy samples are discounted, at least 0; 0 gives the cross-entropy.</param>
    /// <param name="classWeights">A weight per class, or nothing.</param>
    /// <exception cref="ArgumentException">The targets are of the wrong kind, or a class id is no class.</exception>
    public static void Run(
        LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to,
        float gamma = 2f, ReadOnlySpan<float> classWeights = default)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentOutOfRangeException.ThrowIfNegative(gamma);
        if (!term.HasClasses)
            throw new ArgumentException("The focal loss needs class ids, not a probability per class.", nameof(term));
        BatchWeights.Check(classWeights, rows.Length);
        var loss = new Rows(term, rows.Length, gamma, new BatchWeights(term, classWeights));
        RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
    }

    private readonly ref struct Rows(LossTerm term, int classes, float gamma, BatchWeights weights) : IRowLoss
    {
        private readonly LossTerm _term = term;
        private readonly int _classes = classes;
        private readonly float _gamma = gamma;
        private readonly BatchWeights _weights = weights;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>
        {
            int target = BatchWeights.ClassOf(_term, row, _classes);
            float weight = _weights.Of(row);
            float largest = SoftmaxRow.Largest<T>(in outputs, _classes);
            float sum = SoftmaxRow.Exponentials<T>(in outputs, ref gradient, _classes, largest);
            float logOfP = Unsafe.Add(ref Unsafe.AsRef(in outputs), target) - largest - VectorMath.Log(sum);
            float p = VectorMath.Exp(logOfP);
            // Not 1 - p, which loses all digits of what matters when p is nearly 1.
            float rest = -VectorMath.Expm1(logOfP);

            // With q = 1 - p, L = -q^g ln p. From dp/dx = p (onehot - softmax): dL/dx = (softmax - onehot) A
            // with A = -p dL/dp = q^g - g p q^(g-1) ln p.
            float discount = _gamma == 0 ? 1 : Power(rest, _gamma);
            float slope = _gamma == 0 || rest <= 0 ? 0 : _gamma * p * Power(rest, _gamma - 1) * logOfP;
            float factor = weight * (discount - slope);
            SoftmaxRow.Scale<T>(ref gradient, _classes, factor / sum);
            Unsafe.Add(ref gradient, target) -= factor;
            return -weight * discount * logOfP;
        }

        private static float Power(float x, float exponent) =>
            exponent == 2 ? x * x
            : exponent == 1 ? x
            : exponent == 0 ? 1
            : x <= 0 ? 0
            : VectorMath.Exp(exponent * VectorMath.Log(x));
    }
}
