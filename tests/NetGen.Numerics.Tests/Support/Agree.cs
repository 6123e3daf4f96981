namespace NetGen.Numerics.Tests;

/// <summary>Comparisons of whole tensors.</summary>
internal static class Agree
{
    /// <summary>
    /// Asserts that every element agrees within a tolerance relative to the largest magnitude of the expected tensor.
    /// </summary>
    /// <param name="tolerance">The relative tolerance.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="actual">What is there.</param>
    /// <param name="what">What it is, for the message.</param>
    /// <param name="slack">What is added to the tolerance, as a magnitude of its own; asked for only where it matters.</param>
    internal static void Within(
        double tolerance, ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, string what, Func<double>? slack = null)
    {
        Assert.True(expected.Length == actual.Length, $"{what}: {expected.Length} elements expected, found {actual.Length}.");
        double scale = 1e-30;
        foreach (float value in expected)
            scale = Math.Max(scale, Math.Abs(value));
        for (int i = 0; i < expected.Length; i++)
        {
            double error = Math.Abs((double)expected[i] - actual[i]) / scale;
            // Written so that NaN fails.
            if (!(error <= tolerance || error <= tolerance + (slack?.Invoke() ?? 0) / scale))
                Assert.Fail($"{what}[{i}]: expected {expected[i]:R}, found {actual[i]:R}, off by {error:e2} of the largest, {scale:g4}.");
        }
    }
}
