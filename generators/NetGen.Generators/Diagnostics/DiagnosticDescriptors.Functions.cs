using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// Differentiable functions: NG0100 to NG0119.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the function, {1} why not, and what to do.</summary>
    public static readonly DiagnosticDescriptor NotAFunction = new(
        "NG0100", "A differentiable function is a static method of numbers",
        "'{0}' cannot be differentiated because {1}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0100.md");

    /// <summary>{0} the parameter, {1} what it is, and what to write.</summary>
    public static readonly DiagnosticDescriptor ParameterNotNumeric = new(
        "NG0101", "A parameter of a differentiable function is a number or so many of them",
        "The parameter '{0}' is {1}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0101.md");

    /// <summary>{0} what the statement is.</summary>
    public static readonly DiagnosticDescriptor StatementNotInLanguage = new(
        "NG0102", "A statement that differentiable functions do not have",
        "A differentiable function cannot have {0}; it has locals, assignments, 'if', 'for' with constant bounds, 'foreach' and 'return'",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0102.md");

    /// <summary>{0} what the expression is, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor ExpressionNotInLanguage = new(
        "NG0103", "An expression that differentiable functions do not have",
        "A differentiable function cannot have {0}; {1}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0103.md");

    /// <summary>{0} the method called.</summary>
    public static readonly DiagnosticDescriptor CallWithoutDerivative = new(
        "NG0104", "A call of something without a derivative",
        "'{0}' has no derivative that NetGen knows; call functions of Math or MathF, or one that is marked [Differentiable]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0104.md");

    /// <summary>{0} the field or property.</summary>
    public static readonly DiagnosticDescriptor StateNotConstant = new(
        "NG0105", "A differentiable function reads something that is not constant",
        "'{0}' is not a constant, so a derivative that counts it as one could be wrong later; "
        + "make it 'const', or a parameter with [NotDifferentiated]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0105.md");

    public static readonly DiagnosticDescriptor LoopNotConstant = new(
        "NG0106", "A loop whose bounds are not constant",
        "How often this loop runs depends on the function's parameters; count with a whole number from one constant to another",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0106.md");

    /// <summary>{0} what was found, {1} what to do.</summary>
    public static readonly DiagnosticDescriptor ElementOutside = new(
        "NG0107", "Elements that are not there",
        "A differentiable function cannot have {0}; {1}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0107.md");

    /// <summary>{0} the function.</summary>
    public static readonly DiagnosticDescriptor CallsItself = new(
        "NG0108", "A differentiable function that calls itself",
        "'{0}' is called here while it is still being computed, which would have no end; write a loop with constant bounds",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0108.md");

    /// <summary>{0} how large.</summary>
    public static readonly DiagnosticDescriptor FunctionTooLarge = new(
        "NG0109", "A differentiable function is too large",
        "Written out, with its loops and calls, the function has {0}; shorten its loops, or differentiate parts of it on their own",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0109.md");

    /// <summary>{0} the function, {1} why not, and what to do.</summary>
    public static readonly DiagnosticDescriptor FunctionNotFound = new(
        "NG0111", "An attribute names a function that is not there",
        "'{0}' cannot be used because {1}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0111.md");

    /// <summary>{0} the function, {1} activation or loss, {2} why not, and what to do.</summary>
    public static readonly DiagnosticDescriptor FunctionDoesNotFit = new(
        "NG0112", "A function does not fit its use in a network",
        "'{0}' does not fit as {1}: {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0112.md");

    /// <summary>{0} the member, {1} the function.</summary>
    public static readonly DiagnosticDescriptor FunctionNameTaken = new(
        "NG0110", "A member has the name of a generated derivative",
        "'{0}' is the name of a member that is generated for the function '{1}'; give yours another name",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0110.md");
}
