using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Diagnostics;

/// <summary>NG0085 to NG0087: what an attention looks at, and how its heads are turned.</summary>
public sealed class SequenceDiagnosticsTests
{
    [Theory]
    [InlineData(
        "[Input(6)]", "{|NG0085:KeysFrom = nameof(Said)|}",
        "MultiHeadAttention attends to the steps of 'Said', which is 6; name a point of time × features")]
    [InlineData(
        "[Input(6)]", "{|NG0085:ValuesFrom = nameof(Said)|}",
        "MultiHeadAttention attends to the steps of 'Said', which is 6; name a point of time × features")]
    [InlineData(
        "[Input(12, 6)]", "KeysFrom = nameof(Asked), {|NG0086:ValuesFrom = nameof(Said)|}",
        "MultiHeadAttention has keys of 20 steps but values of 12; each step has a key and a value: name points of as many steps")]
    [InlineData(
        "[Input(12, 6)]", "KeysFrom = nameof(Said), {|NG0086:Causal = true|}",
        "MultiHeadAttention has queries of 20 steps but keys of 12; a causal attention compares their numbers: give both as many steps, or remove "
        + "Causal")]
    public void What_is_attended_to_has_steps(string input, string settings, string message) => Markup.Reports(
        [
            $"[Network] public partial class Net {{ [Input(20, 8)] public partial Layer Asked {{ get; }} {input} public partial Layer Said {{ get; "
            + $"}} " +
            $"[From(nameof(Asked)), MultiHeadAttention(2, {settings})] public partial Layer Answer {{ get; }} }}",
        ],
        ["CS9248"],
        message);

    [Theory]
    [InlineData(
        "MultiHeadAttention(3, {|NG0087:Rotary = RotaryPositions.Neighbours|})",
        "MultiHeadAttention turns pairs of features, but each of its 3 heads has 3; give the heads an even number of features, or remove Rotary")]
    [InlineData(
        "TransformerBlock(9, 2, {|NG0087:Rotary = RotaryPositions.Halves|})",
        "TransformerBlock turns pairs of features, but each of its 9 heads has 1; give the heads an even number of features, or remove Rotary")]
    [InlineData(
        "MultiHeadAttention(1, {|NG0010:Rotary = (RotaryPositions)4|})",
        "MultiHeadAttention: Rotary must be RotaryPositions.None, RotaryPositions.Neighbours or RotaryPositions.Halves, but is 4")]
    [InlineData("SinusoidalPositions({|NG0010:Base = 1|})", "SinusoidalPositions: Base must be above 1 and finite, but is 1")]
    public void Positions_that_a_head_cannot_have(string layer, string message) =>
        Markup.Reports($"[Network, Input(6, 9), {layer}] public partial class Net;", message);
}
