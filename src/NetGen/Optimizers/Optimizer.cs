using System.Runtime.CompilerServices;

namespace NetGen.Optimizers;

/// <summary>A method of gradient descent: moves a block of parameters against its gradient, step by step.</summary>
/// <remarks>
/// <para>A step is <see cref="BeginStep"/> once, then <see cref="Update(Span{float}, ReadOnlySpan{float}, int, int)"/>
/// over the block: at once, or in parts that threads share. No split changes the bits of the result.</para>
/// <para>An optimizer states its formula as a struct (<see cref="IUpdateRule"/>); decay and rescaling
/// (<see cref="UpdateTerms"/>) and the loop over memory are the same for all. A step allocates nothing.</para>
/// </remarks>
public abstract partial class Optimizer
{
    private WeakReference<object>? _owner;
    private float _learningRate;
    private float _weightDecay;
    private float _absoluteDecay;
    private float _gradientScale = 1;
    private AlignedBuffer[] _state = [];
    private ParameterRange[] _ranges = [];

    private protected Optimizer(float learningRate) => _learningRate = Require.NotNegative(learningRate, nameof(learningRate));

    /// <summary>The learning rate η, at least 0. A schedule may set it before any step.</summary>
    public float LearningRate
    {
        get => _learningRate;
        set => _learningRate = Require.NotNegative(value);
    }

    /// <summary>
    /// Weight decay λ, at least 0: an L2 penalty whose gradient λ·w is added to the loss's, or, where
    /// <see cref="DecoupledWeightDecay"/> is set, a shrinkage of the weights by η·λ that bypasses the rule.
    /// </summary>
    public float WeightDecay
    {
        get => _weightDecay;
        set => _weightDecay = Require.NotNegative(value);
    }

    /// <summary>The factor λ₁ of an L1 penalty λ₁·|w|, whose gradient λ₁·sign(w) is added to the loss's; at least 0.</summary>
    public float AbsoluteDecay
    {
        get => _absoluteDecay;
        set => _absoluteDecay = Require.NotNegative(value);
    }

    /// <summary>Whether <see cref="WeightDecay"/> shrinks the weights directly instead of entering the gradient.</summary>
    public bool DecoupledWeightDecay { get; init; }

    /// <summary>The number of steps begun since the optimizer was prepared.</summary>
    public long StepCount { get; private set; }

    /// <summary>The number of parameters the optimizer is prepared for, 0 before that.</summary>
    public int Length { get; private set; }

    /// <summary>The names of the numbers remembered per parameter, in the order of the rule's states.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Makes room for what is remembered per parameter, and starts anew.</summary>
    /// <param name="length">The length of the parameter block in floats.</param>
    /// <param name="ranges">
    /// The ranges to update with their factors: ascending, without overlap, inside the block; what lies between them
    /// stays as it is. By default the whole block is one range.
    /// </param>
    /// <exception cref="ArgumentException">A range overlaps the one before it or leaves the block.</exception>
    /// <exception cref="InvalidOperationException">The optimizer's settings contradict each other.</exception>
    public void Prepare(int length, IReadOnlyList<ParameterRange>? ranges = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        CheckSettings();
        ParameterRange[] checkedRanges = ranges is null ? [new ParameterRange(0, length)] : [.. ranges];
        CheckRanges(checkedRanges, length);

        _ranges = checkedRanges;
        _state = new AlignedBuffer[StateNames.Count];
        for (int slot = 0; slot < _state.Length; slot++)
        {
            _state[slot] = new AlignedBuffer(length);
            _state[slot].Span.Fill(InitialState(slot));
        }

        Length = length;
        StepCount = 0;
    }

    /// <summary>Makes room for a network's parameters, with no decay on those that should not have any.</summary>
    /// <param name="network">The network.</param>
    public void Prepare(NetworkDescription network)
    {
        ArgumentNullException.ThrowIfNull(network);
        Prepare(network.ParameterBlockLength, ParameterRange.For(network));
    }

