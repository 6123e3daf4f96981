namespace NetGen.Numerics.Tests.Training;

/// <summary>Functions with generated derivatives in networks and in minimisers.</summary>
[Trait("Category", "Numeric")]
public sealed class FunctionTests
{
    [Fact]
    public void A_network_of_own_functions_of_shipped_formulas_is_the_shipped_one_to_the_last_bit()
    {
        var shipped = new OfShippedLayers(seed: 5);
        var own = new OfOwnFunctions(seed: 5);
        Assert.Equal(shipped.Parameters.Span, own.Parameters.Span);
        using var first = new Trainer<OfShippedLayers>(shipped, new Adam(0.01f));
        using var second = new Trainer<OfOwnFunctions>(own, new Adam(0.01f));
        float[] inputs = [.. Enumerable.Range(0, 5 * 9).Select(i => MathF.Sin(i))], targets = [.. Enumerable.Range(0, 5 * 3).Select(i => MathF.Cos(3 * i))];
        for (int step = 0; step < 4; step++)
            Assert.Equal(first.Step(inputs[..(5 * 9)], targets), second.Step(inputs[..(5 * 9)], targets));
        Assert.Equal(shipped.Parameters.Span, own.Parameters.Span);
        float[] expected = new float[3], found = new float[3];
        shipped.Predict(inputs.AsSpan(0, 9), expected);
        own.Predict(inputs.AsSpan(0, 9), found);
        Assert.Equal(expected, found);
    }

    [Fact]
    public void A_summed_loss_is_the_mean_times_the_elements_and_a_trained_constant_has_the_gradient_of_differences()
    {
        var net = new OfTrainedConstants(seed: 3);
        using var trainer = new Trainer<OfTrainedConstants>(net, new Sgd(0.1f));
        float[] x = [0.5f, -1, 2, -0.25f], t = [1, 0, -1, 0.5f];
        double Loss(double low, double high) => Enumerable.Range(0, 4).Sum(i => Math.Pow(Bent(x[i], low, high) - t[i], 2));
        double loss = trainer.ComputeGradient(x, t);
        Assert.Equal(Loss(0.5, 2), loss, 1e-5);
        const double h = 1e-4;
        Assert.Equal((Loss(0.5 + h, 2) - Loss(0.5 - h, 2)) / (2 * h), trainer.Gradient["0.low"].ToArray()[0], 1e-3);
        Assert.Equal((Loss(0.5, 2 + h) - Loss(0.5, 2 - h)) / (2 * h), trainer.Gradient["0.high"].ToArray()[0], 1e-3);

        static double Bent(double x, double low, double high) => x > 0 ? high * x : low * Math.Tanh(x);
    }

    [Fact]
    public void Functions_without_a_value_at_zero_leave_what_stands_behind_the_ends_of_tensors_alone()
    {
        CheckSlopes(new OfEntropies(seed: 3), samples: 5);
        CheckSlopes(new OfEntropiesOfPixels(seed: 4), samples: 3);
    }

    /// <summary>Holds the gradient of every weight to differences, as far as those of floats go.</summary>
    private static void CheckSlopes<TNetwork>(TNetwork net, int samples) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        using var trainer = new Trainer<TNetwork>(net, new Sgd(0.1f));
        float[] inputs = [.. Enumerable.Range(0, samples * TNetwork.InputLength).Select(i => MathF.Sin(i + 1))];
        float[] targets = [.. Enumerable.Range(0, samples * TNetwork.OutputLength).Select(i => 1.5f + MathF.Cos(3 * i))];
        Assert.True(float.IsFinite(trainer.ComputeGradient(inputs, targets)));
        float[] slopes = trainer.Gradient.Span.ToArray();
        Assert.All(slopes, slope => Assert.True(float.IsFinite(slope)));
        double largest = slopes.Max(Math.Abs);
        float[] weights = net.Parameters.Span.ToArray();
        for (int i = 0; i < weights.Length; i++)
        {
            // Zeros are biases, and what stands behind the ends.
            const float h = 1f / 1024;
            if (weights[i] != 0)
                Assert.Equal((LossAt(i, h) - LossAt(i, -h)) / (2 * h), slopes[i], 0.01 * largest);
        }

