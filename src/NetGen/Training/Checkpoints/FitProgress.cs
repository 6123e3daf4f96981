namespace NetGen;

/// <summary>How far a call of <c>Fit</c> has come: with the parameters and the optimizer, all there is to resume from.</summary>
internal struct FitProgress
{
    /// <summary>The epochs done.</summary>
    internal int Epoch;

    /// <summary>The batches done of the epoch that is running.</summary>
    internal int Batch;

    /// <summary>The sum of the weights of the samples in them, 1 each unless they have their own.</summary>
    internal double Weight;

    /// <summary>The sum of those samples' losses times weights.</summary>
    internal double LossSum;

    /// <summary>The sum of the batches' gradient norms.</summary>
    internal double NormSum;

    /// <summary>Why training has ended, or <see cref="StopReason.Completed"/> while it has not.</summary>
    internal StopReason StopReason;
}
