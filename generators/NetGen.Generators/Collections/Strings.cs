namespace NetGen.Generators.Collections;

internal static class Strings
{
    /// <summary>A name with a capital, as it is written behind another: <c>length</c> in <c>withinLength</c>.</summary>
    public static string Capitalised(this string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);
}
