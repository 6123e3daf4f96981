using Microsoft.CodeAnalysis;

namespace NetGen.Generators.Diagnostics;

// Points and blocks: how they name one another, and what they make of one another's shapes.
internal static partial class DiagnosticDescriptors
{
    /// <summary>{0} the point, {1} what is wrong with it, {2} what to write.</summary>
    public static readonly DiagnosticDescriptor PointForm = new(
        "NG0040", "A point is a partial property of type Layer",
        "'{0}' is {1}, but a point is a partial property of type Layer that is only read; write '{2}'",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0040.md");

    /// <summary>{0} the name, {1} the class, {2} what there is.</summary>
    public static readonly DiagnosticDescriptor UnknownPoint = new(
        "NG0041", "An unknown point",
        "'{0}' is no point of '{1}': {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0041.md");

    /// <summary>{0} the point, {1} the point below it.</summary>
    public static readonly DiagnosticDescriptor PointBelow = new(
        "NG0042", "A point reads one below it",
        "'{0}' reads '{1}', which stands below it, but points are read in order; move '{1}' above '{0}'",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0042.md");

    /// <summary>{0} the point named, {1} the circle.</summary>
    public static readonly DiagnosticDescriptor PointCircle = new(
        "NG0043", "Points that read one another in a circle",
        "'{0}' closes a circle, in which no point could be computed first: {1}; name another point",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0043.md");

    /// <summary>{0} the point.</summary>
    public static readonly DiagnosticDescriptor UnusedPoint = new(
        "NG0044", "A point that nothing reads",
        "Nothing reads '{0}', and it is no output; name it in a point below, write [Output] on it, or remove it",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0044.md");

    /// <summary>{0} the layer, {1} one operand, {2} its shape, {3} another, {4} its shape, {5} what to do.</summary>
    public static readonly DiagnosticDescriptor ShapesDiffer = new(
        "NG0045", "Shapes do not agree",
        "{0}: {1} is {2}, but {3} is {4}; {5}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0045.md");

    /// <summary>{0} the layer, {1} the class.</summary>
    public static readonly DiagnosticDescriptor LayerOnClassWithPoints = new(
        "NG0046", "A layer on a class whose layers stand on points",
        "[{0}] stands on the class '{1}', but the layers of a class with points stand on these; move it to a point",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0046.md");

    /// <summary>{0} the loss, {1} the network, {2} its outputs.</summary>
    public static readonly DiagnosticDescriptor LossOfSeveralOutputs = new(
        "NG0047", "A loss on the class of a network with several outputs",
        "[{0}] stands on the class, but a loss judges one output, and '{1}' has several: {2}; move it to the one that it judges",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0047.md");

    /// <summary>{0} the name, {1} the layer that has it.</summary>
    public static readonly DiagnosticDescriptor NameTwice = new(
        "NG0048", "Two tensors of one name",
        "'{0}' would be the name of two tensors in weight files, of this layer and of {1} before it; write another Name",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0048.md");

    /// <summary>{0} the class.</summary>
    public static readonly DiagnosticDescriptor NotABlock = new(
        "NG0049", "A class that is no block is used as one",
        "'{0}' is no block of this project; write [Block] above its class",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0049.md");

    /// <summary>{0} the block, {1} the circle.</summary>
    public static readonly DiagnosticDescriptor BlockInItself = new(
        "NG0050", "A block that contains itself",
        "The block '{0}' contains itself, and would have no end: {1}; use another block here",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0050.md");

    /// <summary>{0} the attribute, {1} the block, {2} why, and what to do.</summary>
    public static readonly DiagnosticDescriptor NotInBlock = new(
        "NG0051", "A block has neither inputs nor losses nor marked outputs",
        "[{0}] cannot stand in the block '{1}': {2}",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0051.md");

    /// <summary>{0} the point named, {1} the block.</summary>
    public static readonly DiagnosticDescriptor NothingToShare = new(
        "NG0052", "Nothing to share parameters with",
        "'{0}' does not use the block '{1}' as often, so it has no parameters of it to share; name a point above that does",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0052.md");

    /// <summary>{0} the tensor, {1} the shape needed, {2} the shape it has.</summary>
    public static readonly DiagnosticDescriptor SharedShapes = new(
        "NG0053", "Shared parameters of another shape",
        "'{0}' would be {1} here, but the layer that it is shared with made it {2}; give both the same input shape, or remove Share",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0053.md");

    /// <summary>{0} point or block, {1} its name.</summary>
    public static readonly DiagnosticDescriptor EmptyPoint = new(
        "NG0054", "A point or block without layers",
        "The {0} '{1}' has no layers; write at least one on it, such as [Dense(10)]",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0054.md");

    /// <summary>{0} the point.</summary>
    public static readonly DiagnosticDescriptor StartsFromNothing = new(
        "NG0055", "The first point has nothing to start from",
        "Nothing stands above '{0}' that it could start from; write [Input(…)] on it or on the class",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0055.md");

    /// <summary>{0} the point.</summary>
    public static readonly DiagnosticDescriptor TwoStarts = new(
        "NG0056", "A point that starts twice",
        "'{0}' has an [Input] of its own, so it cannot start from another point; remove [From], or move [Input] to a point of its own",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0056.md");

    /// <summary>{0} the join.</summary>
    public static readonly DiagnosticDescriptor NothingToJoin = new(
        "NG0057", "A join of a single tensor",
        "{0} has nothing to join; write the names of at least two points, or one behind what stands before it",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0057.md");

    /// <summary>{0} the layer, {1} the parts, {2} the shape, {3} the dimension's length.</summary>
    public static readonly DiagnosticDescriptor PartsDoNotDivide = new(
        "NG0058", "A dimension cannot be cut into equal parts",
        "{0}: {1} equal parts cannot be cut from {2}, whose dimension has {3} elements; "
        + "write a divisor of {3}, or give the layer before it another size",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0058.md");

    /// <summary>{0} the sizes, {1} the shape, {2} its elements.</summary>
    public static readonly DiagnosticDescriptor ReshapeDoesNotFit = new(
        "NG0059", "A reshape of another number of elements",
        "Reshape: {0} cannot hold {1}, which has {2} elements; write 1 to 4 positive sizes whose product is {2}, or -1 for one of them",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0059.md");

    /// <summary>{0} the order, {1} the shape, {2} the dimensions.</summary>
    public static readonly DiagnosticDescriptor OrderDoesNotFit = new(
        "NG0060", "An order that is none of the dimensions",
        "Transpose: ({0}) is no order of the dimensions of {1}; write each of {2} once",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0060.md");

    /// <summary>{0} what is cut, {1} what there is.</summary>
    public static readonly DiagnosticDescriptor CropTooLarge = new(
        "NG0061", "A crop that leaves nothing",
        "Crop: {0} would be cut from a dimension of {1}, which leaves nothing; make the border narrower",
        Category, DiagnosticSeverity.Error, true, helpLinkUri: Help + "NG0061.md");
}
