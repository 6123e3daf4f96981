using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning;

/// <summary>
/// Plans a training step. Every tensor of the batch has memory of its own; workers take shares of the samples through
/// forward, loss and backward, wait for each other, and then take shares of the parameters' gradients, each of which sums
/// over all samples in order: so the bits do not depend on how many workers there are.
/// </summary>
internal sealed class TrainingPlanner : ILayouts
{
    private readonly LayoutPlanner _layouts;
    private readonly IReadOnlyList<Operation> _backward;
    private readonly IReadOnlyList<Operation> _inputBackward;
    private readonly Value _input;
    private readonly Value _callersInput;
    private readonly Value _callersGradient;
    private readonly Value _orderedOutput;
    private readonly Value _orderedGradient;

    private TrainingPlanner(NetworkGraph graph, TrainingGraph training)
    {
        Orientation orientation = Orientation.Choose(graph, training.Forward);
        _backward = Relayouts.Insert(training.Backward, orientation);
        _inputBackward = Relayouts.Insert(training.InputBackward, orientation);
        _layouts = LayoutPlanner.Plan(
            graph, [.. training.Forward, .. _backward, .. _inputBackward], orientation, training.ParameterGradients);
        _input = graph.Inputs[0].Value;
        _callersInput = new Value("inputs", graph.Inputs[0].Value.Shape, ValueKind.Activation);
        _callersGradient = new Value("inputGradient", graph.Inputs[0].Value.Shape, ValueKind.Activation);
        _orderedOutput = new Value("orderedOutput", graph.Outputs[0].Value.Shape, ValueKind.Activation);
        _orderedGradient = new Value("orderedGradient", graph.Outputs[0].Value.Shape, ValueKind.Activation);
    }

    public static TrainingPlan Plan(
        NetworkGraph graph, IReadOnlyList<Operation> forward, IReadOnlyDictionary<Value, long> parameters)
    {
        TrainingGraph training = Differentiator.Differentiate(graph, forward);
        return new TrainingPlanner(graph, training).Plan(graph, training, parameters);
    }

    public Layout Of(Value value)
    {
        if (value == _callersInput || value == _callersGradient)
            return Layout.Dense(value.Shape);
        if (value != _orderedOutput && value != _orderedGradient)
            return _layouts.Of(value);
        // With room for whole vectors, which losses ask for.
        Layout dense = Layout.Dense(value.Shape);
        return dense with { Size = Layout.RoundUp(dense.Size) };
    }

    public int SampleStride(Value value)
    {
        if (!value.IsPerSample)
            return 0;
        Value root = _layouts.RootOf(value);
        return root == _callersInput || root == _callersGradient || (root == _input && _layouts.ReadsInputInPlace)
            ? root.Shape.Length
            : Of(root).Size;
    }

    private TrainingPlan Plan(NetworkGraph graph, TrainingGraph training, IReadOnlyDictionary<Value, long> parameters)
    {
        Operation[] backward = [.. _backward.Where(operation => operation.Output.IsPerSample)];
        Operation[] gradients = [.. _backward.Where(operation => !operation.Output.IsPerSample)];
        Value[] afterForward = [.. _backward.Concat(_inputBackward).SelectMany(o => o.Inputs), graph.Outputs[0].Value];
        Value[] afterBackward = [.. gradients.Concat(_inputBackward).SelectMany(o => o.Inputs)];

        var planner = new StepPlanner(this, graph);
        var inputPlanner = new StepPlanner(this, graph);
        List<Step> forward = [.. planner.Plan(Fusion.Fuse(training.Forward, afterForward), "Forward")];
        if (!_layouts.ReadsInputInPlace)
        {
            forward.Insert(0, planner.Copy("Input", "the input with room around it",
                _callersInput, Of(_callersInput), SampleStride(_callersInput), graph.Inputs[0].Value, Of(graph.Inputs[0].Value), SampleStride(graph.Inputs[0].Value)));
        }

        List<Step> backwardSteps = [.. planner.Plan(Fusion.Fuse(backward, afterBackward), "Backward")];
        List<Step> gradientSteps = [.. planner.Plan(Fusion.Fuse(gradients, [.. training.ParameterGradients.Values]), "Gradient")];
        List<Step> inputBackward = [.. inputPlanner.Plan(Fusion.Fuse(_inputBackward, [training.InputGradient]), "InputBackward")];
        inputBackward.Add(inputPlanner.Copy("Input", "the gradient of the input as the caller wants it",
            training.InputGradient, Of(training.InputGradient), SampleStride(training.InputGradient),
            _callersGradient, Of(_callersGradient), SampleStride(_callersGradient)));

        // The loss compares with the caller's targets, so outputs that lie in another order than those are put in theirs.
        Value output = graph.Outputs[0].Value, outputGradient = training.OutputGradient;
        bool isOrdered = Of(output).IsDense && Of(outputGradient).IsDense && SampleStride(output) == SampleStride(outputGradient);
        if (!isOrdered)
        {
            output = _orderedOutput;
            outputGradient = _orderedGradient;
            forward.Add(planner.Copy("Output", "the output in the order of the targets",
                graph.Outputs[0].Value, Of(graph.Outputs[0].Value), SampleStride(graph.Outputs[0].Value), output, Of(output), SampleStride(output)));
            backwardSteps.Insert(0, planner.Copy("OutputGradient", "its gradient in the order of the output",
                outputGradient, Of(outputGradient), SampleStride(outputGradient),
                training.OutputGradient, Of(training.OutputGradient), SampleStride(training.OutputGradient)));
        }

        var loss = new LossStep(new LossKernel(graph.Outputs[0].Loss!, output.Shape.Length, SampleStride(output)), output, outputGradient);
        var memory = new MemoryMap();
        foreach (KeyValuePair<Value, long> parameter in parameters)
        {
            memory.Placements[parameter.Key] = new Placement(Space.Parameters, parameter.Value);
            memory.Placements[training.ParameterGradients[(Parameter)parameter.Key]] = new Placement(Space.Gradient, parameter.Value);
        }

        memory.Placements[_callersInput] = new Placement(Space.Inputs, 0);
        memory.Placements[_callersGradient] = new Placement(Space.InputGradient, 0);
        if (_layouts.ReadsInputInPlace)
            memory.Placements[graph.Inputs[0].Value] = new Placement(Space.Inputs, 0);
        foreach (Repacked repacked in planner.Packing.Concat(inputPlanner.Packing))
        {
            memory.Placements[repacked.Packed] = new Placement(Space.Workspace, memory.FixedLength);
            memory.FixedLength += Layout.RoundUp(repacked.Size);
        }

        Step[] all = [.. forward, loss, .. backwardSteps, .. inputBackward, .. gradientSteps];
        foreach (Value value in all.SelectMany(step => step.Bindings))
        {
            Value root = _layouts.RootOf(value);
            if (!memory.Placements.TryGetValue(root, out Placement placement))
            {
                placement = new Placement(Space.Workspace, memory.PerSampleLength, IsPerSample: true);
                memory.Placements[root] = placement;
                memory.PerSampleLength += Layout.RoundUp(Of(root).Size);
            }

            memory.Placements[value] = placement;
        }

        return new TrainingPlan(
            [.. planner.Packing.SelectMany(repacked => repacked.Packing)],
            [.. inputPlanner.Packing.SelectMany(repacked => repacked.Packing)],
            forward, loss, backwardSteps, inputBackward, gradientSteps, memory);
    }
}
