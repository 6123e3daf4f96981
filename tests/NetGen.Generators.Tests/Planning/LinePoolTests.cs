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
    [InlineData("MaxPool2D(3, Stride = 1, Pad = 1)", "room.Fill(float.NegativeInfinity);")]
    [InlineData("AveragePool2D(3, Stride = 1, Pad = 1)", "room.Fill(0f);")]
    public void What_stands_for_the_border_changes_nothing(string pool, string border) =>
        Assert.Contains(TextOf(pool), line => line.Trim() == border);

    [Theory]
    [InlineData("MaxPool2D(3, Stride = 1, Pad = 1)", "room.Slice(31, 1).Fill(float.NegativeInfinity);")]
    [InlineData("MaxPool2D(3, Stride = 2, Pad = 1)", null)]
    public void Behind_a_line_that_ends_within_a_vector_it_is_made_anew_where_windows_read_it(string pool, string? end) =>
        Assert.Equal(end, TextOf(pool).SingleOrDefault(line => line.Contains("room.Slice", StringComparison.Ordinal))?.Trim());

    private static string[] TextOf(string pool) => GeneratorHarness
        .Generate($"[Network, Input(3, 30, 30), Conv2D(4, 3, Pad = 1), {pool}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString().Split('\n');
}
