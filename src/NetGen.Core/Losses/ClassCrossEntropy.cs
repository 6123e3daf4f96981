using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>Softmax cross-entropy where all of a sample's target mass lies on one class: three short passes.</summary>
internal readonly ref struct ClassCrossEntropy(LossTerm term, int classes, BatchWeights weights) : IRowLoss
{
    private readonly LossTerm _term = term;
    private readonly int _classes = classes;
    private readonly BatchWeights _weights = weights;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>
    {
        int target = BatchWeights.ClassOf(_term, row, _classes);
        float weight = _weights.Of(row);
        float largest = SoftmaxRow.Largest<T>(in outputs, _classes);
        float sum = SoftmaxRow.Exponentials<T>(in outputs, ref gradient, _classes, largest);
        SoftmaxRow.Scale<T>(ref gradient, _classes, weight / sum);
        Unsafe.Add(ref gradient, target) -= weight;
        return weight * (VectorMath.Log(sum) - (Unsafe.Add(ref Unsafe.AsRef(in outputs), target) - largest));
    }
}
