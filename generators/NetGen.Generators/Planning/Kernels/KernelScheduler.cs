using NetGen.Generators.Graph;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Kernels;

/// <summary>
/// The last pass: every kernel of a plan gets its tiles, its name and its reason. Equal kernels are one method, and one
/// sample has a method of its own only where another tile suits it better.
/// </summary>
internal sealed class KernelScheduler
{
    // Multiply-adds of all static axes, up to which one text serves every width: its time is loop control anyway.
    private const long SmallProduct = 1024;

    // Weights of a single sample's product from which they no longer lie in the first cache. They stand side by side in lines as
    // long as two of the longest vectors, and short vectors would take each line in several passes, at half the speed of one.
    private const long StreamedProduct = 16384;

    private readonly Dictionary<(Kernel Kernel, bool OneSample), ScheduledKernel> _kernels = [];
    private readonly Dictionary<(Kernel Kernel, bool OneSample), EquatableArray<KernelText>> _texts = [];
    private readonly Dictionary<WindowKernel, ScheduledWindow> _windows = [];
    private readonly Dictionary<TransformKernel, ScheduledTransform> _transforms = [];
    private readonly Dictionary<LossKernel, ScheduledLoss> _losses = [];
    private readonly List<ScheduledMethod> _methods = [];
    private readonly HashSet<string> _taken = [];

    public static KernelLibrary Schedule(PreparePlan prepare, InferencePlan inference, StreamPlan? stream, TrainingPlan? training)
    {
        var scheduler = new KernelScheduler();
        scheduler.Add(inference.PerSample, oneSample: true);
        ScheduledStraightLine? straightLine = StraightLines.Plan(inference);
        if (straightLine is not null)
        {
            scheduler._taken.Add(straightLine.Name);
            scheduler._methods.Add(straightLine);
        }
        else
        {
            scheduler.Add(inference.Block, oneSample: true);
        }

        scheduler.Add(inference.Block, oneSample: false);

        scheduler.Add(stream?.Steps ?? [], oneSample: true);
        scheduler.Add(prepare.Steps, oneSample: false);
        if (training is not null)
        {
            scheduler.Add(training.Steps, oneSample: false);
            foreach (LossStep loss in training.Losses)
            {
                if (loss.Kernel.Loss is GeneratedLoss)
                    scheduler.Loss(loss.Kernel.OnCallersRows(), "LossOfOutputs");
            }
        }

        return new KernelLibrary(scheduler._methods, scheduler._kernels, scheduler._windows, scheduler._transforms, scheduler._losses, straightLine);
    }

    private void Add(IEnumerable<Step> steps, bool oneSample)
    {
        foreach (Step step in steps)
        {
            switch (step)
            {
                case KernelStep kernel:
                    Kernel(kernel, oneSample);
                    break;
                case WindowStep window when !_windows.ContainsKey(window.Kernel):
                    _methods.Add(_windows[window.Kernel] = new ScheduledWindow(
                        Unique(window.Name), window.Comment, Reasons.Of(window.Kernel), window.Kernel));
                    break;
                case TransformStep transform when !_transforms.ContainsKey(transform.Kernel):
                    _methods.Add(_transforms[transform.Kernel] = new ScheduledTransform(
                        Unique(transform.Name), TransformSummary.Of(transform.Kernel), Reasons.Of(transform.Kernel), transform.Kernel));
                    break;
                case TurnStep turn:
                    Kernel(turn.Kernel, oneSample);
                    break;
                case LoopStep loop:
                    Add(loop.All, oneSample);
                    break;
                case LossStep { Kernel.Loss: GeneratedLoss, Given: null } loss:
                    Loss(loss.Kernel, "Loss");
                    break;
            }
        }
    }

    private void Kernel(KernelStep step, bool oneSample)
    {
        if (_kernels.ContainsKey((step.Kernel, oneSample)))
            return;

        EquatableArray<KernelText> texts = Texts(step.Kernel, oneSample);
        _kernels.TryGetValue((step.Kernel, !oneSample), out ScheduledKernel? other);
        ScheduledKernel? same = other?.Texts.Equals(texts) == true ? other : null;
        if (same is null)
        {
            bool isApart = oneSample && !Texts(step.Kernel, oneSample: false).Equals(texts);
            Transposed? transposed = VectorAxes.TransposedBy(step.Kernel);
            same = new ScheduledKernel(
                Unique($"{step.Name}{(isApart ? "One" : "")}"), KernelSummary.Of(step), Reasons.Of(step.Kernel, texts, transposed),
                step.Kernel, texts, transposed);
            _methods.Add(same);
        }

        _kernels[(step.Kernel, oneSample)] = same;
    }

