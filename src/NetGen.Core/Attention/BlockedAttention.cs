using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>
/// Attention of several heads (A. Vaswani et al., "Attention is all you need", 2017): for each head, softmax(Q Kᵀ · scale) V. Scores are
/// made for a block of queries and of keys at a time, which stays in the cache, and what was summed before shrinks when a larger one
/// comes; of each query its largest score and the sum remain, from which the way back makes the block's weights again (T. Dao et al.,
/// "FlashAttention", 2022). Blocks in which a causal attention looks at nothing are left out. Generated code calls it; rows have room
/// for whole vectors of 16 floats.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static partial class BlockedAttention
{
    // Queries of a block.
    private const int QueryBlock = 32;

    // Floats of a block of keys, lying step by step: a quarter of the first cache or twice that.
    private const int BlockLength = 4096;

    // What a vector, or a line of the cache, is long.
    private const int Line = 16;

    /// <summary>Computes what the heads of samples [from, to) make of the values.</summary>
    /// <param name="shape">What it works on.</param>
    /// <param name="context">The first result.</param>
    /// <param name="contextRows">Where the results lie.</param>
    /// <param name="sums">The first query's largest score; behind those of a head's queries stand one over the sums of their weights.</param>
    /// <param name="sumsRows">Where they lie; a step is from a head's scores to its sums.</param>
    /// <param name="queries">The first query.</param>
    /// <param name="queriesRows">Where the queries lie.</param>
    /// <param name="keys">The first key.</param>
    /// <param name="keysRows">Where the keys lie.</param>
    /// <param name="values">The first value.</param>
    /// <param name="valuesRows">Where the values lie.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    public static void Attend(
        AttentionShape shape, ref float context, HeadRows contextRows, ref float sums, HeadRows sumsRows,
        ref readonly float queries, HeadRows queriesRows, ref readonly float keys, HeadRows keysRows,
        ref readonly float values, HeadRows valuesRows, int from, int to) =>
        Attend(
            shape, ref context, contextRows, ref sums, sumsRows, in queries, queriesRows, in keys, keysRows, in values, valuesRows,
            in Unsafe.NullRef<float>(), 0, from, to);

    /// <summary>Computes what the heads of samples [from, to) make of the values, where samples have different numbers of keys.</summary>
    /// <param name="shape">What it works on.</param>
    /// <param name="context">The first result.</param>
    /// <param name="contextRows">Where the results lie.</param>
    /// <param name="sums">The first query's largest score; behind those of a head's queries stand one over the sums of their weights.</param>
    /// <param name="sumsRows">Where they lie; a step is from a head's scores to its sums.</param>
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
    public static void Attend(
        AttentionShape shape, ref float context, HeadRows contextRows, ref float sums, HeadRows sumsRows,
        ref readonly float queries, HeadRows queriesRows, ref readonly float keys, HeadRows keysRows,
        ref readonly float values, HeadRows valuesRows, ref readonly float lengths, int lengthsSample, int from, int to)
    {
        for (int s = from; s < to; s++)
        {
            int count = KeysOf(shape, in lengths, lengthsSample, s);
            for (int head = 0; head < shape.Heads; head++)
            {
                var forward = new Forward(
                    new Rows(ref Unsafe.Add(ref context, contextRows.At(s, head)), contextRows.Step),
                    new Rows(ref Unsafe.Add(ref sums, sumsRows.At(s, head)), sumsRows.Step),
                    Rows.Of(in queries, queriesRows, s, head), Rows.Of(in keys, keysRows, s, head), Rows.Of(in values, valuesRows, s, head));
                if (Avx512F.IsSupported)
                    Attend<F32x16>(shape, forward, count);
                else if (Fma.IsSupported && Avx2.IsSupported)
                    Attend<F32x8>(shape, forward, count);
                else
                    Attend<F32x4>(shape, forward, count);
            }
        }
    }

    private static int KeysOf(AttentionShape shape, ref readonly float lengths, int lengthsSample, int sample) =>
        Unsafe.IsNullRef(in lengths) ? shape.Keys : Math.Min(shape.Keys, (int)Unsafe.Add(ref Unsafe.AsRef(in lengths), (nint)sample * lengthsSample));

    // As many keys as fill the cache, in whole vectors.
    private static int KeyBlock(AttentionShape shape) =>
        Math.Clamp(BlockLength / Math.Max(shape.Size, shape.ValueSize) / Line * Line, Line, 128);

    /// <summary>Rows of one head of one sample.</summary>
    private readonly ref struct Rows(ref float first, int step)
    {
        public readonly ref float First = ref first;
        public readonly int Step = step;

        public ref float this[int row] => ref Unsafe.Add(ref First, (nint)row * Step);

        public static Rows Of(ref readonly float tensor, HeadRows rows, int sample, int head) =>
            new(ref Unsafe.Add(ref Unsafe.AsRef(in tensor), rows.At(sample, head)), rows.Step);

        public BlockProduct.Factor Factor(int row) => new(ref this[row], Step, 1);
    }

    private readonly ref struct Forward(Rows context, Rows sums, Rows queries, Rows keys, Rows values)
    {
        public readonly Rows Context = context, Sums = sums, Queries = queries, Keys = keys, Values = values;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Attend<T>(AttentionShape shape, Forward forward, int count) where T : struct, IVector<T>
    {
        int block = KeyBlock(shape);
        Span<float> room = stackalloc float[((shape.Size + QueryBlock) * block) + Line];
        ref float keysByStep = ref Aligned(room);
        ref float scores = ref Unsafe.Add(ref keysByStep, shape.Size * block);
        for (int first = 0; first < count; first += block)
        {
            int keys = Math.Min(block, count - first);
            Turn(ref keysByStep, block, forward.Keys, first, keys, shape.Size);
            for (int query = shape.IsCausal ? first : 0; query < shape.Queries; query += QueryBlock)
            {
                int queries = Math.Min(QueryBlock, shape.Queries - query);
                int seen = shape.IsCausal ? Math.Min(keys, query + queries - first) : keys;
                BlockProduct.Run<T>(
                    ref scores, block, forward.Queries.Factor(query), ref keysByStep, block, queries, seen, shape.Size, adds: false);
                for (int r = 0; r < queries; r++)
                {
                    int own = shape.IsCausal ? Math.Min(keys, query + r + 1 - first) : keys;
                    Weigh<T>(shape, forward, query + r, ref Unsafe.Add(ref scores, r * block), own, seen, isFirst: first == 0);
                }

                BlockProduct.Run<T>(
                    ref forward.Context[query], forward.Context.Step, new(ref scores, block, 1), ref forward.Values[first], forward.Values.Step,
                    queries, shape.ValueSize, seen, adds: first > 0);
            }
        }

        for (int r = 0; r < shape.Queries; r++)
        {
            ref float sum = ref Unsafe.Add(ref forward.Sums[1], r);
            sum = 1f / sum;
            SoftmaxRow.Scale<T>(ref forward.Context[r], shape.ValueSize, sum);
        }
    }

    /// <summary>Makes weights of a query's scores by some of the keys, against the largest so far; what was summed before shrinks.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Weigh<T>(AttentionShape shape, Forward forward, int query, ref float scores, int own, int seen, bool isFirst)
        where T : struct, IVector<T>
    {
        ref float largest = ref Unsafe.Add(ref forward.Sums[0], query);
        ref float sum = ref Unsafe.Add(ref forward.Sums[1], query);
        float here = SoftmaxRow.Largest<T>(in scores, own);
        if (isFirst)
        {
            largest = here;
            sum = Exponentials<T>(ref scores, own, seen, here, shape.Scale);
            return;
        }

        // Where a number is none, so is everything behind it: the comparison is false, and the sum takes it up.
        if (!(here <= largest))
        {
            float shrinkage = MathF.Exp((largest - here) * shape.Scale);
            sum *= shrinkage;
            SoftmaxRow.Scale<T>(ref forward.Context[query], shape.ValueSize, shrinkage);
            largest = here;
        }

        sum += Exponentials<T>(ref scores, own, seen, largest, shape.Scale);
    }

    /// <summary>Writes exp((score − largest) · scale) in place of a query's own scores, zero behind them, and returns their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Exponentials<T>(ref float scores, int own, int seen, float largest, float scale) where T : struct, IVector<T>
    {
        // Where all scores are −∞ the weights are zero, until a larger one comes.
        T shift = T.Create(float.IsNegativeInfinity(largest) ? 0f : largest), factor = T.Create(scale), sum = T.Create(0f);
        int i = 0;
        for (; i <= own - T.Count; i += T.Count)
        {
            T weight = VectorMath.Exp((T.Load(in scores, (nuint)i) - shift) * factor);
            T.Store(weight, ref scores, (nuint)i);
            sum += weight;
        }

        for (; i < seen; i += T.Count)
        {
            T weight = T.And(Lanes.Below<T>(own - i), VectorMath.Exp((T.Load(in scores, (nuint)i) - shift) * factor));
            T.Store(weight, ref scores, (nuint)i);
            sum += weight;
        }

        return Lanes.Sum(sum);
    }

    /// <summary>Lays rows out step by step: what the steps of a block have of each element, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Turn(ref float byStep, int block, Rows rows, int first, int count, int size)
    {
        Transposition.Copy(ref byStep, block, in rows[first], rows.Step, count, size);
        // Whole vectors of them are read.
        for (int i = 0; count < block && i < size; i++)
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref byStep, (i * block) + count), block - count).Clear();
    }

    // Vectors that begin where a line of the cache does are read at once.
    private static ref float Aligned(Span<float> room)
    {
        ref float first = ref MemoryMarshal.GetReference(room);
        nint behind = (Unsafe.ByteOffset(ref Unsafe.NullRef<float>(), ref first) / sizeof(float)) % Line;
        return ref Unsafe.Add(ref first, behind == 0 ? 0 : Line - behind);
    }
}
