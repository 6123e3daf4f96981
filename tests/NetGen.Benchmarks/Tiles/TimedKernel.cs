using NetGen.Benchmarks.Sweep;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Differentiation;
using NetGen.Generators.Graph;
using NetGen.Generators.Graph.Rewriting;
using NetGen.Generators.Planning;
using NetGen.Generators.Planning.Kernels;
using NetGen.Generators.Plans;

namespace NetGen.Benchmarks.Tiles;

/// <summary>A sum of products of some network, for which a tile has to be chosen.</summary>
/// <param name="Network">The network's name.</param>
/// <param name="Name">The kernel's name there.</param>
/// <param name="Kernel">Its loops.</param>
/// <param name="Choice">What the tile is chosen for.</param>
internal sealed record TimedKernel(string Network, string Name, Kernel Kernel, TileChoice Choice)
{
    // Multiply-adds of a call: few enough to try dozens of tiles.
    private const long MostWork = 80_000_000;

    /// <summary>The samples of a call: as many as the cost model takes a batch to have, or some where each is by itself.</summary>
    public int Samples => !Kernel.Axes.Any(axis => axis.IsDynamic) ? 1
        : Choice.OneSample ? (int)Math.Clamp(MostWork / 4 / Math.Max(1, Kernel.StaticWork), 1, 8)
        : TileCost.TypicalBatch;

    /// <summary>Multiply-adds of a call.</summary>
    public double Work => (double)Kernel.StaticWork * Samples;

    /// <summary>Where it comes from.</summary>
    public string Title => $"{Network}: {Name}";

    /// <summary>Distinguishes it from every other.</summary>
    public string Key
    {
        get
        {
            IEnumerable<string> operands = Kernel.Operands.Select(operand => $"{operand.Name}({string.Join(",", operand.Strides)})");
            return $"{Choice.Form} {Choice.OneSample} {Axes} {string.Join(" ", operands)} "
                + $"{string.Join("; ", Kernel.Results.Select(result => result.Value))} {Kernel.Lines.Count} {Kernel.Tail}";
        }
    }

    /// <summary>The axes in short: reduced ones behind Σ.</summary>
    public string Axes => string.Join(" ", Kernel.Axes.Select(axis =>
        $"{(axis.IsReduced ? "Σ" : "")}{axis.Name}<{(axis.IsDynamic ? "n" : $"{axis.Extent}")}"));

    /// <summary>The kernels of a network that are large enough to have a text for each number of registers.</summary>
    public static IEnumerable<TimedKernel> Of(string network, string source)
    {
        (NetworkGraph? built, _) = GraphBuilder.Build(InMemory.Read(source));
        if (built is null)
            yield break;
        NetworkGraph graph = Rewritings.Apply(built);
        NetworkPlan plan = NetworkPlanner.Plan(graph, graph.IsTrainable ? Differentiator.Differentiate(graph) : null);
        (IEnumerable<Step> Steps, bool OneSample)[] programs =
        [
            (plan.Inference.PerSample, true), (plan.Inference.Block, true), (plan.Inference.Block, false), (plan.Training?.Steps ?? [], false),
        ];
        foreach ((IEnumerable<Step> steps, bool oneSample) in programs)
        {
            foreach (KernelStep step in LoopStep.Flatten(steps).OfType<KernelStep>())
            {
                if (step.Kernel.Combine != Combine.SumOfProducts || VectorAxes.Of(step.Kernel) < 0)
                    continue;
                foreach (TileChoice choice in KernelScheduler.Choices(step.Kernel, oneSample))
                {
                    var kernel = new TimedKernel(network, step.Name, step.Kernel.WithoutOffsets(), choice);
                    if (choice.Form is VectorForm.Vector512 or VectorForm.UpToEight && kernel.Work <= MostWork)
                        yield return kernel;
                }
            }
        }
    }
}
