using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen.CompilerServices;

/// <summary>A loss that looks at one sample's outputs at a time.</summary>
internal interface IRowLoss
{
    /// <summary>Computes one sample's share of the loss and its gradient.</summary>
    /// <remarks>
    /// Both rows have room for whole vectors. Outputs behind the last one are anything at all; gradients there are
    /// written as zero.
    /// </remarks>
    /// <param name="outputs">The sample's outputs.</param>
    /// <param name="gradient">The gradient with respect to them, overwritten.</param>
    /// <param name="sample">The sample's number in the batch.</param>
    /// <returns>The sample's share of the batch's mean loss.</returns>
    float Row<T>(ref readonly float outputs, ref float gradient, int sample) where T : struct, IVector<T>;
}

/// <summary>Runs a row loss over a worker's samples with the widest vectors for which the rows have room.</summary>
internal static class RowLoss
{
    /// <summary>Writes the losses and gradients of the samples <paramref name="from"/> to <paramref name="to"/>.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="term">The batch.</param>
    /// <param name="outputs">The first sample's outputs.</param>
    /// <param name="gradient">The first sample's gradient.</param>
    /// <param name="count">Outputs per sample.</param>
    /// <param name="stride">Floats from one sample's row to the next, in both.</param>
    /// <param name="from">The first sample.</param>
    /// <param name="to">The sample after the last.</param>
    internal static void Run<TLoss>(
        TLoss loss, LossTerm term, ref readonly float outputs, ref float gradient,
        int count, int stride, int from, int to)
        where TLoss : struct, IRowLoss, allows ref struct
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, count);
        if (Vector512.IsHardwareAccelerated && Padded(count, 16) <= stride)
            Run<TLoss, F32x16>(loss, term, in outputs, ref gradient, count, stride, from, to);
        else if (Vector256.IsHardwareAccelerated && Padded(count, 8) <= stride)
            Run<TLoss, F32x8>(loss, term, in outputs, ref gradient, count, stride, from, to);
        else if (Vector128.IsHardwareAccelerated && Padded(count, 4) <= stride)
            Run<TLoss, F32x4>(loss, term, in outputs, ref gradient, count, stride, from, to);
        else
            Run<TLoss, F32x1>(loss, term, in outputs, ref gradient, count, stride, from, to);
    }

    // Optimised at once and without a profile: with one, the JIT leaves vector operators uninlined and takes three times as long.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TLoss, T>(
        TLoss loss, LossTerm term, ref readonly float outputs, ref float gradient,
        int count, int stride, int from, int to)
        where TLoss : struct, IRowLoss, allows ref struct
        where T : struct, IVector<T>
    {
        int written = Padded(count, T.Count);
        for (int sample = from; sample < to; sample++)
        {
            nint start = (nint)sample * stride;
            ref float row = ref Unsafe.Add(ref gradient, start);
            Unsafe.Add(ref term.SampleLosses, sample) =
                loss.Row<T>(in Unsafe.Add(ref Unsafe.AsRef(in outputs), start), ref row, sample);
            for (int i = written; i < stride; i++)
                Unsafe.Add(ref row, i) = 0;
        }
    }

    private static int Padded(int count, int width) => (count + width - 1) / width * width;
}
