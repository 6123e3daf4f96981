using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generators.Declarations;

/// <summary>Whether the user wrote what a class or a point is.</summary>
internal static class Documentation
{
    public static bool StandsAbove(SyntaxNode declaration) => declaration.GetLeadingTrivia().Any(trivia =>
        trivia.HasStructure && trivia.GetStructure() is DocumentationCommentTriviaSyntax);
}
