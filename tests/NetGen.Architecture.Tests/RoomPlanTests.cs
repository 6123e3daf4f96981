namespace NetGen.Architecture.Tests;

/// <summary>The checker finds what it is there for.</summary>
public sealed class RoomPlanTests
{
    private static readonly (string, string)[] s_house =
    [
        ("Start.cs", "class Start { object Way() => new House.Upper.Roof(); }"),
        ("Lower/Floor.cs", "namespace House.Lower { class Floor { internal Floor Self() => this; } /// <seealso cref=\"House.Upper.Roof\"/>\nclass Wall; }"),
        ("Lower/Deep/Cellar.cs", "namespace House.Lower { static class Cellar { internal static string Name(this string text) => text; } }"),
        ("Upper/Roof.cs", "namespace House.Upper { class Roof { bool Stands() => \"roof\".Name() is { Length: > 0 }; } }"),
    ];

    [Fact]
    public void A_plan_that_fits_is_left_alone() => Assert.Empty(Compare(
        new RoomPlan { { RoomPlan.Entrance, "Upper" }, { "Lower" }, { "Upper", "Lower" } }, s_house));

    [Fact]
    public void A_use_that_is_not_planned_is_named_with_its_place() => Assert.Equal(
        ["Lower uses Upper: Roof in Lower/Door.cs"],
        Compare(
            new RoomPlan { { RoomPlan.Entrance, "Upper" }, { "Lower" }, { "Upper", "Lower" } },
            [.. s_house, ("Lower/Door.cs", "namespace House.Lower { class Door { bool Leads(object to) => to is Upper.Roof; } }")]));

    [Fact]
    public void Rooms_and_permissions_that_are_not_there_are_named() => Assert.Equal(
        [
            "The room Upper is not in the plan.", "There is no room Attic.", ". uses Upper: Roof in Start.cs",
            "Upper uses Lower: Cellar in Upper/Roof.cs", ". may use Attic but does not.",
        ],
        Compare(new RoomPlan { { RoomPlan.Entrance, "Attic" }, { "Lower" } }, s_house));

    [Fact]
    public void A_plan_that_allows_a_circle_is_refused() => Assert.Contains(
        "The plan goes in a circle: Upper → Lower → Upper.",
        Compare(new RoomPlan { { RoomPlan.Entrance, "Upper" }, { "Lower", "Upper" }, { "Upper", "Lower" } }, s_house));

    [Fact]
    public void Sources_that_do_not_compile_prove_nothing() => Assert.Contains(
        Compare(new RoomPlan { { RoomPlan.Entrance, "Upper" }, { "Lower" }, { "Upper", "Lower" } }, [.. s_house, ("Upper/Gap.cs", "class Gap : Nothing;")]),
        mistake => mistake.Contains("do not compile", StringComparison.Ordinal) && mistake.Contains("CS0246", StringComparison.Ordinal));

    private static IReadOnlyList<string> Compare(RoomPlan plan, (string, string)[] files) =>
        plan.Compare(ProjectSources.Compile("House", ["House.Lower"], files));
}
