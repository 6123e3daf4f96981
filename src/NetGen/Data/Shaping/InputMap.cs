namespace NetGen.Data;

/// <summary>A function from a sample's input to another one.</summary>
/// <param name="input">The input.</param>
/// <param name="result">Room for the result, with anything in it, to be overwritten as a whole; memory apart from the input's.</param>
public delegate void InputMap(ReadOnlySpan<float> input, Span<float> result);
