using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// One layer and the shape it starts from.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the groups, {1} the input channels, {2} the output channels, {3} groups that would do.</summary>
    public static readonly DiagnosticDescriptor GroupsDoNotDivide = new(
        "NG0020", "Groups must divide the channels",
        "Conv2D: Groups = {0} must divide both the {1} input channels and the {2} output channels; write one of {3}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0020.md");

    /// <summary>{0} the layer, {1} the shape it found.</summary>
    public static readonly DiagnosticDescriptor NeedsImage = new(
        "NG0021", "A layer needs channels, height and width",
        "{0} works on channels × height × width, but what comes before it is a vector of {1}; "
        + "move it before the first [Dense] or [Flatten], or give [Input] three dimensions",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0021.md");

    /// <summary>{0} the layer, {1} the shape found.</summary>
    public static readonly DiagnosticDescriptor NeedsSignal = new(
        "NG0029", "A layer needs channels over time",
        "{0} works on channels × time, but what comes before it is {1}; give [Input] two dimensions, channels first, or use the layer for images",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0029.md");

    /// <summary>{0} the layer, {1} height or width, {2} what the window covers, {3} the padded input.</summary>
    public static readonly DiagnosticDescriptor WindowTooLarge = new(
        "NG0022", "A window is larger than its input",
        "{0}: the window covers a {1} of {2}, but its padded input has only {3}; "
        + "make the window or its dilation smaller, or write Padding = Padding.Same",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0022.md");

    /// <summary>{0} the layer, {1} the largest padding allowed, {2} the one found.</summary>
    public static readonly DiagnosticDescriptor PoolPaddingTooLarge = new(
        "NG0023", "A pooling's padding is larger than half its window",
        "{0}: padding must be at most half the window, which is {1}, but is {2}; otherwise a window could lie wholly in the padding",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0023.md");

    /// <summary>{0} the layer, {1} the number's name.</summary>
    public static readonly DiagnosticDescriptor PaddingTwice = new(
        "NG0024", "Padding given as a rule and as a number",
        "{0}: Padding and {1} both say how much to pad; keep the rule (Padding) or the number ({1})",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0024.md");

    /// <summary>{0} the layer, {1} the setting, {2} why, and what to do.</summary>
    public static readonly DiagnosticDescriptor SettingWithoutEffect = new(
        "NG0025", "A setting has no effect",
        "{0}: {1} has no effect because {2}",
        Category, DiagnosticSeverity.Warning, true, helpLinkUri: Help + "NG0025.md");

    /// <summary>{0} the layer, {1} the initialiser's setting, {2} the value's setting.</summary>
    public static readonly DiagnosticDescriptor ConstantWithoutValue = new(
        "NG0026", "A constant initialiser without its constant",
        "{0}: {1} = Initializer.Constant needs the constant; write {2} = … beside it, or {1} = Initializer.Zeros",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0026.md");

    /// <summary>{0} the attribute, {1} what, {2} its shape, {3} its size, {4} the limit.</summary>
    public static readonly DiagnosticDescriptor TooLarge = new(
        "NG0027", "A network is too large",
        "{0}: {1} ({2}) would be {3} numbers, but at most {4} can be addressed; make it smaller",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0027.md");

    /// <summary>{0} the shape.</summary>
    public static readonly DiagnosticDescriptor SoftmaxOfOne = new(
        "NG0028", "A softmax over one element is always one",
        "Softmax runs over the channels, and {0} has only one, so its output is always 1; "
        + "write [Sigmoid], or give the layer before it at least 2 outputs",
        Category, DiagnosticSeverity.Warning, true, helpLinkUri: Help + "NG0028.md");
}
