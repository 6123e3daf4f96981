using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>Reads a <c>[Differentiable]</c> method: symbols and syntax in, an equatable form out.</summary>
internal static class FunctionReader
{
    private const int MostOfHessian = 64;

    public const string Attribute = FunctionSignature.Attribute;

    /// <summary>What may have the attribute; on a field, half typed, the compiler refuses it.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax;

    public static Reading<FunctionDeclaration> Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var mistakes = new List<NetworkDiagnostic>();
        if (context.TargetNode is not MethodDeclarationSyntax { Parent: TypeDeclarationSyntax } syntax)
        {
            SourcePlace there = SourcePlace.Of((NoMethod(context.TargetNode) ?? context.TargetNode.GetFirstToken()).GetLocation());
            mistakes.Add(new NetworkDiagnostic(
                DiagnosticDescriptors.NotAFunction, there, method.Name, "it is no method of a type: make it a static method of a class"));
            return new Reading<FunctionDeclaration>(null, mistakes.ToEquatableArray(), new[] { there }.ToEquatableArray());
        }

        SourcePlace place = SourcePlace.Of(syntax.Identifier.GetLocation());
        FunctionDeclaration? declaration = null;
        try
        {
            declaration = Read(method, syntax, place, context, mistakes, cancellation);
        }
        catch (HalfTypedException)
        {
            // The compiler says what is wrong.
        }
        catch (NotInLanguageException exception)
        {
            mistakes.Add(new NetworkDiagnostic(exception.Descriptor, SourcePlace.Of(exception.Place.GetLocation()), exception.Words));
        }
        catch (InsufficientExecutionStackException)
        {
            mistakes.Add(new NetworkDiagnostic(DiagnosticDescriptors.FunctionTooLarge, place, "operations nested too deep"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            mistakes.Add(Mistake.InternalError(method.Name, exception).At([place]));
        }

        return new Reading<FunctionDeclaration>(declaration, mistakes.ToEquatableArray(), new[] { place }.ToEquatableArray());
    }

    // Where the name stands of what may have the attribute, and is none of a type's methods.
    private static SyntaxToken? NoMethod(SyntaxNode node) => node switch
    {
        LocalFunctionStatementSyntax local => local.Identifier,
        OperatorDeclarationSyntax sign => sign.OperatorToken,
        ConversionOperatorDeclarationSyntax conversion => conversion.OperatorKeyword,
        AccessorDeclarationSyntax accessor => accessor.Keyword,
        MethodDeclarationSyntax method => method.Identifier,
        _ => null,
    };

    private static FunctionDeclaration? Read(
        IMethodSymbol method, MethodDeclarationSyntax syntax, SourcePlace place, GeneratorAttributeSyntaxContext context,
        List<NetworkDiagnostic> mistakes, CancellationToken cancellation)
    {
        INamedTypeSymbol type = method.ContainingType;
        TypeRules.CheckPartial(type, (TypeDeclarationSyntax)syntax.Parent!, "type of the function", mistakes);
        FunctionSignature? signature = FunctionSignature.Read(method, syntax, mistakes);
        AttributeData attribute = context.Attributes[0];
        bool hasHessian = Flag(attribute, "Hessian"), hasProduct = Flag(attribute, "HessianProduct");
        foreach (string suffix in new[] { "WithGradient", "WithGradients", hasHessian ? "WithHessian" : "", hasProduct ? "WithHessianProduct" : "" })
        {
            if (suffix.Length > 0 && type.GetMembers(method.Name + suffix).FirstOrDefault(member => !member.IsImplicitlyDeclared) is { } taken
                && taken.Locations.FirstOrDefault(location => location.IsInSource) is { } there)
            {
                mistakes.Add(new NetworkDiagnostic(DiagnosticDescriptors.FunctionNameTaken, SourcePlace.Of(there), taken.Name, method.Name));
            }
        }

        if (TwinAbove(method) is not null)
            mistakes.Add(new NetworkDiagnostic(DiagnosticDescriptors.FunctionNameTaken, place, method.Name + "WithGradient", method.Name));
        if (signature is null)
            return null;
        FunctionForm form = new FunctionCalls(context.SemanticModel.Compilation, cancellation).Read(method, syntax, signature);
        int count = form.Parameters.Where(parameter => parameter.IsDifferentiated).Sum(parameter => parameter.Count ?? 1);
        if (hasHessian && count > MostOfHessian)
        {
            mistakes.Add(new NetworkDiagnostic(
                DiagnosticDescriptors.FunctionTooLarge, place,
                FormattableString.Invariant($"{count * (count + 1) / 2} second derivatives (HessianProduct takes as many as there are parameters)")));
        }

        if (mistakes.Count > 0)
            return null;
        return new FunctionDeclaration
        {
            Namespace = DeclarationReader.NamespaceOf(type),
            ContainingTypes = DeclarationReader.HeadersOf(type).ToEquatableArray(),
            Name = method.Name,
            FileName = FileName(method, type),
            Accessibility = SyntaxFacts.GetText(method.DeclaredAccessibility),
            Form = form,
            HasHessian = hasHessian,
            HasHessianProduct = hasProduct,
        };
    }

    private static bool Flag(AttributeData attribute, string name) =>
        attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is true);

    /// <summary>An overload above whose derivatives over spans would look like this function's: numbers become a point, however many.</summary>
    private static IMethodSymbol? TwinAbove(IMethodSymbol method)
    {
        string form = Form(method);
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>()
            .TakeWhile(other => !SymbolEqualityComparer.Default.Equals(other, method))
            .FirstOrDefault(other => FunctionSignature.IsMarked(other) && Form(other) == form);

        static string Form(IMethodSymbol function)
        {
            string number = function.ReturnType.ToDisplayString();
            bool isOfNumbers = function.Parameters.All(parameter => parameter.Type.SpecialType != SpecialType.None);
            IEnumerable<string> types = isOfNumbers
                ? function.Parameters.Where(FunctionSignature.IsFixed).Select(_ => number).Prepend("span")
                : function.Parameters.Select(parameter => parameter.Type.SpecialType == SpecialType.None ? "span" : number);
            return string.Join(",", types.Prepend(number));
        }
    }

    /// <summary>The type's and the function's name, with a number where an overload or a name that differs only in case stands above.</summary>
    private static string FileName(IMethodSymbol method, INamedTypeSymbol type)
    {
        IMethodSymbol[] twins =
        [
            .. type.GetMembers().OfType<IMethodSymbol>()
                .Where(other => string.Equals(other.Name, method.Name, StringComparison.OrdinalIgnoreCase) && FunctionSignature.IsMarked(other)),
        ];
        int number = Array.FindIndex(twins, other => SymbolEqualityComparer.Default.Equals(other, method)) + 1;
        string name = $"{DeclarationReader.FileName(type)}.{DeclarationReader.FileSafe(method.Name)}";
        return number <= 1 ? name : FormattableString.Invariant($"{name}-{number}");
    }
}
