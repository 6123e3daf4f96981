using System.Buffers.Binary;
using System.Text.Json;

namespace NetGen.Files;

/// <summary>Turns bytes into a <see cref="SafeTensorsFile"/> and refuses everything that is not one.</summary>
internal static class SafeTensorsParser
{
    /// <summary>The name under which the header keeps its pairs of strings.</summary>
    internal const string MetadataName = "__metadata__";

    // The limit of the format's own library: a longer header is an attack or noise.
    private const int LongestHeader = 100_000_000;

    private const int PrefixLength = sizeof(ulong);

    /// <summary>The bytes that <see cref="CheckStart"/> looks at.</summary>
    internal const int StartLength = PrefixLength + 1;

    private readonly record struct Entry(string Name, SafeTensorType Type, int[] Shape, long Begin, long End);

    /// <summary>Parses a whole file.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a valid file.</exception>
    internal static SafeTensorsFile Parse(ReadOnlyMemory<byte> file)
    {
        CheckStart(file.Span);
        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(file.Span);
        if (headerLength > (ulong)(file.Length - PrefixLength))
            throw new InvalidDataException(
                $"The header claims {headerLength} bytes, but only {file.Length - PrefixLength} follow: the file is truncated or not a safetensors "
                + "file.");

        var header = file.Span.Slice(PrefixLength, (int)headerLength);
        var data = file[(PrefixLength + (int)headerLength)..];
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = ReadHeader(header, metadata);
        CheckPlaces(entries, data.Length);
        SafeTensor[] tensors = [.. entries.Select(entry => new SafeTensor(
            entry.Name, entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End]))];
        FileChecksum.Verify(tensors, metadata);
        return new SafeTensorsFile(tensors, metadata);
    }

    /// <summary>Refuses what no such file starts with.</summary>
    /// <param name="start">The first <see cref="StartLength"/> bytes, or more, or fewer if there are no more.</param>
    /// <exception cref="InvalidDataException">No file starts so.</exception>
    internal static void CheckStart(ReadOnlySpan<byte> start)
    {
        if (start.Length < PrefixLength)
            throw new InvalidDataException(
                $"A safetensors file starts with {PrefixLength} bytes of header length, found {start.Length} bytes in all.");

        ulong headerLength = BinaryPrimitives.ReadUInt64LittleEndian(start);
        if (headerLength > LongestHeader)
            throw new InvalidDataException($"The header claims {headerLength} bytes, more than the format's limit of {LongestHeader}.");
        if (headerLength == 0 || (start.Length > PrefixLength && start[PrefixLength] != (byte)'{'))
            throw new InvalidDataException("The header does not start with '{': this is not a safetensors file.");
    }

    private static List<Entry> ReadHeader(ReadOnlySpan<byte> header, Dictionary<string, string> metadata)
    {
        try
        {
            return ReadHeaderObject(header, metadata);
        }
        // The second is what the reader throws for text that is not valid Unicode.
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"The header is not valid JSON: {exception.Message}", exception);
        }
    }

    private static List<Entry> ReadHeaderObject(ReadOnlySpan<byte> header, Dictionary<string, string> metadata)
    {
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var reader = new Utf8JsonReader(header);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            if (!names.Add(name))
                throw new InvalidDataException($"The header lists '{name}' twice.");

            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException($"The header's entry '{name}' is not an object.");

            if (name == MetadataName)
                ReadMetadata(ref reader, metadata);
            else
                entries.Add(ReadEntry(ref reader, name));
        }

        // Reading on to the end finds anything but white space behind the object.
        while (reader.Read())
        {
        }

        return entries;
    }

    private static void ReadMetadata(ref Utf8JsonReader reader, Dictionary<string, string> metadata)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String)
                throw new InvalidDataException($"The metadata '{key}' is not a string.");
            if (!metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"The metadata lists '{key}' twice.");
        }
    }

    private static Entry ReadEntry(ref Utf8JsonReader reader, string name)
    {
        SafeTensorType? type = null;
        int[]? shape = null;
        long[]? offsets = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case "dtype" when type is null && reader.TokenType == JsonTokenType.String:
                    string code = reader.GetString()!;
                    type = SafeTensor.TypeOf(code)
                        ?? throw new InvalidDataException($"Tensor '{name}' has the unknown dtype '{code}'.");
                    break;
                case "shape" when shape is null:
                    shape = Array.ConvertAll(ReadNumbers(ref reader, name, key, int.MaxValue), extent => (int)extent);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name, key, long.MaxValue);
                    break;
                default:
                    throw new InvalidDataException($"Tensor '{name}' has the unexpected or repeated entry '{key}'.");
            }
        }

        if (type is null || shape is null || offsets is not [long begin, long end])
            throw new InvalidDataException($"Tensor '{name}' needs a dtype, a shape and two data_offsets.");

        CheckSize(name, type.Value, shape, begin, end);
        return new Entry(name, type.Value, shape, begin, end);
    }

    private static long[] ReadNumbers(ref Utf8JsonReader reader, string name, string key, long largest)
    {
        var numbers = new List<long>();
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new InvalidDataException($"Tensor '{name}': {key} is not a list of numbers.");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number) || number < 0 || number > largest)
                throw new InvalidDataException($"Tensor '{name}': {key} holds something else than whole numbers of at least 0 that fit.");

            numbers.Add(number);
        }

        return [.. numbers];
    }

    private static void CheckSize(string name, SafeTensorType type, int[] shape, long begin, long end)
    {
        // In 128 bits so that no product of extents can wrap round to a plausible size; once it is beyond 2⁶² it stays
        // refused whatever follows, unless a zero does, which the format allows.
        Int128 bytes = shape.Contains(0) ? 0 : SafeTensor.SizeOf(type);
        foreach (int extent in shape)
            bytes = Int128.Min(bytes * extent, long.MaxValue);

        if (end < begin || bytes != end - begin)
        {
            throw new InvalidDataException(
                $"Tensor '{name}' of shape {Shapes.Format(shape)} and type {type} takes {bytes} bytes, but its data_offsets are {begin} to {end}.");
        }
    }

    private static void CheckPlaces(List<Entry> entries, int dataLength)
    {
        long position = 0;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.End > dataLength)
            {
                throw new InvalidDataException(
                    $"Tensor '{entry.Name}' lies at bytes {entry.Begin} to {entry.End}, but the file holds {dataLength} bytes of data: it is "
                    + "truncated or damaged.");
            }

            if (entry.Begin != position)
            {
                string mistake = entry.Begin < position ? "overlaps the tensor before it" : "leaves a gap behind the tensor before it";
                throw new InvalidDataException($"Tensor '{entry.Name}' starts at byte {entry.Begin} and {mistake}, which ends at {position}.");
            }

            position = entry.End;
        }

        if (position != dataLength)
            throw new InvalidDataException($"The tensors end at byte {position}, but the file holds {dataLength} bytes of data.");
    }
}
