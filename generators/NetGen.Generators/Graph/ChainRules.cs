using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>What must hold of a chain as a whole, before any layer is looked at: one input, first; one loss, last.</summary>
internal static class ChainRules
{
    public static (Shape? Input, IReadOnlyList<NetworkDiagnostic> Mistakes) Check(NetworkDeclaration declaration)
    {
        AttributeDeclaration? input = declaration.Attributes.FirstOrDefault(attribute => attribute.Kind == "Input");
        if (input is null)
            return (null, []);
        int[] extents = [.. input.Argument("dimensions")?.Numbers.Select(number => (int)number) ?? []];
        if (extents.Length == 2)
            extents = [1, .. extents];
        return (new Shape(extents), []);
    }
}
