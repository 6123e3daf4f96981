namespace NetGen.Generators.Graph;

/// <summary>
/// Attention of several heads (Vaswani et al. 2017): for each head, softmax(Q Kᵀ / √d) V. Queries are [heads, steps, d], keys and values [heads, other
/// steps, d], what comes of it [steps, heads, d]. A whole sequence does it in parts, which are differentiated as such
/// (<see cref="Rewriting.AttentionParts"/>); a stream compares its step with the keys that it remembers.
/// </summary>
internal sealed class Attention(string layer, Value output, Value queries, Value keys, Value values) : Operation(layer, output)
{
    public Value Queries { get; } = queries;

    public Value Keys { get; } = keys;

    public Value Values { get; } = values;

    /// <summary>Whether a step looks at itself and earlier ones alone.</summary>
    public bool IsCausal { get; init; }

    /// <summary>A number for each key, of which those that are 0 stand behind a sequence's end and are looked at by nobody; null where all count.</summary>
    public Value? Mask { get; init; }

    /// <summary>What scores are multiplied by, so that they stay as large for long vectors as for short ones: 1 / √d.</summary>
    public double Scale => 1 / Math.Sqrt(Queries.Shape[2]);

    public override IEnumerable<Value> Inputs => Mask is null ? [Queries, Keys, Values] : [Queries, Keys, Values, Mask];

    public override Operation Reading(Func<Value, Value> replace) => new Attention(Layer, Output, replace(Queries), replace(Keys), replace(Values))
    {
        IsCausal = IsCausal,
        Mask = Mask is null ? null : replace(Mask),
    };
}

/// <summary>
/// Attention of the present step of a stream, [heads, d], to all so far, whose keys and values are rows of what is remembered, the present one's
/// among them.
/// </summary>
internal sealed class CachedAttention(string layer, Value output, Value queries, Value keys, Value values, double scale) : Operation(layer, output)
{
    public Value Queries { get; } = queries;

    /// <summary>The keys of all steps, [steps, heads, d], of which those behind the present one are not there yet.</summary>
    public Value Keys { get; } = keys;

    /// <summary>The values of all steps.</summary>
    public Value Values { get; } = values;

    public double Scale { get; } = scale;

    public override IEnumerable<Value> Inputs => [Queries, Keys, Values];

    public override Operation Reading(Func<Value, Value> replace) =>
        new CachedAttention(Layer, Output, replace(Queries), replace(Keys), replace(Values), Scale);
}
