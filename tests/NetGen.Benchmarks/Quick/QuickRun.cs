using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Quick;

/// <summary>Measures what is asked for in this process, with the instruction set that it has.</summary>
internal static class QuickRun
{
    /// <summary>Measures.</summary>
    /// <param name="filter">The workloads' names; empty for all.</param>
    /// <param name="repetitions">How many times each contender is timed.</param>
    /// <param name="isChild">Whether this process only adds rows of its own instruction set to another's table.</param>
    /// <param name="threads">The largest number of threads: 1 leaves out the rows for two.</param>
    public static Results Measure(IReadOnlyCollection<string> filter, int repetitions, bool isChild, int threads)
    {
        bool Wanted(string id) => filter.Count == 0 || filter.Contains(id, StringComparer.OrdinalIgnoreCase);

        IReadOnlyList<Workload> workloads = AllWorkloads.Create();
        var rows = new List<Row>();
        var streams = new List<StreamRow>();
        MachineFloor machine;
        using (Pinning.ToOneCore())
        {
            Progress("the machine's floor");
            machine = MachineFloor.Measure();
            for (int index = 0; index < workloads.Count; index++)
            {
                Workload workload = workloads[index];
                if (!Wanted(workload.Id))
                    continue;
                Progress($"{workload.Id} {workload.Network}, {workload.Case}");
                IReadOnlyList<Contender> contenders = workload.Prepare(peers: !isChild);
                Timing[] times = Interleaved.Measure(contenders, repetitions);
                rows.Add(new Row(
                    index,
                    InstructionSet.Bits,
                    workload.FloorOn(machine),
                    contenders.Zip(times).ToDictionary(pair => pair.First.Name, pair => pair.Second)));
            }

            if (Wanted("Adam") && !isChild)
            {
                Progress("Adam against memory");
                streams.AddRange(OptimizerStream.Measure(machine.Caches, repetitions));
            }
        }

        return new Results(InstructionSet.Bits, machine, rows, isChild || threads < 2 ? [] : MeasureThreads(workloads, Wanted, repetitions), streams);
    }

    private static List<ThreadRow> MeasureThreads(IReadOnlyList<Workload> workloads, Predicate<string> wanted, int repetitions)
    {
        var rows = new List<ThreadRow>();
        for (int index = 0; index < workloads.Count; index++)
        {
            if (!wanted(workloads[index].Id))
                continue;
            IReadOnlyList<Contender> contenders = workloads[index].PrepareThreads();
            if (contenders.Count == 0)
                continue;
            Progress($"{workloads[index].Id} {workloads[index].Network}, two threads");
            Timing[] times = Interleaved.Measure(contenders, 2 * repetitions);
            rows.Add(new ThreadRow(index, times[0].Best, times[1].Best));
        }

        return rows;
    }

    private static void Progress(string what) => Console.Error.WriteLine($"[{InstructionSet.Bits}] {what}");
}
