namespace NetGen.Tests.Optimizers;

/// <summary>Every optimizer against the parameters PyTorch had after each step.</summary>
[Trait("Category", "Numeric")]
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

    [Fact]
    public void AdaGrad_is_that_of_PyTorch() => AssertFollows("optimizer-adagrad", new AdaGrad(0.1f));

    [Fact]
    public void AdaDelta_is_that_of_PyTorch() => AssertFollows("optimizer-adadelta", new AdaDelta(1));

    [Fact]
    public void RmsProp_is_that_of_PyTorch() => AssertFollows("optimizer-rmsprop", new RmsProp(0.01f));

    [Fact]
    public void RmsProp_centred_with_momentum_is_that_of_PyTorch() =>
        AssertFollows("optimizer-rmsprop-centered-momentum", new RmsProp(0.01f) { Centered = true, Momentum = 0.9f });

    [Fact]
    public void AmsGrad_is_that_of_PyTorch() => AssertFollows("optimizer-amsgrad", new AmsGrad(0.01f));

    [Fact]
    public void Nadam_with_the_legacy_product_is_that_of_PyTorch_1() =>
        AssertFollows("optimizer-nadam", new Nadam(0.01f) { LegacyProduct = true });

    [Fact]
    public void Nadam_is_its_paper_s_formula_in_double_precision()
    {
        var optimizer = new Nadam(0.01f);
        float[] weights = [1];
        double expected = 1, mean = 0, square = 0, product = 1;
        optimizer.Prepare(1);
        for (int step = 1; step <= 20; step++)
        {
            float gradient = 1 + MathF.Sin(step);
            optimizer.BeginStep();
            optimizer.Update(weights, [gradient]);

            double momentum = 0.9 * (1 - 0.5 * Math.Pow(0.96, 0.004 * step));
            double next = 0.9 * (1 - 0.5 * Math.Pow(0.96, 0.004 * (step + 1)));
            product *= momentum;
            mean = 0.9 * mean + 0.1 * gradient;
            square = 0.999 * square + 0.001 * gradient * gradient;
            double lookAhead = (1 - momentum) / (1 - product) * gradient + next / (1 - product * next) * mean;
            expected -= 0.01 * lookAhead / (Math.Sqrt(square / (1 - Math.Pow(0.999, step))) + 1e-8);
            Assert.Equal(expected, weights[0], 1e-6);
        }
    }

    [Fact]
    public void RAdam_is_that_of_PyTorch() => AssertFollows("optimizer-radam", new RAdam(0.01f));

    [Fact]
    public void AdaMax_is_that_of_PyTorch() => AssertFollows("optimizer-adamax", new AdaMax(0.01f));

    [Fact]
    public void RmsProp_with_momentum_but_not_centred_is_plain_steps_summed_with_decay()
    {
        // No reference case has this form: the plain form's step of each gradient, carried over by hand.
        float[] weights = [1], plainWeights = [1];
        var optimizer = new RmsProp(0.1f) { Momentum = 0.5f };
        var plain = new RmsProp(0.1f);
        optimizer.Prepare(1);
        plain.Prepare(1);
        double expected = 1, velocity = 0;
        foreach (float gradient in (float[])[1, -2, 3, 0.5f])
        {
            float before = plainWeights[0];
            plain.BeginStep();
            plain.Update(plainWeights, [gradient]);
            velocity = 0.5 * velocity + (plainWeights[0] - before);
            expected += velocity;

            optimizer.BeginStep();
            optimizer.Update(weights, [gradient]);
            Assert.Equal(expected, weights[0], 1e-6 * Math.Abs(expected) + 1e-6);
        }
    }

    [Fact]
    public void Lion_is_its_paper_s_algorithm_in_double_precision()
    {
        const int Length = 37;
        var weights = TestData.Floats(Length, 1);
        double[] expected = [.. weights.Select(weight => (double)weight)], mean = new double[Length];
        var optimizer = new Lion(0.01f) { WeightDecay = 0.3f };
        optimizer.Prepare(Length);
        for (int step = 0; step < 10; step++)
        {
            var gradient = TestData.Floats(Length, 50 + step);
            optimizer.BeginStep();
            optimizer.Update(weights, gradient);
            for (int i = 0; i < Length; i++)
            {
                expected[i] *= 1 - 0.01 * 0.3;
                expected[i] -= 0.01 * Math.Sign(0.9 * mean[i] + (1 - 0.9) * gradient[i]);
                mean[i] = 0.99 * mean[i] + (1 - 0.99) * gradient[i];
                Assert.Equal(expected[i], weights[i], 2e-6);
            }
        }
    }

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
