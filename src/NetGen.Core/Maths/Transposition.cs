using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>Copies a matrix into its transpose, four columns of sixteen rows at a time. Generated code calls it.</summary>
/// <remarks>
/// Sixteen rows become whole cache lines of the transpose, which are written while they are in the first cache. Where its rows are a power of two
/// apart they fall into few of the cache's sets, and each would be fetched again for every four rows otherwise.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    /// <summary>Sets y[c · yStride + r] = x[r · xStride + c] for every row r and column c of x.</summary>
    /// <param name="y">The first element of the transpose.</param>
    /// <param name="yStride">Floats from one row of y to the next.</param>
    /// <param name="x">The first element of the matrix.</param>
    /// <param name="xStride">Floats from one row of x to the next.</param>
    /// <param name="rows">The rows of x.</param>
    /// <param name="columns">The columns of x.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Copy(ref float y, int yStride, ref readonly float x, int xStride, int rows, int columns)
    {
        ref float source = ref Unsafe.AsRef(in x);
        int wholeRows = rows & ~3;
        int wholeColumns = columns & ~3;
        int longRows = rows & ~15;
        for (int r = 0; r < longRows; r += 16)
        {
            ref float row = ref Unsafe.Add(ref source, (nint)r * xStride);
            ref float column = ref Unsafe.Add(ref y, r);
            for (int c = 0; c < wholeColumns; c += 4)
                LongBlock(ref Unsafe.Add(ref column, (nint)c * yStride), yStride, ref Unsafe.Add(ref row, c), xStride);
        }

        for (int r = longRows; r < wholeRows; r += 4)
        {
            ref float row = ref Unsafe.Add(ref source, (nint)r * xStride);
            ref float column = ref Unsafe.Add(ref y, r);
            for (int c = 0; c < wholeColumns; c += 4)
                Block(ref Unsafe.Add(ref column, (nint)c * yStride), yStride, ref Unsafe.Add(ref row, c), xStride);
        }

        for (int r = 0; r < rows; r++)
        {
            for (int c = r < wholeRows ? wholeColumns : 0; c < columns; c++)
                Unsafe.Add(ref y, (nint)c * yStride + r) = Unsafe.Add(ref source, (nint)r * xStride + c);
        }
    }

    /// <summary>Four columns of sixteen rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void LongBlock(ref float y, int yStride, ref float x, int xStride)
    {
        for (int r = 0; r < 16; r += 4)
            Block(ref Unsafe.Add(ref y, r), yStride, ref Unsafe.Add(ref x, (nint)r * xStride), xStride);
    }

    /// <summary>Four columns of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block(ref float y, int yStride, ref float x, int xStride)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref x);
        Vector128<float> b = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, xStride));
        Vector128<float> c = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 2 * xStride));
        Vector128<float> d = Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 3 * xStride));

        // a0 c0 a1 c1, a2 c2 a3 c3 and the same of b and d; interleaved once more they are the columns.
        Vector128<float> acLow = Interleaving.Lower(a, c);
        Vector128<float> acHigh = Interleaving.Upper(a, c);
        Vector128<float> bdLow = Interleaving.Lower(b, d);
        Vector128<float> bdHigh = Interleaving.Upper(b, d);
        Interleaving.Lower(acLow, bdLow).StoreUnsafe(ref y);
        Interleaving.Upper(acLow, bdLow).StoreUnsafe(ref Unsafe.Add(ref y, yStride));
        Interleaving.Lower(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref y, 2 * yStride));
        Interleaving.Upper(acHigh, bdHigh).StoreUnsafe(ref Unsafe.Add(ref y, 3 * yStride));
    }
}
