namespace NetGen;

/// <summary>What a loss that the caller computes is shown of a batch, and where it leaves the gradient.</summary>
/// <remarks>It is a view of the trainer's own memory, good until the loss returns.</remarks>
public readonly ref struct OutputBatch
{
    internal OutputBatch(int first, int count, ReadOnlySpan<float> outputs, Span<float> gradients)
    {
        First = first;
        Count = count;
        Outputs = outputs;
        Gradients = gradients;
    }

    /// <summary>The number of the first sample: 0, unless <see cref="TrainerOptions.MicroBatch"/> shows the batch in pieces.</summary>
    public int First { get; }

    /// <summary>How many samples there are.</summary>
    public int Count { get; }

    /// <summary>
    /// What the network computed of them, as a training step does (with dropout, with the statistics of its batch): each sample's outputs one after
    /// the other, as <c>PredictBatch</c> writes them.
    /// </summary>
    public ReadOnlySpan<float> Outputs { get; }

    /// <summary>Room for the gradient of the loss with respect to each output, as long as <see cref="Outputs"/>; zeros at first.</summary>
    public Span<float> Gradients { get; }
}

/// <summary>A loss that the caller computes, on the thread that asked for the step, once the outputs of a batch are there.</summary>
/// <param name="batch">The outputs, and room for the gradient of what is returned with respect to them.</param>
/// <returns>
/// The loss, for the caller's own use: whatever it is, it must be finite, and nothing but the gradient is trained by. Of a batch in pieces, the
/// piece's part.
/// </returns>
public delegate float OutputLoss(OutputBatch batch);