        double LossAt(int i, float change)
        {
            net.Parameters.Update(values => values[i] = weights[i] + change);
            double loss = trainer.ComputeGradient(inputs, targets);
            net.Parameters.Update(values => values[i] = weights[i]);
            return loss;
        }
    }

    [Fact]
    public void Newton_doubles_the_right_digits_in_the_valley()
    {
        double[] point = [-1.2, 1];
        MinimizationResult result = new Newton().Minimize(Valleys.BananaWithHessian, point);
        Assert.True(result.Converged, $"{result.End}");
        Assert.InRange(result.Iterations, 5, 40);
        Assert.All(point, value => Assert.Equal(1, value, 1e-9));

        double[] slower = [-1.2, 1];
        Assert.True(new Lbfgs().Minimize(Valleys.BananaWithGradient, slower).Iterations > result.Iterations);
        Assert.All(slower, value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void Newton_leaves_a_saddle_for_a_minimum()
    {
        // Between two minima at x = ±1 the second derivative by x is negative.
        double[] point = [0.1, 0.7];
        MinimizationResult result = new Newton().Minimize(Valleys.DoubleWellWithHessian, point);
        Assert.True(result.Converged, $"{result.End}");
        Assert.Equal(1, Math.Abs(point[0]), 1e-8);
        Assert.Equal(0, point[1], 1e-8);
        Assert.Equal(-1, result.Value, 1e-12);
    }

    [Fact]
    public void Newton_needs_a_start_where_the_function_is_finite()
    {
        double[] point = [double.NaN, 0];
        Assert.Throws<ArgumentException>(() => new Newton().Minimize(Valleys.BananaWithHessian, point));
        Assert.Throws<ArgumentNullException>(() => new Newton().Minimize(null!, [1]));
    }

    [Fact]
    public void Levenberg_and_Marquardt_fit_a_decay_by_generated_rows()
    {
        double[] times = [0, 1, 2, 3, 4, 5], heights = [.. times.Select(time => 3 * Math.Exp(-0.7 * time))], point = [1, 0.1];
        MinimizationResult result = new LevenbergMarquardt().Minimize(
            (at, residuals, jacobian) =>
            {
                Span<double> row = stackalloc double[2];
                for (int i = 0; i < residuals.Length; i++)
                    residuals[i] = Valleys.DecayWithGradient(at, jacobian.IsEmpty ? row : jacobian.Slice(2 * i, 2), times[i], heights[i]);
            },
            times.Length, point);
        Assert.True(result.Converged, $"{result.End}");
        Assert.Equal(3, point[0], 1e-8);
        Assert.Equal(0.7, point[1], 1e-8);
    }
}

internal static partial class Valleys
{
    [Differentiable(Hessian = true)]
    public static double Banana(double x, double y) => (1 - x) * (1 - x) + 100 * (y - x * x) * (y - x * x);

    [Differentiable(Hessian = true)]
    public static double DoubleWell(double x, double y) => x * x * x * x - 2 * x * x + y * y;

    [Differentiable]
    public static double Decay(double height, double rate, [NotDifferentiated] double time, [NotDifferentiated] double measured) =>
        height * Math.Exp(-rate * time) - measured;
}

[Network, Input(9), Dense(11), Silu, Dense(7), LeakyRelu(0.2), Dense(5), PRelu(PerChannel = true), Dense(3), Huber(0.5)]
internal sealed partial class OfShippedLayers;

[Network, Input(9), Dense(11), Activation(nameof(Swish)), Dense(7), Activation(nameof(Leaky), 0.2), Dense(5)]
[Activation(nameof(Leaky), 0.25, Trainable = true, PerChannel = true), Dense(3), Loss(nameof(Robust), 0.5)]
internal sealed partial class OfOwnFunctions
{
    [Differentiable]
    private static float Swish(float x) => x * VectorMath.Sigmoid(x);

    [Differentiable]
    private static float Leaky(float x, float slope) => x > 0 ? x : slope * x;

    [Differentiable]
    private static float Robust(float output, float target, float delta)
    {
        float error = output - target, held = Math.Clamp(error, -delta, delta);
        return held * (error - 0.5f * held);
    }
}

[Network, Input(5), Dense(3), Activation(nameof(Entropy)), Dense(6), Activation(nameof(Wave), 2.5), Dense(3), Loss(nameof(Relative))]
internal sealed partial class OfEntropies
{
    [Differentiable]
    internal static float Entropy(float x) => x * MathF.Log(MathF.Abs(x));

    [Differentiable]
    private static float Wave(float x, float power) =>
        MathF.Sin(x) + MathF.Cbrt(2 + x * x) + MathF.Atan2(x, 2) + 0.1f * MathF.Pow(MathF.Abs(x), power) - MathF.Cosh(0.1f * x) / MathF.Cos(0.1f * x);

    [Differentiable]
    private static float Relative(float output, float target) => (output - target) * (output - target) / (target * target);
}

[Network, Input(2, 5, 5), Conv2D(3, 3), Activation(nameof(OfEntropies.Entropy), In = typeof(OfEntropies)), Dense(1), MeanSquaredError]
internal sealed partial class OfEntropiesOfPixels;

[Network, Input(4), Activation(nameof(Bent), 0.5, 2, Trainable = true), Loss(nameof(Squared), Sum = true)]
internal sealed partial class OfTrainedConstants
{
    [Differentiable]
    private static float Bent(float x, float low, float high) => x > 0 ? high * x : low * MathF.Tanh(x);

    [Differentiable]
    private static float Squared(float output, float target) => (output - target) * (output - target);
}
