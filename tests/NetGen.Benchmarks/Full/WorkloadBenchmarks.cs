using BenchmarkDotNet.Attributes;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Full;

/// <summary>The workloads of the quick mode under BenchmarkDotNet: allocations, errors and distributions.</summary>
[MemoryDiagnoser]
public class WorkloadBenchmarks
{
    private const int CallsPerInvocation = 16;

    private Contender _contender = null!;

    /// <summary>Who does what.</summary>
    [ParamsSource(nameof(Cases))]
    public string Case { get; set; } = "";

    /// <summary>Every workload with each contender that can take part on this machine.</summary>
    public static IEnumerable<string> Cases => All().Select(pair => pair.Name);

    /// <summary>Checks the outputs and picks the contender.</summary>
    [GlobalSetup]
    public void SetUp()
    {
        (string _, Workload workload, string contender) = All().Single(pair => pair.Name == Case);
        _contender = workload.Prepare(peers: true).Single(other => other.Name == contender);
        _contender.Restart?.Invoke();
    }

    /// <summary>The time of one call.</summary>
    [Benchmark(OperationsPerInvoke = CallsPerInvocation)]
    public void Call() => _contender.Run(CallsPerInvocation);

    private static IEnumerable<(string Name, Workload Workload, string Contender)> All() =>
        from workload in AllWorkloads.Create()
        from contender in workload.ContenderNames
        select ($"{workload.Id} {workload.Network}, {workload.Case}: {contender}", workload, contender);
}
