namespace NetGen.Generators.Plans;

/// <summary>A method of the generated kernels: everything about it is decided, and emission prints it.</summary>
/// <param name="Name">Its name, unique among a network's methods.</param>
/// <param name="Summary">What it computes.</param>
/// <param name="Reason">Why its text is as it is.</param>
internal abstract record ScheduledMethod(string Name, string Summary, string Reason);

/// <summary>Which vectors a text is written with.</summary>
internal enum VectorForm
{
    /// <summary>None: one float at a time.</summary>
    Scalar,

    /// <summary>Those of any width, as a type parameter.</summary>
    Any,

    /// <summary>Those of four floats, which every processor has.</summary>
    Four,

    /// <summary><c>Vector512&lt;float&gt;</c>, of which there are 32.</summary>
    Vector512,

    /// <summary>Those of up to eight floats, of which there are 16 or 16 pairs, as a type parameter.</summary>
    UpToEight,

    /// <summary><c>Vector128&lt;float&gt;</c>, for a processor that has no longer ones.</summary>
    Vector128,
}

/// <summary>A text of a kernel: the vectors it is written with, and its tile.</summary>
internal sealed record KernelText(VectorForm Form, Tile Tile);

/// <summary>A loop nest with its tiles.</summary>
/// <param name="Texts">One that serves every processor; or one for 32 registers, one for 16, and perhaps one for 16 short ones.</param>
/// <param name="Transposed">The axes of a transposition, which the runtime library does.</param>
internal sealed record ScheduledKernel(
    string Name, string Summary, string Reason, Kernel Kernel, EquatableArray<KernelText> Texts, Transposed? Transposed)
    : ScheduledMethod(Name, Summary, Reason)
{
    /// <summary>At multiples of how many steps of the ranged axis a worker's share begins.</summary>
    public int Granularity => Texts.Max(text => text.Tile.CountAlong(RangedAxis));

    /// <summary>The axis that callers share.</summary>
    public int RangedAxis => Kernel.Axes.ToList().FindIndex(axis => axis.IsRanged);

    /// <summary>Whether callers name the part of an axis that they want.</summary>
    public bool IsRanged => RangedAxis >= 0;

    /// <summary>Whether an axis beside the ranged one runs over all samples.</summary>
    public bool HasCount => Kernel.Axes.Any(axis => axis is { IsDynamic: true, IsRanged: false });
}

/// <summary>A transposition: the axis along which the target is contiguous, and the one along which the source is.</summary>
internal readonly record struct Transposed(int Target, int Source);

/// <summary>A pooling or its gradient.</summary>
internal sealed record ScheduledWindow(string Name, string Summary, string Reason, WindowKernel Kernel) : ScheduledMethod(Name, Summary, Reason);

/// <summary>A loss made of expressions.</summary>
internal sealed record ScheduledLoss(string Name, string Summary, string Reason, LossKernel Kernel) : ScheduledMethod(Name, Summary, Reason);

/// <summary>One sample through all layers of a tiny network, in one method without loops over what it sums.</summary>
internal sealed record ScheduledStraightLine(string Name, string Summary, string Reason, IReadOnlyList<StraightLayer> Layers)
    : ScheduledMethod(Name, Summary, Reason)
{
    /// <summary>Floats for the activations of a layer on their way to the next.</summary>
    public int HiddenLength => Layers.Take(Layers.Count - 1).Select(layer => Layout.RoundUp(layer.Outputs)).DefaultIfEmpty(0).Max();
}

/// <summary>A product in a straight line, with the maps behind it.</summary>
/// <param name="Name">Its step's name.</param>
/// <param name="Inputs">How many numbers it sums over.</param>
/// <param name="Outputs">How many it makes.</param>
/// <param name="Weight">Where its weight begins in the parameters.</param>
/// <param name="WeightStride">Floats from one input's weights to the next input's.</param>
/// <param name="Bias">Where its bias begins in the parameters, if it has one.</param>
/// <param name="Maps">What becomes of the sum: each an expression of one variable.</param>
internal sealed record StraightLayer(
    string Name, int Inputs, int Outputs, long Weight, int WeightStride, long? Bias, IReadOnlyList<StraightMap> Maps);

/// <summary>An expression of one variable.</summary>
internal sealed record StraightMap(string Variable, Expressions.Expression Value);
