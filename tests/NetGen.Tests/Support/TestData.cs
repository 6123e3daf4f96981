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
}
