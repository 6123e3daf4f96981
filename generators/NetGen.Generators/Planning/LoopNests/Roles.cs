using NetGen.Generators.Graph;

namespace NetGen.Generators.Planning.LoopNests;

/// <summary>
/// The short names operands have in kernels, where the mathematics is on the line above: x and y, w and b, and a d in front
/// of a gradient. They depend on the role alone, so that equal kernels of different layers have equal text.
/// </summary>
internal static class Roles
{
    public static string OfFactor(Value value) => value switch
    {
        Parameter => "w",
        { IsPerSample: false } => "wt",
        _ => IsGradient(value) ? "dy" : "x",
    };

    public static string OfResult(Value value, IReadOnlyList<Value> results)
    {
        string name = StemOf(value);
        int earlier = results.TakeWhile(other => other != value).Count(other => StemOf(other) == name);
        return earlier > 0 ? $"{name}{earlier}" : name;
    }

    private static string StemOf(Value value) =>
        !value.IsPerSample || value.Whole is not null ? "dw" : IsGradient(value) ? "dx" : value.IsSlope ? "slope" : "y";

    private static bool IsGradient(Value value) =>
        value.Primal is not null;
}
