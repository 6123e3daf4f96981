using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>One direction of a recurrent layer while it is built: its parameters, the products of its inputs, and the body of its scan.</summary>
internal sealed class RecurrentCell
{
    private readonly List<Operation> _body = [];
    private readonly List<StepTensor> _tensors = [];
    private readonly string _suffix;
    private readonly int _units;
    private readonly int _steps;
    private readonly bool _isReversed;
    private readonly int? _truncation;
    private readonly Parameter _recurrent;
    private readonly Parameter? _bias;
    private readonly Value? _within;

    /// <param name="layer">The layer.</param>
    /// <param name="sequence">What it reads.</param>
    /// <param name="suffix">What its parameters' names end with in files: <c>_l0</c>, or nothing.</param>
    /// <param name="gates">The number of gates.</param>
    /// <param name="units">The length of the state.</param>
    /// <param name="isReversed">Whether it goes from the last step to the first.</param>
    /// <param name="truncation">How many steps back gradients go at most, window by window; null through all.</param>
    public RecurrentCell(LayerContext layer, Value sequence, string suffix, int gates, int units, bool isReversed, int? truncation)
    {
        Layer = layer;
        _suffix = suffix;
        _units = units;
        _steps = sequence.Shape[0];
        _isReversed = isReversed;
        _truncation = truncation;
        Parameter weight = Weight("weight_ih", gates, sequence.Shape[1]);
        _recurrent = Weight("weight_hh", gates, units);

        Shape products = Shape.Sequence(_steps, gates * units);
        Value inputs = Sequences.Project(layer, New("products", products), sequence, weight);
        if (layer.Flag("Bias", fallback: true))
        {
            Parameter inputBias = Bias("bias_ih", gates);
            _bias = Bias("bias_hh", gates);
            Value biased = New("inputs", products);
            layer.Add(new Map(layer.Name, biased, Functions.Variable("x") + Functions.Variable("b"),
                [MapOperand.Same("x", inputs), MapOperand.Along("b", inputBias, 1)]));
            inputs = biased;
        }

        Input = new StepTensor(New("input", products.Row), inputs);
        _tensors.Add(Input);
        Hidden = Carry("hidden", "InitialState");
        if (layer.Length is { } length)
        {
            Value mask = length.Mask(layer);
            _within = new Value(New("within", mask.Shape.Row).Name, mask.Shape.Row, ValueKind.Activation)
            {
                Type = mask.Type with { Shape = mask.Shape.Row },
            };
            _tensors.Add(new StepTensor(_within, mask));
        }
    }

    public LayerContext Layer { get; }

    /// <summary>The products of a step's input, gate by gate.</summary>
    public StepTensor Input { get; }

    /// <summary>The state that the step before left.</summary>
    public StepTensor Hidden { get; }

    /// <summary>The cell that the step before left, where there is one.</summary>
    public StepTensor? Memory { get; set; }

    /// <summary>A state that each step hands to the next.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="start">The argument that names the point which it starts from, if it is not zero.</param>
    public StepTensor Carry(string name, string start)
    {
        var carried = new StepTensor(
            New($"{name}Before", new Shape(_units)), New($"{name}s", Shape.Sequence(_steps, _units)),
            _isReversed ? 1 : -1, Layer.PointOf(start, _units));
        _tensors.Add(carried);
        return carried;
    }

    /// <summary>The products of a state, gate by gate, with the bias and, if the gates take both alike, those of the input.</summary>
    public Value Sum(Value state, bool withInput)
    {
        var unit = new Axis("n", _recurrent.Shape[0]);
        var before = new Axis("k", _units);
        Value sum = New("recurrent", Input.Step.Shape);
        _body.Add(new Contract(
            Layer.Name,
            new Access(sum, [Graph.Index.Of(unit)]),
            new Access(state, [Graph.Index.Of(before)]),
            new Access(_recurrent, [Graph.Index.Of(unit), Graph.Index.Of(before)])));
        if (_bias is not null)
            sum = Map("gates", Functions.Variable("x") + Functions.Variable("b"), ("x", sum), ("b", _bias));
        return withInput ? Map("sums", Functions.Variable("x") + Functions.Variable("p"), ("x", sum), ("p", Input.Step)) : sum;
    }

    /// <summary>The part of a gate: it costs nothing.</summary>
    public Value Gate(Value gates, string name, int gate)
    {
        Value part = New(name, new Shape(_units));
        var unit = new Axis("c", _units);
        var read = new Access(gates, [Graph.Index.Sum(gate * _units, (unit, 1))]);
        _body.Add(new Move(Layer.Name, part, [new MovePiece([Graph.Index.Of(unit)], read)]));
        return part;
    }

    public Value Apply(string name, Activation activation, Value value)
    {
        Value result = New(name, value.Shape);
        _body.Add(new Map(Layer.Name, result, activation.Value, [MapOperand.Same(Activation.Input.Name, value)]) { Activation = activation });
        return result;
    }

    public Value Map(string name, Expression body, params (string Variable, Value Value)[] operands)
    {
        Value result = New(name, operands[0].Value.Shape);
        _body.Add(new Map(Layer.Name, result, body, [.. operands.Select(operand => MapOperand.Same(operand.Variable, operand.Value))]));
        return result;
    }

    /// <summary>
    /// Says what the step makes of a state. Behind a sequence's end it stays as it is: the last step has the state at the end, and going backwards
    /// the first that counts begins with the initial one.
    /// </summary>
    public void Leave(StepTensor state, Value next)
    {
        if (_within is not null)
        {
            Value held = New($"{next.Name.Split('_')[0]}Held", next.Shape);
            _body.Add(new Map(
                Layer.Name, held, SequenceLength.Within(Functions.Variable("x"), Functions.Variable("h")),
                [MapOperand.Same("x", next), MapOperand.Same("h", state.Step), SequenceLength.OfStep(_within)]));
            next = held;
        }

        _tensors.Add(new StepTensor(next, state.Whole));
    }

    /// <summary>Adds the scan.</summary>
    public void Finish() => Layer.Add(new Scan(Layer.Name, _steps, _isReversed, _body, _tensors)
    {
        // A window of all steps and more is none.
        Truncation = _truncation < _steps ? _truncation : null,
        Length = Layer.Length?.Input,
    });

    // Uniform between ±1/√units, as PyTorch begins: Glorot's rule at three times as many inputs and outputs.
    private Initialisation Initial(string role, string usual) => Initialisers.Of(Layer, role, usual, 3 * _units, 3 * _units);

    private Parameter Weight(string role, int gates, int inputs) =>
        Layer.NewParameter(role + _suffix, new Shape(gates * _units, inputs), Initial("Weight", "GlorotUniform"), decays: true);

    private Parameter Bias(string role, int gates) =>
        Layer.NewParameter(role + _suffix, new Shape(gates * _units), Initial("Bias", "Zeros"), decays: false);

    // hiddenL1Reverse
    private Value New(string name, Shape shape) =>
        Layer.NewValue(_suffix is "" or "_l0" ? name : $"{name}L{_suffix.Substring(2).Replace("_r", "R")}", shape);
}
