namespace NetGen.Tests.Optimizers;

/// <summary>Every optimizer against the parameters PyTorch had after each step.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Sgd_is_that_of_PyTorch() => AssertFollows("optimizer-sgd", new Sgd(0.1f));

    [Fact]
    public void Sgd_with_momentum_is_that_of_PyTorch() =>
        AssertFollows("optimizer-sgd-momentum", new Sgd(0.1f) { Momentum = 0.9f });

    [Fact]
    public void Sgd_with_Nesterov_momentum_is_that_of_PyTorch() =>
        AssertFollows("optimizer-sgd-nesterov", new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true });

    [Fact]
    public void Sgd_with_dampening_and_decay_is_that_of_PyTorch() =>
        AssertFollows("optimizer-sgd-dampening-wd", new Sgd(0.1f) { Momentum = 0.9f, Dampening = 0.1f, WeightDecay = 0.01f });

    [Fact]
    public void Adam_is_that_of_PyTorch() => AssertFollows("optimizer-adam", new Adam(0.01f));

    [Fact]
    public void Adam_with_an_L2_penalty_is_that_of_PyTorch() =>
        AssertFollows("optimizer-adam-l2", new Adam(0.01f) { WeightDecay = 0.1f });

    [Fact]
    public void AdamW_is_that_of_PyTorch() => AssertFollows("optimizer-adamw", new AdamW(0.01f) { WeightDecay = 0.1f });

    private static void AssertFollows(string name, Optimizer optimizer)
    {
        var reference = new ReferenceCase(name);
        float[] weights = [.. reference["initial"]];
        float[] gradients = reference["grads"], trajectory = reference["trajectory"];
        int length = weights.Length, steps = trajectory.Length / length;
        Assert.True(steps > 5, $"{name} has only {steps} steps.");

        optimizer.Prepare(length);
        for (int step = 0; step < steps; step++)
        {
            optimizer.BeginStep();
            optimizer.Update(weights, gradients.AsSpan(step * length, length));

            var expected = trajectory.AsSpan(step * length, length);
            float largest = 0;
            foreach (float value in expected)
                largest = Math.Max(largest, Math.Abs(value));
            for (int i = 0; i < length; i++)
            {
                Assert.True(
                    Math.Abs(weights[i] - expected[i]) <= 1e-6f * largest,
                    $"{name}, step {step + 1}, parameter {i}: expected {expected[i]:R}, found {weights[i]:R}");
            }
        }
    }
}