    private void Loss(LossKernel kernel, string stem)
    {
        if (_losses.ContainsKey(kernel))
            return;
        string elements = kernel.HasLengths ? $"the elements of all steps of {kernel.Length}" : $"{kernel.Total} elements";
        (string summary, string reason) = kernel.Loss switch
        {
            MeanLoss mean => ($"The mean over {elements} of {mean.Element.Value}, with o the output and t the target.", Reasons.OfLoss),
            _ => ($"{kernel.Loss.Summary} of a row of {kernel.Length} outputs and its derivative by each.", Reasons.OfRowLoss),
        };
        _methods.Add(_losses[kernel] = new ScheduledLoss(Unique(stem), summary, reason, kernel));
    }

    private EquatableArray<KernelText> Texts(Kernel kernel, bool oneSample)
    {
        if (!_texts.TryGetValue((kernel, oneSample), out EquatableArray<KernelText> texts))
            _texts[(kernel, oneSample)] = texts = ChooseTexts(kernel, oneSample);
        return texts;
    }

    private static EquatableArray<KernelText> ChooseTexts(Kernel kernel, bool oneSample) =>
        VectorAxes.Of(kernel) < 0 || IsCopyOfLessThan(RegisterFile.OfFour.Lanes, kernel)
        ? new[] { new KernelText(VectorForm.Scalar, new Tile { VectorAxis = -1, Vectors = 1 }) }.ToEquatableArray()
        : WithoutMeeting(kernel, [.. Choices(kernel, oneSample)
            .Select(choice => new KernelText(choice.Form, TilePlanner.Choose(kernel, choice.Registers, choice.OneSample)))]).ToEquatableArray();

    // Workers' shares begin at multiples of one text's rows. Another's may reach back into somebody else's share from there, where it must not add.
    private static IEnumerable<KernelText> WithoutMeeting(Kernel kernel, KernelText[] texts)
    {
        int ranged = kernel.Axes.ToList().FindIndex(axis => axis.IsRanged);
        int most = ranged < 0 ? 1 : texts.Max(text => text.Tile.CountAlong(ranged));
        return texts.Select(text => ranged < 0 || most % text.Tile.CountAlong(ranged) == 0
            ? text
            : text with { Tile = LoopTraffic.WithoutReturning(kernel, text.Tile) });
    }

    /// <summary>The texts that a kernel with an axis for vectors has, and for which registers each gets its tile.</summary>
    public static IReadOnlyList<TileChoice> Choices(Kernel kernel, bool oneSample)
    {
        int vectorAxis = VectorAxes.Of(kernel);
        // The pixels of an image are rows enough, for one sample as for many.
        bool hasPixels = HasPixels(kernel);
        bool isStream = oneSample && !hasPixels && kernel.StaticWork >= StreamedProduct && kernel.Left?.Strides[vectorAxis] == 0;
        oneSample |= hasPixels;
        // Longer vectors would be empty but for four lanes, or put together at their ragged end.
        if (kernel.Axes[vectorAxis] is { IsReduced: false, Extent: <= 4 } || IsCopyOfLessThan(Layout.Lanes, kernel))
            return [new(VectorForm.Four, RegisterFile.OfFour, oneSample)];
        if (kernel.Combine != Combine.SumOfProducts || kernel.StaticWork <= SmallProduct)
            return [new(VectorForm.Any, RegisterFile.Any, oneSample)];
        TileChoice[] texts = [new(VectorForm.Vector512, RegisterFile.Of32, oneSample), new(VectorForm.UpToEight, RegisterFile.Of16, oneSample)];
        return isStream ? [.. texts, new(VectorForm.Vector128, RegisterFile.Of16Short, oneSample)] : texts;
    }

    // In memory of which no more may be touched.
    private static bool IsCopyOfLessThan(int lanes, Kernel kernel) =>
        kernel.Combine == Combine.None && kernel.IsExact && kernel.Axes[VectorAxes.Of(kernel)].Extent < lanes &&
        kernel.Results.All(result => result.Value is Expressions.Variable);

    private static bool HasPixels(Kernel kernel)
    {
        int vectorAxis = VectorAxes.Of(kernel);
        return kernel.Left is { } left && Enumerable.Range(0, kernel.Axes.Count).Any(a =>
            a != vectorAxis && kernel.Axes[a] is { IsReduced: false, IsDynamic: false, Extent: > 1 } && left.Strides[a] != 0) &&
            (kernel.IsOfOneSample || kernel.Axes.Any(axis => axis is { IsReduced: false, IsDynamic: true }));
    }

    private string Unique(string stem)
    {
        string name = stem;
        for (int n = 2; !_taken.Add(name); n++)
            name = $"{stem}_{n}";
        return name;
    }
}

/// <summary>A text that a kernel has, before its tile is chosen.</summary>
/// <param name="Form">The vectors it is written with.</param>
/// <param name="Registers">The registers that the tile must fit.</param>
/// <param name="OneSample">Whether no row lies along the batch.</param>
internal readonly record struct TileChoice(VectorForm Form, RegisterFile Registers, bool OneSample);
