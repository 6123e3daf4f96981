using NetGen.Testing;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Steps whose loss, or its gradient with respect to the outputs, is the caller's.</summary>
[Trait("Category", "Numeric")]
public sealed class OutputGradientTests
{
    private const int Count = 21;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_gradient_of_a_networks_own_loss_makes_its_own_step_bit_for_bit(int threads)
    {
        MakesItsOwnStep(() => new JudgedNet(1), network => network.Out, threads);
        MakesItsOwnStep(() => new JudgedImageNet(1), network => network.Out, threads);
    }

    private static void MakesItsOwnStep<TNetwork>(Func<TNetwork> create, Func<TNetwork, Layer> last, int threads)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        float[] inputs = Numbers(Count * TNetwork.InputLength, 3), targets = Numbers(Count * TNetwork.OutputLength, 4);
        using var judged = new Trainer<TNetwork>(create(), new Adam(0.01f), new TrainerOptions { ClipNorm = 1 });
        using var given = New(threads);
        using var asked = New(threads);
        for (int step = 0; step < 4; step++)
        {
            judged.ComputeGradient(inputs, targets);
            float[] outputGradients = judged.GradientAt(last(judged.Model)).ToArray(), outputs = judged.ActivationAt(last(judged.Model)).ToArray();
            float loss = judged.Step(inputs, targets);

            given.StepFromOutputGradient(inputs, outputGradients);
            float returned = asked.Step(inputs, batch =>
            {
                Assert.Equal(outputs, batch.Outputs.ToArray());
                Assert.All(batch.Gradients.ToArray(), slope => Assert.Equal(0, slope));
                outputGradients.CopyTo(batch.Gradients);
                return loss;
            });

            Assert.Equal(loss, returned);
            Assert.Equal(judged.Model.Parameters.Span.ToArray(), given.Model.Parameters.Span.ToArray());
            Assert.Equal(judged.Model.Parameters.Span.ToArray(), asked.Model.Parameters.Span.ToArray());
            Assert.Equal((judged.StepCount, judged.GradientNorm), (given.StepCount, given.GradientNorm));
        }

