using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Full;

/// <summary>Optimizers' updates beside streaming the four arrays that Adam's update touches.</summary>
public class OptimizerBenchmarks
{
    private AlignedBuffer _weights = null!;
    private AlignedBuffer _gradient = null!;
    private AlignedBuffer _first = null!;
    private AlignedBuffer _second = null!;
    private Optimizer _optimizer = null!;

    /// <summary>The number of parameters: arrays that stay in the second cache, and that stay in none.</summary>
    [Params(32_768, 8_388_608)]
    public int Length { get; set; }

    /// <summary>Makes the arrays.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        _weights = new AlignedBuffer(Length);
        _gradient = new AlignedBuffer(Length);
        _first = new AlignedBuffer(Length);
        _second = new AlignedBuffer(Length);
        for (int i = 0; i < Length; i++)
            _gradient.Span[i] = 1e-3f * (i % 11 - 5);
    }

    /// <summary>Prepares Adam.</summary>
    [GlobalSetup(Target = nameof(Adam))]
    public void SetUpAdam() => SetUp(new Adam(1e-3f));

    /// <summary>Prepares AdamW.</summary>
    [GlobalSetup(Target = nameof(AdamW))]
    public void SetUpAdamW() => SetUp(new AdamW(1e-3f));

    /// <summary>Prepares Lion.</summary>
    [GlobalSetup(Target = nameof(Lion))]
    public void SetUpLion() => SetUp(new Lion(1e-4f));

    /// <summary>Prepares plain descent.</summary>
    [GlobalSetup(Target = nameof(Sgd))]
    public void SetUpSgd() => SetUp(new Sgd(1e-2f));

    /// <summary>Reads four arrays and writes three: the floor of Adam and AdamW.</summary>
    [Benchmark(Baseline = true)]
    public void FourArrays() => MemoryStreams.ReadFourWriteThree(_weights.Span, _first.Span, _second.Span, _gradient.Span);

    /// <summary>Adam.</summary>
    [Benchmark]
    public void Adam() => Update();

    /// <summary>AdamW.</summary>
    [Benchmark]
    public void AdamW() => Update();

    /// <summary>Lion, which keeps one array fewer.</summary>
    [Benchmark]
    public void Lion() => Update();

    /// <summary>Plain descent, which keeps none.</summary>
    [Benchmark]
    public void Sgd() => Update();

    private void SetUp(Optimizer optimizer)
    {
        SetUp();
        _optimizer = optimizer;
        optimizer.Prepare(Length);
    }

    private void Update()
    {
        _optimizer.BeginStep();
        _optimizer.Update(_weights.Span, _gradient.Span);
    }
}
