using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>What the layers of a point start from.</summary>
internal enum PointStart
{
    /// <summary>The point above or, at the first one, the class's input.</summary>
    Above,

    /// <summary>The point that <c>[From]</c> names.</summary>
    Named,

    /// <summary>An input of its own.</summary>
    Input,

    /// <summary>Several named points, which its first layer joins.</summary>
    Joined,
}

/// <summary>How points name one another.</summary>
internal static class PointNames
{
    /// <summary>What stands for the input without a name: the runtime's <c>Layer.Input</c>.</summary>
    public const string Input = "(input)";

    public static PointStart StartOf(PointDeclaration point)
    {
        if (From(point) is not null)
            return PointStart.Named;
        AttributeDeclaration? first = Layers(point.Attributes).FirstOrDefault();
        if (point.Attributes.Any(attribute => attribute.Kind == "Input"))
            return PointStart.Input;
        bool joins = first is not null && Graph.Layers.LayerKinds.Layer(first.Kind) is { IsJoin: true };
        return joins && first!.Argument("points") is { Texts.Count: > 1 } ? PointStart.Joined : PointStart.Above;
    }

    /// <summary>The argument of <c>[From]</c>, or null where the point has none.</summary>
    public static ArgumentDeclaration? From(PointDeclaration point) =>
        point.Attributes.FirstOrDefault(attribute => attribute.Kind == "From")?.Argument("point");

    /// <summary>Each name of a point that a point's attributes hold, and where it is written.</summary>
    public static IEnumerable<(string Name, Place Place)> References(IEnumerable<AttributeDeclaration> attributes)
    {
        foreach (AttributeDeclaration attribute in attributes)
        {
            foreach (ArgumentDeclaration argument in attribute.Arguments.Where(
                a => a.Name is "point" or "points" or "Share" or "InitialState" or "InitialCell" or "KeysFrom" or "ValuesFrom"))
            {
                for (int i = 0; i < argument.Texts.Count; i++)
                    yield return (argument.Texts[i], argument.PlaceOf(i));
            }
        }
    }

    /// <summary>The layers among attributes.</summary>
    public static IEnumerable<AttributeDeclaration> Layers(IEnumerable<AttributeDeclaration> attributes) =>
        attributes.Where(attribute => Graph.Layers.LayerKinds.Layer(attribute.Kind) is not null);

    /// <summary>The loss among attributes, or null.</summary>
    public static AttributeDeclaration? Loss(IEnumerable<AttributeDeclaration> attributes) =>
        attributes.FirstOrDefault(attribute => Graph.Layers.LayerKinds.Loss(attribute.Kind) is not null);

    /// <summary>Whether a point is marked as an output, by <c>[Output]</c> or by a loss.</summary>
    public static bool IsOutput(PointDeclaration point) =>
        Loss(point.Attributes) is not null || point.Attributes.Any(attribute => attribute.Kind == "Output");

    /// <summary>The points that are outputs: those that say so or, where none does, the last.</summary>
    public static IReadOnlyList<PointDeclaration> Outputs(IReadOnlyList<PointDeclaration> points)
    {
        PointDeclaration[] marked = [.. points.Where(IsOutput)];
        return marked.Length > 0 ? marked : [.. points.Skip(points.Count - 1)];
    }
}