        Trainer<TNetwork> New(int threads) =>
            new(create(), new Adam(0.01f), new TrainerOptions { ClipNorm = 1, Threads = threads });
    }

    [Fact]
    public void Gradients_agree_with_differences_of_what_the_outputs_cost_for_images_too()
    {
        float[] inputs = Numbers(3 * PaintedNet.InputLength, 3), slopes = Numbers(3 * PaintedNet.OutputLength, 4);
        using var trainer = new Trainer<PaintedNet>(new PaintedNet(2), new Sgd(0));
        var inputGradient = new float[inputs.Length];
        trainer.ComputeGradientFromOutputGradient(inputs, slopes, inputGradient);

        for (int i = 0; i < inputs.Length; i += 13)
            IsSlope(inputs.AsSpan(i, 1), inputGradient[i]);
        foreach (ParameterTensor tensor in trainer.Model.Parameters)
        {
            float[] values = tensor.ToArray(), gradient = trainer.Gradient[tensor.Name].ToArray();
            for (int i = 0; i < values.Length; i += 7)
            {
                int at = i;
                double difference = Difference(h =>
                {
                    float[] moved = [.. values];
                    moved[at] += h;
                    tensor.CopyFrom(moved);
                });
                tensor.CopyFrom(values);
                Assert.Equal(difference, gradient[i], 2e-3 * (1 + Math.Abs(difference)));
            }
        }

        void IsSlope(Span<float> place, float slope)
        {
            float before = place[0];
            place[0] = before + 0.01f;
            double above = Cost();
            place[0] = before - 0.01f;
            double below = Cost();
            place[0] = before;
            Assert.Equal((above - below) / 0.02, slope, 2e-3 * (1 + Math.Abs(slope)));
        }

        double Difference(Action<float> move)
        {
            move(0.01f);
            double above = Cost();
            move(-0.01f);
            return (above - Cost()) / 0.02;
        }

        double Cost()
        {
            var outputs = new float[slopes.Length];
            trainer.Model.PredictBatch(inputs, outputs, threads: 1);
            return outputs.Zip(slopes, (y, slope) => (double)y * slope).Sum();
        }
    }

    [Fact]
    public void The_gradient_of_one_networks_inputs_trains_the_network_that_made_them()
    {
        float[] inputs = Numbers(Count * WholeNet.InputLength, 3), targets = Numbers(Count * WholeNet.OutputLength, 4);
        using var whole = new Trainer<WholeNet>(new WholeNet(5), new Sgd(0.2f) { Momentum = 0.9f });
        using var first = new Trainer<FirstHalf>(new FirstHalf(1), new Sgd(0.2f) { Momentum = 0.9f });
        using var second = new Trainer<SecondHalf>(new SecondHalf(1), new Sgd(0.2f) { Momentum = 0.9f });
        Copy(whole.Model.Parameters, first.Model.Parameters, shift: 0);
        Copy(whole.Model.Parameters, second.Model.Parameters, shift: 3);
        for (int step = 0; step < 20; step++)
        {
            var inputGradient = new float[inputs.Length];
            var expected = new float[inputs.Length];
            whole.ComputeGradient(inputs, targets, expected);
            float loss = whole.Step(inputs, targets);
            float found = first.Step(
                inputs, hidden => second.Step(hidden.Outputs, batch => SquaredError(batch, targets), hidden.Gradients), inputGradient);
            Assert.Equal(loss, found, 1e-5f);
            Agree.Within(2e-5, expected, inputGradient, "the gradient of the inputs");
        }

        Agrees(first.Model.Parameters, shift: 0);
        Agrees(second.Model.Parameters, shift: 3);

        void Agrees(ParameterBlock part, int shift)
        {
            foreach (ParameterTensor tensor in part)
                Agree.Within(2e-5, whole.Model.Parameters[Shifted(tensor.Name, shift)].ToArray(), tensor.ToArray(), tensor.Name);
        }

        static void Copy(ParameterBlock from, ParameterBlock to, int shift)
        {
            foreach (ParameterTensor tensor in to)
                tensor.CopyFrom(from[Shifted(tensor.Name, shift)].ToArray());
        }

        // "1.weight" of the second half is "4.weight" of the whole.
        static string Shifted(string name, int shift) => $"{int.Parse(name[..1]) + shift}{name[1..]}";
    }

    [Fact]
    public void A_batch_in_pieces_is_shown_piece_by_piece_and_makes_the_step_of_the_whole()
    {
        float[] inputs = Numbers(Count * FirstHalf.InputLength, 3), slopes = Numbers(Count * FirstHalf.OutputLength, 4);
        using var whole = new Trainer<FirstHalf>(new FirstHalf(1), new Sgd(0.1f));
        using var pieces = new Trainer<FirstHalf>(new FirstHalf(1), new Sgd(0.1f), new TrainerOptions { MicroBatch = 8 });
        using var asked = new Trainer<FirstHalf>(new FirstHalf(1), new Sgd(0.1f), new TrainerOptions { MicroBatch = 8 });
        var expected = new float[inputs.Length];
        var found = new float[inputs.Length];
        whole.StepFromOutputGradient(inputs, slopes, expected);
        pieces.StepFromOutputGradient(inputs, slopes, found);
        Agree.Within(1e-6, expected, found, "the gradient of the inputs");
        Agree.Within(1e-6, whole.Model.Parameters.Span.ToArray(), pieces.Model.Parameters.Span.ToArray(), "parameters");

        var shown = new List<(int First, int Count)>();
        float loss = asked.Step(inputs, batch =>
        {
            shown.Add((batch.First, batch.Count));
            slopes.AsSpan(batch.First * FirstHalf.OutputLength, batch.Gradients.Length).CopyTo(batch.Gradients);
            return batch.Count;
        });
        Assert.Equal([(0, 8), (8, 8), (16, 5)], shown);
        Assert.Equal(Count, loss);
        Assert.Equal(pieces.Model.Parameters.Span.ToArray(), asked.Model.Parameters.Span.ToArray());
    }

    [Fact]
    public void Steps_from_outside_allocate_nothing()
    {
        float[] inputs = Numbers(Count * PaintedNet.InputLength, 3), slopes = Numbers(Count * PaintedNet.OutputLength, 4);
        var inputGradient = new float[inputs.Length];
        // Helper threads allocate on their own account: one thread does all here.
        using var trainer = new Trainer<PaintedNet>(new PaintedNet(1), new Adam(1e-3f), new TrainerOptions { Threads = 1, MicroBatch = 9 });
        OutputLoss loss = Give;
        Allocation.None(() =>
        {
            trainer.StepFromOutputGradient(inputs, slopes, inputGradient);
            trainer.Step(inputs, loss, inputGradient);
            trainer.AccumulateFromOutputGradient(inputs, slopes);
            trainer.Accumulate(inputs, loss);
            trainer.ApplyGradient(0.5f);
        });

        float Give(OutputBatch batch)
        {
            slopes.AsSpan(batch.First * PaintedNet.OutputLength, batch.Gradients.Length).CopyTo(batch.Gradients);
            return 1;
        }
    }

    [Fact]
    public void Any_number_of_threads_makes_the_same_bits()
    {
        const int Many = 400;
        float[] inputs = Numbers(Many * PaintedNet.InputLength, 3), slopes = Numbers(Many * PaintedNet.OutputLength, 4);
        float[] expected = Trained(1);
        Assert.Equal(expected, Trained(2));
        Assert.Equal(expected, Trained(3));

        float[] Trained(int threads)
        {
            using var trainer = new Trainer<PaintedNet>(
                new PaintedNet(1), new Adam(1e-2f), new TrainerOptions { Threads = threads, ClipNorm = 1 });
            var inputGradient = new float[inputs.Length];
            for (int step = 0; step < 3; step++)
            {
                trainer.StepFromOutputGradient(inputs, slopes, inputGradient);
                trainer.AccumulateFromOutputGradient(inputs, slopes);
                trainer.Accumulate(inputs, batch =>
                {
                    batch.Outputs.CopyTo(batch.Gradients);
                    return 0;
                });
                trainer.ApplyGradient();
            }

            return [.. trainer.Model.Parameters.Span, .. trainer.Gradient.Span, .. inputGradient];
        }
    }

    [Fact]
    public void An_output_that_is_given_no_gradient_beside_a_loss_has_none()
    {
        float[] inputs = Numbers(Count * PaintedNet.InputLength, 3);
        int[] kinds = [.. Enumerable.Range(0, Count).Select(i => i % 4)];
        using var trainer = new Trainer<PaintedNet>(new PaintedNet(1), new Sgd(0.1f));
        float first = trainer.Step(inputs, kinds);
        Assert.All(trainer.Gradient["Painted.weight"].ToArray(), slope => Assert.Equal(0, slope));
        Assert.Contains(trainer.Gradient["Kind.2.weight"].ToArray(), slope => slope != 0);
        for (int step = 0; step < 30; step++)
            trainer.Step(inputs, kinds);
        Assert.InRange(trainer.ComputeGradient(inputs, kinds), 0, first - 1e-3f);
    }

    internal static float SquaredError(OutputBatch batch, float[] targets)
    {
        float sum = 0;
        for (int i = 0; i < batch.Outputs.Length; i++)
        {
            float error = batch.Outputs[i] - targets[i];
            sum += error * error;
            batch.Gradients[i] = 2 * error / batch.Outputs.Length;
        }

        return sum / batch.Outputs.Length;
    }

    internal static float[] Numbers(int length, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, length).Select(_ => 2 * random.NextSingle() - 1)];
    }
}
