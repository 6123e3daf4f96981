using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// One minus the cosine of the angle between output x and target t: 1 − x·t / (|x| |t|), PyTorch's <c>CosineEmbeddingLoss</c>
/// for pairs that belong together. As there, 1e-12 is added to both squared lengths.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CosineEmbeddingLoss
{
    /// <summary>
    /// Writes each sample's share of the batch's mean loss, and its gradient with respect to the outputs. Targets are values.
    /// </summary>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient: overwritten, with zeros behind the last output up to the stride.</param>
    /// <param name="rows">How the rows lie, of outputs and gradients alike.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    /// <exception cref="ArgumentException">The targets are class ids.</exception>
    public static void Run(
        LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (term.HasClasses)
            throw new ArgumentException("The cosine loss needs target values, not class ids.", nameof(term));
        var loss = new Rows(term, rows.Length, new BatchWeights(term, default));
        RowLoss.Run(loss, term, in outputs, ref gradient, rows, from, to);
    }

    private readonly ref struct Rows(LossTerm term, int length, BatchWeights weights) : IRowLoss
    {
        private const float Epsilon = 1e-12f;

        private readonly LossTerm _term = term;
        private readonly int _length = length;
        private readonly BatchWeights _weights = weights;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>
        {
            ref readonly float targets = ref _term.TargetsOf(row, _length);
            float weight = _weights.Of(row);
            T zero = T.Create(0);
            T products = zero, squares = zero, targetSquares = zero;
            for (int i = 0; i < _length; i += T.Count)
            {
                T x = T.Select(Lanes.Below<T>(_length - i), T.Load(in outputs, (nuint)i), zero);
                T t = Lanes.LoadPart<T>(in targets, i, _length);
                products = T.MultiplyAdd(x, t, products);
                squares = T.MultiplyAdd(x, x, squares);
                targetSquares = T.MultiplyAdd(t, t, targetSquares);
            }

            float square = Lanes.Sum(squares) + Epsilon;
            float lengths = MathF.Sqrt(square) * MathF.Sqrt(Lanes.Sum(targetSquares) + Epsilon);
            float cosine = Lanes.Sum(products) / lengths;

            // d cosine / dx = t / (|x| |t|) - cosine x / |x|².
            T along = T.Create(weight * cosine / square), across = T.Create(-weight / lengths);
            for (int i = 0; i < _length; i += T.Count)
            {
                T x = T.Select(Lanes.Below<T>(_length - i), T.Load(in outputs, (nuint)i), zero);
                T t = Lanes.LoadPart<T>(in targets, i, _length);
                T.Store(T.MultiplyAdd(t, across, x * along), ref gradient, (nuint)i);
            }

            return weight * (1 - cosine);
        }
    }
}
