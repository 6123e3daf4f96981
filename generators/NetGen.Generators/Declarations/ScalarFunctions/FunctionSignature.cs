using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>What a function takes and gives: numbers of one type, and spans of them of a stated length.</summary>
/// <param name="Precision">The type of its numbers.</param>
/// <param name="Parameters">The parameters, in order.</param>
internal sealed record FunctionSignature(NumberType Precision, IReadOnlyList<FunctionParameter> Parameters)
{
    private const int MostElements = 1000;

    /// <summary>The marker of functions, by its full name.</summary>
    public const string Attribute = "NetGen.DifferentiableAttribute";

    private const string ElementsAttribute = "NetGen.ElementsAttribute", NotDifferentiatedAttribute = "NetGen.NotDifferentiatedAttribute";

    public static bool IsMarked(IMethodSymbol method) => Find(method, Attribute) is not null;

    /// <summary>Whether there are no derivatives by a parameter.</summary>
    public static bool IsFixed(IParameterSymbol parameter) => Find(parameter, NotDifferentiatedAttribute) is not null;

    /// <summary>The attribute of a symbol, if it has it.</summary>
    public static AttributeData? Find(ISymbol symbol, string attribute) =>
        symbol.GetAttributes().FirstOrDefault(found => found.AttributeClass?.ToDisplayString() == attribute);

    /// <summary>Reads a signature, or reports what is wrong with it and gives null.</summary>
    public static FunctionSignature? Read(IMethodSymbol method, MethodDeclarationSyntax syntax, List<NetworkDiagnostic> mistakes)
    {
        int before = mistakes.Count;
        string? flaw = method switch
        {
            { IsStatic: false } => "it is not static: write 'static', and pass what it reads of the object",
            { IsGenericMethod: true } => "it is generic: write its numbers as 'float' or 'double'",
            { ExplicitInterfaceImplementations.IsEmpty: false } =>
                "it is another name for an interface's method: leave the interface's name before it out",
            { IsAsync: true } => "it is asynchronous",
            { ReturnsByRef: true } or { ReturnsByRefReadonly: true } => "it returns a reference",
            { PartialDefinitionPart: not null } or { PartialImplementationPart: not null } or { IsExtern: true } or { IsAbstract: true } =>
                "it has no body here",
            _ when syntax.Body is null && syntax.ExpressionBody is null => "it has no body here",
            { Parameters.IsEmpty: true } => "it has no parameters: it is a constant",
            _ => null,
        };
        if (flaw is not null)
            Report(DiagnosticDescriptors.NotAFunction, syntax.Identifier.GetLocation(), method.Name, flaw);

        NumberType? precision = PrecisionOf(method.ReturnType);
        if (precision is null && method.ReturnType.TypeKind != TypeKind.Error)
        {
            Report(DiagnosticDescriptors.NotAFunction, syntax.ReturnType.GetLocation(), method.Name,
                $"it returns '{method.ReturnType.ToDisplayString()}': return 'float' or 'double'");
        }

        var parameters = new List<FunctionParameter>();
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            ParameterSyntax place = syntax.ParameterList.Parameters[parameter.Ordinal];
            if (parameter.Type.TypeKind == TypeKind.Error)
                return null;
            if (precision is { } known && ReadParameter(parameter, known) is { } read)
                parameters.Add(read);
            else if (precision is { } expected)
                Report(DiagnosticDescriptors.ParameterNotNumeric, place.GetLocation(), parameter.Name, Flaw(parameter, expected));
        }

        if (parameters.Count > 0 && parameters.Count == method.Parameters.Length && parameters.All(parameter => !parameter.IsDifferentiated))
        {
            Report(DiagnosticDescriptors.NotAFunction, syntax.Identifier.GetLocation(), method.Name,
                "all of its parameters are marked [NotDifferentiated]: leave it out at one of them");
        }

        return precision is { } type && mistakes.Count == before ? new FunctionSignature(type, parameters) : null;

        void Report(DiagnosticDescriptor descriptor, Location place, params string[] words) =>
            mistakes.Add(new NetworkDiagnostic(descriptor, SourcePlace.Of(place), words));
    }

    private static FunctionParameter? ReadParameter(IParameterSymbol parameter, NumberType precision)
    {
        if (parameter.RefKind is not (RefKind.None or RefKind.In) || parameter.IsParams)
            return null;
        bool isDifferentiated = !IsFixed(parameter);
        int? count = Find(parameter, ElementsAttribute)?.ConstructorArguments is [{ Value: int number }] ? number : null;
        if (PrecisionOf(parameter.Type) is { } own)
            return own == precision && count is null ? new FunctionParameter(parameter.Name, null, isDifferentiated) : null;
        return ElementOf(parameter.Type) is { } element && PrecisionOf(element) == precision && count is >= 1 and <= MostElements
            ? new FunctionParameter(parameter.Name, count, isDifferentiated)
            : null;
    }

    private static string Flaw(IParameterSymbol parameter, NumberType precision)
    {
        string number = precision == NumberType.Single ? "float" : "double";
        AttributeData? elements = Find(parameter, ElementsAttribute);
        return parameter switch
        {
            { RefKind: not (RefKind.None or RefKind.In) } => "passed by reference: pass it by value",
            { IsParams: true } => $"of any length: write 'ReadOnlySpan<{number}>' with [Elements(n)]",
            _ when ElementOf(parameter.Type) is { } element && PrecisionOf(element) == precision => elements is null
                ? "of any length: write [Elements(n)] before it, with n the number of elements"
                : $"of a length that is not from 1 to {MostElements}",
            _ when PrecisionOf(parameter.Type) == precision => "a single number, which has no [Elements(n)]",
            _ => $"a '{parameter.Type.ToDisplayString()}': write '{number}', as the function returns, or a span of them",
        };
    }

    private static NumberType? PrecisionOf(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => NumberType.Single,
        SpecialType.System_Double => NumberType.Double,
        _ => null,
    };

    private static ITypeSymbol? ElementOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => array.ElementType,
        INamedTypeSymbol
        {
            Name: "ReadOnlySpan" or "Span",
            TypeArguments: [var element],
            ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true },
        } => element,
        _ => null,
    };
}
