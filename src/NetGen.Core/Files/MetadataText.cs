using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen.Files;

/// <summary>Lists of strings and numbers as the strings that a safetensors file keeps beside its tensors: JSON, which every language reads.</summary>
internal static class MetadataText
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal static string Of(IEnumerable<string> strings) => Write(writer =>
    {
        foreach (string text in strings)
            writer.WriteStringValue(text);
    });

    internal static string Of(ReadOnlySpan<float> numbers)
    {
        float[] copy = numbers.ToArray();
        return Write(writer =>
        {
            foreach (float number in copy)
                writer.WriteNumberValue(number);
        });
    }

    /// <exception cref="InvalidDataException">The text is no list of strings.</exception>
    internal static string[] ToStrings(string text, string key, string source) =>
        Read(text, key, source, "strings", static (ref Utf8JsonReader reader, List<string> list) =>
        {
            if (reader.TokenType != JsonTokenType.String)
                return false;
            list.Add(reader.GetString()!);
            return true;
        });

    /// <exception cref="InvalidDataException">The text is no list of finite numbers.</exception>
    internal static float[] ToNumbers(string text, string key, string source) =>
        Read(text, key, source, "finite numbers", static (ref Utf8JsonReader reader, List<float> list) =>
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetSingle(out float number) || !float.IsFinite(number))
                return false;
            list.Add(number);
            return true;
        });

    private delegate bool ElementReader<T>(ref Utf8JsonReader reader, List<T> list);

    private static T[] Read<T>(string text, string key, string source, string elements, ElementReader<T> readElement)
    {
        var list = new List<T>();
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            bool isList = reader.Read() && reader.TokenType == JsonTokenType.StartArray;
            while (isList && reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                isList = readElement(ref reader, list);
            if (isList && !reader.Read())
                return [.. list];
        }
        // The second is what the reader throws for text that is not valid Unicode.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
        }

        throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{source}: the metadata '{key}' is no list of {elements}."));
    }

    private static string Write(Action<Utf8JsonWriter> writeElements)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, s_options))
        {
            writer.WriteStartArray();
            writeElements(writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
