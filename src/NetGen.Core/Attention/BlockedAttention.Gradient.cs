using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

public static partial class BlockedAttention
{
    /// <summary>Computes the gradients of the queries, keys and values of samples [from, to).</summary>
    /// <param name="shape">What it works on.</param>
    /// <param name="queriesGradient">The first query's gradient.</param>
    /// <param name="queriesGradientRows">Where the queries' gradients lie.</param>
    /// <param name="keysGradient">The first key's gradient.</param>
    /// <param name="keysGradientRows">Where the keys' gradients lie.</param>
    /// <param name="valuesGradient">The first value's gradient.</param>
    /// <param name="valuesGradientRows">Where the values' gradients lie.</param>
    /// <param name="contextGradient">The first result's gradient.</param>
    /// <param name="contextGradientRows">Where the results' gradients lie.</param>
    /// <param name="context">The first result.</param>
    /// <param name="contextRows">Where the results lie.</param>
    /// <param name="sums">The first query's largest score, and what stands behind, as forward leaves them.</param>
    /// <param name="sumsRows">Where they lie.</param>
    /// <param name="queries">The first query.</param>
    /// <param name="queriesRows">Where the queries lie.</param>
    /// <param name="keys">The first key.</param>
    /// <param name="keysRows">Where the keys lie.</param>
    /// <param name="values">The first value.</param>
    /// <param name="valuesRows">Where the values lie.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void Gradient(
        AttentionShape shape, ref float queriesGradient, HeadRows queriesGradientRows, ref float keysGradient, HeadRows keysGradientRows,
        ref float valuesGradient, HeadRows valuesGradientRows, ref readonly float contextGradient, HeadRows contextGradientRows,
        ref readonly float context, HeadRows contextRows, ref readonly float sums, HeadRows sumsRows,
        ref readonly float queries, HeadRows queriesRows, ref readonly float keys, HeadRows keysRows,
        ref readonly float values, HeadRows valuesRows, int from, int to) =>
        Gradient(
            shape, ref queriesGradient, queriesGradientRows, ref keysGradient, keysGradientRows, ref valuesGradient, valuesGradientRows,
            in contextGradient, contextGradientRows, in context, contextRows, in sums, sumsRows,
            in queries, queriesRows, in keys, keysRows, in values, valuesRows, in Unsafe.NullRef<float>(), 0, from, to);

    /// <summary>Computes the gradients of the queries, keys and values of samples [from, to) that have different numbers of keys.</summary>
    /// <param name="shape">What it works on.</param>
    /// <param name="queriesGradient">The first query's gradient.</param>
    /// <param name="queriesGradientRows">Where the queries' gradients lie.</param>
    /// <param name="keysGradient">The first key's gradient.</param>
    /// <param name="keysGradientRows">Where the keys' gradients lie.</param>
    /// <param name="valuesGradient">The first value's gradient.</param>
    /// <param name="valuesGradientRows">Where the values' gradients lie.</param>
    /// <param name="contextGradient">The first result's gradient.</param>
    /// <param name="contextGradientRows">Where the results' gradients lie.</param>
    /// <param name="context">The first result.</param>
    /// <param name="contextRows">Where the results lie.</param>
    /// <param name="sums">The first query's largest score, and what stands behind, as forward leaves them.</param>
    /// <param name="sumsRows">Where they lie.</param>
    /// <param name="queries">The first query.</param>
    /// <param name="queriesRows">Where the queries lie.</param>
    /// <param name="keys">The first key.</param>
    /// <param name="keysRows">Where the keys lie.</param>
    /// <param name="values">The first value.</param>
    /// <param name="valuesRows">Where the values lie.</param>
    /// <param name="lengths">The number of the first sample's keys, at least 1.</param>
    /// <param name="lengthsSample">Floats from one sample's number to the next.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gradient(
        AttentionShape shape, ref float queriesGradient, HeadRows queriesGradientRows, ref float keysGradient, HeadRows keysGradientRows,
        ref float valuesGradient, HeadRows valuesGradientRows, ref readonly float contextGradient, HeadRows contextGradientRows,
        ref readonly float context, HeadRows contextRows, ref readonly float sums, HeadRows sumsRows,
        ref readonly float queries, HeadRows queriesRows, ref readonly float keys, HeadRows keysRows,
        ref readonly float values, HeadRows valuesRows, ref readonly float lengths, int lengthsSample, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            int count = KeysOf(shape, in lengths, lengthsSample, s);
            for (int head = 0; head < shape.Heads; head++)
            {
                var forward = new Forward(
                    Rows.Of(in context, contextRows, s, head), Rows.Of(in sums, sumsRows, s, head),
                    Rows.Of(in queries, queriesRows, s, head), Rows.Of(in keys, keysRows, s, head), Rows.Of(in values, valuesRows, s, head));
                var backward = new Backward(
                    Rows.Of(in contextGradient, contextGradientRows, s, head), Rows.Of(in queriesGradient, queriesGradientRows, s, head),
                    Rows.Of(in keysGradient, keysGradientRows, s, head), Rows.Of(in valuesGradient, valuesGradientRows, s, head));
                if (Avx512F.IsSupported)
                    Gradient<F32x16>(shape, forward, backward, count);
                else if (Fma.IsSupported && Avx2.IsSupported)
                    Gradient<F32x8>(shape, forward, backward, count);
                else
                    Gradient<F32x4>(shape, forward, backward, count);
            }
        }
    }

    private readonly ref struct Backward(Rows context, Rows queries, Rows keys, Rows values)
    {
        public readonly Rows Context = context, Queries = queries, Keys = keys, Values = values;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Gradient<T>(AttentionShape shape, Forward forward, Backward backward, int count) where T : struct, IVector<T>
    {
        int block = KeyBlock(shape);
        Span<float> room = stackalloc float[((shape.Size + shape.ValueSize + (2 * QueryBlock)) * block) + Line];
        ref float keysByStep = ref Aligned(room);
        ref float valuesByStep = ref Unsafe.Add(ref keysByStep, shape.Size * block);
        ref float weights = ref Unsafe.Add(ref valuesByStep, shape.ValueSize * block);
        ref float changes = ref Unsafe.Add(ref weights, QueryBlock * block);
        for (int first = 0; first < count; first += block)
        {
            int keys = Math.Min(block, count - first);
            Turn(ref keysByStep, block, forward.Keys, first, keys, shape.Size);
            Turn(ref valuesByStep, block, forward.Values, first, keys, shape.ValueSize);
            Clear(backward.Keys, first, keys, shape.Size);
            Clear(backward.Values, first, keys, shape.ValueSize);
            for (int query = shape.IsCausal ? first : 0; query < shape.Queries; query += QueryBlock)
            {
                int queries = Math.Min(QueryBlock, shape.Queries - query);
                int seen = shape.IsCausal ? Math.Min(keys, query + queries - first) : keys;
                BlockProduct.Run<T>(
                    ref weights, block, forward.Queries.Factor(query), ref keysByStep, block, queries, seen, shape.Size, adds: false);
                BlockProduct.Run<T>(
                    ref changes, block, backward.Context.Factor(query), ref valuesByStep, block, queries, seen, shape.ValueSize, adds: false);
                for (int r = 0; r < queries; r++)
                {
                    int own = shape.IsCausal ? Math.Min(keys, query + r + 1 - first) : keys;
                    float mean = Dot<T>(ref backward.Context[query + r], ref forward.Context[query + r], shape.ValueSize);
                    Change<T>(
                        ref Unsafe.Add(ref weights, r * block), ref Unsafe.Add(ref changes, r * block), own, seen, shape.Scale, mean,
                        Unsafe.Add(ref forward.Sums[0], query + r), Unsafe.Add(ref forward.Sums[1], query + r));
                }

                BlockProduct.Run<T>(
                    ref backward.Values[first], backward.Values.Step, new(ref weights, 1, block), ref backward.Context[query], backward.Context.Step,
                    seen, shape.ValueSize, queries, adds: true);
                BlockProduct.Run<T>(
                    ref backward.Keys[first], backward.Keys.Step, new(ref changes, 1, block), ref forward.Queries[query], forward.Queries.Step,
                    seen, shape.Size, queries, adds: true);
                BlockProduct.Run<T>(
                    ref backward.Queries[query], backward.Queries.Step, new(ref changes, block, 1), ref forward.Keys[first], forward.Keys.Step,
                    queries, shape.Size, seen, adds: first > 0);
            }
        }

        // At what stands behind a sequence's end nobody looks.
        Clear(backward.Keys, count, shape.Keys - count, shape.Size);
        Clear(backward.Values, count, shape.Keys - count, shape.ValueSize);
    }

    /// <summary>Makes a query's weights of its scores, and the scores' gradients of the weights'; zeros behind its own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Change<T>(
        ref float weights, ref float changes, int own, int seen, float scale, float mean, float largest, float share) where T : struct, IVector<T>
    {
        T shift = T.Create(largest), factor = T.Create(scale), shares = T.Create(share), means = T.Create(mean);
        for (int i = 0; i < seen; i += T.Count)
        {
            T weight = VectorMath.Exp((T.Load(in weights, (nuint)i) - shift) * factor) * shares;
            T change = weight * (T.Load(in changes, (nuint)i) - means) * factor;
            if (own - i < T.Count)
            {
                T within = Lanes.Below<T>(own - i);
                (weight, change) = (T.And(within, weight), T.And(within, change));
            }

            T.Store(weight, ref weights, (nuint)i);
            T.Store(change, ref changes, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Dot<T>(ref float left, ref float right, int length) where T : struct, IVector<T>
    {
        T sum = T.Create(0f);
        int i = 0;
        for (; i <= length - T.Count; i += T.Count)
            sum = T.MultiplyAdd(T.Load(in left, (nuint)i), T.Load(in right, (nuint)i), sum);
        if (i < length)
            sum += T.And(Lanes.Below<T>(length - i), T.Load(in left, (nuint)i) * T.Load(in right, (nuint)i));
        return Lanes.Sum(sum);
    }

    private static void Clear(Rows rows, int first, int count, int length)
    {
        for (int row = first; row < first + count; row++)
            MemoryMarshal.CreateSpan(ref rows[row], length).Clear();
    }
}
