using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.Kernels;
using NetGen.Generators.Planning.Memory;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Plans prediction. What works on images runs sample by sample, so that a sample's activations stay in the cache, or a few at a time, so that
/// large weights come from memory once for all of them; what works on vectors runs on a block of samples, whose rows share every weight that is
/// loaded.
/// </summary>
internal sealed class InferencePlanner
{
    // Samples of a block: enough rows to make the weights' loads cheap, few enough that a batch has blocks for every thread
    // and activations stay in the L2 cache; what tiles of 8 and 16 rows divide, or of 6 where there are but 16 registers. Images are
    // work enough by themselves.
    private const int RowsOfBlock = 32;
    private const int RowsOfShortBlock = 24;
    private const int ImagesOfBlock = 16;

    private const string Counter = "line";

    private readonly Layouts _layouts;
    private readonly StepPlanner _steps;
    private readonly HashSet<Value> _perSampleOnly = [];

    private InferencePlanner(Layouts layouts, StepPlanner steps)
    {
        _layouts = layouts;
        _steps = steps;
    }

    /// <param name="operations">The operations, copies from and to callers' memory among them.</param>
    /// <param name="outputs">The tensors that callers get.</param>
    /// <param name="band">The layers that are done some lines at a time, if any are.</param>
    /// <param name="layouts">Where everything lies.</param>
    /// <param name="steps">Turns operations into steps.</param>
    /// <param name="prepared">Where parameters and what is derived from them stand.</param>
    public static InferencePlan Plan(
        IReadOnlyList<Operation> operations,
        ICollection<Value> outputs,
        Band? band,
        Layouts layouts,
        StepPlanner steps,
        PreparedMemory prepared) =>
        new InferencePlanner(layouts, steps).Plan(operations, outputs, band, prepared);

    private InferencePlan Plan(IReadOnlyList<Operation> operations, ICollection<Value> outputs, Band? band, PreparedMemory prepared)
    {
        List<ProgramUnit> units = Fusion.Fuse(operations, outputs);
        int split = units.FindLastIndex(unit => unit.Writes.Any(HasPixels) || GoesThroughPixels(unit)) + 1;
        ProgramUnit[] before = [.. units.Take(split)];
        ProgramUnit[] behind = [.. units.Skip(split)];

        var readByBlock = new HashSet<Value>(behind.SelectMany(unit => unit.Reads).Select(_layouts.RootOf));
        foreach (Value root in before.SelectMany(unit => unit.Writes).Select(_layouts.RootOf))
        {
            if (!_layouts.IsCallers(root) && !readByBlock.Contains(root))
                _perSampleOnly.Add(root);
        }

        IReadOnlyList<Step> perSample = PlanPerSample(before, band);
        IReadOnlyList<Step> block = _steps.Plan(behind, "Forward");
        int blockSize = perSample.Count > 0 ? ImagesOfBlock : RowsOfBlock;
        int atATime = SamplesOf(perSample);
        MemoryMap memory = Allocate(perSample, block, blockSize, atATime, prepared);

        var handedOn = new Dictionary<Value, int>();
        foreach (Value value in perSample.SelectMany(step => step.Bindings).Where(value => value.IsPerSample))
        {
            if (!_perSampleOnly.Contains(_layouts.RootOf(value)))
                handedOn[value] = _layouts.SampleStride(value);
        }

        return new InferencePlan(perSample, block, handedOn, memory, blockSize, Math.Min(blockSize, RowsOfShortBlock), atATime);
    }

    // What goes through an image in turns, tile by tile or line by line, has memory for one sample.
    private int SamplesOf(IReadOnlyList<Step> steps)
    {
        if (steps.OfType<LoopStep>().Any() || !steps.OfType<KernelStep>().Any(step => LoopTraffic.PanelsLead(step.Kernel)))
            return 1;
        return SamplesAtATime.Of(steps, steps.SelectMany(step => step.Bindings).Where(value => value.IsPerSample), _layouts);
    }

    private IReadOnlyList<Step> PlanPerSample(ProgramUnit[] units, Band? band)
    {
        if (band is null)
            return _steps.Plan(units, "Forward");

        _perSampleOnly.UnionWith(band.Operations.Select(operation => operation.Output).Where(part => part != band.OutputPart));
        var moving = new Dictionary<Value, int> { [band.OutputPart] = _layouts.Of(band.OutputPart).Stride(1) };
        var steps = new List<Step>(_steps.Plan(Fusion.Fuse(band.Operations, [band.OutputPart]), "Forward"));
        if (band.Copied is { } copied)
        {
            _perSampleOnly.Add(copied.Lines);
            CopyLines(steps, _steps.Copy(copied, Counter, band.InputStep), copied);
        }
        else
        {
            moving[band.Input] = band.InputStep * _layouts.Of(band.Input).Stride(1);
        }

        return
        [
            .. _steps.Plan(units.TakeWhile(unit => !band.Covers(unit)).Where(unit => !band.Copies(unit)), "Forward"),
            new LoopStep(
                $"{band.Lines} lines at a time, so that what one layer hands to the next stays in the cache",
                steps, Counter, band.Extent, band.Lines, moving),
            .. _steps.Plan(units.SkipWhile(unit => !band.Covers(unit)).SkipWhile(band.Covers), "Forward"),
        ];
    }

