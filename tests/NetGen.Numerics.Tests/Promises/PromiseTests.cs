using NetGen.Testing;

namespace NetGen.Numerics.Tests.Promises;

/// <summary>What every generated network promises: no allocation, the same bits, honest errors, clean padding.</summary>
[Trait("Category", "Numeric")]
public sealed class PromiseTests
{
    private const int Batch = 101;

    public static TheoryData<string> Networks => [nameof(ImageNet), nameof(VectorNet)];

    [Theory]
    [MemberData(nameof(Networks))]
    public void Prediction_and_training_allocate_nothing(string network)
    {
        if (network == nameof(ImageNet))
            AllocatesNothing(new ImageNet());
        else
            AllocatesNothing(new VectorNet());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Eight_threads_on_one_model_predict_the_bits_of_one(string network)
    {
        if (network == nameof(ImageNet))
            PredictsAtOnce(new ImageNet());
        else
            PredictsAtOnce(new VectorNet());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_batch_predicted_by_any_number_of_threads_has_the_same_bits(string network)
    {
        if (network == nameof(ImageNet))
            PredictsBatchesAlike(new ImageNet());
        else
            PredictsBatchesAlike(new VectorNet());
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Training_twice_or_with_any_number_of_threads_gives_the_same_bits(string network)
    {
        if (network == nameof(ImageNet))
            TrainsAlike(() => new ImageNet(seed: 3));
        else
            TrainsAlike(() => new VectorNet(seed: 3));
    }

    [Fact]
    public void Generic_code_makes_networks()
    {
        Assert.Equal(new ImageNet(seed: -5).Parameters.Span.ToArray(), Make<ImageNet>(-5).Parameters.Span.ToArray());
        CountedNet counted = Make<CountedNet>(6);
        Assert.Equal(12, counted.Number);
        Assert.Equal(Make<SharedNet>(6).Parameters.Span.ToArray(), counted.Parameters.Span.ToArray());
        var refusal = Assert.Throws<NotSupportedException>(() => Make<NamedNet>(6));
        Assert.Equal("A NamedNet cannot be made from a seed alone: give it a constructor that takes 'int seed' or nothing.", refusal.Message);

        static TNetwork Make<TNetwork>(int seed) where TNetwork : class, INetwork<TNetwork> => TNetwork.Create(seed);
    }

    [Theory]
    [MemberData(nameof(Networks))]
    public void Padding_stays_zero_however_long_one_trains(string network)
    {
        if (network == nameof(ImageNet))
            KeepsPadding(new ImageNet());
        else
            KeepsPadding(new VectorNet());
    }

    [Fact]
    public void A_wrong_length_is_named_with_the_right_one()
    {
        var model = new ImageNet();
        using var trainer = new Trainer<ImageNet>(model, new Sgd(0.1f));
        var input = new float[ImageNet.InputLength];
        var output = new float[ImageNet.OutputLength];
        float[] before = model.Parameters.Span.ToArray();

        Names(587, 588, () => model.Predict(input.AsSpan(1), output));
        Names(9, 10, () => model.Predict(input, output.AsSpan(1)));
        Names(589, 588, () => model.Predict(new float[589], output));
        Names(587, 588, () => model.PredictBatch(input.AsSpan(1), output));
        Names(19, 20, () => model.PredictBatch(new float[2 * 588], new float[19]));
        Names(587, 588, () => model.Classify(input.AsSpan(1)));
        Names(587, 588, () => trainer.Step(input.AsSpan(1), [1]));
        Names(2, 1, () => trainer.Step(input, [1, 2]));
        Names(9, 10, () => trainer.Step(input, output.AsSpan(1)));
        Names(10, 9, () => trainer.Step(input, [10]));
        Names(5, 588, () => trainer.ComputeGradient(input, [1], new float[5]));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Fact]
    public void The_best_of_thousands_of_classes_is_found_without_allocating()
    {
        var model = new ManyClasses();
        float[] input = [1, -2, 3];
        var scores = new float[ManyClasses.OutputLength];
        model.Predict(input, scores);
        Assert.Equal(scores.AsSpan().IndexOf(scores.Max()), model.Classify(input));

        Allocation.None(() => model.Classify(input));
    }

    [Fact]
    public void A_constructor_written_by_hand_starts_from_drawn_parameters()
    {
        var model = new NamedNet("mine");
        Assert.Equal("mine", model.Name);
        Assert.Equal(new SharedNet(seed: 0).Parameters.Span.ToArray(), model.Parameters.Span.ToArray());

        model.Parameters.Initialize(7);
        Assert.Equal(SharedNet.Shared.Parameters.Span.ToArray(), model.Parameters.Span.ToArray());
    }

    private static void Names(int found, int expected, Action call)
    {
        string message = Assert.ThrowsAny<ArgumentException>(call).Message;
        Assert.Contains($"{found}", message);
        Assert.Contains($"{expected}", message);
    }

    private static void AllocatesNothing<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        (float[] inputs, float[] targets) = Data<TNetwork>();
        var outputs = new float[Batch * TNetwork.OutputLength];
        // Helper threads allocate on their own account: one thread does all here.
        using var trainer = new Trainer<TNetwork>(model, new Adam(1e-3f), new TrainerOptions { Threads = 1 });
        Allocation.None(() =>
        {
            model.Predict(inputs.AsSpan(0, TNetwork.InputLength), outputs.AsSpan(0, TNetwork.OutputLength));
            model.PredictBatch(inputs, outputs, threads: 1);
            model.PredictBatch(inputs, outputs);
            trainer.Step(inputs, targets);
            trainer.Step(inputs.AsSpan(0, 7 * TNetwork.InputLength), targets.AsSpan(0, 7 * TNetwork.OutputLength));
        });
    }

    private static void PredictsAtOnce<TNetwork>(TNetwork model) where TNetwork : class, INetwork<TNetwork>
    {
        (float[] inputs, _) = Data<TNetwork>();
        float[] expected = OneByOne();
        var found = new float[8][];
        using var start = new Barrier(8);
        Thread[] threads =
        [
            .. Enumerable.Range(0, 8).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                for (int round = 0; round < 5; round++)
                    found[number] = OneByOne();
            })),
        ];
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.All(found, outputs => Assert.Equal(expected, outputs));

