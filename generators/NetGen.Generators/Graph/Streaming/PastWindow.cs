namespace NetGen.Generators.Graph.Streaming;

/// <summary>The steps of a window of a stream.</summary>
/// <param name="Size">How many there are.</param>
/// <param name="Stride">The steps from one window to the next.</param>
/// <param name="Missing">How many of the first window's come before the first step.</param>
internal sealed record PastSteps(int Size, int Stride, int Missing);

/// <summary>
/// The largest or mean values of some steps that a stream remembers, feature by feature. What comes before the first step never wins.
/// </summary>
internal sealed class PastWindow(string layer, Value output, Value rows, WindowKind kind, PastSteps steps, Clock clock) : Operation(layer, output)
{
    /// <summary>The steps, oldest first, [steps, features].</summary>
    public Value Rows { get; } = rows;

    public WindowKind Kind { get; } = kind;

    public PastSteps Steps { get; } = steps;

    /// <summary>When there is a window, and so which of its steps are there.</summary>
    public Clock Clock { get; } = clock;

    /// <summary>Whether what comes before the first step counts in a mean, as zero.</summary>
    public bool CountsPadding { get; init; }

    public override IEnumerable<Value> Inputs => [Rows];

    public override Operation Reading(Func<Value, Value> replace) =>
        new PastWindow(Layer, Output, replace(Rows), Kind, Steps, Clock) { CountsPadding = CountsPadding };
}
