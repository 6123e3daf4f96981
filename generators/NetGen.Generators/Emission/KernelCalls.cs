using NetGen.Generators.Plans;

namespace NetGen.Generators.Emission;

/// <summary>The methods of the kernels as other files call them.</summary>
internal sealed class KernelCalls(string className, KernelLibrary library)
{
    /// <summary>The method that predicts a tiny network, if it is one.</summary>
    public string? StraightLine => library.StraightLine is { } line ? Named(line) : null;

    public string Of(KernelStep step, bool oneSample) => Named(library.Of(step, oneSample));

    public string Of(WindowStep step) => Named(library.Of(step));

    public string Of(LossKernel loss) => Named(library.Of(loss));

    /// <summary>What workers share of a step that does not belong to samples: its length, and where shares begin.</summary>
    public (int Extent, int Granularity) ShareOf(KernelStep step)
    {
        ScheduledKernel kernel = library.Of(step, oneSample: false);
        return (kernel.Kernel.Axes[kernel.RangedAxis].Extent, kernel.Granularity);
    }

    private string Named(ScheduledMethod method) => $"{className}.{method.Name}";
}
