using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Pools of images whose columns lie along vectors, with windows that a border cuts: rows first, into a line that has a border.</summary>
public class LinePoolTests
{
    [Theory]
    [InlineData("MaxPool2D(3, Stride = 1, Pad = 1)", true)]
    [InlineData("MaxPool2D(3, Stride = 2, Pad = 1)", true)]
    [InlineData("AveragePool2D(3, Stride = 1, Pad = 1)", true)]
    [InlineData("AveragePool2D(3, Stride = 1, Pad = 1, CountPadding = false)", false)]
    [InlineData("MaxPool2D(4, Stride = 3, Pad = 1)", false)]
    [InlineData("MaxPool2D(3, Stride = 1)", true)]
    public void Vectors_are_used_for_windows_that_are_one_or_two_columns_apart(string pool, bool usesVectors) =>
        Assert.Contains(TextOf(pool), line => line.StartsWith($"// {pool[..pool.IndexOf('(')]}1Forward ", StringComparison.Ordinal)
            && line.EndsWith(usesVectors ? "Columns along the vector." : "One window at a time.", StringComparison.Ordinal));

    [Theory]
    [InlineData("MaxPool2D(3, Stride = 1, Pad = 1)", "room[..1].Fill(float.NegativeInfinity);")]
    [InlineData("AveragePool2D(3, Stride = 1, Pad = 1)", "room.Clear();")]
    public void What_stands_for_the_border_changes_nothing(string pool, string border) =>
        Assert.Contains(TextOf(pool), line => line.Trim() == border);

    [Theory]
    [InlineData("MaxPool2D(3, Stride = 1, Pad = 1)", "room.Slice(31, 1).Fill(float.NegativeInfinity);")]
    [InlineData("MaxPool2D(3, Stride = 2, Pad = 1)", null)]
    public void Behind_a_line_that_ends_within_a_vector_it_is_made_anew_where_windows_read_it(string pool, string? end) =>
        Assert.Equal(end, TextOf(pool).SingleOrDefault(line => line.Contains("room.Slice", StringComparison.Ordinal))?.Trim());

    // A line of 30 columns has room for two vectors, one of 40 for three, and one of 60 for four.
    [Theory]
    [InlineData(30, false)]
    [InlineData(40, true)]
    [InlineData(60, false)]
    public void What_is_written_behind_a_line_is_written_before_the_next_one(int columns, bool goesBackwards) =>
        Assert.Equal(goesBackwards, TextOf("MaxPool2D(2), Flatten, Dense(2), MeanSquaredError", columns).Any(line =>
            line.Trim() == $"for (nuint left = ({columns / 2} + lanes - 1) / lanes * lanes; left > 0; left -= lanes)"));

    private static string[] TextOf(string layers, int columns = 30) => GeneratorHarness
        .Generate($"[Network, Input(3, 30, {columns}), Conv2D(4, 3, Pad = 1), {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString().Split('\n');
}
