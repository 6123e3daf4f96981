using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>A loss that compares each output with its target value, independently of all others.</summary>
internal interface IElementLoss
{
    /// <summary>The loss of one output.</summary>
    T Value<T>(T output, T target) where T : struct, IVector<T>;

    /// <summary>Its derivative with respect to the output.</summary>
    T Slope<T>(T output, T target) where T : struct, IVector<T>;
}

/// <summary>The mean of an element loss over a sample's outputs, as a row loss.</summary>
internal readonly ref struct ElementLossRows<TLoss>(TLoss loss, TrainingFrame frame, int length, BatchWeights weights)
    : IRowLoss where TLoss : struct, IElementLoss
{
    private readonly TLoss _loss = loss;
    private readonly TrainingFrame _frame = frame;
    private readonly int _length = length;
    private readonly BatchWeights _weights = weights;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Row<T>(ref readonly float outputs, ref float gradient, int sample) where T : struct, IVector<T>
    {
        ref readonly float targets = ref Unsafe.Add(ref Unsafe.AsRef(in _frame.Targets), (nint)sample * _length);
        float weight = _weights.Of(sample) / _length;
        T zero = T.Create(0), weights = T.Create(weight), sum = zero;
        for (int i = 0; i < _length; i += T.Count)
        {
            T inside = Lanes.Below<T>(_length - i);
            T output = T.Load(in outputs, (nuint)i);
            T target = Lanes.LoadPart<T>(in targets, i, _length);
            sum += T.Select(inside, _loss.Value(output, target), zero);
            T.Store(T.Select(inside, _loss.Slope(output, target) * weights, zero), ref gradient, (nuint)i);
        }

        return weight * Lanes.Sum(sum);
    }
}
