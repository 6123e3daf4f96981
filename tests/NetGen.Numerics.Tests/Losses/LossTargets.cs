namespace NetGen.Numerics.Tests.Losses;

/// <summary>Made-up targets of each kind, for a batch.</summary>
internal static class LossTargets
{
    internal static float[] Numbers(int count, int length) => Numbers(count, length, seed: 2);

    internal static float[] Numbers(int count, int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count * length).Select(_ => 6 * random.NextSingle() - 3)];
    }

    internal static float[] Signs(int count, int length) =>
        [.. Numbers(count, length).Select(value => value < 0 ? -1f : 1f)];

    internal static float[] Counts(int count, int length) =>
        [.. Numbers(count, length).Select(value => MathF.Round(MathF.Abs(value)))];

    internal static float[] Fractions(int count, int length) =>
        [.. Numbers(count, length).Select(value => (value + 3) / 6)];

    /// <summary>Probabilities of which some are zero.</summary>
    internal static float[] Probabilities(int count, int length)
    {
        float[] numbers = [.. Numbers(count, length).Select(value => Math.Max(0, value))];
        for (int start = 0; start < numbers.Length; start += length)
        {
            float sum = numbers.AsSpan(start, length).ToArray().Sum();
            for (int i = start; i < start + length; i++)
                numbers[i] /= sum;
        }

        return numbers;
    }

    internal static int[] Classes(int count, int length)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(length))];
    }
}
