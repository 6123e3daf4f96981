using System.Diagnostics.CodeAnalysis;

namespace NetGen.Files;

/// <summary>The content of a safetensors file: named tensors, and pairs of strings about them.</summary>
/// <remarks>
/// The format (Hugging Face, <c>safetensors</c>): the header's length as a 64-bit little-endian number, the header as a JSON
/// object that gives each tensor's type, shape and place, then the tensors' bytes without gaps. A file that says anything
/// else is refused as a whole.
/// </remarks>
public sealed class SafeTensorsFile
{
    private readonly Dictionary<string, SafeTensor> _byName;

    internal SafeTensorsFile(IReadOnlyList<SafeTensor> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        Tensors = tensors;
        Metadata = metadata;
        _byName = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
    }

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafeTensor> Tensors { get; }

    /// <summary>The pairs of strings under <c>__metadata__</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>A tensor by its name.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="KeyNotFoundException">There is no such tensor.</exception>
    public SafeTensor this[string name] =>
        TryGet(name, out var tensor) ? tensor : throw new KeyNotFoundException($"The file has no tensor '{name}'.");

    /// <summary>A tensor by its name, if the file has it.</summary>
    /// <param name="name">The name.</param>
    /// <param name="tensor">The tensor.</param>
    public bool TryGet(string name, [NotNullWhen(true)] out SafeTensor? tensor) => _byName.TryGetValue(name, out tensor);

    /// <summary>Reads a file into memory.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is damaged, or not a safetensors file; the message says where.</exception>
    /// <exception cref="IOException">It cannot be read, or has more than 2 GB.</exception>
    public static SafeTensorsFile Read(string path)
    {
        using FileStream file = InputFile.Open(path);
        if (file.CanSeek && file.Length > Array.MaxLength)
            throw new IOException($"{path} has {file.Length} bytes; no more than {Array.MaxLength} are read.");
        try
        {
            return Read(file, (int)(file.CanSeek ? file.Length : 0));
        }
        catch (InvalidDataException exception)
        {
            throw new InvalidDataException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a stream from where it stands to its end.</summary>
    /// <param name="stream">A stream that ends where the tensors do.</param>
    /// <exception cref="InvalidDataException">The content is damaged, or not in the format.</exception>
    public static SafeTensorsFile Read(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Read(stream, 0);
    }

    /// <summary>Reads a stream, of which only a beginning is read that cannot be that of such a file: it may have no end.</summary>
    private static SafeTensorsFile Read(Stream stream, int capacity)
    {
        Span<byte> start = stackalloc byte[SafeTensorsParser.StartLength];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        SafeTensorsParser.CheckStart(start);
        using var memory = new MemoryStream(capacity);
        memory.Write(start);
        stream.CopyTo(memory);
        return SafeTensorsParser.Parse(memory.GetBuffer().AsMemory(0, (int)memory.Length));
    }
}
