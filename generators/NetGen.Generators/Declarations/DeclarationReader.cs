using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using NetGen.Generators.Declarations.ScalarFunctions;
using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Declarations;

/// <summary>The first room: symbols and syntax in, an equatable declaration out.</summary>
internal static class DeclarationReader
{
    public const string NetworkAttribute = "NetGen.NetworkAttribute";
    public const string BlockAttribute = "NetGen.BlockAttribute";

    private static readonly SymbolDisplayFormat s_namespaceFormat = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    /// <summary>The cheap question asked of every node with attributes: structs and interfaces the compiler itself refuses.</summary>
    public static bool IsCandidate(SyntaxNode node) =>
        node is ClassDeclarationSyntax or RecordDeclarationSyntax { RawKind: (int)SyntaxKind.RecordDeclaration };

    /// <summary>Reads a class with <c>[Network]</c> or <c>[Block]</c>; one with both is a network, and as a block nothing.</summary>
    /// <param name="context">The class.</param>
    /// <param name="attribute">Which of the two attributes it was found by.</param>
    /// <param name="cancellation">Stops the work when the editor has moved on.</param>
    public static Reading<NetworkDeclaration> Read(GeneratorAttributeSyntaxContext context, string attribute, CancellationToken cancellation)
    {
        var type = (INamedTypeSymbol)context.TargetSymbol;
        if (attribute == BlockAttribute && Vocabulary.IsNetwork(type))
            return new Reading<NetworkDeclaration>(null, default);
        var syntax = (TypeDeclarationSyntax)context.TargetNode;
        try
        {
            return Read(type, syntax, attribute, new FunctionCalls(context.SemanticModel.Compilation, cancellation), cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            NetworkDiagnostic error = Mistake.InternalError(type.Name, exception).At([SourcePlace.Of(syntax.Identifier.GetLocation())]);
            return new Reading<NetworkDeclaration>(null, new[] { error }.ToEquatableArray());
        }
    }

    private static Reading<NetworkDeclaration> Read(
        INamedTypeSymbol type, TypeDeclarationSyntax syntax, string attribute, FunctionCalls functions, CancellationToken cancellation)
    {
        // A second [Network] on the same class is the compiler's error; reading it again would report everything twice.
        if (IsRepetition(type, syntax, attribute, cancellation))
            return new Reading<NetworkDeclaration>(null, default);

        var mistakes = new List<NetworkDiagnostic>();
        bool isBlock = !Vocabulary.IsNetwork(type);
        if (!isBlock)
        {
            TypeRules.CheckNetwork(type, syntax, mistakes);
            MemberConflicts.Check(type, syntax, mistakes);
        }

        cancellation.ThrowIfCancellationRequested();

        var places = new PlaceList();
        Place place = places.Add(syntax.Identifier.GetLocation());
        EquatableArray<AttributeDeclaration>? attributes = AttributeReader.OfClass(type, syntax, places, functions, mistakes, cancellation);
        EquatableArray<PointDeclaration>? points = PointReader.Read(type, places, functions, mistakes, cancellation);
        EquatableArray<BlockDeclaration>? blocks = BlockReader.Read(type, places, functions, cancellation);
        if (attributes is null || points is null || blocks is null)
            return new Reading<NetworkDeclaration>(null, mistakes.ToEquatableArray());
        if (isBlock && points.Value.Count > 0)
            TypeRules.CheckPartial(type, syntax, "block", mistakes);

        var declaration = new NetworkDeclaration
        {
            Namespace = NamespaceOf(type),
            ContainingTypes = ContainingTypes(type).Reverse().Select(Header).ToEquatableArray(),
            FullName = Vocabulary.FullName(type),
            Name = NetworkDeclaration.Escape(type.Name),
            FileName = FileName(type),
            Attributes = attributes.Value,
            Points = points.Value,
            Blocks = blocks.Value,
            IsBlock = isBlock,
            Place = place,
            KeepsPoints = Vocabulary.Option(type, "KeepPoints") is true,
            TakesOutputGradients = Vocabulary.Option(type, "OutputGradients") is true,
            HasPlainSums = Vocabulary.Option(type, "PlainSums") is true,
            Grade = Vocabulary.Option(type, "Precision") is int precision ? (Grade)precision : Grade.Exact,
            IsSound = !mistakes.Any(mistake => mistake.IsError),
            HasConstructor = type.InstanceConstructors.Any(constructor => !constructor.IsImplicitlyDeclared),
            Making = MakingOf(type),
            IsDocumented = type.DeclaringSyntaxReferences.Any(reference => Documentation.StandsAbove(reference.GetSyntax(cancellation))),
            HasToString = type.GetMembers("ToString").Any(IsToString) || Ancestors(type).Any(ancestor =>
                ancestor.GetMembers("ToString").Any(member => IsToString(member) && member.IsSealed)),
        };
        return new Reading<NetworkDeclaration>(declaration, mistakes.ToEquatableArray(), places.ToEquatableArray());
    }

    /// <summary>The namespace of a type, empty for the global one; keywords in it are escaped.</summary>
    internal static string NamespaceOf(INamedTypeSymbol type) =>
        type.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString(s_namespaceFormat) : "";

    /// <summary>The headers under which code re-opens a type and those around it, outermost first.</summary>
    internal static IEnumerable<string> HeadersOf(INamedTypeSymbol type) => ContainingTypes(type).Reverse().Append(type).Select(Header);

    private static bool IsRepetition(
        INamedTypeSymbol type, TypeDeclarationSyntax syntax, string attribute, CancellationToken cancellation) =>
        type.GetAttributes().FirstOrDefault(found => found.AttributeClass?.ToDisplayString() == attribute)
            ?.ApplicationSyntaxReference?.GetSyntax(cancellation) is { } first
        && !syntax.Contains(first);

    private static Making MakingOf(INamedTypeSymbol type)
    {
        if (WithBases(type).SelectMany(ancestor => ancestor.GetMembers()).Any(
                member => member is IPropertySymbol { IsRequired: true } or IFieldSymbol { IsRequired: true }))
            return Making.ByHand;

        IMethodSymbol[] written = [.. type.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared)];
        if (written.Length == 0 || written.Any(constructor => constructor.Parameters.Length == 1 && IsSeed(constructor.Parameters[0])))
            return Making.FromSeed;
        return written.Any(constructor => constructor.Parameters.IsEmpty) ? Making.ThenDraw : Making.ByHand;
    }

