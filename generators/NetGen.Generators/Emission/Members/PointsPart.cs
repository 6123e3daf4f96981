using NetGen.Generators.Declarations;
using NetGen.Generators.Graph;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the generated halves of the properties that are points.</summary>
internal static class PointsPart
{
    public static void Write(SourceWriter writer, NetworkDeclaration network, NetworkGraph graph)
    {
        foreach (PointDeclaration point in network.Points)
        {
            Shape shape = graph.Points.First(named => named.Name == point.Name).Value.Shape;
            Write(writer, point, $"new(Parameters, \"{point.Name}\")", shape);
        }
    }

    public static void Write(SourceWriter writer, PointDeclaration point, string value, Shape? shape)
    {
        writer.Line();
        if (!point.IsDocumented)
        {
            string layers = string.Join(", ", PointNames.Layers(point.Attributes).Select(layer => layer.Kind).DefaultIfEmpty("Input"));
            writer.Line($"/// <summary>{layers}{(shape is null ? "" : $": {shape}")}.</summary>");
        }

        writer.Line($"{point.Modifiers}partial global::NetGen.Layer {NetworkDeclaration.Escape(point.Name)} => {value};");
    }
}
