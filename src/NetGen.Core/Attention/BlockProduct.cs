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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Begin<T>(ref float c, nint offset, bool adds) where T : struct, IVector<T> =>
        adds ? T.Load(in c, (nuint)offset) : T.Create(0f);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Eight<T>(ref float c, nint cRow, Factor a, ref float b, nint bRow, int steps, bool adds)
        where T : struct, IVector<T>
    {
        ref float d = ref Unsafe.Add(ref c, 4 * cRow);
        nint two = 2 * cRow, three = 3 * cRow, next = T.Count;
        T s00 = Begin<T>(ref c, 0, adds), s01 = Begin<T>(ref c, next, adds);
        T s10 = Begin<T>(ref c, cRow, adds), s11 = Begin<T>(ref c, cRow + next, adds);
        T s20 = Begin<T>(ref c, two, adds), s21 = Begin<T>(ref c, two + next, adds);
        T s30 = Begin<T>(ref c, three, adds), s31 = Begin<T>(ref c, three + next, adds);
        T s40 = Begin<T>(ref d, 0, adds), s41 = Begin<T>(ref d, next, adds);
        T s50 = Begin<T>(ref d, cRow, adds), s51 = Begin<T>(ref d, cRow + next, adds);
        T s60 = Begin<T>(ref d, two, adds), s61 = Begin<T>(ref d, two + next, adds);
        T s70 = Begin<T>(ref d, three, adds), s71 = Begin<T>(ref d, three + next, adds);

        nint aRow = a.Row, aStep = a.Step, aTwo = 2 * aRow, aThree = 3 * aRow;
        ref float low = ref a.First;
        ref float high = ref Unsafe.Add(ref low, 4 * aRow);
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            T b0 = T.Load(in right, 0), b1 = T.Load(in right, (nuint)T.Count);
            T x = T.Create(low);
            s00 = T.MultiplyAdd(x, b0, s00);
            s01 = T.MultiplyAdd(x, b1, s01);
            x = T.Create(Unsafe.Add(ref low, aRow));
            s10 = T.MultiplyAdd(x, b0, s10);
            s11 = T.MultiplyAdd(x, b1, s11);
            x = T.Create(Unsafe.Add(ref low, aTwo));
            s20 = T.MultiplyAdd(x, b0, s20);
            s21 = T.MultiplyAdd(x, b1, s21);
            x = T.Create(Unsafe.Add(ref low, aThree));
            s30 = T.MultiplyAdd(x, b0, s30);
            s31 = T.MultiplyAdd(x, b1, s31);
            x = T.Create(high);
            s40 = T.MultiplyAdd(x, b0, s40);
            s41 = T.MultiplyAdd(x, b1, s41);
            x = T.Create(Unsafe.Add(ref high, aRow));
            s50 = T.MultiplyAdd(x, b0, s50);
            s51 = T.MultiplyAdd(x, b1, s51);
            x = T.Create(Unsafe.Add(ref high, aTwo));
            s60 = T.MultiplyAdd(x, b0, s60);
            s61 = T.MultiplyAdd(x, b1, s61);
            x = T.Create(Unsafe.Add(ref high, aThree));
            s70 = T.MultiplyAdd(x, b0, s70);
            s71 = T.MultiplyAdd(x, b1, s71);
            low = ref Unsafe.Add(ref low, aStep);
            high = ref Unsafe.Add(ref high, aStep);
            right = ref Unsafe.Add(ref right, bRow);
        }

        Store(ref c, 0, s00, s01);
        Store(ref c, cRow, s10, s11);
        Store(ref c, two, s20, s21);
        Store(ref c, three, s30, s31);
        Store(ref d, 0, s40, s41);
        Store(ref d, cRow, s50, s51);
        Store(ref d, two, s60, s61);
        Store(ref d, three, s70, s71);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<T>(ref float c, nint offset, T first, T second) where T : struct, IVector<T>
    {
        T.Store(first, ref c, (nuint)offset);
        T.Store(second, ref c, (nuint)(offset + T.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Four<T>(ref float c, nint cRow, Factor a, ref float b, nint bRow, int steps, bool adds)
        where T : struct, IVector<T>
    {
        nint two = 2 * cRow, three = 3 * cRow, next = T.Count;
        T s00 = Begin<T>(ref c, 0, adds), s01 = Begin<T>(ref c, next, adds);
        T s10 = Begin<T>(ref c, cRow, adds), s11 = Begin<T>(ref c, cRow + next, adds);
        T s20 = Begin<T>(ref c, two, adds), s21 = Begin<T>(ref c, two + next, adds);
        T s30 = Begin<T>(ref c, three, adds), s31 = Begin<T>(ref c, three + next, adds);
        nint aRow = a.Row, aStep = a.Step, aTwo = 2 * aRow, aThree = 3 * aRow;
        ref float left = ref a.First;
        ref float right = ref b;
        for (int k = 0; k < steps; k++)
        {
            T b0 = T.Load(in right, 0), b1 = T.Load(in right, (nuint)T.Count);
            T x = T.Create(left);
            s00 = T.MultiplyAdd(x, b0, s00);
            s01 = T.MultiplyAdd(x, b1, s01);
            x = T.Create(Unsafe.Add(ref left, aRow));
            s10 = T.MultiplyAdd(x, b0, s10);
            s11 = T.MultiplyAdd(x, b1, s11);
            x = T.Create(Unsafe.Add(ref left, aTwo));
            s20 = T.MultiplyAdd(x, b0, s20);
            s21 = T.MultiplyAdd(x, b1, s21);
            x = T.Create(Unsafe.Add(ref left, aThree));
            s30 = T.MultiplyAdd(x, b0, s30);
            s31 = T.MultiplyAdd(x, b1, s31);
            left = ref Unsafe.Add(ref left, aStep);
            right = ref Unsafe.Add(ref right, bRow);
        }

        Store(ref c, 0, s00, s01);
        Store(ref c, cRow, s10, s11);
        Store(ref c, two, s20, s21);
        Store(ref c, three, s30, s31);
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
