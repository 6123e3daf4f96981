namespace NetGen.Generators.Plans;

/// <summary>The methods of a network's kernels, and which of them each step calls.</summary>
internal sealed class KernelLibrary(
    IReadOnlyList<ScheduledMethod> methods,
    IReadOnlyDictionary<(Kernel Kernel, bool OneSample), ScheduledKernel> kernels,
    IReadOnlyDictionary<WindowKernel, ScheduledWindow> windows,
    IReadOnlyDictionary<TransformKernel, ScheduledTransform> transforms,
    IReadOnlyDictionary<LossKernel, ScheduledLoss> losses,
    ScheduledStraightLine? straightLine)
{
    /// <summary>All methods, in the order of their first use.</summary>
    public IReadOnlyList<ScheduledMethod> Methods => methods;

    /// <summary>The whole prediction of a tiny network.</summary>
    public ScheduledStraightLine? StraightLine => straightLine;

    public ScheduledKernel Of(KernelStep step, bool oneSample) => kernels[(step.Kernel, oneSample)];

    public ScheduledWindow Of(WindowStep step) => windows[step.Kernel];

    public ScheduledTransform Of(TransformStep step) => transforms[step.Kernel];

    public ScheduledLoss Of(LossKernel kernel) => losses[kernel];

    /// <summary>The method of a step, or null where it has none.</summary>
    public ScheduledKernel? Find(KernelStep step, bool oneSample) =>
        kernels.TryGetValue((step.Kernel, oneSample), out ScheduledKernel? found) ? found : null;

    public bool Has(WindowKernel kernel) => windows.ContainsKey(kernel);

    public bool Has(TransformKernel kernel) => transforms.ContainsKey(kernel);

    public bool Has(LossKernel kernel) => losses.ContainsKey(kernel);
}
