using NetGen.Generators.Graph;

namespace NetGen.Generators.Plans;

/// <summary>Some steps that are done again and again: for so many lines of an image at a time, or for every step of time.</summary>
/// <param name="Comment">What is done.</param>
/// <param name="Steps">The steps of one turn.</param>
/// <param name="Counter">What counts the turns.</param>
/// <param name="Extent">Where it ends.</param>
/// <param name="Stride">How far it goes at each turn.</param>
/// <param name="Moving">The tensors that stay whole, with the floats from one count to the next.</param>
internal record LoopStep(
    string Comment, IReadOnlyList<Step> Steps, string Counter, int Extent, int Stride, IReadOnlyDictionary<Value, int> Moving)
    : Step(Steps[0].Layer, Comment)
{
    /// <summary>Whether each sample goes through all turns before the next one, so that they share what is scratch.</summary>
    public bool IsBySample { get; init; }

    /// <summary>Where the last turn begins, which reaches back where the stride does not divide the extent; null where it does.</summary>
    public int? LastStart => Extent % Stride == 0 ? null : Extent - Stride;

    /// <summary>Whether the last turn comes first.</summary>
    public bool IsReversed { get; init; }

    /// <summary>How many counts there are in each window, at whose first turn something is done beforehand; null where there are none.</summary>
    public int? Window { get; init; }

    /// <summary>What is done where a window begins.</summary>
    public IReadOnlyList<ClearStep> Entering { get; init; } = [];

    /// <summary>All that is done, in the order of a turn.</summary>
    public IEnumerable<Step> All => [.. Entering, .. Steps];

    /// <summary>The steps of a program in their order, with what is done in a loop in its place.</summary>
    public static IEnumerable<Step> Flatten(IEnumerable<Step> steps) => steps.SelectMany(step => step is LoopStep loop ? Flatten(loop.All) : [step]);

    private IEnumerable<Value> Written => All.SelectMany(step => step.Bindings.Take(step.WrittenCount)).Distinct();

    public override IReadOnlyList<Value> Bindings => [.. Written.Concat(All.SelectMany(step => step.Bindings)).Distinct()];

    public override int WrittenCount => Written.Count();

    // At a step of time, all samples are taken together.
    public override bool GoesBySample => IsBySample;
}

/// <summary>A parameter's gradient in parts, each of which is one stretch that the optimizer may apply before the next is computed.</summary>
/// <param name="Kernel">Computes a part.</param>
/// <param name="RowLength">The floats of a step along the axis that workers share.</param>
/// <param name="Panels">The panels of the weight, which have parts of their own.</param>
/// <param name="Moving">The tensors of which each panel has its own, with the floats from one to the next.</param>
internal sealed record PartsStep(KernelStep Kernel, int RowLength, int Panels, IReadOnlyDictionary<Value, int> Moving)
    : LoopStep(Kernel.Comment, [Kernel], "panel", Panels, 1, Moving)
{
    /// <summary>The gradient.</summary>
    public Value Gradient => Kernel.Operands[0];
}

/// <summary>Lines of an image that the caller passes, copied to where there are zeros around them; those that it does not have are zeros.</summary>
/// <param name="Lines">What they are copied to: floats from channel to channel and from line to line.</param>
/// <param name="Image">The image.</param>
/// <param name="Channels">The channels that are copied.</param>
/// <param name="Counter">What counts the turns of the loop over lines.</param>
/// <param name="Stride">The lines of the image from one count to the next.</param>
/// <param name="First">The first line where the counter is zero; negative above the image.</param>
internal sealed record LinesStep(
    string Layer, string Comment, RowOperand Lines, Value Image, int Channels, string Counter, int Stride, int First) : Step(Layer, Comment)
{
    public override IReadOnlyList<Value> Bindings => [Lines.Value, Image];

    public override int WrittenCount => 1;
}
