using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>A loss that looks at the outputs of one sample, or of one of its steps, at a time.</summary>
internal interface IRowLoss
{
    /// <summary>Computes one row's share of the loss and its gradient.</summary>
    /// <remarks>
    /// Both rows have room for whole vectors. Outputs behind the last one are anything at all; gradients there are
    /// written as zero.
    /// </remarks>
    /// <param name="outputs">The row's outputs.</param>
    /// <param name="gradient">The gradient with respect to them, overwritten.</param>
    /// <param name="row">Which row it is; one that counts.</param>
    /// <returns>The row's share of the batch's mean loss.</returns>
    float Row<T>(ref readonly float outputs, ref float gradient, LossRow row) where T : struct, IVector<T>;
}

/// <summary>Runs a row loss over a worker's samples with the widest vectors for which the rows have room.</summary>
internal static class RowLoss
{
    /// <summary>Writes the losses and gradients of the samples <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient.</param>
    /// <param name="rows">How the rows lie, in both.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    internal static void Run<TLoss>(
        TLoss loss, LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to)
        where TLoss : struct, IRowLoss, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Length, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows.Stride, rows.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(rows.Steps, term.Steps);
        if (Vector512.IsHardwareAccelerated && Padded(rows.Length, 16) <= rows.Stride)
            Run<TLoss, F32x16>(loss, term, in outputs, ref gradient, rows, from, to);
        else if (Vector256.IsHardwareAccelerated && Padded(rows.Length, 8) <= rows.Stride)
            Run<TLoss, F32x8>(loss, term, in outputs, ref gradient, rows, from, to);
        else if (Vector128.IsHardwareAccelerated && Padded(rows.Length, 4) <= rows.Stride)
            Run<TLoss, F32x4>(loss, term, in outputs, ref gradient, rows, from, to);
        else
            Run<TLoss, F32x1>(loss, term, in outputs, ref gradient, rows, from, to);
    }

    // Optimised at once and without a profile: with one, the JIT leaves vector operators uninlined and takes three times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TLoss, T>(
        TLoss loss, LossTerm term, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to)
        where TLoss : struct, IRowLoss, allows ref struct
        where T : struct, IVector<T>
    {
        int written = Padded(rows.Length, T.Count);
        for (int sample = from; sample < to; sample++)
        {
            float sum = 0;
            int length = term.LengthOf(sample);
            for (int step = 0; step < rows.Steps; step++)
            {
                nint start = (nint)sample * rows.SampleStride + (nint)step * rows.Stride;
                ref float row = ref Unsafe.Add(ref gradient, start);
                var place = new LossRow(sample, step);
                bool counts = step < length && term.HasTarget(place);
                if (counts)
                    sum += loss.Row<T>(in Unsafe.Add(ref Unsafe.AsRef(in outputs), start), ref row, place);
                for (int i = counts ? written : 0; i < rows.Stride; i++)
                    Unsafe.Add(ref row, i) = 0;
            }

            Unsafe.Add(ref term.SampleLosses, sample) = sum;
        }
    }

    private static int Padded(int count, int width) => (count + width - 1) / width * width;
}
