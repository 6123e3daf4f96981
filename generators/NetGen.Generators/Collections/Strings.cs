namespace NetGen.Generators.Collections;

internal static class Strings
{
    /// <summary>A name with a capital, as it is written behind another: <c>length</c> in <c>withinLength</c>.</summary>
    public static string Capitalised(this string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    /// <summary>A name as a local variable has it: <c>normalCdf</c> of <c>NormalCdf</c>.</summary>
    public static string Uncapitalised(this string name) => char.ToLowerInvariant(name[0]) + name.Substring(1);
}
