using System.Security.Cryptography;
using System.Text;

namespace NetGen;

/// <summary>A checksum over all that a safetensors file holds, kept in its metadata: any change, by accident or by hand, is found.</summary>
internal static class Checksum
{
    internal const string Key = "checksum";

    internal static string Of(IEnumerable<SafeTensor> tensors, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach ((string key, string value) in metadata.Where(pair => pair.Key != Key).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            Append(hash, key);
            Append(hash, value);
        }

        foreach (SafeTensor tensor in tensors.OrderBy(tensor => tensor.Name, StringComparer.Ordinal))
        {
            Append(hash, tensor.ToString());
            hash.AppendData(tensor.Data.Span);
        }

        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static void Append(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0]);
    }
}
