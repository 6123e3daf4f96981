using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generators.Declarations.ScalarFunctions;

/// <summary>
/// How deep a body is nested. The compiler parses and binds what is nested thousands of times, but makes its operations by plain recursion, which no
/// stack has room for, and nothing catches that.
/// </summary>
internal static class SyntaxNesting
{
    // Several for each operation.
    private const int Deepest = 2000;

    /// <summary>The outermost part that is too deep; null where all can be walked.</summary>
    public static SyntaxNode? TooDeep(SyntaxNode root)
    {
        var open = new Stack<(SyntaxNode Node, int Depth)>();
        open.Push((root, 0));
        while (open.Count > 0)
        {
            (SyntaxNode node, int depth) = open.Pop();
            if (depth > Deepest)
                return node;
            foreach (SyntaxNode child in node.ChildNodes())
            {
                // A long sum leans to the left, and the compiler knows.
                bool isLeft = node is BinaryExpressionSyntax binary && binary.Left == child;
                open.Push((child, isLeft ? depth : depth + 1));
            }
        }

        return null;
    }
}
