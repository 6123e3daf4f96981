using NetGen.Generators.Graph;

namespace NetGen.Generators.Plans;

/// <summary>
/// What is legal in a plan: checked in tests and in debug builds, so that a pass that breaks it fails here, by the name of the step, and
/// not when numbers are wrong or memory is somebody else's.
/// </summary>
internal static class PlanLaw
{
    /// <summary>The rules of single steps: what must hold, and what is said where it does not.</summary>
    private static readonly (string Rule, Func<Step, Program, bool> Holds)[] s_rules =
    [
        ("calls a method that is there", (step, program) => program.HasMethod(step)),
        ("binds a tensor and an offset to each operand", (step, _) => step is not KernelStep kernel
            || (kernel.Operands.Count == kernel.Kernel.Operands.Count && kernel.Offsets.Count == kernel.Operands.Count)),
        ("has a stride along each axis", (step, _) => step is not KernelStep kernel
            || kernel.Kernel.Operands.All(operand => operand.Strides.Count == kernel.Kernel.Axes.Count)),
        ("stays within the memory of its tensors", (step, program) => step is not KernelStep kernel || StaysInside(kernel, program)),
        ("stays within the images, tiles and weights that it transforms", (step, program) =>
            step is not TransformStep transform || StaysInside(transform, program)),
        ("copies lines from within an image to within their memory", (step, program) => step is not LinesStep lines || StaysInside(lines, program)),
        ("goes from sample to sample by the length of its tensors", (step, program) =>
            step is not KernelStep kernel || FollowsSamples(kernel, program)),
    ];

    /// <summary>Every breach, with the program and the step.</summary>
    public static IEnumerable<string> Violations(NetworkPlan plan)
    {
        IReadOnlyList<Program> programs = Program.Of(plan);
        return
        [
            .. programs.SelectMany(InOrder), .. programs.SelectMany(InMemory),
            .. plan.Training is { } training ? BetweenPhases(training).Concat(InTurns(training)) : [],
        ];
    }

    private static IEnumerable<string> InOrder(Program program)
    {
        var written = new HashSet<Allocation>(program.Memory.Allocations.Where(allocation =>
            allocation.Place.Space is Space.Inputs or Space.Targets or Space.State || allocation.Tensor is Stored
            || program.Prepared.Contains(allocation.Place)));
        foreach (Step step in program.Steps)
        {
            foreach (Value read in step.Reads.Where(read => !written.Contains(program.Memory[read])))
                yield return $"{program.Name}: '{step.Comment}' reads {read.Name} before it is written.";
            written.UnionWith(step.Writes.Select(value => program.Memory[value]));
            foreach ((string rule, _) in s_rules.Where(rule => !rule.Holds(step, program)))
                yield return $"{program.Name}: '{step.Comment}' breaks the rule that it {rule}.";
        }
    }

    /// <summary>Tensors whose lives overlap lie apart; those that take turns in the rows of samples, or of turns, have the same rows.</summary>
    private static IEnumerable<string> InMemory(Program program)
    {
        IReadOnlyList<Allocation> all = program.Memory.Allocations;
        var index = new AllocationIndex(all);
        foreach (Allocation one in all)
        {
            if (one.Place.Space == Space.Workspace && one.End > (one.Place.IsPerSample ? program.Memory.PerSampleLength : program.Memory.FixedLength))
                yield return $"{program.Name}: {one.Tensor.Name} lies beyond the end of the memory.";
            foreach (Allocation other in index.Overlapping(one).Where(other => !ReferenceEquals(other, one)))
            {
                bool takesTurns = program.LiveApart(one, other)
                    && (!other.Place.IsPerSample
                        || (other.Place == one.Place && other.Length == one.Length && other.TakesTurns == one.TakesTurns
                            && IsOfTurns(other) == IsOfTurns(one)));
                if (!takesTurns)
                    yield return $"{program.Name}: {one.Tensor.Name} lies where {other.Tensor.Name} does, and both are needed.";
            }
        }
    }

