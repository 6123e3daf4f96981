using NetGen.Generators.Graph;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Who shares memory with whom, and who comes next in it.</summary>
public sealed class SuccessionTests
{
    [Fact]
    public void Only_the_next_owners_of_a_place_are_named()
    {
        Allocation a = At("a", 0, 10), b = At("b", 10, 10), c = At("c", 0, 15), d = At("d", 5, 10), e = At("e", 15, 5), f = At("f", 0, 20);
        IReadOnlyDictionary<Allocation, IReadOnlyList<Allocation>> next = Succession.Of([a, b, c, d, e, f]);
        Assert.Equal([c], next[a]);
        Assert.Equal([c, e], next[b]);
        Assert.Equal([d, f], next[c]);
        Assert.Equal([f], next[d]);
        Assert.Equal([f], next[e]);
        Assert.Empty(next[f]);
    }

    [Fact]
    public void What_lies_in_other_blocks_of_memory_comes_after_nobody()
    {
        Allocation a = At("a", 0, 10), b = At("b", 0, 10) with { Place = new Placement(Space.Workspace, 0, IsPerSample: true) };
        Assert.Empty(Succession.Of([a, b])[a]);
    }

    [Fact]
    public void An_index_finds_all_that_overlap_and_nobody_else()
    {
        var random = new Random(3);
        Allocation[] all = [.. Enumerable.Range(0, 200).Select(i => At($"v{i}", random.Next(500), random.Next(1, 40)))];
        var index = new AllocationIndex(all);
        foreach (Allocation one in all)
        {
            Assert.Equal(
                all.Where(one.Overlaps).Select(other => other.Tensor.Name).Order(StringComparer.Ordinal),
                index.Overlapping(one).Select(other => other.Tensor.Name).Order(StringComparer.Ordinal));
        }
    }

    private static Allocation At(string name, long offset, int length) =>
        new(new Value(name, new Shape(length), ValueKind.Activation), new Placement(Space.Workspace, offset), length);
}
