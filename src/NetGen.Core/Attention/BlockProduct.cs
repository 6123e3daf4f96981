using System.Runtime.CompilerServices;

namespace NetGen.CompilerServices;

/// <summary>
/// Products of matrices that are small enough to stay in the cache, as attention makes them for blocks of steps: C = A · B or
/// C += A · B, where the rows of B and C are contiguous and have room for whole vectors. Tiles of rows and two vectors stay in
/// registers while they are summed.
/// </summary>
internal static class BlockProduct
{
    /// <summary>A matrix that products read: rows and steps of the sum are so many floats apart.</summary>
    internal readonly ref struct Factor(ref float first, int row, int step)
    {
        public readonly ref float First = ref first;
        public readonly nint Row = row;
        public readonly nint Step = step;

        public Factor From(int rows) => new(ref Unsafe.Add(ref First, rows * Row), (int)Row, (int)Step);
    }

    /// <summary>Computes c[r, n] = Σ a[r, k] · b[k, n], or adds it to what is there.</summary>
    /// <param name="c">The first element of the result.</param>
    /// <param name="cRow">Floats from one row of it to the next.</param>
    /// <param name="a">The left factor.</param>
    /// <param name="b">The first element of the right factor.</param>
    /// <param name="bRow">Floats from one row of it to the next.</param>
    /// <param name="rows">The rows of a and c.</param>
    /// <param name="columns">The columns of b and c.</param>
    /// <param name="steps">The columns of a and rows of b.</param>
    /// <param name="adds">Whether it is added to what is there.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Run<T>(
        ref float c, int cRow, Factor a, ref float b, int bRow, int rows, int columns, int steps, bool adds)
        where T : struct, IVector<T>
    {
        for (int n = 0; n < columns; n += 2 * T.Count)
            Strip<T>(ref Unsafe.Add(ref c, n), cRow, a, ref Unsafe.Add(ref b, n), bRow, rows, steps, adds, isNarrow: columns - n <= T.Count);
    }

    // One vector or two of the columns, for all rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Strip<T>(ref float c, int cRow, Factor a, ref float b, int bRow, int rows, int steps, bool adds, bool isNarrow)
        where T : struct, IVector<T>
    {
        int r = 0;
        // 32 registers have room for sixteen sums, 16 for eight.
        for (; !isNarrow && T.Count == 16 && r <= rows - 8; r += 8)
            Eight<T>(ref Unsafe.Add(ref c, (nint)r * cRow), cRow, a.From(r), ref b, bRow, steps, adds);
        for (; !isNarrow && r <= rows - 4; r += 4)
            Four<T>(ref Unsafe.Add(ref c, (nint)r * cRow), cRow, a.From(r), ref b, bRow, steps, adds);
        for (; isNarrow && r <= rows - 8; r += 8)
            EightNarrow<T>(ref Unsafe.Add(ref c, (nint)r * cRow), cRow, a.From(r), ref b, bRow, steps, adds);
        for (; r < rows; r++)
        {
            ref float row = ref Unsafe.Add(ref c, (nint)r * cRow);
            One<T>(ref row, a.From(r), ref b, bRow, steps, adds);
            if (!isNarrow)
                One<T>(ref Unsafe.Add(ref row, T.Count), a.From(r), ref Unsafe.Add(ref b, T.Count), bRow, steps, adds);
        }
    }

    /// <summary>The sums of one row of a tile: two vectors of the result.</summary>
    private struct Sums<T> where T : struct, IVector<T>
    {
        private T _first, _second;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Sums<T> Begin(ref float c, nint offset, bool adds) => new()
        {
            _first = Begin<T>(ref c, offset, adds),
            _second = Begin<T>(ref c, offset + T.Count, adds),
        };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(float a, T first, T second)
        {
            T x = T.Create(a);
            _first = T.MultiplyAdd(x, first, _first);
            _second = T.MultiplyAdd(x, second, _second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly void Store(ref float c, nint offset)
        {
            T.Store(_first, ref c, (nuint)offset);
            T.Store(_second, ref c, (nuint)(offset + T.Count));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Eight<T>(ref float c, nint cRow, Factor a, ref float b, nint bRow, int steps, bool adds)
        where T : struct, IVector<T>
    {
        ref float d = ref Unsafe.Add(ref c, 4 * cRow);
        nint two = 2 * cRow, three = 3 * cRow;
        Sums<T> s0 = Sums<T>.Begin(ref c, 0, adds), s1 = Sums<T>.Begin(ref c, cRow, adds);
        Sums<T> s2 = Sums<T>.Begin(ref c, two, adds), s3 = Sums<T>.Begin(ref c, three, adds);
        Sums<T> s4 = Sums<T>.Begin(ref d, 0, adds), s5 = Sums<T>.Begin(ref d, cRow, adds);
        Sums<T> s6 = Sums<T>.Begin(ref d, two, adds), s7 = Sums<T>.Begin(ref d, three, adds);
        nint aRow = a.Row, aStep = a.Step, aTwo = 2 * aRow, aThree = 3 * aRow;
        ref float low = ref a.First;
        ref float high = ref Unsafe.Add(ref low, 4 * aRow);
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            T first = T.Load(in right, 0), second = T.Load(in right, (nuint)T.Count);
            s0.Add(low, first, second);
            s1.Add(Unsafe.Add(ref low, aRow), first, second);
            s2.Add(Unsafe.Add(ref low, aTwo), first, second);
            s3.Add(Unsafe.Add(ref low, aThree), first, second);
            s4.Add(high, first, second);
            s5.Add(Unsafe.Add(ref high, aRow), first, second);
            s6.Add(Unsafe.Add(ref high, aTwo), first, second);
            s7.Add(Unsafe.Add(ref high, aThree), first, second);
            low = ref Unsafe.Add(ref low, aStep);
            high = ref Unsafe.Add(ref high, aStep);
            right = ref Unsafe.Add(ref right, bRow);
        }

        s0.Store(ref c, 0);
        s1.Store(ref c, cRow);
        s2.Store(ref c, two);
        s3.Store(ref c, three);
        s4.Store(ref d, 0);
        s5.Store(ref d, cRow);
        s6.Store(ref d, two);
        s7.Store(ref d, three);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Four<T>(ref float c, nint cRow, Factor a, ref float b, nint bRow, int steps, bool adds)
        where T : struct, IVector<T>
    {
        nint two = 2 * cRow, three = 3 * cRow;
        Sums<T> s0 = Sums<T>.Begin(ref c, 0, adds), s1 = Sums<T>.Begin(ref c, cRow, adds);
        Sums<T> s2 = Sums<T>.Begin(ref c, two, adds), s3 = Sums<T>.Begin(ref c, three, adds);
        nint aRow = a.Row, aStep = a.Step, aTwo = 2 * aRow, aThree = 3 * aRow;
        ref float left = ref a.First;
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            T first = T.Load(in right, 0), second = T.Load(in right, (nuint)T.Count);
            s0.Add(left, first, second);
            s1.Add(Unsafe.Add(ref left, aRow), first, second);
            s2.Add(Unsafe.Add(ref left, aTwo), first, second);
            s3.Add(Unsafe.Add(ref left, aThree), first, second);
            left = ref Unsafe.Add(ref left, aStep);
            right = ref Unsafe.Add(ref right, bRow);
        }

        s0.Store(ref c, 0);
        s1.Store(ref c, cRow);
        s2.Store(ref c, two);
        s3.Store(ref c, three);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Begin<T>(ref float c, nint offset, bool adds) where T : struct, IVector<T> =>
        adds ? T.Load(in c, (nuint)offset) : T.Create(0f);

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void EightNarrow<T>(ref float c, nint cRow, Factor a, ref float b, nint bRow, int steps, bool adds)
        where T : struct, IVector<T>
    {
        ref float d = ref Unsafe.Add(ref c, 4 * cRow);
        nint two = 2 * cRow, three = 3 * cRow;
        T s0 = Begin<T>(ref c, 0, adds), s1 = Begin<T>(ref c, cRow, adds), s2 = Begin<T>(ref c, two, adds), s3 = Begin<T>(ref c, three, adds);
        T s4 = Begin<T>(ref d, 0, adds), s5 = Begin<T>(ref d, cRow, adds), s6 = Begin<T>(ref d, two, adds), s7 = Begin<T>(ref d, three, adds);
        nint aRow = a.Row, aStep = a.Step, aTwo = 2 * aRow, aThree = 3 * aRow;
        ref float low = ref a.First;
        ref float high = ref Unsafe.Add(ref low, 4 * aRow);
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            T factor = T.Load(in right, 0);
            s0 = T.MultiplyAdd(in low, factor, s0);
            s1 = T.MultiplyAdd(in Unsafe.Add(ref low, aRow), factor, s1);
            s2 = T.MultiplyAdd(in Unsafe.Add(ref low, aTwo), factor, s2);
            s3 = T.MultiplyAdd(in Unsafe.Add(ref low, aThree), factor, s3);
            s4 = T.MultiplyAdd(in high, factor, s4);
            s5 = T.MultiplyAdd(in Unsafe.Add(ref high, aRow), factor, s5);
            s6 = T.MultiplyAdd(in Unsafe.Add(ref high, aTwo), factor, s6);
            s7 = T.MultiplyAdd(in Unsafe.Add(ref high, aThree), factor, s7);
            low = ref Unsafe.Add(ref low, aStep);
            high = ref Unsafe.Add(ref high, aStep);
            right = ref Unsafe.Add(ref right, bRow);
        }

        T.Store(s0, ref c, 0);
        T.Store(s1, ref c, (nuint)cRow);
        T.Store(s2, ref c, (nuint)two);
        T.Store(s3, ref c, (nuint)three);
        T.Store(s4, ref d, 0);
        T.Store(s5, ref d, (nuint)cRow);
        T.Store(s6, ref d, (nuint)two);
        T.Store(s7, ref d, (nuint)three);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<T>(ref float c, Factor a, ref float b, nint bRow, int steps, bool adds) where T : struct, IVector<T>
    {
        T sum = Begin<T>(ref c, 0, adds);
        ref float left = ref a.First;
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            sum = T.MultiplyAdd(in left, T.Load(in right, 0), sum);
            left = ref Unsafe.Add(ref left, a.Step);
            right = ref Unsafe.Add(ref right, bRow);
        }

        T.Store(sum, ref c, 0);
    }
}
