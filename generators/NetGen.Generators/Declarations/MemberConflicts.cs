using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations;

/// <summary>Members that the user wrote under a name the generator needs.</summary>
internal static class MemberConflicts
{
    private const string Any = "any";
    private const string AnyButMethods = "";

    /// <summary>
    /// The names the generator needs inside the class: those of members, apart from explicit implementations, which take none. A method is given with
    /// its parameters' types: others of that name are overloads, and welcome.
    /// </summary>
    private static readonly IReadOnlyDictionary<string, string> s_generated = new Dictionary<string, string>
    {
        ["InputLength"] = Any,
        ["OutputLength"] = Any,
        ["InputShape"] = Any,
        ["OutputShape"] = Any,
        ["Description"] = Any,
        ["Parameters"] = Any,
        ["Definition"] = Any,
        ["Predict"] = "System.ReadOnlySpan<float>, System.Span<float>",
        ["PredictBatch"] = "System.ReadOnlySpan<float>, System.Span<float>, int",
        ["Classify"] = "System.ReadOnlySpan<float>",
        ["Save"] = "string",
        ["Load"] = "string",
        ["LoadFrom"] = "string",
        ["OpenStream"] = Any,
        ["PredictionStream"] = Any,
        // The user's own is welcome in place of the generated one.
        ["ToString"] = AnyButMethods,
    };

    public static void Check(INamedTypeSymbol type, TypeDeclarationSyntax syntax, List<NetworkDiagnostic> mistakes)
    {
        if (s_generated.ContainsKey(type.Name))
            Report(type, syntax.Identifier.GetLocation());

        foreach (ISymbol member in type.GetMembers())
        {
            if (!member.IsImplicitlyDeclared
                && s_generated.TryGetValue(member.Name, out string? parameters)
                && !(member is IMethodSymbol method && IsOverload(method, parameters))
                && member.Locations.FirstOrDefault(location => location.IsInSource) is { } place)
            {
                Report(member, place);
            }
        }

        // An inherited member would be hidden, with a warning in code that the user cannot change.
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
        {
            if (Vocabulary.IsNetwork(ancestor) || syntax.BaseList?.Types.FirstOrDefault() is not { } written)
                break;
            foreach (ISymbol member in ancestor.GetMembers().Where(member => member.DeclaredAccessibility != Accessibility.Private))
            {
                if (s_generated.TryGetValue(member.Name, out string? parameters)
                    && !(member is IMethodSymbol method && IsOverload(method, parameters)))
                {
                    Report(member, written.GetLocation());
                }
            }
        }

        void Report(ISymbol symbol, Location place) => mistakes.Add(new NetworkDiagnostic(
            DiagnosticDescriptors.NameTaken, SourcePlace.Of(place), type.Name, symbol.Name));
    }

    private static bool IsOverload(IMethodSymbol method, string parameters) =>
        parameters != Any
        && (parameters == AnyButMethods
            || method.Arity != 0
            || string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString())) != parameters);
}
