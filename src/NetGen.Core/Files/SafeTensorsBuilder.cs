using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace NetGen.Files;

/// <summary>Collects tensors and writes them as a safetensors file.</summary>
public sealed class SafeTensorsBuilder
{
    // Names keep their characters: the header is a file's, not a web page's.
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly List<SafeTensor> _tensors = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal) { SafeTensorsParser.MetadataName };

    /// <summary>Pairs of strings to keep in the header.</summary>
    public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The tensors so far.</summary>
    internal IReadOnlyList<SafeTensor> Tensors => _tensors;

    /// <summary>Adds a tensor of singles.</summary>
    /// <param name="name">A name that is not there yet.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="elements">The elements, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">The name is taken, or the number of elements does not fit the shape.</exception>
    public void Add(string name, IReadOnlyList<int> shape, ReadOnlySpan<float> elements) =>
        Add(name, SafeTensorType.F32, shape, ToBytes(elements), elements.Length);

    /// <summary>Adds a tensor of 64-bit integers.</summary>
    /// <param name="name">A name that is not there yet.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="elements">The elements, row-major; they are copied.</param>
    /// <exception cref="ArgumentException">The name is taken, or the number of elements does not fit the shape.</exception>
    public void Add(string name, IReadOnlyList<int> shape, ReadOnlySpan<long> elements)
    {
        var bytes = new byte[elements.Length * sizeof(long)];
        for (int i = 0; i < elements.Length; i++)
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), elements[i]);

        Add(name, SafeTensorType.I64, shape, bytes, elements.Length);
    }

    /// <summary>Writes a file: to a temporary one beside it first, which then takes its name.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void Save(string path) => AtomicFile.Write(path, this, static (stream, builder) => builder.Write(stream));

    /// <summary>Writes to a stream.</summary>
    /// <param name="stream">The stream, left open.</param>
    public void Write(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        // Wide elements first, as the format's own library does, so that each tensor is aligned to its elements.
        var tensors = _tensors.OrderByDescending(tensor => SafeTensor.SizeOf(tensor.Type)).ToArray();
        var header = BuildHeader(tensors);
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        stream.Write(header);
        foreach (var tensor in tensors)
            stream.Write(tensor.Data.Span);
    }

    /// <summary>Adds a checksum of all there is so far, which must be all there will be.</summary>
    internal void AddChecksum() => Metadata[FileChecksum.Key] = FileChecksum.Of(_tensors, Metadata);

    private static byte[] ToBytes(ReadOnlySpan<float> elements)
    {
        byte[] bytes = MemoryMarshal.AsBytes(elements).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return bytes;
    }

    private void Add(string name, SafeTensorType type, IReadOnlyList<int> shape, byte[] bytes, int length)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        long expected = shape.Aggregate(1L, (product, extent) => checked(product * extent));
        if (expected != length)
            throw new ArgumentException($"Tensor '{name}' of shape {Shapes.Format(shape)} takes {expected} elements, found {length}.", nameof(shape));
        if (!_names.Add(name))
            throw new ArgumentException($"The name '{name}' is taken.", nameof(name));

        _tensors.Add(new SafeTensor(name, type, [.. shape], bytes));
    }

    private ReadOnlySpan<byte> BuildHeader(SafeTensor[] tensors)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
        {
            writer.WriteStartObject();
            if (Metadata.Count > 0)
            {
                writer.WriteStartObject(SafeTensorsParser.MetadataName);
                foreach (var (key, value) in Metadata)
                    writer.WriteString(key, value);
                writer.WriteEndObject();
            }

            long position = 0;
            foreach (var tensor in tensors)
            {
                WriteEntry(writer, tensor, position);
                position += tensor.Data.Length;
            }

            writer.WriteEndObject();
        }

        // Spaces at the end bring the data to a multiple of 8 bytes.
        int padding = -buffer.WrittenCount & 7;
        buffer.GetSpan(padding)[..padding].Fill((byte)' ');
        buffer.Advance(padding);
        return buffer.WrittenSpan;
    }

    private static void WriteEntry(Utf8JsonWriter writer, SafeTensor tensor, long position)
    {
        writer.WriteStartObject(tensor.Name);
        writer.WriteString("dtype", SafeTensor.CodeOf(tensor.Type));
        writer.WriteStartArray("shape");
        foreach (int extent in tensor.Shape)
            writer.WriteNumberValue(extent);
        writer.WriteEndArray();
        writer.WriteStartArray("data_offsets");
        writer.WriteNumberValue(position);
        writer.WriteNumberValue(position + tensor.Data.Length);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
