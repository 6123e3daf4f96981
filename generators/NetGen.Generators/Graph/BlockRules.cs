using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>What a class uses as blocks are blocks, and none contains itself.</summary>
internal static class BlockRules
{
    public static void Check(IBodyDeclaration body, EquatableArray<BlockDeclaration> blocks, List<Mistake> mistakes)
    {
        foreach (ArgumentDeclaration type in Uses(body))
        {
            BlockDeclaration? used = Find(blocks, type);
            if (used is not { IsBlock: true })
                mistakes.Add(new(DiagnosticDescriptors.NotABlock, type.Place, used?.Name ?? type.Text ?? ""));
            else if (body.IsBlock && WayTo(body, used, blocks, []) is { } way)
                mistakes.Add(new(DiagnosticDescriptors.BlockInItself, type.Place, body.Name, string.Join(" → ", way.Prepend(body.Name))));
        }
    }

    private static IEnumerable<ArgumentDeclaration> Uses(IBodyDeclaration body) => body.Attributes
        .Concat(body.Points.SelectMany(point => point.Attributes))
        .SelectMany(attribute => attribute.Arguments.Where(argument => argument.Name is "TBlock" or "TBody" or "TShortcut"));

    private static BlockDeclaration? Find(EquatableArray<BlockDeclaration> blocks, ArgumentDeclaration type) =>
        blocks.FirstOrDefault(block => block.FullName == type.Text);

    /// <summary>The names of the blocks from one to another that it contains, or null where it does not.</summary>
    private static IEnumerable<string>? WayTo(
        IBodyDeclaration target, BlockDeclaration from, EquatableArray<BlockDeclaration> blocks, HashSet<string> seen)
    {
        if (from.FullName == target.FullName)
            return [from.Name];
        if (!seen.Add(from.FullName))
            return null;
        return Uses(from)
            .Select(type => Find(blocks, type))
            .Where(used => used is { IsBlock: true })
            .Select(used => WayTo(target, used!, blocks, seen))
            .FirstOrDefault(way => way is not null)
            ?.Prepend(from.Name);
    }
}
