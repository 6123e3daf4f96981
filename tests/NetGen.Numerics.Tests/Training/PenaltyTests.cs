using NetGen.Data;

namespace NetGen.Numerics.Tests.Training;

[Network, Input(3), Dense(40, L1 = 0.01, L2 = 0.02), Tanh, Dense(2, L2 = 0.5), MeanSquaredError]
public partial class Penalised;

/// <summary>The same layers without penalties.</summary>
[Network, Input(3), Dense(40), Tanh, Dense(2), MeanSquaredError]
public partial class Unpenalised;

[Network, Input(2, 5, 5), Conv2D(30, 3, L2 = 0.1), BatchNorm, Relu, Dense(300, L1 = 0.003), Relu, Dense(3), SoftmaxCrossEntropy]
public partial class PenalisedImages;

/// <summary>Penalties on the size of weights are part of the loss, of its gradient, and of every optimizer's steps.</summary>
[Trait("Category", "Numeric")]
public sealed class PenaltyTests
{
    private static readonly float[] s_inputs = [0.5f, -1, 2, 1, 0, -0.5f, -2, 0.25f, 1];
    private static readonly float[] s_targets = [1, 0, 0.5f, -1, 2, 0.25f];

    [Fact]
    public void The_loss_has_them_and_so_has_its_gradient()
    {
        var network = new Penalised(seed: 3);
        // At 0 the absolute value has no slope to either side.
        network.Parameters["0.weight"][1, 1] = 0;
        using var with = new Trainer<Penalised>(network, new Sgd(0));
        var other = new Unpenalised(seed: 3);
        other.Parameters["0.weight"][1, 1] = 0;
        using var without = new Trainer<Unpenalised>(other, new Sgd(0));
        double expected = without.ComputeGradient(s_inputs, s_targets) + Penalty(network.Parameters);

        Assert.Equal(expected, with.ComputeGradient(s_inputs, s_targets), 1e-5);
        foreach (ParameterTensor tensor in with.Gradient)
        {
            float[] found = tensor.ToArray();
            float[] data = without.Gradient[tensor.Name].ToArray();
            float[] weights = network.Parameters[tensor.Name].ToArray();
            (double l1, double l2) = Of(tensor.Name);
            for (int i = 0; i < found.Length; i++)
                Assert.Equal(data[i] + (l1 * Math.Sign(weights[i])) + (2 * l2 * weights[i]), found[i], 1e-5);
        }

        Assert.All(with.Gradient.Span.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void The_gradient_is_that_of_differences_in_double_precision()
    {
        var network = new Penalised(seed: 3);
        using var trainer = new Trainer<Penalised>(network, new Sgd(0));
        trainer.ComputeGradient(s_inputs, s_targets);
        string[] names = ["0.weight", "0.bias", "2.weight", "2.bias"];
        double[] point = [.. names.SelectMany(name => network.Parameters[name].ToArray()).Select(value => (double)value)];
        double[] found = [.. names.SelectMany(name => trainer.Gradient[name].ToArray()).Select(value => (double)value)];

        double[] expected = NumericGradient.Of(Loss, point);

        Assert.True(NumericGradient.LargestError(found, expected) < 1e-4);
        Assert.Equal(Loss(point), trainer.ComputeGradient(s_inputs, s_targets), 1e-5);

        static double Loss(ReadOnlySpan<double> p)
        {
            double loss = 0;
            for (int sample = 0; sample < 3; sample++)
            {
                for (int output = 0; output < 2; output++)
                {
                    double sum = p[240 + output];
                    for (int hidden = 0; hidden < 40; hidden++)
                    {
                        double inner = p[120 + hidden];
                        for (int input = 0; input < 3; input++)
                            inner += p[3 * hidden + input] * s_inputs[3 * sample + input];
                        sum += p[160 + 40 * output + hidden] * Math.Tanh(inner);
                    }

                    loss += Math.Pow(sum - s_targets[2 * sample + output], 2) / 6;
                }
            }

            for (int i = 0; i < 120; i++)
                loss += (0.01 * Math.Abs(p[i])) + (0.02 * p[i] * p[i]);
            for (int i = 160; i < 240; i++)
                loss += 0.5 * p[i] * p[i];
            return loss;
        }
    }

    [Fact]
    public void Whatever_is_reported_as_loss_has_them_and_pieces_of_a_batch_have_them_once()
    {
        var data = new MemoryDataset(s_inputs, [3], s_targets, 2);
        var network = new Penalised(seed: 3);
        double penalty = Penalty(network.Parameters);
        using var trainer = new Trainer<Penalised>(network, new Sgd(0));
        using var plain = new Trainer<Unpenalised>(new Unpenalised(seed: 3), new Sgd(0));
        double expected = plain.Evaluate(data).Loss + penalty;

        EvaluationResult result = trainer.Evaluate(data);
        Assert.Equal(expected, result.Loss, 1e-6);
        Assert.Equal(plain.Evaluate(data).Loss, result.Outputs[0].Loss, 1e-6);
        EpochRecord record = trainer.Fit(data, new FitOptions { BatchSize = 2, Validation = data, Progress = null }).Epochs[0];
        Assert.Equal(expected, record.Loss, 1e-5);
        Assert.Equal(expected, record.ValidationLoss, 1e-6);

        float whole = trainer.ComputeGradient(s_inputs, s_targets);
        float[] gradient = trainer.Gradient.Span.ToArray();
        using var pieces = new Trainer<Penalised>(new Penalised(seed: 3), new Sgd(0), new TrainerOptions { MicroBatch = 1 });
        Assert.Equal(whole, pieces.ComputeGradient(s_inputs, s_targets), 1e-5f);
        Assert.All(gradient.Zip(pieces.Gradient.Span.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Every_number_of_threads_and_every_optimizer_takes_the_same_steps()
    {
        var random = new RandomStream(1);
        var inputs = new float[64 * 50];
        foreach (ref float value in inputs.AsSpan())
            value = random.NextSingle();
        int[] classes = [.. Enumerable.Range(0, 64).Select(i => i % 3)];
        foreach (Func<Optimizer> make in (Func<Optimizer>[])[() => new Sgd(0.05f) { Momentum = 0.9f }, () => new Adam(), () => new Lion(1e-3f), () => new RmsProp(1e-3f)])
        {
            float[]? expected = null;
            foreach (int threads in (int[])[1, 2, 3])
            {
                var network = new PenalisedImages(seed: 2);
                using var trainer = new Trainer<PenalisedImages>(network, make(), new TrainerOptions { Threads = threads, ClipNorm = 5, MicroBatch = 24 });
                float first = trainer.Step(inputs, classes);
                for (int step = 0; step < 30; step++)
                    trainer.Step(inputs, classes);
                Assert.True(trainer.Step(inputs, classes) < first);
                float[] found = network.Parameters.Span.ToArray();
                Assert.Equal(expected ??= found, found);
            }
        }
    }

    [Fact]
    public void Full_batch_methods_find_the_minimum_of_the_whole_or_say_why_not()
    {
        var data = new MemoryDataset(s_inputs, [3], s_targets, 2);
        var network = new Penalised(seed: 3);
        using var trainer = new Trainer<Penalised>(network, new Sgd(0));
        double before = trainer.Evaluate(data).Loss;
        MinimizationResult result = trainer.Minimize(data, new Lbfgs());
        Assert.Equal(trainer.Evaluate(data).Loss, result.Value, 1e-5);
        Assert.True(result.Value < before);
        Assert.Contains("has penalties on weights (L1, L2). Use Lbfgs", Assert.Throws<ArgumentException>(
            () => trainer.Minimize(data, new LevenbergMarquardt())).Message);
    }

    private static double Penalty(ParameterBlock parameters) => parameters.Sum(tensor =>
    {
        (double l1, double l2) = Of(tensor.Name);
        return tensor.ToArray().Sum(weight => (l1 * Math.Abs((double)weight)) + (l2 * weight * weight));
    });

    private static (double L1, double L2) Of(string name) => name switch
    {
        "0.weight" => (0.01, 0.02),
        "2.weight" => (0, 0.5),
        _ => (0, 0),
    };
}
