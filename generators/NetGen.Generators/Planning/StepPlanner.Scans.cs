using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Fusing;
using NetGen.Generators.Planning.LoopNests;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>The steps of scans: loops over steps of time, and what comes before them.</summary>
internal sealed partial class StepPlanner
{
    /// <summary>What comes before the first step, then the loop over all.</summary>
    private IEnumerable<Step> PlanScan(Scan scan, string role)
    {
        foreach (StepTensor carried in scan.Carried)
        {
            (int offset, int length) = layouts.StartOf(carried);
            int stride = layouts.SampleStride(carried.Whole);
            if (carried.Start is not { } start)
            {
                if (!BeginsWindow(scan))
                    yield return new ClearStep(
                        scan.Layer, $"{carried.Whole.Name}: zeros before the first step", carried.Whole, stride, length, offset);
                continue;
            }

            Graph.Index[] indices = [.. Axis.Along(start.Shape).Select(Graph.Index.Of)];
            Layout before = layouts.Of(carried.Whole).Row(0) with { Origin = offset };
            yield return Copy(
                scan.Layer, $"{carried.Whole.Name}: {start.Name} before the first step",
                new LoweredAccess("y", carried.Whole, before, stride, indices), Lowered("x", new Access(start, indices)));
        }

        HashSet<Value> kept = [.. scan.Tensors.Select(tensor => tensor.Step)];
        Step[] steps = [.. Plan(Fusion.Fuse(scan.Body, kept, isInStep: true), role)];
        Dictionary<Value, int> distances = scan.Tensors
            .GroupBy(tensor => layouts.RootOf(tensor.Whole))
            .ToDictionary(group => group.Key, group => layouts.Of(group.First().Whole).Stride(0));
        yield return new LoopStep(
            scan.IsReversed ? "Step by step, from the last to the first" : "Step by step", steps, "t", scan.Steps, 1,
            steps.Concat(Entering(scan)).SelectMany(step => step.Bindings).Distinct().Where(value => distances.ContainsKey(layouts.RootOf(value)))
                .ToDictionary(value => value, value => distances[layouts.RootOf(value)]))
        {
            IsReversed = scan.IsReversed,
            Window = scan.Window,
            Entering = [.. Entering(scan)],
        };
    }

    /// <summary>Whether a window begins with the step that is done first, in every sample.</summary>
    private static bool BeginsWindow(Scan scan) =>
        scan.Window is { } window && (!scan.IsReversed || (scan.Steps % window == 0 && scan.Length is null));

    /// <summary>Lets what is carried begin anew: what the step before would read is zero.</summary>
    private IEnumerable<ClearStep> Entering(Scan scan)
    {
        foreach (StepTensor carried in scan.Window is null ? [] : scan.Carried)
        {
            (int offset, int length) = layouts.MemoryOf(carried.Step);
            yield return new ClearStep(
                scan.Layer, $"{carried.Step.Name}: zeros where a window begins", carried.Step, layouts.SampleStride(carried.Whole), length, offset)
            {
                Steps = scan.Length is null ? null : TokensOf(scan.Length),
            };
        }
    }
}
