using NetGen.Generators.Declarations;
using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph;

/// <summary>The names by which points refer to one another: each is a point's, which stands above, and each point is of use.</summary>
internal static class PointRules
{
    public static void Check(IBodyDeclaration body, List<Mistake> mistakes)
    {
        int before = mistakes.Count;
        bool hasInput = body.IsBlock || body.Attributes.Any(attribute => attribute.Kind == "Input");
        Report(body, PointNames.References(body.Attributes), -1, hasInput, mistakes);
        for (int i = 0; i < body.Points.Count; i++)
        {
            PointDeclaration point = body.Points[i];
            Report(body, PointNames.References(point.Attributes), i, hasInput, mistakes);
            if (i == 0 && !hasInput && PointNames.StartOf(point) == PointStart.Above)
                mistakes.Add(new(DiagnosticDescriptors.StartsFromNothing, point.Place, point.Name));
            if (PointNames.From(point) is { } from && point.Attributes.Any(attribute => attribute.Kind == "Input"))
                mistakes.Add(new(DiagnosticDescriptors.TwoStarts, from.Place, point.Name));
        }

        // A name that was meant for a point may be what is missing.
        if (mistakes.Count == before)
            CheckUse(body, mistakes);
    }

    private static void Report(
        IBodyDeclaration body, IEnumerable<(string Name, Place Place)> references, int user, bool hasInput, List<Mistake> mistakes)
    {
        foreach ((string name, Place place) in references)
        {
            int found = IndexOf(body, name);
            if (found < 0 && !(name == PointNames.Input && hasInput))
            {
                mistakes.Add(new(DiagnosticDescriptors.UnknownPoint, place, name, body.Name, Advice(body, name, user)));
            }
            else if (found >= user && found >= 0)
            {
                IReadOnlyList<string>? circle = WayFrom(body, found, user, []);
                mistakes.Add(circle is null
                    ? new(DiagnosticDescriptors.PointBelow, place, body.Points[user].Name, name)
                    : new(DiagnosticDescriptors.PointCircle, place,
                        name, string.Join(" → ", circle.Prepend(body.Points[user].Name))));
            }
        }
    }

    private static string Advice(IBodyDeclaration body, string name, int user)
    {
        if (name == PointNames.Input)
            return "its inputs are points: write the name of one";
        string[] above = [.. body.Points.Take(Math.Max(user, 0)).Select(point => point.Name)];
        return above.Length == 0 ? "there are no points above" : $"those above are {string.Join(", ", above)}";
    }

    /// <summary>Points that nothing reads and that are no output would be computed in vain.</summary>
    private static void CheckUse(IBodyDeclaration body, List<Mistake> mistakes)
    {
        IReadOnlyList<PointDeclaration> outputs = PointNames.Outputs(body.Points);
        var read = new HashSet<int>(Enumerable.Range(0, body.Points.Count).SelectMany(i => ReadBy(body, i)));
        for (int i = 0; i < body.Points.Count; i++)
        {
            if (!read.Contains(i) && !outputs.Contains(body.Points[i]))
                mistakes.Add(new(DiagnosticDescriptors.UnusedPoint, body.Points[i].Place, body.Points[i].Name));
        }
    }

    /// <summary>The points that a point reads, named or not.</summary>
    private static IEnumerable<int> ReadBy(IBodyDeclaration body, int point)
    {
        IEnumerable<AttributeDeclaration> attributes = body.Points[point].Attributes;
        IEnumerable<int> named = PointNames.References(attributes).Select(reference => IndexOf(body, reference.Name)).Where(found => found >= 0);
        return PointNames.StartOf(body.Points[point]) == PointStart.Above && point > 0 ? named.Append(point - 1) : named;
    }

    /// <summary>The names of the points from one to another that it reads, or null where it does not.</summary>
    private static IReadOnlyList<string>? WayFrom(IBodyDeclaration body, int from, int to, HashSet<int> seen)
    {
        if (from == to)
            return [body.Points[from].Name];
        if (!seen.Add(from))
            return null;
        foreach (int next in ReadBy(body, from))
        {
            if (WayFrom(body, next, to, seen) is { } way)
                return [body.Points[from].Name, .. way];
        }

        return null;
    }

    private static int IndexOf(IBodyDeclaration body, string name)
    {
        for (int i = 0; i < body.Points.Count; i++)
        {
            if (body.Points[i].Name == name)
                return i;
        }

        return -1;
    }
}
