using NetGen.Numerics.Tests.Generated;

namespace NetGen.Numerics.Tests.Losses;

/// <summary>Losses that are functions of the user's in a row of outputs: against the shipped one of the same meaning, and against differences.</summary>
[Trait("Category", "Numeric")]
public sealed class RowFunctionTests
{
    private const int Batch = 21;

    /// <summary>To rounding: the shipped loss divides where the user's takes exponentials apart.</summary>
    [Theory]
    [InlineData(typeof(OfShippedEntropy), typeof(OfOwnEntropy), 1)]
    [InlineData(typeof(OfShippedEntropyOfSteps), typeof(OfOwnEntropyOfSteps), 6)]
    public void Cross_entropy_by_loops_is_the_shipped_one(Type shipped, Type own, int rows)
    {
        using INetworkUnderTest one = NetworkUnderTest.Of(shipped), other = NetworkUnderTest.Of(own);
        Assert.Equal(one.Parameters.Span.ToArray(), other.Parameters.Span.ToArray());
        var random = new Random(3);
        float[] inputs = [.. Enumerable.Range(0, Batch * one.Description.InputLength).Select(_ => 6 * random.NextSingle() - 3)];
        int classes = one.Description.OutputLength / rows;
        int[] ids = [.. Enumerable.Range(0, Batch * rows).Select(_ => random.Next(classes))];
        float[] targets = [.. ids.SelectMany(id => Enumerable.Range(0, classes).Select(i => i == id ? 1f : 0f))];
        var (inputGradient, otherInputGradient) = (new float[inputs.Length], new float[inputs.Length]);

        Assert.Equal(one.ComputeGradient(inputs, [], ids, inputGradient), other.ComputeGradient(inputs, targets, null, otherInputGradient), 2e-6f);
        Close(one.Gradient.Span, other.Gradient.Span);
        Close(inputGradient, otherInputGradient);

        static void Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> found)
        {
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], found[i], 2e-6f);
        }
    }

    /// <summary>In the network's outputs, where they are what a layer without weights hands on: the input.</summary>
    [Fact]
    public void Gradients_are_those_of_differences()
    {
        var random = new Random(9);
        float[] inputs = [.. Enumerable.Range(0, Batch * 5).Select(_ => 2 * random.NextSingle() - 1)];
        float[] targets = [.. Enumerable.Range(0, Batch * 5).Select(_ => random.NextSingle())];
        using INetworkUnderTest network = NetworkUnderTest.Of(typeof(OfCurves));
        var found = new float[inputs.Length];
        float loss = network.ComputeGradient(inputs, targets, null, found);

        double[] expected = NumericGradient.Of(at => Mean(at, targets), [.. inputs.Select(value => (double)value)]);
        Assert.Equal(Mean([.. inputs.Select(value => (double)value)], targets), loss, 1e-5);
        Assert.True(NumericGradient.LargestError([.. found.Select(value => (double)value)], expected) < 1e-5);

        // The same formula, in double precision and by itself.
        static double Mean(ReadOnlySpan<double> outputs, float[] targets)
        {
            double sum = 0;
            for (int s = 0; s < Batch; s++)
                sum += OfCurves.Precise(outputs.Slice(5 * s, 5), Array.ConvertAll(targets[(5 * s)..(5 * s + 5)], value => (double)value), 0.3);
            return sum / Batch;
        }
    }

    /// <summary>Each step up to a sample's end is a row; with Sum they count as often as there are steps.</summary>
    [Fact]
    public void Steps_of_sequences_are_rows_and_those_behind_the_end_are_none()
    {
        var random = new Random(4);
        float[] steps = [.. Enumerable.Range(0, 2 * 4 * 3).Select(_ => random.NextSingle())];
        float[] targets = [.. Enumerable.Range(0, 2 * 4 * 3).Select(_ => random.NextSingle())];
        float[] inputs = [.. steps[..12], 2, .. steps[12..], 3];
        using INetworkUnderTest mean = NetworkUnderTest.Of(typeof(OfSteps)), sum = NetworkUnderTest.Of(typeof(OfSummedSteps));
        float[] gradient = new float[inputs.Length], summed = new float[inputs.Length];
        float loss = mean.ComputeGradient(inputs, targets, null, gradient);
        Assert.Equal(4 * loss, sum.ComputeGradient(inputs, targets, null, summed), 1e-5f);

        double expected = 0;
        for (int s = 0; s < 2; s++)
        {
            for (int t = 0; t < (s == 0 ? 2 : 3); t++)
                expected += OfSteps.Product(steps.AsSpan(12 * s + 3 * t, 3), targets.AsSpan(12 * s + 3 * t, 3)) / 5;
        }

        Assert.Equal(expected, loss, 1e-6);
        for (int s = 0; s < 2; s++)
        {
            for (int i = 0; i < 12; i++)
            {
                int t = i / 3, row = 12 * s + 3 * t;
                double slope = t < (s == 0 ? 2 : 3) ? targets[row] * steps[row + (i + 1) % 3] * steps[row + (i + 2) % 3] / 5 : 0;
                Assert.Equal(slope, gradient[13 * s + i], 1e-6);
                Assert.Equal(4 * slope, summed[13 * s + i], 1e-5);
            }
        }
    }

    [Fact]
    public void One_of_several_losses_may_be_of_rows()
    {
        using INetworkUnderTest network = NetworkUnderTest.Of(typeof(OfSeveralLosses));
        float[] inputs = [0.5f, -1, 2, 0.25f], targets = [1, 2, 3, 0.5f, 0.75f];
        float loss = network.ComputeGradient(inputs, targets, null, null);
        var outputs = new float[5];
        network.Predict(inputs, outputs);
        double expected = 0;
        for (int i = 0; i < 3; i++)
            expected += (outputs[i] - targets[i]) * (outputs[i] - targets[i]) / 3;
        expected += 0.5 * OfSeveralLosses.Apart(outputs.AsSpan(3, 2), targets.AsSpan(3, 2));
        Assert.Equal(expected, loss, 1e-5);
    }
}

