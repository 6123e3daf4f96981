using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Softmax cross-entropy against a distribution q over the classes: a smoothed class id, or given probabilities, either
/// times class weights. With <c>relative</c> it is the Kullback-Leibler divergence, which also subtracts q's own entropy.
/// </summary>
internal readonly ref struct DistributionCrossEntropy(
    LossTerm term, int classes, float smoothing, ReadOnlySpan<float> classWeights, BatchWeights weights, bool relative)
    : IRowLoss
{
    private readonly LossTerm _term = term;
    private readonly int _classes = classes;
    private readonly float _smoothing = smoothing;
    private readonly ReadOnlySpan<float> _classWeights = classWeights;
    private readonly BatchWeights _weights = weights;
    private readonly bool _relative = relative;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>
    {
        // The gradient's row holds q until q is needed no more.
        WriteTargets<T>(ref gradient, row);
        float largest = SoftmaxRow.Largest<T>(in outputs, _classes);
        T zero = T.Create(0);
        T shift = T.Create(largest);
        T exponentials = zero, mass = zero, cross = zero, entropy = zero;
        for (int i = 0; i < _classes; i += T.Count)
        {
            T distance = T.Load(in outputs, (nuint)i) - shift;
            T target = T.Load(in gradient, (nuint)i);
            exponentials += T.Select(Lanes.Below<T>(_classes - i), VectorMath.Exp(distance), zero);
            mass += target;
            // A class without mass adds nothing, even where its logit is minus infinity.
            T absent = T.Equal(target, zero);
            cross += T.Select(absent, zero, target * distance);
            if (_relative)
                entropy += T.Select(absent, zero, target * VectorMath.Log(T.Select(absent, T.Create(1), target)));
        }

        float sum = Lanes.Sum(exponentials);
        float total = Lanes.Sum(mass);
        // Class weights are part of q already.
        float weight = _weights.OfSampleAlone(row);
        T share = T.Create(total / sum);
        T weights = T.Create(weight);
        for (int i = 0; i < _classes; i += T.Count)
        {
            T probability = VectorMath.Exp(T.Load(in outputs, (nuint)i) - shift) * share;
            T difference = (probability - T.Load(in gradient, (nuint)i)) * weights;
            T.Store(T.Select(Lanes.Below<T>(_classes - i), difference, zero), ref gradient, (nuint)i);
        }

        return weight * (total * VectorMath.Log(sum) - Lanes.Sum(cross) + Lanes.Sum(entropy));
    }

    private void WriteTargets<T>(ref float targets, LossRow row) where T : struct, IVector<T>
    {
        T keep = T.Create(1 - _smoothing);
        T even = T.Create(_smoothing / _classes);
        for (int i = 0; i < _classes; i += T.Count)
        {
            T target = even;
            if (!_term.HasClasses)
            {
                ref float given = ref _term.TargetsOf(row, _classes);
                target = T.MultiplyAdd(Lanes.LoadPart<T>(in given, i, _classes), keep, even);
            }

            if (!_classWeights.IsEmpty)
                target *= Lanes.LoadPart<T>(in _classWeights[0], i, _classes);
            T.Store(T.Select(Lanes.Below<T>(_classes - i), target, T.Create(0)), ref targets, (nuint)i);
        }

        if (_term.HasClasses)
        {
            int target = BatchWeights.ClassOf(_term, row, _classes);
            float weight = _classWeights.IsEmpty ? 1 : _classWeights[target];
            Unsafe.Add(ref targets, target) += (1 - _smoothing) * weight;
        }
    }
}