    // Its rows are those of turns, and not those of samples.
    private static bool IsOfTurns(Allocation allocation) => allocation.Tensor.Whole is not null;

    /// <summary>Across workers only what an earlier phase finished is read.</summary>
    private static IEnumerable<string> BetweenPhases(TrainingPlan plan)
    {
        foreach (Phase phase in plan.Phases)
        {
            IEnumerable<(Step Reader, Step Writer)> met = Meet(phase.Shared, [.. phase.OnSamples, .. phase.Shared])
                .Concat(Meet(phase.OnSamples, phase.Shared));
            foreach ((Step reader, Step writer) in met)
                yield return $"train: '{reader.Comment}' reads what its own phase writes in '{writer.Comment}'.";
        }

        IEnumerable<(Step Reader, Step Writer)> Meet(IReadOnlyList<PhaseStep> readers, IReadOnlyList<PhaseStep> writers)
        {
            ILookup<Allocation, Step> written = writers
                .SelectMany(writer => writer.Step.Writes.Select(value => (plan.Memory[value], writer.Step)))
                .ToLookup(write => write.Item1, write => write.Step);
            var index = new AllocationIndex(written.Select(writes => writes.Key));
            return
                from reader in readers
                from read in reader.Step.Reads
                from overlapped in index.Overlapping(plan.Memory[read])
                from writer in written[overlapped]
                where writer != reader.Step
                select (reader.Step, writer);
        }
    }

    /// <summary>
    /// What samples take turns in is touched in one loop over them, and lies so far into the block that a reference to it can be moved back by all of
    /// them: outside of the block, the garbage collector would take it for one to somebody else's memory.
    /// </summary>
    private static IEnumerable<string> InTurns(TrainingPlan plan)
    {
        var places = new Dictionary<Allocation, SampleRun?>();
        foreach (Allocation outside in plan.Memory.Allocations.Where(one => one.TakesTurns && one.Place.Offset < one.Length))
            yield return $"train: a reference to {outside.Tensor.Name}, moved back by the samples of a batch, leaves the block.";
        foreach (Phase phase in plan.Phases)
        {
            IEnumerable<(Step Step, SampleRun? Run)> steps =
            [
                .. phase.Runs.SelectMany(run => run.Steps, (run, step) => (step.Step, run.IsBySample ? run : null)),
                .. phase.Shared.Select(step => (step.Step, default(SampleRun))),
            ];
            foreach ((Step step, SampleRun? run) in steps)
            {
                foreach (Allocation allocation in step.Bindings.Select(value => plan.Memory[value]).Where(allocation => allocation.TakesTurns))
                {
                    if (run is null || (places.TryGetValue(allocation, out SampleRun? other) && !ReferenceEquals(other, run)))
                        yield return $"train: '{step.Comment}' needs {allocation.Tensor.Name} of samples whose turn is over.";
                    places[allocation] = run;
                }
            }
        }
    }

    private static bool StaysInside(KernelStep step, Program program)
    {
        Kernel kernel = step.Kernel;
        int vectorAxis = program.MethodOf(step)?.Texts[0].Tile.VectorAxis ?? -1;
        return kernel.Operands.Select((operand, i) =>
        {
            long first = step.Offsets[i], last = first + program.ReachOf(step, step.Operands[i]);
            for (int a = 0; a < kernel.Axes.Count; a++)
            {
                long reach = kernel.Axes[a].IsDynamic
                    ? 0
                    : (long)operand.Strides[a] * ((a == vectorAxis ? kernel.Span(a) : kernel.Axes[a].Extent) - 1);
                first += Math.Min(0, reach);
                last += Math.Max(0, reach);
            }

            // What a stream remembers moves on with every step, through rows that come round.
            Allocation allocation = program.Memory[step.Operands[i]];
            // A vector may be loaded at the last element: there is room for one behind every block of memory. Nothing is written there.
            int room = i < step.WrittenCount ? 0 : Layout.Lanes;
            return allocation.Place.Space == Space.State || program.Moves(step.Operands[i]) || (first >= 0 && last < allocation.Length + room);
        }).All(isInside => isInside);
    }