    // Where channels take turns in one place, the first layer's do so too.
    private void CopyLines(List<Step> steps, LinesStep copy, CopiedLines copied)
    {
        if (copied.Channel is not { } channel || _layouts.Of(copied.Lines).Stride(0) != 0)
        {
            steps.Insert(0, copy);
            return;
        }

        (KernelStep first, IReadOnlyDictionary<Value, int> moving) = ((KernelStep)steps[0]).Along(channel.Name);
        Shape image = copied.Image.Shape;
        steps[0] = new LoopStep(
            "channel by channel, so that the first cache has the lines that are copied", [copy with { Channels = 1 }, first],
            "channel", channel.Extent, 1, moving.Append(new(copied.Image, image[1] * image[2])).ToDictionary(pair => pair.Key, pair => pair.Value));
    }

    private bool HasPixels(Value value) => _layouts.RootOf(value).Shape.HasPixels;

    // What makes a single pixel of an image is done while the cache has it, unless samples share more weights than an image has pixels.
    private static bool GoesThroughPixels(ProgramUnit unit) => unit.Reads.Any(value => value is { IsPerSample: true, Shape.HasPixels: true })
        && !(unit.Fused?.Head is Contract { Left.Value: var image, Right.Value: var weights }
            && !weights.IsPerSample && weights.Shape.Length > image.Shape.Length);

    private MemoryMap Allocate(
        IReadOnlyList<Step> perSample, IReadOnlyList<Step> block, int blockSize, int atATime, PreparedMemory prepared)
    {
        var memory = new MemoryMap();
        var scratch = new ScratchAllocator();
        List<Step> steps = [.. perSample, .. block];
        var writtenShort = new HashSet<Value>(steps.OfType<KernelStep>().Where(step => step.Kernel.IsExact)
            .SelectMany(step => step.Writes).Where(HasRoomBehindChannels).Select(_layouts.RootOf));
        for (int i = 0; i < steps.Count; i++)
        {
            foreach (Value value in steps[i].Bindings)
            {
                Value root = _layouts.RootOf(value);
                if (!value.IsPerSample)
                    memory[value] = prepared.Of(value);
                else if (_layouts.IsCallers(value))
                    memory[root] = new Allocation(root, _layouts.CallersOf(root).Place, _layouts.Of(root).Size);
                else
                    scratch.Use(root, i, (long)_layouts.Of(root).Size * RowsOf(root), KeepsZeros(root));
            }
        }

        // What the sample loop hands to the block must survive until the loop is over, for all its samples.
        scratch.Extend(perSample.Count, value => !_perSampleOnly.Contains(value));
        foreach ((Value value, long offset) in scratch.Allocate())
            memory[value] = new Allocation(value, new Placement(Space.Workspace, offset), _layouts.Of(value).Size, RowsOf(value))
            {
                KeepsZeros = KeepsZeros(value),
            };
        foreach (Value value in steps.SelectMany(step => step.Bindings).Where(value => value.IsPerSample))
            memory[value] = memory[_layouts.RootOf(value)];

        memory.FixedLength = scratch.Length;
        return memory;

        // Whole vectors of channels are read where these were written one by one, and whole panels where they were written by vectors: behind them
        // stand zeros, or what another tensor left there.
        bool KeepsZeros(Value root) => HasLastingZeros(root) || writtenShort.Contains(root) || HasRoomBehindVectors(root);

        int RowsOf(Value root) => _perSampleOnly.Contains(root) ? atATime : blockSize;
    }

    private bool HasLastingZeros(Value root) => !_layouts.Of(root).Border.IsNone || _layouts.Of(root).Origin != 0;

    private bool HasRoomBehindVectors(Value value) =>
        HasRoomBehindChannels(value) && _layouts.Of(value).Dimensions[2].Factors is [var column] && column.Stride > Layout.RoundUp(value.Shape[0]);

    private bool HasRoomBehindChannels(Value value) =>
        value is { IsPerSample: true, Shape.IsImage: true } && !_layouts.Of(value).HasColumnsInnermost && value.Shape[0] % Layout.Lanes != 0;
}
