using Microsoft.CodeAnalysis;
using NetGen.Generators.Collections;
using NetGen.Generators.Declarations;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph;

/// <summary>
/// What a layer works with while it adds itself to the graph: its arguments, what it starts from, and the graph.
/// </summary>
/// <param name="scope">The class whose layers are built, for the points and blocks it names.</param>
/// <param name="kind">The layer's kind; null for a loss.</param>
/// <param name="declaration">The attribute.</param>
/// <param name="input">What the layer starts from; null for a join that starts from named points alone.</param>
/// <param name="path">Where the layer stands.</param>
internal sealed class LayerContext(
    BodyBuilder scope, LayerKind? kind, AttributeDeclaration declaration, Flow? input, LayerPath path)
{
    private readonly GraphBuilder _builder = scope.Graph;

    /// <summary>The layer's name within identifiers: its index as in PyTorch's <c>Sequential</c>, behind the names around it.</summary>
    public string Name { get; } = scope.Graph.IdentifierOf(path);

    /// <summary>Where the layer stands, under the names that PyTorch's modules would have.</summary>
    public LayerPath Path { get; } = path;

    public string Kind { get; } = kind?.Name ?? declaration.Kind;

    /// <summary>What the layer starts from.</summary>
    public Flow InputFlow => input ?? throw new InvalidOperationException($"{Kind} starts from no single tensor.");

    /// <summary>The tensor that the layer starts from.</summary>
    public Value Input => InputFlow.Value;

    /// <summary>How many of the steps each sample has, where what the layer starts from are sequences that end sooner or later.</summary>
    public SequenceLength? Length { get; private set; } = input?.Length;

    /// <summary>What the layer made, once it is finished.</summary>
    public Flow? Output { get; private set; }

    /// <summary>Whether an error was reported, so that the layer must not go on.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>What a join joins: what it starts from, if anything, and the points it names. Null where one is not known.</summary>
    public IReadOnlyList<Operand>? Operands()
    {
        var operands = new List<Operand>();
        if (input is not null)
            operands.Add(new Operand(input, "what comes before", 0));
        ArgumentDeclaration? points = declaration.Argument("points");
        for (int i = 0; i < (points?.Texts.Count ?? 0); i++)
        {
            string point = points!.Texts[i];
            if (scope.PointOf(point) is not { } flow)
                return null;
            operands.Add(new Operand(flow, point == PointNames.Input ? "the input" : $"'{point}'", i));
            if (flow.Value.Type.Element == ElementType.Int32)
                ReportElement(DiagnosticDescriptors.TokensAreNoNumbers, "points", i, Kind);
            if (Length is not null && flow.Length is not null && Length != flow.Length)
                ReportElement(DiagnosticDescriptors.LengthsDiffer, "points", i, Kind, Length.Input.Name, flow.Length.Input.Name);
            Length ??= flow.Length;
        }

        if (operands.Count > 1 || HasErrors)
            return HasErrors ? null : operands;
        Report(DiagnosticDescriptors.NothingToJoin, null, Kind);
        return null;
    }

    /// <summary>What the point that an argument names left, a vector of so many features; null where none is named, or with a report.</summary>
    public Value? PointOf(string argument, int features)
    {
        if (PointOf(argument) is not { } point)
            return null;
        if (point.Value.Shape.IsVector && point.Value.Shape.Length == features)
            return point.Value;
        Report(DiagnosticDescriptors.StateDoesNotFit, argument, Kind, point.Name, point.Value.Shape.ToString(), Words.Of(features));
        return null;
    }

    /// <summary>The point that an argument names, and what it left; null where none is named.</summary>
    public (string Name, Value Value)? PointOf(string argument) =>
        declaration.Argument(argument)?.Text is { } name && scope.PointOf(name) is { } flow ? (name, flow.Value) : null;

    /// <summary>
    /// How many steps each sample has of the sequence at the point that an argument names; null where all have all, or none is named.
    /// </summary>
    public SequenceLength? LengthAt(string argument) => declaration.Argument(argument)?.Text is { } name ? scope.PointOf(name)?.Length : null;

    /// <summary>Builds the layers of the block that a type argument names; null after a mistake.</summary>
    public Flow? RunBlock(string argument, LayerPath path)
    {
        ArgumentDeclaration type = declaration.Argument(argument)!;
        Flow? output = scope.RunBlock(type, declaration.Argument("Share"), InputFlow, path, Grade);
        HasErrors |= output is null;
        return output;
    }

    /// <summary>The function that the attribute names.</summary>
    public FunctionReference Function => declaration.Function ?? throw new InvalidOperationException($"{Kind} names no function.");

    public int Integer(string argument, int fallback = 0) => (int)Number(argument, fallback);

    public bool Flag(string argument, bool fallback) => Number(argument, fallback ? 1 : 0) != 0;

    public double Number(string argument, double fallback = 0) => declaration.Argument(argument)?.Number ?? fallback;

    public IReadOnlyList<double> Numbers(string argument) => declaration.Argument(argument)?.Numbers ?? default;

    /// <summary>The attribute's numbers, and the names of the switches that are on, as they stand in the table of layers.</summary>
    public IEnumerable<string> Settings => declaration.Arguments
        .Where(argument => argument.Numbers.Count == 1 && argument.Name != "Precision" && (IsParameter(argument) || argument.Number != 0))
        .Select(argument => IsParameter(argument) ? Words.OfSingle(argument.Number) : argument.Name.ToLowerInvariant());

    // Parameters of constructors begin with a small letter, properties with a capital.
    private static bool IsParameter(ArgumentDeclaration argument) => char.IsLower(argument.Name[0]);

    public bool Has(string argument) => declaration.Argument(argument) is not null;

    /// <summary>An argument that must lie in a range, or the nearest value that does, with a report.</summary>
    public int IntegerIn(string argument, int minimum, int maximum, int fallback = 0)
    {
        double value = Number(argument, fallback);
        if (value >= minimum && value <= maximum)
            return (int)value;
        ReportValue(argument, Limits.Range(minimum, maximum));
        return value < minimum ? minimum : maximum;
    }

    /// <summary>An argument that must satisfy a condition, or the fallback, with a report that says what was expected.</summary>
    public double NumberThat(Func<double, bool> condition, string argument, string expected, double fallback)
    {
        double value = Number(argument, fallback);
        if (condition(value))
            return value;
        ReportValue(argument, expected);
        return fallback;
    }

    /// <summary>An argument that must be neither infinite nor NaN, or the fallback, with a report.</summary>
    public double FiniteNumber(string argument, double fallback = 0) =>
        NumberThat(value => !double.IsNaN(value) && !double.IsInfinity(value), argument, "a finite number", fallback);

    private double NotNegative(string argument) =>
        NumberThat(value => value >= 0 && !double.IsInfinity(value), argument, "at least 0 and finite", fallback: 0);

    /// <summary>Reports an argument whose value is not as expected.</summary>
    public void ReportValue(string argument, string expected) => Report(
        DiagnosticDescriptors.ValueOutOfRange, argument, Kind, argument, expected, Words.Of(Number(argument)));

    /// <summary>Reports a mistake at an argument, or at the attribute where the argument was not written.</summary>
    public void Report(DiagnosticDescriptor descriptor, string? argument, params string[] words) =>
        ReportAt(descriptor, declaration.Argument(argument ?? "")?.Place ?? declaration.Place, words);

    /// <summary>Reports a mistake in one element of an array argument.</summary>
    public void ReportElement(DiagnosticDescriptor descriptor, string argument, int element, params string[] words) =>
        ReportAt(descriptor, declaration.Argument(argument)?.PlaceOf(element) ?? declaration.Place, words);

    /// <summary>Whether a tensor of these extents can be addressed; reports it if not.</summary>
    public bool FitsInMemory(string what, params double[] extents) => Fits(what, Limits.MaximumFloats, extents);

    private bool Fits(string what, int maximum, params double[] extents)
    {
        if (Limits.Exceeds(maximum, extents) is not { } size)
            return true;
        Report(DiagnosticDescriptors.TooLarge, null,
            Kind, what, string.Join("×", extents.Select(Words.Of)), size, Words.Of(maximum));
        return false;
    }

    /// <summary>A tensor of the batch that the layer computes.</summary>
    public Value NewValue(string role, Shape shape) => new($"{role}{Name}", shape, ValueKind.Activation);

    /// <summary>A trained tensor, or the one that was made before where the layer shares it.</summary>
    /// <param name="role">Its name in files, behind the layer's.</param>
    /// <param name="shape">Its shape as operations read it.</param>
    /// <param name="initialisation">How it is first filled.</param>
    /// <param name="decays">Whether weight decay applies by default.</param>
    /// <param name="fileShape">Its shape in files, if that is another.</param>
    public Parameter NewParameter(string role, Shape shape, Initialisation initialisation, bool decays, Shape? fileShape = null) => _builder.Store(
        this, Path.Inner(role).FilePath, shape, fileName => new Parameter($"{Identifier(role)}{Name}", fileName, shape)
        {
            FileShape = fileShape ?? shape,
            Initialisation = initialisation,
            Decays = decays,
            // Of weights, and not of biases, as decay is.
            Penalty = decays ? new Penalty(NotNegative("L1"), NotNegative("L2")) : Penalty.None,
        });

    /// <summary>A tensor that training keeps up without training it, or the one that was made before where the layer shares it.</summary>
    public State NewState(string role, Shape shape, Initialisation initialisation) => _builder.Store(
        this, Path.Inner(role).FilePath, shape, fileName => new State($"{role}{Name}", fileName, shape)
        {
            Initialisation = initialisation,
        });

    /// <summary>A count that training keeps up, from 0 on.</summary>
    public State NewCount(string role) => _builder.Store(
        this, Path.Inner(role).FilePath, new Shape(1), fileName => new State($"{role}{Name}", fileName, new Shape(1))
        {
            Initialisation = new Initialisation("Zeros", 0, 1, 1),
            IsCount = true,
        });

    /// <summary>The weight's initialisation as declared; its default is chosen when it is known which activation its product meets.</summary>
    public Initialisation WeightInitialisation(int fanIn, int fanOut) =>
        Initialisers.Of(this, "Weight", Initialisers.ByActivation, fanIn, fanOut);

    public Initialisation BiasInitialisation(int fanIn, int fanOut) =>
        Initialisers.Of(this, "Bias", "Zeros", fanIn, fanOut);

    /// <summary>A tensor of another kind: a statistic of the batch, something derived from parameters.</summary>
    public Value NewValue(string role, Shape shape, ValueKind kind) => new($"{role}{Name}", shape, kind);

    /// <summary>What a training step makes of a state: an expression in its <c>old</c> value and other tensors.</summary>
    public void Update(State state, Expression next, IReadOnlyList<MapOperand> operands)
    {
        Value value = NewValue($"{state.Name}Next", state.Shape, ValueKind.BatchStatistic);
        Add(new Map(Name, value, next, [MapOperand.Same("old", _builder.Current(state)), .. operands]), Programs.Training);
        _builder.Update(state, value);
    }

    /// <summary>1 / the number of samples of a training step.</summary>
    public Value SampleShare() => _builder.SampleShare();

    /// <summary>The number of a source of random numbers within the network, so that two of them draw different ones.</summary>
    public int NextRandomStream() => _builder.NextRandomStream();

    /// <summary>How exactly the functions in what the layer adds are computed: as it says, or as whoever uses its class does.</summary>
    public Grade Grade => declaration.Argument("Precision") is { } precision ? (Grade)precision.Number : scope.Grade;

    /// <summary>Adds an operation to the prediction, to the training step, or to both.</summary>
    public void Add(Operation operation, Programs programs = Programs.Both) => _builder.Add(operation.In(Grade), programs);

    /// <summary>Ends the layer: its output, and its line in the summary.</summary>
    /// <param name="output">What it leaves.</param>
    /// <param name="description">Its kind with its settings.</param>
    /// <param name="operations">Multiplications and additions for one sample.</param>
    /// <param name="values">Some values of a function that the description only names.</param>
    public void Finish(Value output, string description, long operations = 0, string values = "")
    {
        _builder.Finish(this, output, description, operations, values);
        bool keepsRange = kind is { KeepsRange: true } && input is not null;
        Output = new Flow(output, kind, keepsRange ? InputFlow.Bounding : kind)
        {
            Length = output.Shape.IsSequence && output.Shape[0] == Length?.Steps ? Length : null,
        };
        Fits("the activations of one sample up to here", Limits.MaximumActivations, _builder.ActivationLength);
        FitsInMemory("the parameters up to here", _builder.ParameterLength);
    }

    /// <summary>Ends a recurrent layer that has a cell beside its state.</summary>
    public void Finish(Value output, Value? cell, string description, long operations)
    {
        Finish(output, description, operations);
        Output = Output! with { Cell = cell };
    }

    /// <summary>Ends a layer that stands for others, which have their own lines in the summary.</summary>
    public void PassOn(Flow output) => Output = output;

    /// <summary>A name within a layer, <c>gate.weight</c>, as a part of an identifier.</summary>
    private static string Identifier(string role) => string.Concat(role.Split('.', '_')
        .Select((part, i) => i == 0 ? part : part.Capitalised()));

    private void ReportAt(DiagnosticDescriptor descriptor, Place place, string[] words)
    {
        var mistake = new Mistake(descriptor, place, words);
        HasErrors |= mistake.IsError;
        _builder.Report(mistake);
    }
}

/// <summary>One of the tensors that a join joins.</summary>
/// <param name="Flow">The tensor.</param>
/// <param name="Words">What it is called in messages.</param>
/// <param name="Element">Which of the names written it is.</param>
internal sealed record Operand(Flow Flow, string Words, int Element);
