namespace NetGen.Numerics.Tests.Generated;

/// <summary>One network in both grades of its functions: near one another in outputs and gradients, the same parameters in files.</summary>
[Trait("Category", "Numeric")]
public sealed partial class PrecisionTests
{
    private const int Batch = 19;

    [Network, Input(7, 5)]
    [Gru(9), Lstm(6), LastStep, Dense(24), Gelu, Dense(20), Silu, Dense(20), Softplus, Dense(20), Elu, Dense(20), Mish, Dense(3), Tanh, MeanSquaredError]
    public partial class Exact;

    [Network(Precision = Precision.Fast), Input(7, 5)]
    [Gru(9), Lstm(6), LastStep, Dense(24), Gelu, Dense(20), Silu, Dense(20), Softplus, Dense(20), Elu, Dense(20), Mish, Dense(3), Tanh, MeanSquaredError]
    public partial class Fast;

    [Fact]
    public void Outputs_and_gradients_of_both_grades_lie_close_together_and_are_not_the_same()
    {
        using INetworkUnderTest exact = NetworkUnderTest.Of(typeof(Exact)), fast = NetworkUnderTest.Of(typeof(Fast));
        var random = new Random(5);
        float[] inputs = [.. Enumerable.Range(0, Batch * Exact.InputLength).Select(_ => 4 * random.NextSingle() - 2)];
        float[] targets = [.. Enumerable.Range(0, Batch * Exact.OutputLength).Select(_ => random.NextSingle())];
        float[] one = new float[targets.Length], other = new float[targets.Length];
        exact.PredictBatch(inputs, one, threads: 1);
        fast.PredictBatch(inputs, other, threads: 1);
        Assert.NotEqual(one, other);
        Close(one, other, 2e-4);

        Assert.Equal(exact.ComputeGradient(inputs, targets, null, null), fast.ComputeGradient(inputs, targets, null, null), 1e-4f);
        Close(exact.Gradient.Span, fast.Gradient.Span, 1e-3);
    }

    [Fact]
    public void The_parameters_of_one_load_into_the_other()
    {
        string file = Path.GetTempFileName();
        try
        {
            var exact = new Exact(seed: 3);
            exact.Save(file);
            var fast = new Fast(seed: 4);
            fast.Load(file);
            Assert.Equal(exact.Parameters.Span.ToArray(), fast.Parameters.Span.ToArray());
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Close(ReadOnlySpan<float> one, ReadOnlySpan<float> other, double bound)
    {
        float largest = 0;
        foreach (float value in one)
            largest = Math.Max(largest, Math.Abs(value));
        for (int i = 0; i < one.Length; i++)
            Assert.True(Math.Abs(one[i] - other[i]) <= bound * largest, $"{i}: {one[i]:R} and {other[i]:R}");
    }
}
