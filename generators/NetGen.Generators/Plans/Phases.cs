namespace NetGen.Generators.Plans;

/// <summary>
/// What workers do without waiting for each other: steps on their share of the samples, then steps that are shared along an
/// axis of their own, because what they compute belongs to no sample.
/// </summary>
internal sealed record Phase(IReadOnlyList<PhaseStep> OnSamples, IReadOnlyList<PhaseStep> Shared)
{
    /// <summary>The steps on samples, in order. What has many positions is large, and wants to stay in the cache.</summary>
    public IReadOnlyList<SampleRun> Runs
    {
        get
        {
            var runs = new List<SampleRun>();
            for (int i = 0; i < OnSamples.Count; i += runs[runs.Count - 1].Steps.Count)
            {
                PhaseStep[] bySample = [.. OnSamples.Skip(i).TakeWhile(step => step.Step.GoesBySample || step.GoesAlong)];
                bool isBySample = bySample.Any(step => step.Step is TurnStep)
                    || (bySample.Length > 1 && bySample.Any(step => step.Step.IsOnPositions));
                runs.Add(new SampleRun(isBySample ? bySample : [OnSamples[i]], isBySample));
            }

            return runs;
        }
    }
}

/// <summary>Steps that a few samples go through together before the next ones begin, or a single step on all samples of a worker.</summary>
internal sealed record SampleRun(IReadOnlyList<PhaseStep> Steps, bool IsBySample)
{
    public bool HasLoss => Steps.Any(step => step.Step is LossStep);
}

/// <summary>A step of a phase.</summary>
/// <param name="Stage">What it is for, as a heading in the program.</param>
/// <param name="Occasion">When it is done.</param>
internal sealed record PhaseStep(Step Step, Stage Stage, Occasion Occasion)
{
    /// <summary>Whether it is done for a few samples at a time because what comes before and behind it is.</summary>
    public bool GoesAlong { get; init; }
}

/// <summary>When a step is done.</summary>
internal enum Occasion
{
    Always,

    /// <summary>Where the caller wants the gradient of the input.</summary>
    InputGradient,

    /// <summary>Where the caller wants the outputs, and nothing that comes behind them.</summary>
    Outputs,
}

/// <summary>The parts of a training step, in their order.</summary>
internal enum Stage
{
    Prepare,
    Forward,
    Backward,
    Gradients,
}
