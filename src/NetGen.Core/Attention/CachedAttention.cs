using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Attention of one step to all so far, whose keys and values are remembered: for each head, softmax(q Kᵀ · scale) V. Generated code of streams calls
/// it. Scores are made for some steps at a time, and what was summed before shrinks when a larger one comes (M. Milakov and N. Gimelshein, "Online
/// normalizer calculation for softmax", 2018), so that keys and values are read once and no more scores are there than the stack holds.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CachedAttention
{
    // Steps whose scores are there at a time.
    private const int Block = 64;

    /// <summary>Computes what each head makes of the values.</summary>
    /// <param name="context">The first head's result.</param>
    /// <param name="contextHead">Floats from one head's result to the next.</param>
    /// <param name="queries">The first head's query.</param>
    /// <param name="queriesHead">Floats from one head's query to the next.</param>
    /// <param name="keys">The first step's first key.</param>
    /// <param name="keysStep">Floats from one step's keys to the next.</param>
    /// <param name="keysHead">Floats from one head's key to the next.</param>
    /// <param name="values">The first step's first value.</param>
    /// <param name="valuesStep">Floats from one step's values to the next.</param>
    /// <param name="valuesHead">Floats from one head's value to the next.</param>
    /// <param name="heads">The number of heads.</param>
    /// <param name="size">The elements of a query and of a key.</param>
    /// <param name="valueSize">The elements of a value; rows have room for whole vectors of 16 floats.</param>
    /// <param name="scale">What scores are multiplied by.</param>
    /// <param name="steps">The steps so far, at least 1.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Attend(
        ref float context, int contextHead, ref readonly float queries, int queriesHead, ref readonly float keys, int keysStep, int keysHead,
        ref readonly float values, int valuesStep, int valuesHead, int heads, int size, int valueSize, float scale, int steps)
    {
        for (int head = 0; head < heads; head++)
        {
            ref float result = ref Unsafe.Add(ref context, (nint)head * contextHead);
            ref float query = ref Unsafe.Add(ref Unsafe.AsRef(in queries), (nint)head * queriesHead);
            ref float key = ref Unsafe.Add(ref Unsafe.AsRef(in keys), (nint)head * keysHead);
            ref float value = ref Unsafe.Add(ref Unsafe.AsRef(in values), (nint)head * valuesHead);
            if (Avx512F.IsSupported)
                Attend<F32x16>(ref result, ref query, ref key, keysStep, ref value, valuesStep, size, valueSize, scale, steps);
            else if (Fma.IsSupported && Avx2.IsSupported)
                Attend<F32x8>(ref result, ref query, ref key, keysStep, ref value, valuesStep, size, valueSize, scale, steps);
            else
                Attend<F32x4>(ref result, ref query, ref key, keysStep, ref value, valuesStep, size, valueSize, scale, steps);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Attend<T>(
        ref float context, ref float query, ref float keys, int keysStep,
        ref float values, int valuesStep, int size, int valueSize, float scale, int steps)
        where T : struct, IVector<T>
    {
        Span<float> room = stackalloc float[Block];
        ref float scores = ref room[0];
        float largest = float.NegativeInfinity, sum = 0;
        for (int first = 0; first < steps; first += Block)
        {
            int count = Math.Min(Block, steps - first);
            Scores<T>(ref scores, ref query, ref Unsafe.Add(ref keys, (nint)first * keysStep), keysStep, size, scale, count);

            // Where a number is none, so is everything behind it: the comparison is false, and the sum takes it up.
            float largestHere = SoftmaxRow.Largest<T>(in scores, count);
            float next = largestHere <= largest ? largest : largestHere;
            float shrinkage = first == 0 ? 0 : MathF.Exp(largest - next);
            sum = (sum * shrinkage) + SoftmaxRow.Exponentials<T>(in scores, ref scores, count, next);
            ref float part = ref Unsafe.Add(ref values, (nint)first * valuesStep);
            Add<T>(ref context, ref scores, ref part, valuesStep, valueSize, count, shrinkage, isFirst: first == 0);
            largest = next;
        }

        SoftmaxRow.Scale<T>(ref context, valueSize, 1f / sum);
    }

    // Four keys beside each other, so that their sums do not wait for one another.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Scores<T>(ref float scores, ref float query, ref float keys, int keysStep, int size, float scale, int count)
        where T : struct, IVector<T>
    {
        int whole = size - (size % T.Count);
        T end = Lanes.Below<T>(size - whole);
        int step = 0;
        for (; step <= count - 4; step += 4)
        {
            ref float a = ref Unsafe.Add(ref keys, (nint)step * keysStep), b = ref Unsafe.Add(ref a, keysStep);
            ref float c = ref Unsafe.Add(ref b, keysStep), d = ref Unsafe.Add(ref c, keysStep);
            T sumA = T.Create(0f), sumB = sumA, sumC = sumA, sumD = sumA;
            for (int i = 0; i < size; i += T.Count)
            {
                T q = Part<T>(ref query, i, i == whole, end);
                sumA = T.MultiplyAdd(q, Part<T>(ref a, i, i == whole, end), sumA);
                sumB = T.MultiplyAdd(q, Part<T>(ref b, i, i == whole, end), sumB);
                sumC = T.MultiplyAdd(q, Part<T>(ref c, i, i == whole, end), sumC);
                sumD = T.MultiplyAdd(q, Part<T>(ref d, i, i == whole, end), sumD);
            }

            Unsafe.Add(ref scores, step) = Lanes.Sum(sumA) * scale;
            Unsafe.Add(ref scores, step + 1) = Lanes.Sum(sumB) * scale;
            Unsafe.Add(ref scores, step + 2) = Lanes.Sum(sumC) * scale;
            Unsafe.Add(ref scores, step + 3) = Lanes.Sum(sumD) * scale;
        }

        for (; step < count; step++)
        {
            ref float key = ref Unsafe.Add(ref keys, (nint)step * keysStep);
            T dot = T.Create(0f);
            for (int i = 0; i < size; i += T.Count)
                dot = T.MultiplyAdd(Part<T>(ref query, i, i == whole, end), Part<T>(ref key, i, i == whole, end), dot);
            Unsafe.Add(ref scores, step) = Lanes.Sum(dot) * scale;
        }
    }

    // What stands behind the elements of a row is nobody's affair.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Part<T>(ref float row, int offset, bool isEnd, T end) where T : struct, IVector<T>
    {
        T part = T.Load(in row, (nuint)offset);
        return isEnd ? T.And(end, part) : part;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(
        ref float context, ref float weights, ref float values, int valuesStep, int valueSize, int count, float shrinkage, bool isFirst)
        where T : struct, IVector<T>
    {
        T before = T.Create(shrinkage);
        for (int i = 0; i < valueSize; i += T.Count)
        {
            T even = isFirst ? T.Create(0f) : T.Load(in context, (nuint)i) * before, odd = T.Create(0f);
            ref float value = ref values;
            int step = 0;
            for (; step <= count - 2; step += 2)
            {
                even = T.MultiplyAdd(in Unsafe.Add(ref weights, step), in value, (nuint)i, even);
                odd = T.MultiplyAdd(in Unsafe.Add(ref weights, step + 1), in Unsafe.Add(ref value, valuesStep), (nuint)i, odd);
                value = ref Unsafe.Add(ref value, 2 * (nint)valuesStep);
            }

            if (step < count)
                even = T.MultiplyAdd(in Unsafe.Add(ref weights, step), in value, (nuint)i, even);
            T.Store(even + odd, ref context, (nuint)i);
        }
    }
}
