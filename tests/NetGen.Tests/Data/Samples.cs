using NetGen.Data;

namespace NetGen.Tests.Data;

/// <summary>Data sets whose every number says which sample it belongs to.</summary>
internal static class Samples
{
    /// <summary>Sample i has the input (i, −i) and the class of its own (i mod classes, unless said otherwise).</summary>
    internal static MemoryDataset OfClasses(int count, int classes = 3, Func<int, int>? classOf = null) => new(
        [.. Enumerable.Range(0, count).SelectMany(i => new[] { (float)i, -i })],
        [2],
        [.. Enumerable.Range(0, count).Select(classOf ?? (i => i % classes))],
        classes);

    /// <summary>The numbers of a data set's samples, in its order.</summary>
    internal static int[] Numbers(Dataset data)
    {
        var inputs = new float[data.Count * data.InputLength];
        var classes = new int[data.Count];
        int[] all = [.. Enumerable.Range(0, data.Count)];
        data.Read(all, inputs, classes);
        return [.. all.Select(i => (int)inputs[i * data.InputLength])];
    }

    internal static int[] ClassCounts(Dataset data) =>
        [.. Enumerable.Range(0, data.ClassCount).Select(id => data.GetClasses().Count(found => found == id))];
}
