using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Quick;

/// <summary>What one workload took in one process.</summary>
/// <param name="Index">Its place among all workloads.</param>
/// <param name="Bits">The vector width of that process.</param>
/// <param name="Floor">The least time possible at that width.</param>
/// <param name="Times">The contenders' times, by name.</param>
internal sealed record Row(int Index, int Bits, Floor Floor, IReadOnlyDictionary<string, Timing> Times)
{
    /// <summary>NetGen's best time in seconds.</summary>
    public double Best => Times[Workload.NetGen].Best;
}

/// <summary>What a workload took with one thread and with two, in seconds.</summary>
internal sealed record ThreadRow(int Index, double One, double Two);

/// <summary>What an optimizer's update took beside streaming the same arrays, in seconds.</summary>
/// <param name="Name">The optimizer and the size.</param>
/// <param name="Update">The update.</param>
/// <param name="Stream">Reading and writing the same memory with nothing to compute.</param>
/// <param name="InCache">Whether the arrays stay in a cache: dividing and taking roots then takes longer than streaming.</param>
internal sealed record StreamRow(string Name, double Update, double Stream, bool InCache);

/// <summary>Everything one process measured.</summary>
internal sealed record Results(
    int Bits, MachineFloor Machine, IReadOnlyList<Row> Rows, IReadOnlyList<ThreadRow> Threads, IReadOnlyList<StreamRow> Streams);
