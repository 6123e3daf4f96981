namespace NetGen.Architecture.Tests;

/// <summary>In each package the folders use one another one way, and only where the plan says so.</summary>
public sealed class PackageRoomTests
{
    private static readonly RoomPlan s_core = new()
    {
        { "Attributes" },
        { "Functions" },
        { "Maths" },
        { "Random" },
        { "Tensors" },
        { "Threading" },
        { "Files", "Tensors" },
        { "Steps", "Maths", "Random", "Tensors", "Threading" },
        { "Softmax", "Maths", "Tensors" },
        { "Attention", "Maths", "Softmax" },
        { "Losses", "Maths", "Softmax", "Steps" },
        { "Networks", "Attributes", "Files", "Random", "Steps", "Tensors", "Threading" },
        { "Prediction", "Networks", "Tensors", "Threading" },
        { "Models", "Files", "Networks", "Prediction" },
    };

    private static readonly RoomPlan s_training = new()
    {
        { "Arguments" },
        { "Data" },
        { "Metrics" },
        { "Numbers" },
        { "Optimizers", "Arguments" },
        { "Schedules", "Arguments" },
        { "Training", "Arguments", "Data", "Metrics", "Numbers", "Optimizers", "Schedules" },
        { "Reports", "Data", "Metrics", "Numbers", "Training" },
        { "Validation", "Data", "Metrics", "Numbers", "Optimizers", "Training" },
    };

    [Fact]
    public void The_rooms_of_NetGen_Core_are_as_planned() => Check(s_core, "src/NetGen.Core");

    [Fact]
    public void The_rooms_of_NetGen_are_as_planned() => Check(s_training, "src/NetGen");

    private static void Check(RoomPlan plan, string project)
    {
        IReadOnlyList<string> mistakes = plan.Compare(ProjectSources.Compile(project));
        Assert.True(mistakes.Count == 0, string.Join('\n', mistakes));
    }
}
