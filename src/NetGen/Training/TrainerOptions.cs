namespace NetGen;

/// <summary>What a <see cref="Trainer{TNetwork}"/> may be told beyond its model and optimizer.</summary>
public sealed class TrainerOptions
{
    /// <summary>
    /// How many threads may share a step; 0 means one per processor core. Small steps use fewer. The result is the same bits
    /// for any number.
    /// </summary>
    public int Threads { get; init; }

    /// <summary>
    /// The batch size to make room for at once; 0 waits for the first step. A larger batch grows the memory when it comes.
    /// </summary>
    public int Capacity { get; init; }

    /// <summary>
    /// The largest number of samples to run at once; 0 leaves it to the network: as many as a cache holds the work of, but whole batches
    /// where batch norms look at all samples, where points are kept, and for losses of callers. Larger batches are taken in pieces whose
    /// gradients are added up before the one update: the same step up to rounding, faster where samples are large and in less memory,
    /// whatever samples and classes weigh. If given, batch norms take the statistics of each piece.
    /// </summary>
    public int MicroBatch { get; init; }

    /// <summary>Each element of the gradient is limited to this magnitude, if given; positive.</summary>
    public float? ClipValue { get; init; }

    /// <summary>
    /// If the Euclidean norm of the whole gradient exceeds this, the gradient is shortened to it (R. Pascanu, T. Mikolov and
    /// Y. Bengio, "On the difficulty of training recurrent neural networks", 2013); positive. After <see cref="ClipValue"/>.
    /// </summary>
    public float? ClipNorm { get; init; }

    /// <summary>
    /// Whether every gradient is checked for numbers that are not finite before it is used, at the price of one pass over it. The
    /// loss is always checked.
    /// </summary>
    public bool CheckGradients { get; init; }

    /// <summary>
    /// The factors on weight decay and learning rate for a parameter tensor, by its name or shape: 0 for the rate freezes
    /// it. By default weights decay, biases and normalisation parameters do not, and all have the same rate.
    /// </summary>
    public Func<ParameterDescription, (float Decay, float LearningRate)>? ParameterRule { get; init; }

    /// <summary>The seed of random draws in training, such as dropout.</summary>
    public int Seed { get; init; }

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Threads);
        ArgumentOutOfRangeException.ThrowIfNegative(Capacity);
        ArgumentOutOfRangeException.ThrowIfNegative(MicroBatch);
        CheckLimit(ClipValue, nameof(ClipValue));
        CheckLimit(ClipNorm, nameof(ClipNorm));
    }

    private static void CheckLimit(float? limit, string name)
    {
        if (limit is { } value && !(value > 0))
            throw new ArgumentOutOfRangeException(name, value, "The limit must be positive; leave it out to clip nothing.");
    }
}
