using NetGen.Data;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Full-batch and evolutionary methods on generated networks.</summary>
public sealed class FullBatchTests
{
    private static readonly Dataset s_xor = new MemoryDataset([0, 0, 0, 1, 1, 0, 1, 1], [2], [0f, 1f, 1f, 0f], 1);

    [Fact]
    public void L_BFGS_and_conjugate_gradients_learn_exclusive_or()
    {
        AssertLearns(new Lbfgs());
        AssertLearns(new ConjugateGradient { Iterations = 500 });

        static void AssertLearns(Minimizer method)
        {
            using var trainer = new Trainer<XorNet>(new XorNet(3), new Sgd(0));
            double before = trainer.Evaluate(s_xor, Metric.MeanSquaredError).Metrics[0].Value;
            MinimizationResult result = trainer.Minimize(s_xor, method);
            Assert.Equal(before, result.Values[0], 1e-6);
            AssertSolved(trainer, result.Value);
        }
    }

    [Fact]
    public void Levenberg_and_Marquardt_learn_exclusive_or()
    {
        using var trainer = new Trainer<XorNet>(new XorNet(3), new Sgd(0));
        MinimizationResult result = trainer.Minimize(s_xor, new LevenbergMarquardt());
        AssertSolved(trainer, result.Value);
    }

    [Fact]
    public void Evolution_learns_exclusive_or()
    {
        using var trainer = new Trainer<XorNet>(new XorNet(3), new Sgd(0));
        EvolutionResult result = trainer.Minimize(s_xor, new CmaEvolutionStrategy { Population = 40, Generations = 500, Target = 1e-3, Deviation = 2 });
        AssertSolved(trainer, result.Value);

        using var other = new Trainer<XorNet>(new XorNet(3), new Sgd(0));
        EvolutionResult bred = other.Minimize(s_xor, new GeneticAlgorithm { Generations = 300, Target = 0.01, Deviation = 2 });
        AssertSolved(other, bred.Value);
    }

    [Fact]
    public void A_line_through_points_is_the_solution_of_the_normal_equations_whatever_the_method()
    {
        // Weights count: the last point, which is off the line, weighs nothing. The rest lies on (2a − b + 0.5, a + 3b − 1).
        float[] inputs = [0, 0, 1, 0, 0, 1, 1, 1, 2, 1, 5, 5];
        float[] targets = [0.5f, -1, 2.5f, 0, -0.5f, 2, 1.5f, 3, 3.5f, 4, 100, 100];
        Dataset data = new MemoryDataset(inputs, [2], targets, 2).Weight([1, 1, 2, 1, 0.5f, 0]);
        Check(trainer => trainer.Minimize(data, new Lbfgs()));
        Check(trainer => trainer.Minimize(data, new ConjugateGradient()));
        Check(trainer => trainer.Minimize(data, new LevenbergMarquardt()));

        static void Check(Func<Trainer<LineNet>, MinimizationResult> minimize)
        {
            var model = new LineNet(1);
            using var trainer = new Trainer<LineNet>(model, new Sgd(0));
            MinimizationResult result = minimize(trainer);
            Assert.True(result.Value < 1e-8, $"{result.End} at {result.Value}");
            Assert.Equal(result.Value, result.Values[^1]);
            Agree.Within(1e-3, [2, -1, 1, 3], model.Parameters["0.weight"].ToArray(), "weight");
            Agree.Within(1e-3, [0.5f, -1], model.Parameters["0.bias"].ToArray(), "bias");
        }
    }

    [Fact]
    public void Levenberg_and_Marquardt_refuse_another_loss_and_leave_the_parameters()
    {
        var model = new RobustNet(1);
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<RobustNet>(model, new Sgd(0));
        var thrown = Assert.Throws<ArgumentException>(() => trainer.Minimize(s_xor, new LevenbergMarquardt()));
        Assert.Contains("RobustNet does not train with the mean squared error", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    private static void AssertSolved(Trainer<XorNet> trainer, double value)
    {
        Assert.True(value < 0.02, $"the mean squared error is {value}");
        Assert.Equal(value, trainer.Evaluate(s_xor, Metric.MeanSquaredError).Metrics[0].Value, 1e-5);
        Assert.Equal(1, trainer.Evaluate(s_xor, new Metric("right", true, predictions =>
            predictions.Outputs.ToArray().Zip(predictions.Targets.ToArray(), (y, t) => Math.Abs(y - t) < 0.5).Count(right => right) / 4.0)).Metrics[0].Value);
    }
}

[Network, Input(2), Dense(3), Tanh, Dense(1), MeanSquaredError]
public partial class XorNet;

[Network, Input(2), Dense(2), MeanSquaredError]
public partial class LineNet;

[Network, Input(2), Dense(1), Huber(0.1f)]
public partial class RobustNet;
