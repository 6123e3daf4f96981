using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// The loss and the output it is given.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the loss, {1} what it needs, {2} the output's shape, {3} what to write.</summary>
    public static readonly DiagnosticDescriptor LossDoesNotFit = new(
        "NG0030", "A loss does not fit the output",
        "{0} needs {1}, but the network's output is {2}; {3}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0030.md");

    /// <summary>{0} the loss, {1} the layer before it.</summary>
    public static readonly DiagnosticDescriptor LossIncludesActivation = new(
        "NG0031", "A loss that already contains the activation",
        "{0} expects logits and applies {1} itself, but [{1}] stands before it and would be applied twice; remove [{1}]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0031.md");

    /// <summary>{0} the loss, {1} what it expects, {2} the activation before it, {3} the activation's range.</summary>
    public static readonly DiagnosticDescriptor LogitsAreBounded = new(
        "NG0032", "A loss on unbounded outputs behind an activation",
        "{0} expects {1} of any sign and size, but [{2}] before it only lets through values {3}; remove [{2}]",
        Category, DiagnosticSeverity.Warning, true, helpLinkUri: Help + "NG0032.md");

    /// <summary>{0} the loss, {1} the weights found, {2} the classes.</summary>
    public static readonly DiagnosticDescriptor ClassWeightCount = new(
        "NG0033", "Class weights do not match the classes",
        "{0}: ClassWeights has {1} elements, but there are {2} classes; write one positive weight per class",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0033.md");
}
