using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generators.Diagnostics;

/// <summary>A place in a source file, for diagnostics; equal by value, and without the file's syntax tree.</summary>
internal readonly record struct SourcePlace(string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static SourcePlace Of(Location location) => new(
        location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);

    /// <summary>A place from the start of one to the end of another behind it in the same file.</summary>
    public static SourcePlace Between(SourcePlace first, SourcePlace last) => new(
        first.Path,
        TextSpan.FromBounds(first.Span.Start, last.Span.End),
        new LinePositionSpan(first.Lines.Start, last.Lines.End));

    /// <summary>
    /// The place as a diagnostic's location: in the file's tree where the compilation still has it, so that
    /// <c>#pragma warning disable</c> and .editorconfig reach it.
    /// </summary>
    public Location ToLocation(Compilation compilation)
    {
        if (Path is null)
            return Location.None;
        foreach (SyntaxTree tree in compilation.SyntaxTrees)
        {
            if (tree.FilePath == Path && Span.End <= tree.Length && tree.GetLineSpan(Span).Span == Lines)
                return Location.Create(tree, Span);
        }

        return Location.Create(Path, Span, Lines);
    }
}