    private static bool IsSeed(IParameterSymbol parameter) =>
        parameter is { Name: "seed", RefKind: RefKind.None, Type.SpecialType: SpecialType.System_Int32 };

    private static IEnumerable<INamedTypeSymbol> WithBases(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }

    /// <summary>The types around a type, innermost first.</summary>
    private static IEnumerable<INamedTypeSymbol> ContainingTypes(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
            yield return outer;
    }

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.BaseType)
            yield return ancestor;
    }

    private static bool IsToString(ISymbol member) =>
        member is IMethodSymbol { IsImplicitlyDeclared: false, Arity: 0, Parameters.IsEmpty: true };

    private static string Header(INamedTypeSymbol type)
    {
        string keyword = type switch
        {
            { TypeKind: TypeKind.Interface } => "interface",
            { TypeKind: TypeKind.Struct, IsRecord: true } => "record struct",
            { TypeKind: TypeKind.Struct } => "struct",
            { IsRecord: true } => "record",
            _ => "class",
        };
        return $"partial {keyword} {NetworkDeclaration.Escape(type.Name)}";
    }

    /// <summary>The full name, each part of it unique among its neighbours whatever a file system makes of case.</summary>
    internal static string FileName(INamedTypeSymbol type)
    {
        var path = new Stack<string>();
        for (INamespaceOrTypeSymbol part = type; part is not INamespaceSymbol { IsGlobalNamespace: true };)
        {
            var around = (INamespaceOrTypeSymbol)part.ContainingSymbol;
            path.Push(FileSafe(part.Name) + Number(part.Name, around));
            part = around;
        }

        return string.Join(".", path);
    }

    /// <summary>A number for a name that differs from another type's or namespace's, before it in the alphabet, in case only.</summary>
    private static string Number(string name, INamespaceOrTypeSymbol around)
    {
        int twins = around.GetMembers().OfType<INamespaceOrTypeSymbol>().Select(other => other.Name).Distinct().Count(other =>
            string.Equals(other, name, StringComparison.OrdinalIgnoreCase) && string.CompareOrdinal(other, name) < 0);
        return twins == 0 ? "" : $"-{twins + 1}";
    }

    /// <summary>Names may hold characters, such as vowel signs, that the compiler does not take in the names of generated files.</summary>
    internal static string FileSafe(string name) => string.Concat(name.Select(character =>
        character is '.' or '_' || char.IsLetterOrDigit(character) ? character.ToString() : $"_{(int)character:X4}"));
}