    /// <summary>Begins a step: counts it and computes its constants.</summary>
    /// <param name="gradientScale">
    /// A factor on the gradient, applied as it is read: from clipping by norm (<see cref="Gradients.ClipScale"/>) or from
    /// accumulation over several batches.
    /// </param>
    public void BeginStep(float gradientScale = 1)
    {
        if (!float.IsFinite(gradientScale))
        {
            throw new ArgumentOutOfRangeException(
                nameof(gradientScale), gradientScale, "The gradient's scale must be a finite number.");
        }

        CheckSettings();
        ComputeConstants(StepCount + 1);
        _gradientScale = gradientScale;
        StepCount++;
    }

    /// <summary>Applies the current step to a network's parameters, in place.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="gradient">Their gradient.</param>
    /// <exception cref="ArgumentException">The lengths are not those the optimizer is prepared for.</exception>
    public void Update(ParameterBlock parameters, ParameterBlock gradient)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(gradient);
        Update(parameters.Writable, gradient.Span);
        parameters.Changed();
    }

    /// <summary>Applies the current step to a whole block.</summary>
    /// <param name="parameters">The parameter block.</param>
    /// <param name="gradient">The gradient, laid out as the parameters.</param>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient) =>
        Update(parameters, gradient, 0, parameters.Length);

    /// <summary>
    /// Applies the current step to a part of the block. Threads may work on disjoint parts at the same time.
    /// </summary>
    /// <param name="parameters">The whole parameter block.</param>
    /// <param name="gradient">The whole gradient, laid out as the parameters.</param>
    /// <param name="from">The first parameter to update.</param>
    /// <param name="to">The end of those to update.</param>
    /// <exception cref="ArgumentException">The lengths are not those the optimizer is prepared for.</exception>
    /// <exception cref="InvalidOperationException">No step has begun.</exception>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int from, int to)
    {
        CheckArguments(parameters.Length, gradient.Length, from, to);
        UpdateRanges(parameters, gradient, 0, null, from, to);
    }

    /// <summary>The same where the gradient of this part alone is there.</summary>
    /// <param name="parameters">The whole parameter block.</param>
    /// <param name="part">The gradient of the part.</param>
    /// <param name="from">The first parameter of the part.</param>
    internal void UpdatePart(Span<float> parameters, ReadOnlySpan<float> part, int from)
    {
        CheckArguments(parameters.Length, parameters.Length, from, from + part.Length);
        UpdateRanges(parameters, part, from, null, from, from + part.Length);
    }

    /// <summary>
    /// The same where the gradients of some tables are zero but for some rows, and no more than these rows are read where zeros change nothing.
    /// </summary>
    /// <param name="parameters">The whole parameter block.</param>
    /// <param name="gradient">The whole gradient, laid out as the parameters.</param>
    /// <param name="from">The first parameter to update.</param>
    /// <param name="to">The end of those to update.</param>
    /// <param name="tables">The tables, in the order of their places.</param>
    internal void Update(Span<float> parameters, ReadOnlySpan<float> gradient, int from, int to, ReadOnlySpan<GradientRows> tables)
    {
        CheckArguments(parameters.Length, gradient.Length, from, to);
        foreach (GradientRows table in tables)
        {
            int start = Math.Max(from, table.Offset), end = Math.Min(to, table.End);
            if (start >= end)
                continue;
            UpdateRanges(parameters, gradient, 0, null, from, start);
            UpdateRanges(parameters, gradient, 0, table, start, end);
            from = end;
        }

        UpdateRanges(parameters, gradient, 0, null, from, to);
    }

    /// <summary>Applies the current step to a part of each range.</summary>
    /// <param name="parameters">The whole parameter block.</param>
    /// <param name="gradient">The gradient.</param>
    /// <param name="first">The parameter to which its first float belongs.</param>
    /// <param name="table">The table that the part belongs to, if zeros are known in its gradient.</param>
    /// <param name="from">The first parameter to update.</param>
    /// <param name="to">The end of those to update.</param>
    private unsafe void UpdateRanges(
        Span<float> parameters, ReadOnlySpan<float> gradient, int first, GradientRows? table, int from, int to)
    {
        fixed (float* weights = parameters, gradients = gradient)
        {
            foreach (ref readonly var range in _ranges.AsSpan())
            {
                int start = Math.Max(from, range.Offset), end = Math.Min(to, range.Offset + range.Length);
                if (start >= end || range.LearningRateMultiplier == 0)
                    continue;

                // The blocks of state are pinned for life.
                var sweep = new UpdateSweep
                {
                    Weights = weights,
                    Gradient = gradients - first,
                    First = StatePointer(0),
                    Second = StatePointer(1),
                    Third = StatePointer(2),
                    Terms = TermsFor(range),
                    From = (nuint)start,
                    To = (nuint)end,
                };
                if (table is null)
                {
                    WithRule(ref sweep, range.LearningRateMultiplier);
                    continue;
                }

                var rows = new RowSweep { Whole = sweep, Table = table };
                WithRule(ref rows, range.LearningRateMultiplier);
            }
        }
    }

    /// <summary>Hands the current step's rule to a kernel.</summary>
    /// <typeparam name="TKernel">The kernel.</typeparam>
    /// <param name="kernel">Called once.</param>
    /// <param name="learningRateMultiplier">The factor on the learning rate.</param>
    public abstract void WithRule<TKernel>(ref TKernel kernel, float learningRateMultiplier)
        where TKernel : struct, IRuleKernel;

    /// <summary>The rescaling and decay of the current step that go ahead of the rule.</summary>
    /// <param name="range">The range whose factors count.</param>
    public UpdateTerms TermsFor(in ParameterRange range)
    {
        float decay = WeightDecay * range.DecayMultiplier;
        double shrinkage = (double)LearningRate * range.LearningRateMultiplier * decay;
        return new UpdateTerms(
            _gradientScale,
            squaredPenalty: DecoupledWeightDecay ? 0 : decay,
            absolutePenalty: AbsoluteDecay * range.DecayMultiplier,
            keep: DecoupledWeightDecay ? (float)(1 - shrinkage) : 1);
    }

    /// <summary>Makes the optimizer somebody's own: what it remembers is of one model's steps, and two would spoil it for each other.</summary>
    /// <exception cref="ArgumentException">It is somebody else's already.</exception>
    internal void Claim(object owner, string parameter)
    {
        if (_owner is not null && _owner.TryGetTarget(out object? other) && !ReferenceEquals(other, owner))
        {
            throw new ArgumentException(
                $"This {GetType().Name} belongs to another trainer already: what it remembers is of that one's steps. Give each trainer an optimizer "
                + "of its own, or dispose of the other trainer first.",
                parameter);
        }

        _owner = new WeakReference<object>(owner);
    }

    /// <summary>Gives the optimizer up.</summary>
    internal void Release(object owner)
    {
        if (_owner is not null && _owner.TryGetTarget(out object? mine) && ReferenceEquals(mine, owner))
            _owner = null;
    }

    /// <summary>Refuses settings that contradict each other, which can only be seen when all have been made.</summary>
    private protected virtual void CheckSettings()
    {
    }

    /// <summary>Computes what is the same for every parameter of a step, in double precision.</summary>
    /// <param name="step">The step's number, from 1.</param>
    private protected virtual void ComputeConstants(long step)
    {
    }

    /// <summary>What a state starts from.</summary>
    private protected virtual float InitialState(int slot) => 0;

    private unsafe float* StatePointer(int slot) =>
        slot < _state.Length ? (float*)Unsafe.AsPointer(ref _state[slot].Start) : null;

    private static void CheckRanges(ParameterRange[] ranges, int length)
    {
        int end = 0;
        foreach (var range in ranges)
        {
            if (range.Length < 0 || range.Offset < end || range.Offset > length - range.Length)
            {
                throw new ArgumentException(
                    $"Parameter ranges must ascend without overlap inside the block of {length} floats; the range of "
                    + $"{range.Length} floats at {range.Offset} does not (the one before it ends at {end}).",
                    nameof(ranges));
            }

            end = range.Offset + range.Length;
        }
    }

    private void CheckArguments(int parameters, int gradient, int from, int to)
    {
        if (parameters != Length || gradient != Length)
        {
            throw new ArgumentException(
                $"The optimizer is prepared for {Length} parameters, found {parameters} parameters and {gradient} "
                + "gradient values; call Prepare with the block's length first.");
        }

        if (StepCount == 0)
            throw new InvalidOperationException("No step has begun: call BeginStep before Update.");

        if (from < 0 || to < from || to > Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(from), from, $"The part from {from} to {to} does not lie inside the block of {Length} parameters.");
        }
    }
}
