using NetGen.Testing;

namespace NetGen.Tests.Optimizers;

/// <summary>What holds for every optimizer, whatever its rule.</summary>
[Trait("Category", "Numeric")]
public sealed class OptimizerTests
{
    public static TheoryData<string> Kinds => [.. Factories.Keys];

    private static readonly Dictionary<string, Func<Optimizer>> Factories = new()
    {
        ["Sgd"] = () => new Sgd(0.05f),
        ["Sgd with momentum"] = () => new Sgd(0.05f) { Momentum = 0.9f, Dampening = 0.9f, WeightDecay = 0.01f },
        ["Sgd with Nesterov"] = () => new Sgd(0.02f) { Momentum = 0.9f, Nesterov = true, AbsoluteDecay = 0.001f },
        ["Adam"] = () => new Adam(0.05f) { WeightDecay = 0.01f, AbsoluteDecay = 0.01f },
        ["AdaGrad"] = () => new AdaGrad(0.2f) { RateDecay = 0.001, InitialSum = 0.1f },
        ["AdaDelta"] = () => new AdaDelta { WeightDecay = 0.01f },
        ["RmsProp"] = () => new RmsProp(0.01f) { WeightDecay = 0.01f },
        ["RmsProp with momentum"] = () => new RmsProp(0.01f) { Momentum = 0.5f },
        ["RmsProp, centred"] = () => new RmsProp(0.002f) { Centered = true, Smoothing = 0.9 },
        ["AmsGrad"] = () => new AmsGrad(0.05f),
        ["Nadam"] = () => new Nadam(0.05f),
        ["RAdam"] = () => new RAdam(0.05f) { WeightDecay = 0.1f },
        ["AdaMax"] = () => new AdaMax(0.05f),
        ["Lion"] = () => new Lion(0.01f) { WeightDecay = 0.1f },
        ["AdamW"] = () => new AdamW(0.05f) { WeightDecay = 0.1f },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void However_a_step_is_split_the_bits_are_the_same(string kind)
    {
        // 5 floats more than whole vectors: the tail is compared with the vector lanes of other splits.
        const int Length = 16 * 9 + 5;
        var whole = Run(kind, Length, (optimizer, weights, gradient) => optimizer.Update(weights, gradient));
        var halves = Run(kind, Length, (optimizer, weights, gradient) =>
        {
            optimizer.Update(weights, gradient, 64, Length);
            optimizer.Update(weights, gradient, 0, 64);
        });
        var shifted = Run(kind, Length, (optimizer, weights, gradient) =>
        {
            optimizer.Update(weights, gradient, 0, 7);
            optimizer.Update(weights, gradient, 7, 7);
            optimizer.Update(weights, gradient, 7, 100);
            optimizer.Update(weights, gradient, 100, Length);
        });
        var single = Run(kind, Length, (optimizer, weights, gradient) =>
        {
            for (int i = 0; i < Length; i++)
                optimizer.Update(weights, gradient, i, i + 1);
        });

        AssertSameBits(whole, halves);
        AssertSameBits(whole, shifted);
        AssertSameBits(whole, single);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_restored_state_goes_on_with_the_same_bits(string kind)
    {
        const int Length = 50;
        var original = Factories[kind]();
        original.Prepare(Length);
        var weights = TestData.Floats(Length, 1);
        for (int step = 0; step < 5; step++)
            Step(original, weights, step);

        var state = original.ExportState();
        var resumed = Factories[kind]();
        resumed.Prepare(Length);
        resumed.ImportState(state);
        float[] resumedWeights = [.. weights];
        for (int step = 5; step < 12; step++)
        {
            Step(original, weights, step);
            Step(resumed, resumedWeights, step);
        }

        AssertSameBits(weights, resumedWeights);
        Assert.Equal(original.StepCount, resumed.StepCount);

        static void Step(Optimizer optimizer, float[] weights, int step)
        {
            optimizer.BeginStep();
            optimizer.Update(weights, TestData.Floats(Length, 100 + step));
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Padding_that_is_zero_stays_zero(string kind)
    {
        var optimizer = Factories[kind]();
        optimizer.Prepare(32);
        var weights = new float[32];
        for (int step = 0; step < 10; step++)
        {
            optimizer.BeginStep();
            optimizer.Update(weights, new float[32]);
        }

        Assert.All(weights, weight => Assert.Equal(0, weight));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_step_allocates_nothing(string kind)
    {
        var optimizer = Factories[kind]();
        optimizer.Prepare(100, [new(0, 40), new(40, 60, DecayMultiplier: 0)]);
        float[] weights = TestData.Floats(100, 1), gradient = TestData.Floats(100, 2);
        Allocation.None(() =>
        {
            optimizer.BeginStep();
            optimizer.Update(weights, gradient);
        });
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_convex_quadratic_is_minimised(string kind)
    {
        // ½·Σ cᵢ·(wᵢ - 1)² with curvatures from 0.5 to 2, without decay.
        const int Length = 20;
        var optimizer = Factories[kind]();
        optimizer.WeightDecay = 0;
        optimizer.AbsoluteDecay = 0;
        optimizer.Prepare(Length);
        var weights = TestData.Floats(Length, 3);
        var gradient = new float[Length];
        float rate = optimizer.LearningRate;
        double start = Distance();
        for (int step = 0; step < 2000; step++)
        {
            for (int i = 0; i < Length; i++)
                gradient[i] = (0.5f + 1.5f * i / (Length - 1)) * (weights[i] - 1);
            optimizer.LearningRate = rate * (1 - step / 2000f);
            optimizer.BeginStep();
            optimizer.Update(weights, gradient);
        }

        Assert.True(Distance() < 0.02 * start, $"{kind}: distance {Distance():G3} of {start:G3} at the start");

        double Distance() => Math.Sqrt(weights.Sum(weight => Math.Pow(weight - 1, 2)));
    }

    [Fact]
    public void Nadam_continues_with_the_same_bits_after_its_momentum_product_has_vanished()
    {
        float[] weights = [1], resumedWeights = [0];
        var original = new Nadam(0.001f);
        original.Prepare(1);
        for (int step = 0; step < 12_000; step++)
            Step(original, weights);

        var resumed = new Nadam(0.001f);
        resumed.Prepare(1);
        resumed.ImportState(original.ExportState());
        resumedWeights[0] = weights[0];
        Step(original, weights);
        Step(resumed, resumedWeights);
        AssertSameBits(weights, resumedWeights);

        static void Step(Optimizer optimizer, float[] weights)
        {
            optimizer.BeginStep();
            optimizer.Update(weights, [weights[0] + 0.1f]);
        }
    }

    [Fact]
    public void A_range_without_decay_only_loses_the_decay_and_a_frozen_one_stays()
    {
        float[] weights = [.. Enumerable.Repeat(1f, 48)];
        var optimizer = new Sgd(0.5f) { WeightDecay = 0.1f };
        optimizer.Prepare(48, [new(0, 16), new(16, 16, DecayMultiplier: 0), new(32, 16, LearningRateMultiplier: 0)]);
        optimizer.BeginStep();
        optimizer.Update(weights, Enumerable.Repeat(1f, 48).ToArray());

        Assert.All(weights[..16], weight => Assert.Equal(1 - 0.5f * 1.1f, weight, 6));
        Assert.All(weights[16..32], weight => Assert.Equal(0.5f, weight));
        Assert.All(weights[32..], weight => Assert.Equal(1f, weight));
    }

    [Fact]
    public void An_absolute_penalty_pulls_towards_zero_from_both_sides_and_leaves_zero_alone()
    {
        float[] weights = [2, -2, 0];
        var optimizer = new Sgd(1) { AbsoluteDecay = 0.25f };
        optimizer.Prepare(3);
        optimizer.BeginStep();
        optimizer.Update(weights, new float[3]);
        Assert.Equal([1.75f, -1.75f, 0], weights);
    }

    [Fact]
    public void The_scale_of_a_step_rescales_the_gradient_alone()
    {
        float[] weights = [1, 1];
        var optimizer = new Sgd(1) { WeightDecay = 0.5f };
        optimizer.Prepare(2);
        optimizer.BeginStep(gradientScale: 0.25f);
        optimizer.Update(weights, new float[] { 1, -1 });
        Assert.Equal([0.25f, 0.75f], weights);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused_and_nothing_changes()
    {
        float[] weights = [1, 2, 3];
        var optimizer = new Sgd(1);
        optimizer.Prepare(3);
        Assert.Throws<InvalidOperationException>(() => optimizer.Update(weights, new float[3]));
        optimizer.BeginStep();
        var wrong = Assert.Throws<ArgumentException>(() => optimizer.Update(weights, new float[2]));
        Assert.Contains("3 parameters and 2", wrong.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => optimizer.Update(weights, new float[3], 2, 4));
        Assert.Throws<ArgumentException>(() => optimizer.Prepare(8, [new(0, 4), new(3, 2)]));
        Assert.Throws<ArgumentException>(() => optimizer.Prepare(8, [new(4, 5)]));
        Assert.Equal([1f, 2f, 3f], weights);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal("learningRate", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(-1)).ParamName);
        Assert.Equal("Momentum", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd(1) { Momentum = 1 }).ParamName);
        Assert.Equal("Beta1", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 }).ParamName);
        Assert.Equal("Epsilon", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Epsilon = 0 }).ParamName);
        Assert.Equal("WeightDecay", Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { WeightDecay = float.NaN }).ParamName);
        Assert.Throws<InvalidOperationException>(() => new Sgd(1) { Nesterov = true }.BeginStep());
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_and_nothing_changes()
    {
        var adam = new Adam();
        adam.Prepare(4);
        var state = adam.ExportState();

        var sgd = new Sgd(1) { Momentum = 0.9f };
        sgd.Prepare(4);
        Assert.Throws<ArgumentException>(() => sgd.ImportState(state));
        var plain = new Sgd(1);
        plain.Prepare(4);
        Assert.StartsWith(
            "This Sgd remembers 'momentum' between steps, the one whose state it is nothing: give it the settings that the other had.",
            Assert.Throws<ArgumentException>(() => sgd.ImportState(plain.ExportState())).Message);

        var longer = new Adam();
        longer.Prepare(5);
        var refused = Assert.Throws<ArgumentException>(() => longer.ImportState(state with { StepCount = 7 }));
        Assert.Contains("'mean' has 4 values", refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, longer.StepCount);
    }

    private static float[] Run(string kind, int length, Action<Optimizer, float[], float[]> update)
    {
        var optimizer = Factories[kind]();
        optimizer.Prepare(length);
        var weights = TestData.Floats(length, 1);
        for (int step = 0; step < 4; step++)
        {
            optimizer.BeginStep(gradientScale: 0.7f);
            update(optimizer, weights, TestData.Floats(length, 10 + step));
        }

        return weights;
    }

    private static void AssertSameBits(float[] expected, float[] actual)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(
                BitConverter.SingleToInt32Bits(expected[i]) == BitConverter.SingleToInt32Bits(actual[i]),
                $"parameter {i}: {expected[i]:R} and {actual[i]:R}");
        }
    }
}
