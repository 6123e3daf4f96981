namespace NetGen.Numerics.Tests;

/// <summary>Comparisons of whole tensors.</summary>
internal static class Agree
{
    /// <summary>
    /// Asserts that every element agrees within a tolerance relative to the largest magnitude of the expected tensor.
    /// </summary>
    internal static void Within(double tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} elements expected, found {actual.Length}.");
        double scale = 1e-30;
        foreach (float value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)expected[i] - actual[i]) / scale;
            // Written so that NaN fails.
            if (!(error <= tolerance))
                Assert.Fail($"{what}[{i}]: expected {expected[i]:R}, found {actual[i]:R}, off by {error:e2} of the largest, {scale:g4}.");
        }
    }
}
