using Microsoft.CodeAnalysis;
using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>
/// What a layer works with while it adds itself to the graph: its arguments, the tensor it starts from, and the graph.
/// </summary>
internal sealed class LayerContext(GraphBuilder builder, AttributeDeclaration declaration, string name)
{
    /// <summary>The layer's name: its index as in PyTorch's <c>Sequential</c>.</summary>
    public string Name { get; } = name;

    public string Kind => declaration.Kind;

    /// <summary>The tensor that the layer starts from.</summary>
    public Value Input => builder.Current;

    /// <summary>The position of the layer's attribute, for looking at those around it.</summary>
    public AttributeDeclaration Declaration => declaration;

    /// <summary>The kinds of the attributes before this one, the nearest first.</summary>
    public IEnumerable<string> KindsBefore => builder.KindsBefore(declaration);

    /// <summary>Whether an error was reported, so that the layer must not go on.</summary>
    public bool HasErrors { get; private set; }

    public int Integer(string argument, int fallback = 0) => (int)Number(argument, fallback);

    public bool Flag(string argument, bool fallback) => Number(argument, fallback ? 1 : 0) != 0;

    public double Number(string argument, double fallback = 0) => declaration.Argument(argument)?.Number ?? fallback;

    public IReadOnlyList<double> Numbers(string argument) => declaration.Argument(argument)?.Numbers ?? default;

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

    public Parameter NewParameter(string role, Shape shape, Initialisation initialisation, bool decays)
    {
        var parameter = new Parameter($"{role}{Name}", $"{Name}.{role}", shape)
        {
            Initialisation = initialisation,
            Decays = decays,
        };
        builder.Add(parameter);
        return parameter;
    }

    /// <summary>The weight's initialisation as declared, its default chosen by the activation that comes next.</summary>
    public Initialisation WeightInitialisation(int fanIn, int fanOut) =>
        Initialisers.Of(this, "Weight", Initialisers.DefaultFor(builder.ActivationAfter(declaration)), fanIn, fanOut);

    public Initialisation BiasInitialisation(int fanIn, int fanOut) =>
        Initialisers.Of(this, "Bias", "Zeros", fanIn, fanOut);

    /// <summary>The number of a source of random numbers within the network, so that two of them draw different ones.</summary>
    public int NextRandomStream() => builder.NextRandomStream();

    /// <summary>Adds an operation to the prediction, to the training step, or to both.</summary>
    public void Add(Operation operation, Programs programs = Programs.Both) => builder.Add(operation, programs);

    /// <summary>Ends the layer: its output, and its line in the summary.</summary>
    public void Finish(Value output, string kind, long operations = 0)
    {
        builder.Finish(Name, output, kind, operations);
        Fits("the activations of one sample up to here", Limits.MaximumActivations, builder.ActivationLength);
        FitsInMemory("the parameters up to here", builder.ParameterLength);
    }

    private void ReportAt(DiagnosticDescriptor descriptor, SourcePlace place, string[] words)
    {
        var mistake = new NetworkDiagnostic(descriptor, place, words);
        HasErrors |= mistake.IsError;
        builder.Report(mistake);
    }
}