    private static bool StaysInside(TransformStep step, Program program) => step.Kernel.Operands.Select((operand, i) =>
    {
        TransformKernel kernel = step.Kernel;
        int side = (operand == kernel.Source ? kernel.Matrix.Columns : kernel.Matrix.Rows) - 1;
        int lanes = kernel.IsVectorised ? Layout.RoundUp(kernel.Lanes) : kernel.Lanes;
        long first = step.Offsets[i];
        long last = first + program.ReachOf(step, step.Operands[i]) + side * (operand.Down + operand.Across) + operand.Lane * (lanes - 1);
        for (int a = 0; a < kernel.Axes.Count; a++)
        {
            TransformAxis axis = kernel.Axes[a];
            last += axis.IsDynamic ? 0 : (long)operand.Strides[a] * (operand.IsImage && axis.Step > 1 ? axis.Last : axis.Extent - 1);
        }

        return first >= 0 && last < program.Memory[step.Operands[i]].Length;
    }).All(isInside => isInside);

    private static bool StaysInside(LinesStep step, Program program)
    {
        (RowOperand lines, Shape image) = (step.Lines, step.Image.Shape);
        long written = lines.Offset + (step.Channels - 1L) * lines.RowStride + (lines.Value.Shape[1] - 1L) * lines.LineStride + image[2];
        long read = (long)step.Channels * image[1] * image[2] + program.ReachOf(step, step.Image);
        return written <= program.Memory[lines.Value].Length && read <= image.Length;
    }

    private static bool FollowsSamples(KernelStep step, Program program)
    {
        int samples = step.Kernel.Axes.ToList().FindIndex(axis => axis.IsDynamic);
        return samples < 0 || step.Kernel.Operands.Select((operand, i) => (Stride: operand.Strides[samples], Value: step.Operands[i])).All(operand =>
            !operand.Value.IsPerSample || operand.Value.IsScratch || (operand.Value.Whole is not null && step.Writes.Contains(operand.Value))
                ? operand.Stride == 0
            : program.Memory[operand.Value] is not { Place.Space: Space.Workspace } allocation || operand.Stride == allocation.Length);
    }

    /// <summary>A program as the law looks at it: its steps in order, those inside of others among them.</summary>
    private sealed class Program
    {
        private IReadOnlyDictionary<Value, RowMotion>? _motions;
        private readonly KernelLibrary _kernels;
        private readonly Dictionary<Step, LoopStep> _loops = new(ByReference<Step>.Comparer);
        private readonly Dictionary<Allocation, (int First, int Last)> _lives = [];
        private readonly bool _predictsOne;
        private readonly int _looped;
        private readonly HashSet<Step> _loopedSteps;

        private Program(string name, IEnumerable<Step> steps, MemoryMap memory, KernelLibrary kernels, IEnumerable<Step> oneSample)
        {
            _kernels = kernels;
            Name = name;
            Memory = memory;
            List<Step> looped = [.. oneSample.SelectMany(Flatten)];
            _looped = looped.Count;
            _loopedSteps = new HashSet<Step>(looped, ByReference<Step>.Comparer);
            Steps = [.. looped, .. steps.SelectMany(Flatten)];
            _predictsOne = name == "predict" && kernels.StraightLine is null;
            for (int i = 0; i < Steps.Count; i++)
            {
                foreach (Allocation allocation in Steps[i].Bindings.Select(value => memory[value]))
                    _lives[allocation] = (_lives.TryGetValue(allocation, out var life) ? life.First : i, i);
            }
        }

        private int _atATime = 1;

        public string Name { get; }

        public IReadOnlyList<Step> Steps { get; }

        public MemoryMap Memory { get; }

