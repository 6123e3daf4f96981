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

    /// <summary>The position of the layer's attribute, for looking at those that follow.</summary>
    public AttributeDeclaration Declaration => declaration;

    public int Integer(string argument, int fallback = 0) => (int)Number(argument, fallback);

    public bool Flag(string argument, bool fallback) => Number(argument, fallback ? 1 : 0) != 0;

    public double Number(string argument, double fallback = 0) => declaration.Argument(argument)?.Number ?? fallback;

    public IReadOnlyList<double> Numbers(string argument) => declaration.Argument(argument)?.Numbers ?? default;

    public bool Has(string argument) => declaration.Argument(argument) is not null;

    /// <summary>An argument that must lie in a range, or the nearest value that does, with a report.</summary>
    public int IntegerIn(string argument, int minimum, int maximum, int fallback = 0)
    {
        int value = Integer(argument, fallback);
        if (value >= minimum && value <= maximum)
            return value;
        Report(DiagnosticDescriptors.ValueOutOfRange, argument, Kind, argument, $"{minimum} to {maximum}", value.ToString());
        return Math.Min(Math.Max(value, minimum), maximum);
    }

    /// <summary>Reports a mistake at an argument, or at the attribute where the argument was not written.</summary>
    public void Report(DiagnosticDescriptor descriptor, string? argument, params string[] words) =>
        builder.Report(descriptor, declaration.Argument(argument ?? "")?.Place ?? declaration.Place, words);

    /// <summary>A tensor of the batch that the layer computes.</summary>
    public Value NewValue(string role, Shape shape) => new($"{role}{Name}", shape, isPerSample: true);

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

    public void Add(Operation operation) => builder.Add(operation);

    /// <summary>Ends the layer: its output, and its line in the summary.</summary>
    public void Finish(Value output, string kind, long operations = 0) => builder.Finish(Name, output, kind, operations);
}
