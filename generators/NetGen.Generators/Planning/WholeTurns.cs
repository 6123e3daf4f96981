using NetGen.Generators.Graph;
using NetGen.Generators.Planning.Placing;
using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning;

/// <summary>
/// Lets a few samples go all the way, from the inputs to the losses and back, before the next ones begin: what the way back reads again then comes
/// from the cache. Products of vectors on the way, which share their weights best among all samples, go along where these weights are less.
/// </summary>
internal static class WholeTurns
{
    // What vectors' weights may be for each float that is kept for the way back.
    private const double MostWeights = 0.1;

    /// <summary>The same phases, with what goes along.</summary>
    public static IReadOnlyList<Phase> Join(IReadOnlyList<Phase> phases, Layouts layouts) =>
        [.. phases.Select((phase, i) => Joined(phase, phases.Skip(i + 1), layouts))];

    private static Phase Joined(Phase phase, IEnumerable<Phase> later, Layouts layouts)
    {
        PhaseStep[] all = [.. phase.OnSamples];
        int first = Array.FindIndex(all, step => step.Step.GoesBySample), last = Array.FindLastIndex(all, step => step.Step.GoesBySample);
        Step[] steps = [.. all.Skip(first).Take(last + 1 - first).Select(step => step.Step)];
        int ahead = Array.FindIndex(steps, step => !step.GoesBySample), behind = Array.FindLastIndex(steps, step => !step.GoesBySample);
        if (ahead < 0 || !steps.Any(step => step is LossStep))
            return phase;
        HashSet<Value> before = [.. steps.Take(ahead).SelectMany(step => step.Bindings).Select(layouts.RootOf)];
        // What sums over all samples read is written for all of them.
        before.ExceptWith(phase.Shared.Concat(later.SelectMany(other => other.OnSamples.Concat(other.Shared)))
            .SelectMany(step => step.Step.Reads).Select(layouts.RootOf));
        long kept = steps.Skip(behind + 1).SelectMany(step => step.Reads).Select(layouts.RootOf).Distinct()
            .Where(value => value.IsPerSample && before.Contains(value)).Sum(value => (long)layouts.Of(value).Size);
        long weights = steps.Where(step => !step.GoesBySample).SelectMany(step => step.Reads).Where(value => !value.IsPerSample)
            .Select(layouts.RootOf).Distinct().Sum(value => (long)value.Shape.Length);
        return kept < SamplesAtATime.LeastBeyondCache || weights > MostWeights * kept ? phase : phase with
        {
            OnSamples = [.. all.Select((step, i) => first < i && i < last ? step with { GoesAlong = !step.Step.GoesBySample } : step)],
        };
    }
}
