namespace NetGen.Generators.Graph.Streaming;

/// <content>What takes several steps to one: products with taps, strides, windows.</content>
internal sealed partial class StreamBuilder
{
    private Access Target(Access target, TimeStep step, Clock clock)
    {
        StreamedValue output = New(target.Value, step.Time, clock);
        return new Access(output.Value, output.Indices(target.Indices));
    }

    /// <summary>How a product or a sum goes from step to step; null, with what stands in the way, where it does not.</summary>
    private TimeStep? StepOf(string layer, Access target, Access source, bool mayStride = false)
    {
        StreamedValue streamed = _streamed[source.Value];
        if (streamed.Time < 0)
            return new TimeStep(-1, null);
        Index time = source.Indices[streamed.Time];
        IndexTerm? step = time.Terms.FirstOrDefault(term => target.Indices.Any(index => index.IsPlain && index.Terms[0].Axis == term.Axis));
        if (step is { Coefficient: > 0 } && (step.Coefficient == 1 || mayStride))
            return new TimeStep(target.Indices.TakeWhile(index => !(index.IsPlain && index.Terms[0].Axis == step.Axis)).Count(), step);
        bool spreads = step is null && time.Terms.Any(term => target.Indices.Any(index => index.CoefficientOf(term.Axis) != 0));
        Refuse(layer, spreads ? "gives several steps for one that it reads" : "takes all steps together");
        return null;
    }

    /// <summary>When each window's last step is there; null, with what stands in the way, where it never is.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="source">What is read.</param>
    /// <param name="windows">How many windows there are.</param>
    /// <param name="stride">The steps from one to the next.</param>
    /// <param name="last">The last step of the first window.</param>
    private Clock? ClockOf(string layer, Value source, int windows, int stride, int last)
    {
        StreamedValue streamed = _streamed[source];
        if (last + (windows - 1) * stride >= source.Shape[streamed.Time])
        {
            Refuse(layer, "reads steps that are still to come; write Padding = Padding.Causal");
            return null;
        }

        Clock? clock = streamed.Clock.Slower(stride, Math.Max(0, last));
        if (clock is null)
            Refuse(layer, "gives a step for more of the input's than a stream can wait for");
        return clock;
    }

    private void Add(Contract contract)
    {
        if (_streamed.ContainsKey(contract.Right.Value) && contract.Right.Value != contract.Left.Value)
        {
            Refuse(contract.Layer, "compares steps with one another");
            return;
        }

        Value left = contract.Left.Value;
        StreamedValue source = _streamed[left];
        if (StepOf(contract.Layer, contract.Target, contract.Left, mayStride: true) is not { } step)
            return;
        Index time = source.Time < 0 ? Index.Sum(0) : contract.Left.Indices[source.Time];
        IndexTerm[] taps = [.. time.Terms.Where(term =>
            term.Axis.Extent > 1 && contract.Target.Indices.All(index => index.CoefficientOf(term.Axis) == 0))];
        int stride = step.Term?.Coefficient ?? 1;
        if (taps.Length == 0 && time.Offset == 0 && stride == 1)
        {
            Access sum = Target(contract.Target, step, source.Clock);
            _operations.Add(new Contract(contract.Layer, sum, Present(contract.Left), Present(contract.Right)));
            return;
        }

        int last = time.Offset + taps.Sum(tap => tap.Coefficient * (tap.Axis.Extent - 1));
        if (ClockOf(contract.Layer, left, step.Term!.Axis.Extent, stride, last) is not { } clock)
            return;

        // The steps that the taps reach, oldest first.
        int lag = Math.Max(0, last) - time.Offset;
        Value window = WindowOf(left, clock, lag);
        Index row = Index.Sum(0, [.. taps.Select(tap => (tap.Axis, tap.Coefficient))]);
        _operations.Add(new Contract(
            contract.Layer, Target(contract.Target, step, clock), new Access(window, [row, .. source.Indices(contract.Left.Indices)]),
            contract.Right));
    }

    private Value WindowOf(Value value, Clock clock, int lag)
    {
        Value step = _streamed[value].Value;
        var window = new Value($"{step.Name}Window", step.Shape.Over(lag + 1), ValueKind.Activation);
        PastOf(value, window, clock, lag, rows: lag + 1);
        return window;
    }

    private void Add(Window window)
    {
        StreamedValue source = _streamed[window.Source];
        if (source.Time != 2 || window.Geometry is not { Height: 1, PadTop: 0 } geometry)
        {
            Refuse(window.Layer, "looks at several steps at once");
            return;
        }

        (int size, int stride, int pad) = (geometry.Width, geometry.StrideWidth, geometry.PadLeft);
        if (size == stride && size == window.Source.Shape[2])
        {
            Refuse(window.Layer, "takes all steps together");
            return;
        }

        if (ClockOf(window.Layer, window.Source, window.Output.Shape[2], stride, size - 1 - pad) is not { } clock)
            return;
        var steps = new PastSteps(size, stride, pad);
        _needs.IsWarmAt(clock.Until((pad + stride - 1) / stride));
        Value rows = WindowOf(window.Source, clock, size - 1);
        _operations.Add(new PastWindow(window.Layer, New(window.Output, 2, clock).Value, rows, window.Kind, steps, clock)
        {
            CountsPadding = window.Kind == WindowKind.Average && geometry.CountPadding,
        });
    }

    /// <summary>How something goes from step to step.</summary>
    /// <param name="Time">The dimension of what is written that runs along time; −1 where it has none.</param>
    /// <param name="Term">How far it goes in what is read, where that runs along time.</param>
    private readonly record struct TimeStep(int Time, IndexTerm? Term);
}
