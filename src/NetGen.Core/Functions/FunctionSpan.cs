using System.ComponentModel;

namespace NetGen.CompilerServices;

/// <summary>The lengths of what functions over spans are given. Generated code calls it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class FunctionSpan
{
    /// <summary>Refuses a span of another length.</summary>
    /// <param name="length">The length that it has.</param>
    /// <param name="expected">The length that it must have.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">They differ.</exception>
    public static void RequireLength(int length, int expected, string name)
    {
        if (length != expected)
            throw new ArgumentException($"'{name}' has {length} elements, but must have {expected}.", name);
    }

    /// <summary>Refuses a span that is shorter than those beside it.</summary>
    /// <param name="length">The length that it has.</param>
    /// <param name="needed">The length that it must have at least.</param>
    /// <param name="name">The parameter.</param>
    /// <exception cref="ArgumentException">It is shorter.</exception>
    public static void RequireAtLeast(int length, int needed, string name)
    {
        if (length < needed)
            throw new ArgumentException($"'{name}' has {length} elements, but needs {needed}.", name);
    }
}
