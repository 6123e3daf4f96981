using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// The multi-class hinge loss: for classes C and the right one y, Σ over c ≠ y of max(0, margin − x_y + x_c) / C (J. Weston and
/// C. Watkins, 1999; PyTorch's <c>MultiMarginLoss</c> with p = 1).
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MultiClassHingeLoss
{
    /// <summary>
    /// Writes each sample's share of the batch's mean hinge loss, and its gradient with respect to the scores. Targets are
    /// class ids.
    /// </summary>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient: overwritten, with zeros behind the last output up to the stride.</param>
    /// <param name="rows">How the rows lie, of outputs and gradients alike.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <param name="margin">By how much the right class must lead, positive.</param>
    /// <param name="classWeights">A weight per class, or nothing.</param>
    /// <exception cref="ArgumentException">The targets are of the wrong kind, or a class id is no class.</exception>
    public static void Run(
        LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to,
        float margin = 1f, ReadOnlySpan<float> classWeights = default)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(margin);
        if (!term.HasClasses)
            throw new ArgumentException("The hinge loss needs class ids, not a probability per class.", nameof(term));
        BatchWeights.Check(classWeights, rows.Length);
        var loss = new Rows(term, rows.Length, margin, new BatchWeights(term, classWeights));
        RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
    }

    private readonly ref struct Rows(LossTerm term, int classes, float margin, BatchWeights weights) : IRowLoss
    {
        private readonly LossTerm _term = term;
        private readonly int _classes = classes;
        private readonly float _margin = margin;
        private readonly BatchWeights _weights = weights;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>
        {
            int target = BatchWeights.ClassOf(_term, row, _classes);
            float weight = _weights.Of(row) / _classes;
            T shift = T.Create(_margin - Unsafe.Add(ref Unsafe.AsRef(in outputs), target));
            T zero = T.Create(0), one = T.Create(1), step = T.Create(weight);
            T excess = zero, violations = zero;
            for (int i = 0; i < _classes; i += T.Count)
            {
                T lead = T.Select(Lanes.Below<T>(_classes - i), T.Load(in outputs, (nuint)i) + shift, zero);
                T violated = T.LessThan(zero, lead);
                // Added as it is, not only where positive, so that NaN is not hidden.
                excess += T.Select(T.LessThan(lead, zero), zero, lead);
                violations += T.Select(violated, one, zero);
                T.Store(T.Select(violated, step, zero), ref gradient, (nuint)i);
            }

            // The right class took part with its own margin: out with it again.
            Unsafe.Add(ref gradient, target) = -weight * (Lanes.Sum(violations) - 1);
            return weight * (Lanes.Sum(excess) - _margin);
        }
    }
}
