namespace NetGen.Generators.Collections;

/// <summary>Hash codes of what is made of parts.</summary>
internal static class Hash
{
    /// <summary>
    /// One of two, every bit of which depends on every bit of both. Multiplied by 31 and added, two equal hash codes make 32 times one: of
    /// x · x, time and again, nothing would be left.
    /// </summary>
    public static int Of(int left, int right)
    {
        unchecked
        {
            uint hash = (uint)left * 0x9E3779B1;
            hash = ((hash << 15) | (hash >> 17)) + (uint)right;
            hash *= 0x85EBCA77;
            return (int)(hash ^ (hash >> 13));
        }
    }
}
