using NetGen.Generators.Declarations;

namespace NetGen.Generators.Emission.Members;

/// <summary>Writes the generated half of a block of points: a view of the parameters of one of its uses.</summary>
internal static class BlockPart
{
    public static GeneratedFile Write(NetworkDeclaration block) => NetworkFile.Write(
        block, "Block", $"partial class {block.Name}", writer =>
        {
            writer.Line($$"""
                private readonly global::NetGen.Layer useOfBlock;

                /// <summary>The parameters of one use of the block.</summary>
                /// <param name="use">The point of a network, or of another block, that uses it.</param>
                public {{block.Name}}(global::NetGen.Layer use) => useOfBlock = use;
                """);
            foreach (PointDeclaration point in block.Points)
                PointsPart.Write(writer, point, $"useOfBlock.Point(\"{point.Name}\")", shape: null);
        });
}
