using NetGen.Data;

namespace NetGen.Tests;

/// <summary>Made-up numbers for tests, the same at every run.</summary>
internal static class TestData
{
    internal static float[] Floats(int length, int seed = 1, float scale = 1f)
    {
        var random = new Random(seed);
        var values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (2 * random.NextSingle() - 1) * scale;
        return values;
    }

    internal static int[] Classes(int length, int classes, int seed = 1)
    {
        var random = new Random(seed);
        var ids = new int[length];
        for (int i = 0; i < length; i++)
            ids[i] = random.Next(classes);
        return ids;
    }

    /// <summary>Images of 2 by 3 in three classes, each where one pixel of the first row is the largest.</summary>
    internal static MemoryDataset Separable(int count, int seed)
    {
        float[] inputs = Floats(count * 6, seed);
        var classes = new int[count];
        for (int i = 0; i < count; i++)
            classes[i] = Prediction.Classify(inputs.AsSpan(i * 6, 3));
        return new MemoryDataset(inputs, [1, 2, 3], classes, 3);
    }
}
