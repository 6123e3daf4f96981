namespace NetGen.Optimizers;

/// <summary>A stretch of the parameter block with its own share of learning rate and weight decay.</summary>
/// <param name="Offset">The first float.</param>
/// <param name="Length">The number of floats.</param>
/// <param name="DecayMultiplier">The factor on every kind of weight decay; 0 switches it off.</param>
/// <param name="LearningRateMultiplier">The factor on the learning rate; 0 freezes the parameters.</param>
public readonly record struct ParameterRange(
    int Offset, int Length, float DecayMultiplier = 1, float LearningRateMultiplier = 1)
{
    /// <summary>
    /// The ranges of a network under the usual rule: weights decay, biases and normalisation parameters do not
    /// (<see cref="ParameterDescription.Decays"/>). Together they cover the whole block, padding included.
    /// </summary>
    /// <param name="network">The network.</param>
    public static IReadOnlyList<ParameterRange> For(NetworkDescription network) =>
        For(network, parameter => (parameter.Decays ? 1 : 0, 1));

    /// <summary>The ranges of a network under a rule of one's own, for example by the parameters' names. States are nobody's to train.</summary>
    /// <param name="network">The network.</param>
    /// <param name="rule">The factors on decay and learning rate for a parameter tensor.</param>
    public static IReadOnlyList<ParameterRange> For(
        NetworkDescription network, Func<ParameterDescription, (float Decay, float LearningRate)> rule)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(rule);

        var ranges = new List<ParameterRange>();
        var tensors = network.Parameters.OrderBy(parameter => parameter.Layout.Offset).ToArray();
        for (int i = 0; i < tensors.Length; i++)
        {
            // A tensor's padding belongs to it, and what precedes the first tensor to the first.
            int start = i == 0 ? 0 : tensors[i].Layout.Offset;
            int end = i + 1 < tensors.Length ? tensors[i + 1].Layout.Offset : network.ParameterBlockLength;
            (float decay, float learningRate) = tensors[i].IsState ? (0, 0) : rule(tensors[i]);
            var range = new ParameterRange(start, end - start, decay, learningRate);
            if (ranges.Count > 0 && ranges[^1].HasSameFactors(range))
                ranges[^1] = ranges[^1] with { Length = end - ranges[^1].Offset };
            else
                ranges.Add(range);
        }

        return ranges;
    }

    internal bool HasSameFactors(in ParameterRange other) =>
        DecayMultiplier == other.DecayMultiplier && LearningRateMultiplier == other.LearningRateMultiplier;
}