        /// <summary>Where what is derived of parameters is there before the program begins.</summary>
        public HashSet<Placement> Prepared { get; private init; } = [];

        public static IReadOnlyList<Program> Of(NetworkPlan plan)
        {
            var prepare = new Program("prepare", plan.Prepare.Steps, plan.Prepare.Memory, plan.Kernels, []);
            var predict = new Program("predict", plan.Inference.Block, plan.Inference.Memory, plan.Kernels, plan.Inference.PerSample)
            {
                Prepared = [.. prepare.Steps.SelectMany(step => step.Writes).Select(value => prepare.Memory[value].Place)],
                _atATime = plan.Inference.SamplesAtATime,
            };
            List<Program> programs = [prepare, predict];
            if (plan.Stream is { } stream)
            {
                programs.Add(new Program("stream", [], stream.Memory, plan.Kernels, stream.Steps)
                {
                    Prepared = predict.Prepared, _motions = stream.Moving,
                });
            }

            if (plan.Training is { } training)
                programs.Add(new Program("train", training.Steps, training.Memory, plan.Kernels, []));
            return programs;
        }

        public ScheduledKernel? MethodOf(KernelStep step) =>
            _kernels.Find(step, oneSample: false) ?? _kernels.Find(step, oneSample: true);

        public bool HasMethod(Step step) => step switch
        {
            KernelStep kernel when IsLooped(step) => _kernels.Find(kernel, oneSample: true) is not null,
            KernelStep kernel =>
                _kernels.Find(kernel, oneSample: false) is not null && (!_predictsOne || _kernels.Find(kernel, oneSample: true) is not null),
            WindowStep window => _kernels.Has(window.Kernel),
            TransformStep transform => _kernels.Has(transform.Kernel),
            LossStep { Kernel: { Loss: GeneratedLoss } loss } judge =>
                (judge.Given is not null || _kernels.Has(loss)) && _kernels.Has(loss.OnCallersRows()),
            _ => true,
        };

        /// <summary>How far a tensor moves in the course of the loops that a step is part of.</summary>
        public long ReachOf(Step step, Value value) => _loops.TryGetValue(step, out LoopStep? loop)
            ? (loop.Moving.TryGetValue(value, out int count) ? (long)count * (loop.Extent - loop.Stride) : 0) + ReachOf(loop, value)
            : 0;

        /// <summary>Whether it is a row of a stream's, of which the one at the first step of the input need not be there.</summary>
        public bool Moves(Value value) => _motions is not null && _motions.TryGetValue(value, out RowMotion motion) && motion.Distance > 0;

        /// <summary>Whether one of two tensors is needed no more when the other begins to be.</summary>
        public bool LiveApart(Allocation one, Allocation other)
        {
            if (one.Place.Space != Space.Workspace || one.KeepsZeros || other.KeepsZeros)
                return false;
            ((int First, int Last) a, (int First, int Last) b) = (LifeOf(one), LifeOf(other));
            return a.Last < b.First || b.Last < a.First || (a.Last == b.First && WritesInPlace(a.Last)) || (b.Last == a.First && WritesInPlace(b.Last));
        }

        private bool WritesInPlace(int step) => Steps[step] is LossStep { WritesInPlace: true };

        // What the loop over samples hands on is there for all of them.
        private (int First, int Last) LifeOf(Allocation allocation)
        {
            (int first, int last) = _lives[allocation];
            return first < _looped && allocation.Rows > _atATime ? (0, Math.Max(last, _looped)) : (first, last);
        }

        private bool IsLooped(Step step) => _loopedSteps.Contains(step);

        private IEnumerable<Step> Flatten(Step step)
        {
            if (step is TurnStep turn)
                return [turn.Kernel];
            foreach (Step inner in step is LoopStep loop ? loop.All : [])
                _loops[inner] = (LoopStep)step;
            return step is LoopStep { All: var all } ? all.SelectMany(Flatten) : [step];
        }
    }
}
