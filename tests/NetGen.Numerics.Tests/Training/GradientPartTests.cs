using NetGen.Testing;

namespace NetGen.Numerics.Tests.Training;

/// <summary>Weights with several panels, the last of them ragged; with one long panel; and small ones.</summary>
[Network, Input(50), Dense(1490), Relu, Dense(32), Tanh, Dense(5), SoftmaxCrossEntropy]
public partial class LargeWeights;

/// <summary>
/// Gradients of large weights are applied part by part as they are computed: with the bits that the sweep over the whole gradient gives, for any
/// number of threads, and not at all where the whole gradient is needed first.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class GradientPartTests
{
    private const int Batch = 9, Steps = 3;

    private static readonly string[] s_large = ["0.weight", "2.weight"];

    private static readonly Dictionary<string, Func<Optimizer>> s_optimizers = new()
    {
        ["Sgd"] = () => new Sgd(0.1f),
        ["Sgd with momentum"] = () => new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
        ["Sgd with decay"] = () => new Sgd(0.1f) { WeightDecay = 0.1f, AbsoluteDecay = 0.01f },
        ["Adam"] = () => new Adam(0.01f),
        ["Adam with decay apart"] = () => new Adam(0.01f) { WeightDecay = 0.1f, DecoupledWeightDecay = true },
        ["AdamW"] = () => new AdamW(0.01f),
        ["AmsGrad"] = () => new AmsGrad(0.01f),
        ["AdaMax"] = () => new AdaMax(0.01f),
        ["Nadam"] = () => new Nadam(0.01f),
        ["RAdam"] = () => new RAdam(0.01f),
        ["RmsProp"] = () => new RmsProp(0.01f),
        ["AdaGrad"] = () => new AdaGrad(0.01f),
        ["AdaDelta"] = () => new AdaDelta(),
        ["Lion"] = () => new Lion(0.01f),
    };

    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int>();
            foreach (string name in s_optimizers.Keys)
            {
                foreach (int threads in (int[])[1, 2, 3])
                    runs.Add(name, threads);
            }

            return runs;
        }
    }

    [Fact]
    public void There_is_an_optimizer_of_every_kind() => Assert.Equal(
        typeof(Optimizer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Optimizer)) && !type.IsAbstract).Order(ByName),
        s_optimizers.Values.Select(make => make().GetType()).Distinct().Order(ByName));

    [Theory]
    [MemberData(nameof(Runs))]
    public void Parts_give_the_bits_of_the_sweep(string name, int threads)
    {
        using var run = new Run(s_optimizers[name], new TrainerOptions { Threads = threads });
        run.Takes(Steps);
        Assert.Throws<InvalidOperationException>(() => run.Trainer.Gradient);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Whoever_asks_for_the_gradient_first_sees_the_whole_of_it(int threads)
    {
        using var run = new Run(() => new Adam(0.01f), new TrainerOptions { Threads = threads });
        ParameterBlock gradient = run.Trainer.Gradient;
        float[] seen = run.Takes(Steps);
        Assert.Equal(seen, gradient.Span.ToArray());
        Assert.Equal(seen, run.Trainer.Gradient.Span.ToArray());
    }

    [Fact]
    public void Who_asks_too_late_sees_that_of_the_next_step()
    {
        using var run = new Run(() => new Sgd(0.1f), new TrainerOptions());
        run.Takes(1);
        string message = Assert.Throws<InvalidOperationException>(() => run.Trainer.Gradient).Message;
        Assert.Contains("ask for Gradient before", message);
        Assert.Equal(run.Takes(1), run.Trainer.Gradient.Span.ToArray());
    }

    public static TheoryData<string> Clipped => ["ClipNorm", "ClipValue", "CheckGradients", "MicroBatch"];

    [Theory]
    [MemberData(nameof(Clipped))]
    public void Where_the_whole_gradient_is_needed_it_is_there(string option)
    {
        using var run = new Run(() => new Adam(0.01f), option switch
        {
            "ClipNorm" => new TrainerOptions { Threads = 2, ClipNorm = 0.01f },
            "ClipValue" => new TrainerOptions { Threads = 2, ClipValue = 0.0001f },
            "CheckGradients" => new TrainerOptions { Threads = 2, CheckGradients = true },
            _ => new TrainerOptions { Threads = 2, MicroBatch = 4 },
        });
        float[] gradient = run.Takes(Steps);
        Assert.Equal(gradient, run.Trainer.Gradient.Span.ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Frozen_weights_stay_and_rates_are_those_of_each_tensor(int threads)
    {
        using var run = new Run(
            () => new Adam(0.01f) { WeightDecay = 0.1f },
            new TrainerOptions
            {
                Threads = threads,
                ParameterRule = tensor => (1, tensor.Name == "0.weight" ? 0 : tensor.Name == "2.weight" ? 0.5f : 1),
            });
        float[] frozen = run.Model.Parameters["0.weight"].ToArray();
        run.Takes(Steps);
        Assert.Equal(frozen, run.Model.Parameters["0.weight"].ToArray());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Accumulated_gradients_are_applied_once(int threads)
    {
        using var run = new Run(() => new Sgd(0.1f), new TrainerOptions { Threads = threads });
        run.Takes(1);
        float[] before = run.Model.Parameters.Span.ToArray();
        (float[] inputs, int[] classes) = Draw(7);
        run.Trainer.Accumulate(inputs, classes);
        run.Trainer.Accumulate(inputs, classes);
        Assert.Equal(before, run.Model.Parameters.Span.ToArray());
        float[] sum = run.Trainer.Gradient.Span.ToArray();
        run.Trainer.ApplyGradient(0.5f);
        Assert.All(before.Zip(sum, run.Model.Parameters.Span.ToArray()), all => Assert.Equal(all.First - 0.05f * all.Second, all.Third, 1e-6f));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_loss_that_is_not_finite_changes_nothing_and_is_named(int threads)
    {
        using var run = new Run(() => new Adam(0.01f), new TrainerOptions { Threads = threads });
        run.Takes(1);
        float[] before = run.Model.Parameters.Span.ToArray();
        (float[] inputs, int[] classes) = Draw(7);
        inputs[60] = float.NaN;
        var found = Assert.Throws<NonFiniteLossException>(() => run.Trainer.Step(inputs, classes));
        Assert.Contains("sample 1 of the batch", found.Message);
        Assert.Contains(found.Tensor, (string?[])s_large);
        Assert.Equal(before, run.Model.Parameters.Span.ToArray());
        Assert.Equal((1, 1), (run.Trainer.StepCount, run.Trainer.Optimizer.StepCount));
        run.Takes(1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Callers_losses_are_applied_part_by_part(int threads)
    {
        using var run = new Run(() => new Sgd(0.1f), new TrainerOptions { Threads = threads });
        (float[] inputs, _) = Draw(3);
        using var whole = new Trainer<LargeWeights>(run.Model, new Sgd(0));
        float[] slopes = [.. Enumerable.Range(0, Batch * LargeWeights.OutputLength).Select(i => MathF.Sin(i))];
        whole.ComputeGradientFromOutputGradient(inputs, slopes);
        float[] expected = run.Model.Parameters.Span.ToArray();
        var other = new Sgd(0.1f);
        other.Prepare(LargeWeights.Description);
        other.BeginStep();
        other.Update(expected, whole.Gradient.Span);
        run.Trainer.StepFromOutputGradient(inputs, slopes);
        Assert.Equal(expected, run.Model.Parameters.Span.ToArray());
        Assert.Throws<InvalidOperationException>(() => run.Trainer.Gradient);
    }

    [Fact]
    public void Steps_with_parts_allocate_nothing()
    {
        using var run = new Run(() => new Adam(0.01f), new TrainerOptions { Threads = 2 });
        (float[] inputs, int[] classes) = Draw(1);
        Allocation.None(() => run.Trainer.Step(inputs, classes));
    }

    private static readonly Comparer<Type> ByName = Comparer<Type>.Create((one, other) => string.CompareOrdinal(one.Name, other.Name));

    private static (float[] Inputs, int[] Classes) Draw(int seed)
    {
        var random = new Random(seed);
        float[] inputs = [.. Enumerable.Range(0, Batch * LargeWeights.InputLength).Select(_ => random.NextSingle() - 0.5f)];
        return (inputs, [.. Enumerable.Range(0, Batch).Select(_ => random.Next(LargeWeights.OutputLength))]);
    }

    /// <summary>A trainer, and beside it the same steps by an optimizer that sweeps over whole gradients.</summary>
    private sealed class Run : IDisposable
    {
        private readonly LargeWeights _whole = new(1);
        private readonly Optimizer _optimizer;
        private readonly TrainerOptions _options;
        private int _step;

        internal Run(Func<Optimizer> optimizer, TrainerOptions options)
        {
            _options = options;
            Trainer = new Trainer<LargeWeights>(Model, optimizer(), options);
            _optimizer = optimizer();
            if (options.ParameterRule is { } rule)
                _optimizer.Prepare(LargeWeights.Description.ParameterBlockLength, ParameterRange.For(LargeWeights.Description, rule));
            else
                _optimizer.Prepare(LargeWeights.Description);
        }

        internal LargeWeights Model { get; } = new(1);

        internal Trainer<LargeWeights> Trainer { get; }

        /// <summary>Compares the parameters after each of some steps.</summary>
        /// <returns>The last gradient.</returns>
        internal float[] Takes(int steps)
        {
            float[] gradient = [];
            for (int i = 0; i < steps; i++)
            {
                (float[] inputs, int[] classes) = Draw(_step++);
                using var whole = new Trainer<LargeWeights>(_whole, new Sgd(0), new TrainerOptions { MicroBatch = _options.MicroBatch });
                whole.ComputeGradient(inputs, classes);
                gradient = whole.Gradient.Span.ToArray();
                if (_options.ClipValue is { } limit)
                    Gradients.ClipByValue(gradient, limit);
                _optimizer.BeginStep(_options.ClipNorm is { } longest ? Gradients.ClipScale(Gradients.Norm(gradient), longest) : 1);
                float[] moved = _whole.Parameters.Span.ToArray();
                _optimizer.Update(moved, gradient);
                _whole.Parameters.CopyFrom(moved);

                Trainer.Step(inputs, classes);
                Assert.Equal(moved, Model.Parameters.Span.ToArray());
            }

            return gradient;
        }

        public void Dispose() => Trainer.Dispose();
    }
}