[Network, Input(7), Dense(9), Tanh, Dense(5), SoftmaxCrossEntropy]
internal sealed partial class OfShippedEntropy;

[Network, Input(7), Dense(9), Tanh, Dense(5), Loss(nameof(CrossEntropy))]
internal sealed partial class OfOwnEntropy
{
    [Differentiable]
    internal static float CrossEntropy([Elements(5)] ReadOnlySpan<float> outputs, [NotDifferentiated, Elements(5)] ReadOnlySpan<float> targets)
    {
        float largest = outputs[0], sum = 0, chosen = 0;
        for (int i = 1; i < outputs.Length; i++)
            largest = MathF.Max(largest, outputs[i]);
        for (int i = 0; i < outputs.Length; i++)
        {
            sum += MathF.Exp(outputs[i] - largest);
            chosen += targets[i] * (outputs[i] - largest);
        }

        return MathF.Log(sum) - chosen;
    }
}

[Network, Input(6, 7), Gru(9), Dense(5), SoftmaxCrossEntropy]
internal sealed partial class OfShippedEntropyOfSteps;

[Network, Input(6, 7), Gru(9), Dense(5), Loss(nameof(OfOwnEntropy.CrossEntropy), In = typeof(OfOwnEntropy))]
internal sealed partial class OfOwnEntropyOfSteps;

[Network, Input(5), HardTanh(-100, 100), Loss(nameof(Curve), 0.3)]
internal sealed partial class OfCurves
{
    [Differentiable]
    private static float Curve([Elements(5)] ReadOnlySpan<float> o, [Elements(5)] ReadOnlySpan<float> t, float a)
    {
        float sum = 0;
        for (int i = 0; i < 4; i++)
            sum += (o[i + 1] - o[i] - t[i]) * (o[i + 1] - o[i] - t[i]) + a * MathF.Sin(o[i] * t[i + 1]);
        return sum / (1 + o[0] * o[0]);
    }

    internal static double Precise(ReadOnlySpan<double> o, ReadOnlySpan<double> t, double a)
    {
        double sum = 0;
        for (int i = 0; i < 4; i++)
            sum += (o[i + 1] - o[i] - t[i]) * (o[i + 1] - o[i] - t[i]) + a * Math.Sin(o[i] * t[i + 1]);
        return sum / (1 + o[0] * o[0]);
    }
}

[Network, Input(4, 3, VariableLength = true), HardTanh(-100, 100), Loss(nameof(Product))]
internal sealed partial class OfSteps
{
    [Differentiable]
    internal static float Product([Elements(3)] ReadOnlySpan<float> o, [Elements(3)] ReadOnlySpan<float> t) =>
        t[0] * o[0] * o[1] * o[2];
}

[Network, Input(4, 3, VariableLength = true), HardTanh(-100, 100), Loss(nameof(OfSteps.Product), In = typeof(OfSteps), Sum = true)]
internal sealed partial class OfSummedSteps;

[Network, Input(4)]
internal sealed partial class OfSeveralLosses
{
    [Dense(3), MeanSquaredError] public partial Layer Values { get; }

    [From(Layer.Input), Dense(2), Loss(nameof(Apart), Weight = 0.5)] public partial Layer Pair { get; }

    [Differentiable]
    internal static float Apart([Elements(2)] ReadOnlySpan<float> o, [Elements(2)] ReadOnlySpan<float> t) =>
        (o[0] - o[1] - t[0]) * (o[0] - o[1] - t[0]) + t[1] * o[0];
}
