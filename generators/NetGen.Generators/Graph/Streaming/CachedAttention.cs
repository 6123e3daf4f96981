namespace NetGen.Generators.Graph.Streaming;

/// <summary>
/// Attention of the present step of a stream, [heads, d], to all so far, whose keys and values are rows of what is remembered, the present one's
/// among them.
/// </summary>
internal sealed class CachedAttention(
    string layer, Value output, Value queries, CachedRows keys, CachedRows values, double scale, Clock clock) : Operation(layer, output)
{
    public Value Queries { get; } = queries;

    /// <summary>The keys of all steps, [steps, heads, d], of which those behind the present one are not there yet.</summary>
    public CachedRows Keys { get; } = keys;

    /// <summary>The values of all steps.</summary>
    public CachedRows Values { get; } = values;

    public double Scale { get; } = scale;

    /// <summary>When there is a step, and so how many there are so far.</summary>
    public Clock Clock { get; } = clock;

    public override IEnumerable<Value> Inputs => [Queries, Keys.Rows, Values.Rows];

    public override Operation Reading(Func<Value, Value> replace) => new CachedAttention(
        Layer, Output, replace(Queries), Keys with { Rows = replace(Keys.Rows) }, Values with { Rows = replace(Values.Rows) }, Scale, Clock);
}

/// <summary>Rows of what a stream remembers, one for each of its steps.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="First">The number of the first step's.</param>
internal readonly record struct CachedRows(Value Rows, int First);