        float[] OneByOne()
        {
            var outputs = new float[Batch * TNetwork.OutputLength];
            for (int s = 0; s < Batch; s++)
            {
                model.Predict(
                    inputs.AsSpan(s * TNetwork.InputLength, TNetwork.InputLength),
                    outputs.AsSpan(s * TNetwork.OutputLength, TNetwork.OutputLength));
            }

            return outputs;
        }
    }

    private static void PredictsBatchesAlike<TNetwork>(TNetwork model) where TNetwork : class, INetwork<TNetwork>
    {
        // Several blocks, the last one incomplete, and work enough that threads are used.
        int count = 1 + (int)(2_500_000 / TNetwork.Description.Operations) + 3 * TNetwork.InferenceBlock;
        float[] inputs = Random(count * TNetwork.InputLength, seed: 5);
        var expected = new float[count * TNetwork.OutputLength];
        model.PredictBatch(inputs, expected, threads: 1);
        for (int threads = 2; threads <= 4; threads++)
        {
            var outputs = new float[expected.Length];
            model.PredictBatch(inputs, outputs, threads);
            Assert.Equal(expected, outputs);
        }
    }

    private static void TrainsAlike<TNetwork>(Func<TNetwork> create) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        (float[] inputs, float[] targets) = Data<TNetwork>();
        float[] expected = Trained(threads: 1);
        Assert.Equal(expected, Trained(threads: 1));
        Assert.Equal(expected, Trained(threads: 2));
        Assert.Equal(expected, Trained(threads: 3));

        float[] Trained(int threads)
        {
            TNetwork model = create();
            using var trainer = new Trainer<TNetwork>(
                model, new Adam(1e-3f), new TrainerOptions { Threads = threads, Seed = 9, ClipNorm = 1 });
            var losses = new float[4];
            for (int step = 0; step < losses.Length; step++)
                losses[step] = trainer.Step(inputs, targets);
            return [.. losses, .. model.Parameters.Span];
        }
    }

    private static void KeepsPadding<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        bool[] isPadding = new bool[model.Parameters.Span.Length];
        float[] trained = model.Parameters.Span.ToArray();
        foreach (ParameterTensor tensor in model.Parameters)
            tensor.Fill(float.NaN);
        for (int i = 0; i < isPadding.Length; i++)
            isPadding[i] = !float.IsNaN(model.Parameters.Span[i]);
        model.Parameters.CopyFrom(trained);
        Assert.Contains(true, isPadding);

        (float[] inputs, float[] targets) = Data<TNetwork>();
        using var trainer = new Trainer<TNetwork>(model, new AdamW(1e-2f) { WeightDecay = 0.1f });
        for (int step = 0; step < 10; step++)
            trainer.Step(inputs, targets);

        float[] after = model.Parameters.Span.ToArray();
        float[] gradient = trainer.Gradient.Span.ToArray();
        Assert.NotEqual(trained, after);
        for (int i = 0; i < isPadding.Length; i++)
        {
            if (isPadding[i] && !(after[i] == 0 && gradient[i] == 0))
                Assert.Fail($"Padding at {i} holds {after[i]}, with gradient {gradient[i]}.");
        }
    }

    private static (float[] Inputs, float[] Targets) Data<TNetwork>() where TNetwork : class, INetwork<TNetwork>
    {
        float[] targets = Random(Batch * TNetwork.OutputLength, seed: 2);
        for (int i = 0; i < targets.Length; i++)
            targets[i] = Math.Abs(targets[i]) / TNetwork.OutputLength;
        return (Random(Batch * TNetwork.InputLength, seed: 1), targets);
    }

    private static float[] Random(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
