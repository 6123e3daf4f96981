using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.CompilerServices;

/// <summary>Copies a matrix into its transpose, four columns of up to sixteen rows at a time. Generated code calls it.</summary>
/// <remarks>
/// Sixteen rows become whole cache lines of the transpose, which are written while they are in the first cache. Where its rows are a power of two
/// apart they fall into few of the cache's sets, and each would be fetched again for every four rows otherwise.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Transposition
{
    // Of a matrix with longer rows than columns: what several rows write into one line of the transpose is still near then.
    private const int ColumnsOfStrip = 16;

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
        if (rows < 4 || columns < 4)
        {
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                    Unsafe.Add(ref y, (nint)c * yStride + r) = Unsafe.Add(ref source, (nint)r * xStride + c);
            }

            return;
        }

        int strip = rows < columns ? ColumnsOfStrip : columns;
        for (int first = 0; first < columns; first += strip)
        {
            int last = Math.Min(first + strip, columns), height;
            for (int top = 0; top < rows; top += height)
            {
                height = rows - top >= 16 ? 16 : rows - top >= 8 ? 8 : 4;

                // The last four rows reach back, and so do the last four columns.
                int r = Math.Min(top, rows - 4);
                for (int column = first; column < last; column += 4)
                {
                    int c = Math.Min(column, last - 4);
                    ref float block = ref Unsafe.Add(ref source, (nint)r * xStride + c);
                    ref float transpose = ref Unsafe.Add(ref y, (nint)c * yStride + r);
                    if (height == 16)
                        Block16(ref transpose, yStride, ref block, xStride);
                    else if (height == 8)
                        Block8(ref transpose, yStride, ref block, xStride);
                    else
                        Block4(ref transpose, yStride, ref block, xStride);
                }
            }
        }
    }

    /// <summary>Four columns of sixteen rows: each a cache line, and one store where registers are as long and no line is cut in two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block16(ref float y, int yStride, ref float x, int xStride)
    {
        if (!Avx512F.IsSupported || yStride % 16 != 0)
        {
            Block8(ref y, yStride, ref x, xStride);
            Block8(ref Unsafe.Add(ref y, 8), yStride, ref Unsafe.Add(ref x, 8 * (nint)xStride), xStride);
            return;
        }

        Vector512<float> a = RowsFrom(ref x, xStride);
        Vector512<float> b = RowsFrom(ref Unsafe.Add(ref x, xStride), xStride);
        Vector512<float> c = RowsFrom(ref Unsafe.Add(ref x, 2 * xStride), xStride);
        Vector512<float> d = RowsFrom(ref Unsafe.Add(ref x, 3 * xStride), xStride);
        Vector512<double> abLow = Avx512F.UnpackLow(a, b).AsDouble(), abHigh = Avx512F.UnpackHigh(a, b).AsDouble();
        Vector512<double> cdLow = Avx512F.UnpackLow(c, d).AsDouble(), cdHigh = Avx512F.UnpackHigh(c, d).AsDouble();
        Avx512F.UnpackLow(abLow, cdLow).AsSingle().StoreUnsafe(ref y);
        Avx512F.UnpackHigh(abLow, cdLow).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, yStride));
        Avx512F.UnpackLow(abHigh, cdHigh).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, 2 * yStride));
        Avx512F.UnpackHigh(abHigh, cdHigh).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, 3 * yStride));
    }

    /// <summary>Four columns of eight rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(ref float y, int yStride, ref float x, int xStride)
    {
        if (!Avx.IsSupported)
        {
            Block4(ref y, yStride, ref x, xStride);
            Block4(ref Unsafe.Add(ref y, 4), yStride, ref Unsafe.Add(ref x, 4 * (nint)xStride), xStride);
            return;
        }

        Vector256<float> a = PairFrom(ref x, xStride);
        Vector256<float> b = PairFrom(ref Unsafe.Add(ref x, xStride), xStride);
        Vector256<float> c = PairFrom(ref Unsafe.Add(ref x, 2 * xStride), xStride);
        Vector256<float> d = PairFrom(ref Unsafe.Add(ref x, 3 * xStride), xStride);
        Vector256<double> abLow = Avx.UnpackLow(a, b).AsDouble(), abHigh = Avx.UnpackHigh(a, b).AsDouble();
        Vector256<double> cdLow = Avx.UnpackLow(c, d).AsDouble(), cdHigh = Avx.UnpackHigh(c, d).AsDouble();
        Avx.UnpackLow(abLow, cdLow).AsSingle().StoreUnsafe(ref y);
        Avx.UnpackHigh(abLow, cdLow).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, yStride));
        Avx.UnpackLow(abHigh, cdHigh).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, 2 * yStride));
        Avx.UnpackHigh(abHigh, cdHigh).AsSingle().StoreUnsafe(ref Unsafe.Add(ref y, 3 * yStride));
    }

    /// <summary>Four columns of four rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4(ref float y, int yStride, ref float x, int xStride)
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

    /// <summary>Four columns of every fourth of sixteen rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> RowsFrom(ref float x, int xStride) =>
        Vector512.Create(PairFrom(ref x, xStride), PairFrom(ref Unsafe.Add(ref x, 8 * (nint)xStride), xStride));

    /// <summary>Four columns of a row and of the fourth one behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> PairFrom(ref float x, int xStride) =>
        Vector256.Create(Vector128.LoadUnsafe(ref x), Vector128.LoadUnsafe(ref Unsafe.Add(ref x, 4 * (nint)xStride)));
}
