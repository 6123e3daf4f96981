namespace NetGen.Generators.Emission;

/// <summary>
/// A number that stands for the code that runs over a network's memory: other layers, or the same in another layout, have another one.
/// </summary>
/// <remarks>
/// Hot reload replaces methods and leaves objects as they are. The stamp is a constant, whose change hot reload refuses, so that the program is
/// started again; and parameters carry the stamp of the code they were made for, so that other code refuses them.
/// </remarks>
internal static class CodeStamp
{
    /// <summary>The stamp of files, as a literal.</summary>
    public static string Of(IEnumerable<GeneratedFile> code)
    {
        // FNV-1a (Fowler, Noll and Vo), of 64 bits.
        ulong hash = 14695981039346656037;
        foreach (GeneratedFile file in code)
        {
            foreach (char character in file.Text)
                hash = unchecked((hash ^ character) * 1099511628211);
        }

        return $"0x{hash:X16}UL";
    }
}
