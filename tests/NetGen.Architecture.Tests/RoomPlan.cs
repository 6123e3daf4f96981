using System.Collections;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Architecture.Tests;

/// <summary>
/// Which folders of a project, its rooms, may use which: written as a collection of lines, one for each room. The files beside the
/// project's own are the room <c>"."</c>.
/// </summary>
/// <remarks>A room uses another if a name in its code means something declared there; documentation may speak of anything.</remarks>
internal sealed class RoomPlan : IEnumerable<string>
{
    /// <summary>The files that stand in no folder.</summary>
    internal const string Entrance = ".";

    private readonly Dictionary<string, string[]> _plan = new(StringComparer.Ordinal);

    /// <summary>Adds a room and those it may use.</summary>
    internal void Add(string room, params string[] mayUse) => _plan.Add(room, mayUse);

    /// <summary>The rooms that a room may use, those that they may use, and so on.</summary>
    internal IReadOnlySet<string> ReachableFrom(string room)
    {
        var reached = new HashSet<string>();
        var waiting = new Stack<string>(MayUse(room));
        while (waiting.TryPop(out string? other))
        {
            if (!reached.Add(other))
                continue;
            foreach (string next in MayUse(other))
                waiting.Push(next);
        }

        return reached;
    }

    public IEnumerator<string> GetEnumerator() => _plan.Keys.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Everything in which plan and code differ, and everything wrong with the plan itself; nothing if all is well.</summary>
    /// <param name="project">The project.</param>
    internal IReadOnlyList<string> Compare(CSharpCompilation project)
    {
        // A name that means nothing would hide what it uses.
        var mistakes = project.GetDiagnostics()
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => $"The sources do not compile here: {diagnostic}")
            .ToList();
        string[] rooms = [.. project.SyntaxTrees.Where(tree => tree.FilePath != "").Select(tree => RoomOf(tree)).Distinct()];
        mistakes.AddRange(rooms.Except(_plan.Keys).Select(room => $"The room {room} is not in the plan."));
        mistakes.AddRange(_plan.Keys.Union(_plan.Values.SelectMany(others => others)).Except(rooms).Select(room => $"There is no room {room}."));
        if (Circle() is { } circle)
            mistakes.Add($"The plan goes in a circle: {string.Join(" → ", circle)}.");

        var uses = project.SyntaxTrees.SelectMany(tree => UsesOf(project, tree)).ToLookup(use => (use.From, use.To), use => use.Where);
        mistakes.AddRange(uses
            .Where(use => !MayUse(use.Key.From).Contains(use.Key.To))
            .OrderBy(use => use.Key)
            .Select(use => $"{use.Key.From} uses {use.Key.To}: {string.Join(", ", use.Distinct().Take(4))}"));
        mistakes.AddRange(_plan.Keys
            .SelectMany(room => MayUse(room).Where(other => !uses.Contains((room, other))).Select(other => $"{room} may use {other} but does not.")));
        return mistakes;
    }

    private string[] MayUse(string room) => _plan.GetValueOrDefault(room, []);

    private static string RoomOf(SyntaxTree tree) => tree.FilePath.Split('/') is [var room, _, ..] ? room : Entrance;

    private static IEnumerable<(string From, string To, string Where)> UsesOf(CSharpCompilation project, SyntaxTree tree)
    {
        SemanticModel model = project.GetSemanticModel(tree);
        foreach (SimpleNameSyntax name in tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>())
        {
            ISymbol? symbol = model.GetSymbolInfo(name).Symbol;
            ITypeSymbol? type = symbol as ITypeSymbol ?? symbol?.ContainingType;
            if (type?.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault() is not { } declaration)
                continue;
            (string from, string to) = (RoomOf(tree), RoomOf(declaration.SyntaxTree));
            if (from != to)
                yield return (from, to, $"{type.Name} in {tree.FilePath}");
        }
    }

    /// <summary>A way from a room back to itself, if the plan has one.</summary>
    private List<string>? Circle()
    {
        var cleared = new HashSet<string>();
        return _plan.Keys.Select(room => Walk(room, [])).FirstOrDefault(found => found is not null);

        List<string>? Walk(string room, List<string> way)
        {
            if (way.IndexOf(room) is >= 0 and int start)
                return [.. way[start..], room];
            if (cleared.Contains(room))
                return null;
            way.Add(room);
            List<string>? circle = MayUse(room).Select(other => Walk(other, way)).FirstOrDefault(found => found is not null);
            way.RemoveAt(way.Count - 1);
            cleared.Add(room);
            return circle;
        }
    }
}
