using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>The steps that everything on a softmax has in common, over one row of logits.</summary>
internal static class SoftmaxRow
{
    /// <summary>The largest logit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Largest<T>(ref readonly float logits, int classes) where T : struct, IVector<T>
    {
        T smallest = T.Create(float.NegativeInfinity);
        T largest = smallest;
        int i = 0;
        for (; i + T.Count <= classes; i += T.Count)
            largest = T.Max(largest, T.Load(in logits, (nuint)i));
        if (i < classes)
            largest = T.Max(largest, T.Select(Lanes.Below<T>(classes - i), T.Load(in logits, (nuint)i), smallest));
        return Lanes.Max(largest);
    }

    /// <summary>Writes exp(logit − largest) for each class, zero behind the last, and returns their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static float Exponentials<T>(ref readonly float logits, ref float result, int classes, float largest)
        where T : struct, IVector<T>
    {
        T shift = T.Create(largest);
        T sum = T.Create(0);
        int i = 0;
        for (; i + T.Count <= classes; i += T.Count)
        {
            T exponential = VectorMath.Exp(T.Load(in logits, (nuint)i) - shift);
            T.Store(exponential, ref result, (nuint)i);
            sum += exponential;
        }

        if (i < classes)
        {
            T exponential = T.Select(
                Lanes.Below<T>(classes - i), VectorMath.Exp(T.Load(in logits, (nuint)i) - shift), T.Create(0));
            T.Store(exponential, ref result, (nuint)i);
            sum += exponential;
        }

        return Lanes.Sum(sum);
    }

    /// <summary>Multiplies a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Scale<T>(ref float row, int classes, float factor) where T : struct, IVector<T>
    {
        T factors = T.Create(factor);
        for (int i = 0; i < classes; i += T.Count)
            T.Store(T.Load(in row, (nuint)i) * factors, ref row, (nuint)i);
    }
}
