namespace NetGen.Generators.Graph;

/// <summary>
/// Attention of several heads (Vaswani et al. 2017): for each head, softmax(Q Kᵀ / √d) V. Queries are [heads, steps, d], keys and
/// values [heads, other steps, d], what comes of it [steps, heads, d]. It stays whole until it is planned: scores of a whole sequence
/// are nowhere. A stream compares its step with the keys that it remembers.
/// </summary>
internal sealed class Attention(string layer, Value output, Value sums, Value queries, Value keys, Value values) : Operation(layer, output)
{
    /// <summary>Of each query its largest score, and behind those of a head one over the sums of their weights, [heads, 2, steps].</summary>
    public Value Sums { get; } = sums;

    public Value Queries { get; } = queries;

    public Value Keys { get; } = keys;

    public Value Values { get; } = values;

    /// <summary>Whether a step looks at itself and earlier ones alone.</summary>
    public bool IsCausal { get; init; }

    /// <summary>How many keys a sample has, behind which nobody looks; null where all have all.</summary>
    public Value? Length { get; init; }

    /// <summary>What scores are multiplied by, so that they stay as large for long vectors as for short ones: 1 / √d.</summary>
    public double Scale => 1 / Math.Sqrt(Queries.Shape[2]);

    public override IReadOnlyList<Value> Outputs => [Output, Sums];

    public override IEnumerable<Value> Inputs => Length is null ? [Queries, Keys, Values] : [Queries, Keys, Values, Length];

    public override Operation Reading(Func<Value, Value> replace) =>
        new Attention(Layer, Output, Sums, replace(Queries), replace(Keys), replace(Values))
        {
            IsCausal = IsCausal,
            Length = Length is null ? null : replace(Length),
        };
}

/// <summary>
/// The gradients of an attention's queries, keys and values by that of what came of it. The weights are not kept but made again, a
/// block at a time, of what forward knows of each query (Dao et al. 2022).
/// </summary>
internal sealed class AttentionGradient(Attention forward, Value gradient, Value queries, Value keys, Value values)
    : Operation(forward.Layer, queries)
{
    public Attention Forward { get; } = forward;

    /// <summary>The gradient of what came of it.</summary>
    public Value Gradient { get; } = gradient;

    /// <summary>The gradient of the keys.</summary>
    public Value Keys { get; } = keys;

    /// <summary>The gradient of the values.</summary>
    public Value Values { get; } = values;

    public override IReadOnlyList<Value> Outputs => [Output, Keys, Values];

    public override IEnumerable<Value> Inputs => [Gradient, Forward.Output, Forward.Sums, .. Forward.Inputs];

    public override Operation Reading(Func<Value, Value> replace) => new AttentionGradient(
        new Attention(
            Layer, replace(Forward.Output), replace(Forward.Sums), replace(Forward.Queries), replace(Forward.Keys), replace(Forward.Values))
        {
            IsCausal = Forward.IsCausal,
            Length = Forward.Length is null ? null : replace(Forward.Length),
        },
        replace(Gradient), Output, Keys, Values);
}
