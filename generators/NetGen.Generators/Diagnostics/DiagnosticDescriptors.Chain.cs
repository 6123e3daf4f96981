using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// The chain as a whole: which attributes there are, and in which order. And numbers, wherever they stand.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} attribute, {1} argument, {2} what was expected, {3} found.</summary>
    public static readonly DiagnosticDescriptor ValueOutOfRange = new(
        "NG0010", "A number is out of range",
        "{0}: {1} must be {2}, but is {3}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0010.md");

    /// <summary>{0} the network.</summary>
    public static readonly DiagnosticDescriptor NoInput = new(
        "NG0011", "A network needs an input",
        "The network '{0}' has no [Input], so no shape is known; "
        + "write the shape of one sample before the first layer, such as [Input(784)] or [Input(1, 28, 28)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0011.md");

    /// <summary>{0} the second input.</summary>
    public static readonly DiagnosticDescriptor SecondInput = new(
        "NG0012", "A network has one input",
        "'{0}' is a second input, but a chain of layers starts from exactly one; remove one of them",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0012.md");

    /// <summary>{0} the attribute that stands before the input.</summary>
    public static readonly DiagnosticDescriptor InputNotFirst = new(
        "NG0013", "The input comes first",
        "[Input] stands behind [{0}], but attributes are read in order; move [Input] before [{0}]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0013.md");

    /// <summary>{0} the number of dimensions found.</summary>
    public static readonly DiagnosticDescriptor InputRank = new(
        "NG0014", "An input has one to three dimensions",
        "[Input] must have 1 to 3 dimensions, but has {0}; write [Input(features)], [Input(height, width)] or [Input(channels, height, width)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0014.md");

    /// <summary>{0} the network.</summary>
    public static readonly DiagnosticDescriptor NoLayers = new(
        "NG0015", "A network needs a layer",
        "The network '{0}' has no layer between its input and its output; write at least one behind [Input], such as [Dense(10)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0015.md");

    /// <summary>{0} the layer, {1} the loss.</summary>
    public static readonly DiagnosticDescriptor LayerAfterLoss = new(
        "NG0016", "The loss comes last",
        "[{0}] stands behind the loss [{1}], which ends the network; move [{1}] behind [{0}], or remove [{0}]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0016.md");

    /// <summary>{0} the second loss, {1} the first.</summary>
    public static readonly DiagnosticDescriptor SecondLoss = new(
        "NG0017", "A network has one loss",
        "[{0}] is a second loss behind [{1}], but a network minimises one; remove one of them",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0017.md");

    /// <summary>{0} the attribute.</summary>
    public static readonly DiagnosticDescriptor UnknownLayer = new(
        "NG0018", "An unknown layer",
        "'{0}' is not a layer that NetGen can generate: deriving from its attributes adds none; use the layers in the namespace NetGen",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0018.md");

    /// <summary>{0} the second activation, {1} the first.</summary>
    public static readonly DiagnosticDescriptor ActivationAfterActivation = new(
        "NG0019", "An activation directly behind an activation",
        "[{0}] directly follows the activation [{1}]; remove one of them, or write a layer with weights between them",
        Category, DiagnosticSeverity.Warning, true, helpLinkUri: Help + "NG0019.md");
}
