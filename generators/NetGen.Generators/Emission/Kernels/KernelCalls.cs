using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission.Kernels;

/// <summary>The methods of the kernels, as the programs beside them call them.</summary>
internal sealed class KernelCalls(KernelLibrary library)
{
    /// <summary>The method that predicts a tiny network, if it is one.</summary>
    public string? StraightLine => library.StraightLine?.Name;

    public string Of(KernelStep step, bool oneSample) => library.Of(step, oneSample).Name;

    /// <summary>The method of a step by its first name: that for many samples, if it has one.</summary>
    public string Of(KernelStep step) => (library.Find(step, oneSample: false) ?? library.Of(step, oneSample: true)).Name;

    public string Of(WindowStep step) => library.Of(step).Name;

    public string Of(TransformStep step) => library.Of(step).Name;

    public string Of(LossKernel loss) => library.Of(loss).Name;

    /// <summary>What workers share of a step that does not belong to samples: its length, and where shares begin.</summary>
    public (int Extent, int Granularity) ShareOf(KernelStep step)
    {
        ScheduledKernel kernel = library.Of(step, oneSample: false);
        return (kernel.Kernel.Axes[kernel.RangedAxis].Extent, kernel.Granularity);
    }

    // Floats of which the second cache holds several times as many.
    private const int PartLength = 1 << 15;

    /// <summary>How many steps of what workers share are a part of a gradient that lies in parts.</summary>
    public int StepsOfPart(PartsStep parts)
    {
        int granularity = ShareOf(parts.Kernel).Granularity;
        return Math.Max(PartLength / parts.RowLength / granularity, 1) * granularity;
    }
}
