namespace NetGen.Files;

/// <summary>The checksum of gzip and PNG: CRC-32 with the polynomial of IEEE 802.3, reversed (ISO 3309).</summary>
internal static class Crc32
{
    private static readonly uint[] s_table = MakeTable();

    /// <summary>The checksum of bytes that follow others.</summary>
    /// <param name="before">The checksum of the bytes before, 0 if there are none.</param>
    /// <param name="data">The bytes.</param>
    internal static uint Append(uint before, ReadOnlySpan<byte> data)
    {
        uint check = ~before;
        foreach (byte value in data)
            check = s_table[(byte)(check ^ value)] ^ (check >> 8);
        return ~check;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint check = i;
            for (int bit = 0; bit < 8; bit++)
                check = (check & 1) != 0 ? 0xEDB88320 ^ (check >> 1) : check >> 1;
            table[i] = check;
        }

        return table;
    }
}
