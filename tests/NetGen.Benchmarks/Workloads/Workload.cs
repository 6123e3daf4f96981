using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Workloads;

/// <summary>A piece of work that several contenders do.</summary>
internal abstract class Workload
{
    /// <summary>The name of NetGen among the contenders.</summary>
    public const string NetGen = "NetGen";

    /// <summary>The name of ONNX Runtime among the contenders.</summary>
    public const string OnnxRuntime = "ONNX Runtime";

    /// <summary>The name of the baseline among the contenders.</summary>
    public const string TensorPrimitives = "TensorPrimitives";

    /// <summary>How it is named in the filter: W1.</summary>
    public required string Id { get; init; }

    /// <summary>What is done: one sample, batch 256, a step of SGD.</summary>
    public required string Case { get; init; }

    /// <summary>The network in a few words.</summary>
    public required string Network { get; init; }

    /// <summary>What is demanded.</summary>
    public required Bar Bar { get; init; }

    /// <summary>The least time a call can take on a machine.</summary>
    public abstract Floor FloorOn(MachineFloor machine);

    /// <summary>Who can take part on this machine, in the order of <see cref="Prepare"/>.</summary>
    public virtual IEnumerable<string> ContenderNames => [NetGen];

    /// <summary>Makes the contenders and checks that their outputs are right.</summary>
    /// <param name="peers">Whether anyone but NetGen takes part.</param>
    /// <exception cref="WrongOutputException">Outputs are wrong; nothing is timed then.</exception>
    public abstract IReadOnlyList<Contender> Prepare(bool peers);

    /// <summary>The work with one thread and with two, NetGen alone; nothing for work that is not shared.</summary>
    public virtual IReadOnlyList<Contender> PrepareThreads() => [];
}

/// <summary>A contender computed something else than it should.</summary>
internal sealed class WrongOutputException(string message) : Exception(message);
