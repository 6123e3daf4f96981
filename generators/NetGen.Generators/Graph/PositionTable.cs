namespace NetGen.Generators.Graph;

/// <summary>What a table of positions holds; the names are the methods of the runtime's <c>PositionTables</c>.</summary>
internal enum PositionFunction
{
    /// <summary>Sines and cosines side by side, to be added to features.</summary>
    Sinusoidal,

    /// <summary>The cosine of the angle by which a pair of features is turned, for both.</summary>
    RotaryCosines,

    /// <summary>Its sine, negative for the first feature of a pair.</summary>
    RotarySines,
}

/// <summary>
/// A table of numbers that follow from the step and the feature alone, [time, features]. It is there before anything is computed of samples.
/// </summary>
internal sealed class PositionTable(string layer, Value output, PositionFunction function, double @base, bool isHalved) : Operation(layer, output)
{
    public PositionFunction Function { get; } = function;

    /// <summary>Waves grow longer from one pair of features to the next, from 2π towards 2π times this.</summary>
    public double Base { get; } = @base;

    /// <summary>Whether the features of a pair are half a row apart, instead of neighbours.</summary>
    public bool IsHalved { get; } = isHalved;

    public override IEnumerable<Value> Inputs => [];

    public override Operation Reading(Func<Value, Value> replace) => this;
}
