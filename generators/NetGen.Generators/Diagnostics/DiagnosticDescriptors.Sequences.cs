using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// Layers that work step by step.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the layer, {1} the shape found.</summary>
    public static readonly DiagnosticDescriptor NeedsSequence = new(
        "NG0070", "A layer needs steps of features",
        "{0} works on time × features, but what comes before it is {1}; give [Input] two dimensions, time first: [Input(100, {1})] for 100 steps",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0070.md");

    /// <summary>{0} the layer, {1} the point named, {2} its shape, {3} the features of a state.</summary>
    public static readonly DiagnosticDescriptor StateDoesNotFit = new(
        "NG0071", "An initial state of another length",
        "{0} begins with a state of {3} features, but the point '{1}' is {2}; give it as many features as the layer has units",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0071.md");

    /// <summary>{0} the layer.</summary>
    public static readonly DiagnosticDescriptor NeedsCell = new(
        "NG0072", "A layer needs the cell of an LSTM",
        "{0} reads the cell of an [Lstm] in one direction, or of an [LstmCell], directly behind it; "
        + "write [From(nameof(…))] with a point that ends with one",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0072.md");

    /// <summary>{0} the number of dimensions.</summary>
    public static readonly DiagnosticDescriptor TokensAreSteps = new(
        "NG0073", "Tokens are a sequence of one dimension",
        "An input of tokens has one size, the number of steps, but {0} are given; write [Input(steps, Vocabulary = …)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0073.md");

    /// <summary>{0} the layer.</summary>
    public static readonly DiagnosticDescriptor TokensAreNoNumbers = new(
        "NG0074", "A layer cannot reckon with tokens",
        "{0} works on numbers, but what comes before it are tokens; let an [Embedding(features)] look them up first",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0074.md");

    /// <summary>{0} the shape found.</summary>
    public static readonly DiagnosticDescriptor NeedsTokens = new(
        "NG0075", "An embedding needs tokens",
        "Embedding looks up tokens, but what comes before it are numbers, {0}; give the input its vocabulary: [Input(steps, Vocabulary = …)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0075.md");

    /// <summary>{0} the layer, {1} the point named, {2} its shape.</summary>
    public static readonly DiagnosticDescriptor OtherIsNoSequence = new(
        "NG0085", "Attention to what has no steps",
        "{0} attends to the steps of '{1}', which is {2}; name a point of time × features",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0085.md");

    /// <summary>{0} the layer, {1} the steps of the keys or queries, {2} the steps of the values or keys, {3} what to write.</summary>
    public static readonly DiagnosticDescriptor StepsDiffer = new(
        "NG0086", "Steps that do not belong together",
        "{0} has {1} but {2}; {3}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0086.md");

    /// <summary>{0} the layer, {1} the heads, {2} the features of each.</summary>
    public static readonly DiagnosticDescriptor RotaryNeedsPairs = new(
        "NG0087", "Rotary positions turn pairs of features",
        "{0} turns pairs of features, but each of its {1} heads has {2}; give the heads an even number of features, or remove Rotary",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0087.md");

    /// <summary>{0} the layer, {1} the heads, {2} the features.</summary>
    public static readonly DiagnosticDescriptor HeadsDoNotDivide = new(
        "NG0076", "Heads must divide the features",
        "{0}: {1} heads do not divide the {2} features of a step; write one of {3}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0076.md");

    /// <summary>{0} the layer.</summary>
    public static readonly DiagnosticDescriptor LengthUnknownTo = new(
        "NG0077", "A layer cannot tell where a sequence ends",
        "{0} would reckon with what stands behind a sequence's end; let a layer that knows the length take the steps together before it, such as "
        + "[LastStep] or [MeanOverTime], or leave VariableLength off the input",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0077.md");

    /// <summary>{0} the layer, {1} and {2} the inputs that count the steps.</summary>
    public static readonly DiagnosticDescriptor LengthsDiffer = new(
        "NG0078", "Sequences that end at different steps cannot be joined",
        "{0} joins steps of sequences whose lengths are two inputs, {1} and {2}; "
        + "take the steps of each together first, with [LastStep] or [MeanOverTime]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0078.md");
}
