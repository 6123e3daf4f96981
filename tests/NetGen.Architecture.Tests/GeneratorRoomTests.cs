using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace NetGen.Architecture.Tests;

/// <summary>The way through the generator is the one that its sign shows: five rooms, one road, no way back.</summary>
public sealed partial class GeneratorRoomTests
{
    // Emission prints plans and asks no planner; the graph knows nothing of layouts, which are a plan's.
    private static readonly RoomPlan s_generator = new()
    {
        { RoomPlan.Entrance, "Collections", "Declarations", "Diagnostics", "Differentiation", "Emission", "Graph", "Planning", "Plans" },
        { "Collections" },
        { "Expressions", "Collections" },
        { "Polyfills" },
        { "Diagnostics", "Collections" },
        { "Declarations", "Collections", "Diagnostics", "Expressions" },
        { "Graph", "Collections", "Declarations", "Diagnostics", "Expressions" },
        { "Differentiation", "Collections", "Expressions", "Graph" },
        { "Plans", "Collections", "Expressions", "Graph" },
        { "Planning", "Collections", "Differentiation", "Expressions", "Graph", "Plans" },
        { "Emission", "Collections", "Declarations", "Expressions", "Graph", "Plans" },
    };

    [Fact]
    public void The_rooms_of_the_generator_are_as_planned()
    {
        IReadOnlyList<string> mistakes = s_generator.Compare(ProjectSources.Compile("generators/NetGen.Generators"));
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }

    [Fact]
    public void The_picture_in_the_README_shows_the_road_through_these_rooms()
    {
        string readme = File.ReadAllText(Path.Combine(Folder(), "../../README.md"));
        string[] road = [.. Box().Matches(readme).Select(box => box.Groups[1].Value)];
        Assert.Equal(["Declarations", "Graph", "Differentiation", "Planning", "Emission"], road);
        Assert.All(road, room => Assert.Contains(room, s_generator));
        for (int i = 0; i < road.Length; i++)
            Assert.Empty(s_generator.ReachableFrom(road[i]).Intersect(road.Skip(i + 1)));
    }

    private static string Folder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex(@"^ │ *([A-Z][a-z]+) *│", RegexOptions.Multiline)]
    private static partial Regex Box();
}
