namespace NetGen.Numerics.Tests.Training;

/// <summary>Two tables of tokens, of which a step sees few rows, one with a row as long as no vector.</summary>
[Network, SoftmaxCrossEntropy]
public partial class Tables
{
    [Input(6, Vocabulary = 301)] public partial Layer Words { get; }

    [Embedding(20), Gru(5), LastStep] public partial Layer Read { get; }

    [Input(4, Vocabulary = 1000)] public partial Layer Signs { get; }

    [Embedding(3), MeanOverTime] public partial Layer Seen { get; }

    [Concat(nameof(Read), nameof(Seen)), Dense(3)] public partial Layer Out { get; }
}

/// <summary>
/// Of a table only rows whose tokens occur are cleared, looked at and updated, where zeros elsewhere change nothing: with the bits that going through all of it
/// would give, for any number of threads, and whatever the caller wrote into the gradient.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class TableTests
{
    private const int Batch = 5, Steps = 6;

    /// <summary>Optimizers, whether everything decays, and how gradients are clipped.</summary>
    private static readonly Dictionary<string, (Func<Optimizer> Optimizer, bool Decays, TrainerOptions Options)> s_runs = new()
    {
        ["plain"] = (() => new Sgd(0.1f), false, new()),
        ["clipped by norm"] = (() => new Sgd(0.1f), false, new() { ClipNorm = 0.01f }),
        ["clipped by value"] = (() => new Sgd(0.1f), false, new() { ClipValue = 0.001f }),
        ["clipped twice"] = (() => new Sgd(0.1f), false, new() { ClipValue = 0.01f, ClipNorm = 0.02f }),
        ["with momentum"] = (() => new Sgd(0.1f) { Momentum = 0.9f }, false, new()),
        ["AdaGrad"] = (() => new AdaGrad(0.1f), false, new()),
        ["Adam"] = (() => new Adam(0.01f), false, new()),
        ["decayed"] = (() => new Sgd(0.1f) { WeightDecay = 0.1f }, true, new()),
        ["decayed apart"] = (() => new AdaGrad(0.1f) { WeightDecay = 0.1f, DecoupledWeightDecay = true }, true, new()),
        ["decayed by magnitude"] = (() => new Sgd(0.1f) { AbsoluteDecay = 0.1f }, true, new()),
    };

    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int>();
            foreach (string name in s_runs.Keys)
            {
                foreach (int threads in (int[])[1, 2, 3])
                    runs.Add(name, threads);
            }

            return runs;
        }
    }

    [Theory]
    [MemberData(nameof(Runs))]
    public void A_step_is_that_of_the_whole_table_bit_for_bit(string name, int threads)
    {
        (Func<Optimizer> optimizer, bool decays, TrainerOptions options) = s_runs[name];
        Func<ParameterDescription, (float, float)> rule = parameter => (decays || parameter.Decays ? 1 : 0, 1);
        Tables model = new(1), whole = new(1);
        using var trainer = new Trainer<Tables>(model, optimizer(), new TrainerOptions
        {
            Threads = threads, ClipNorm = options.ClipNorm, ClipValue = options.ClipValue, ParameterRule = rule,
        });
        Optimizer other = optimizer();
        other.Prepare(Tables.Description.ParameterBlockLength, ParameterRange.For(Tables.Description, rule));
        for (int step = 0; step < Steps; step++)
        {
            (float[] inputs, int[] classes) = Draw(step);
            // A trainer that has seen no step before clears all; the optimizer is told of no rows.
            using var fresh = new Trainer<Tables>(whole, new Sgd(0));
            fresh.ComputeGradient(inputs, classes);
            float[] gradient = fresh.Gradient.Span.ToArray();
            if (options.ClipValue is { } limit)
                Gradients.ClipByValue(gradient, limit);
            other.BeginStep(options.ClipNorm is { } longest ? Gradients.ClipScale(Gradients.Norm(gradient), longest) : 1);
            float[] moved = whole.Parameters.Span.ToArray();
            other.Update(moved, gradient);
            whole.Parameters.CopyFrom(moved);

            trainer.Step(inputs, classes);
            Assert.Equal(gradient, trainer.Gradient.Span.ToArray());
            Assert.Equal(moved, model.Parameters.Span.ToArray());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_was_written_or_added_up_in_between_is_gone_with_the_next_step(int threads)
    {
        var model = new Tables(1);
        using var trainer = new Trainer<Tables>(model, new Sgd(0.1f), new TrainerOptions { Threads = threads });
        using var pieces = new Trainer<Tables>(model, new Sgd(0.1f), new TrainerOptions { Threads = threads, MicroBatch = 2 });
        for (int step = 0; step < 12; step++)
        {
            (float[] inputs, int[] classes) = Draw(step);
            switch (step % 6)
            {
                case 1:
                    trainer.Gradient[step == 1 ? "Read.0.weight" : "Seen.weight"].Fill(7);
                    break;
                case 2:
                    int absent = Absent(inputs, Draw(step - 1).Inputs);
                    float weight = model.Parameters["Read.0.weight"][absent, 3];
                    trainer.Gradient["Read.0.weight"][absent, 3] = 5;
                    trainer.ApplyGradient();
                    Assert.Equal(weight - 0.1f * 5, model.Parameters["Read.0.weight"][absent, 3], 1e-6f);
                    break;
                case 3:
                    trainer.Accumulate(inputs, classes);
                    trainer.Accumulate(Draw(step + 100).Inputs, classes);
                    trainer.ApplyGradient(0.5f);
                    break;
                case 4:
                    trainer.Gradient.Update(values => values[5] = 3);
                    break;
                case 5:
                    Assert.Throws<DivideByZeroException>(() => trainer.ComputeGradient(inputs, batch => throw new DivideByZeroException()));
                    break;
            }

            float[] before = model.Parameters.Span.ToArray();
            using var fresh = new Trainer<Tables>(model, new Sgd(0.1f));
            fresh.ComputeGradient(inputs, classes);
            trainer.ComputeGradient(inputs, classes);
            Assert.Equal(fresh.Gradient.Span.ToArray(), trainer.Gradient.Span.ToArray());

            using var freshPieces = new Trainer<Tables>(model, new Sgd(0.1f), new TrainerOptions { MicroBatch = 2 });
            freshPieces.ComputeGradient(inputs, classes);
            pieces.ComputeGradient(inputs, classes);
            Assert.Equal(freshPieces.Gradient.Span.ToArray(), pieces.Gradient.Span.ToArray());

            // In pieces the rows of all of them are updated.
            freshPieces.Step(inputs, classes);
            float[] expected = model.Parameters.Span.ToArray();
            model.Parameters.CopyFrom(before);
            pieces.Step(inputs, classes);
            Assert.Equal(expected, model.Parameters.Span.ToArray());
        }
    }

    [Fact]
    public void A_batch_given_up_in_its_update_leaves_no_rows_of_its_pieces_behind()
    {
        var model = new Tables(1);
        var optimizer = new Sgd(0.1f);
        using var pieces = new Trainer<Tables>(model, optimizer, new TrainerOptions { MicroBatch = 2 });
        (float[] inputs, int[] classes) = Draw(1);
        optimizer.Prepare(1);
        Assert.Throws<ArgumentException>(() => pieces.Step(inputs, classes));
        optimizer.Prepare(Tables.Description.ParameterBlockLength);

        (inputs, classes) = Draw(2);
        using var fresh = new Trainer<Tables>(model, new Sgd(0.1f), new TrainerOptions { MicroBatch = 2 });
        fresh.ComputeGradient(inputs, classes);
        pieces.ComputeGradient(inputs, classes);
        Assert.Equal(fresh.Gradient.Span.ToArray(), pieces.Gradient.Span.ToArray());
    }

    [Fact]
    public void A_row_whose_token_does_not_occur_is_not_looked_at()
    {
        // Zero times infinity is none; only who reads the row finds that out.
        var model = new Tables(1);
        using var trainer = new Trainer<Tables>(model, new Sgd(0.1f));
        (float[] inputs, int[] classes) = Draw(1);
        int absent = Absent(inputs);
        model.Parameters["Read.0.weight"][absent, 2] = float.PositiveInfinity;
        trainer.Step(inputs, classes);
        Assert.Equal(float.PositiveInfinity, model.Parameters["Read.0.weight"][absent, 2]);
    }

    private static int Absent(params float[][] tokens) => Enumerable.Range(0, 301).First(token => !tokens.Any(all => all.Contains(token)));

    private static (float[] Inputs, int[] Classes) Draw(int seed)
    {
        var random = new Random(seed);
        // Few words of many, some in every step and some twice in one.
        float[] Sample() =>
        [
            .. Enumerable.Range(0, 6).Select(_ => (float)(random.Next(3) == 0 ? 17 : random.Next(301))),
            .. Enumerable.Range(0, 4).Select(_ => (float)random.Next(1000)),
        ];

        return ([.. Enumerable.Range(0, Batch).SelectMany(_ => Sample())], [.. Enumerable.Range(0, Batch).Select(_ => random.Next(3))]);
    }
}
