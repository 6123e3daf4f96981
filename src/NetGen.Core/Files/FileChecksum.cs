using System.Globalization;
using System.Text;

namespace NetGen.Files;

/// <summary>
/// A checksum over all that a safetensors file holds, kept among its pairs of strings: a bit that changed in a weight, a name or a scale is
/// found, wherever it is. Files that have none, as other programs write them, are read without.
/// </summary>
internal static class FileChecksum
{
    internal const string Key = "netgen.checksum";

    /// <summary>CRC-32 of the pairs and the tensors, each in the order of their names, as eight hexadecimal digits.</summary>
    internal static string Of(IEnumerable<SafeTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        uint check = 0;
        foreach ((string key, string value) in metadata.Where(pair => pair.Key != Key).OrderBy(pair => pair.Key, StringComparer.Ordinal))
            check = Append(Append(check, key), value);
        foreach (SafeTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
            check = Crc32.Append(Append(check, tensor.ToString()), tensor.Data.Span);
        return check.ToString("x8", CultureInfo.InvariantCulture);
    }

    /// <exception cref="InvalidDataException">The file has a checksum, and it is that of another content.</exception>
    internal static void Verify(IEnumerable<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue(Key, out string? expected))
            return;
        string found = Of(tensors, metadata);
        if (found != expected)
        {
            throw new InvalidDataException(
                $"The content has the checksum {found}, the file says {expected}: it is damaged, or another program changed it and kept "
                + $"'{Key}' in the metadata; such a program should leave that out.");
        }
    }

    // The end of a text is part of it, so that nothing can move from one to the next.
    private static uint Append(uint check, string text) => Crc32.Append(Crc32.Append(check, Encoding.UTF8.GetBytes(text)), [0]);
}
