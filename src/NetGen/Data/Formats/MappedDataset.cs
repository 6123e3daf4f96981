using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;

namespace NetGen.Data;

/// <summary>
/// Samples in a file that is mapped into memory: the system reads what is asked for and forgets it again, so that a data set
/// may be larger than the memory.
/// </summary>
/// <remarks>
/// The file, all little-endian: a header of 128 bytes (<c>NETGEND1</c>, then as 32-bit integers the number of samples, the
/// <see cref="TargetKind"/>, the target length, the number of classes, the number of dimensions and up to 8 extents), all
/// inputs as singles, then all targets as singles or all class ids as 32-bit integers. Weights are not part of it: give
/// them to the samples that are mapped. Dispose of it when nobody reads any more.
/// </remarks>
public sealed unsafe class MappedDataset : Dataset, IDisposable
{
    private const int HeaderLength = 128;
    private const int MostDimensions = 8;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _start;
    private int _disposed;

    private readonly record struct Header(int Count, TargetKind Targets, int TargetLength, int ClassCount, int[] Shape)
    {
        internal bool HasClassIds => Targets == TargetKind.Classes && TargetLength == 0;
    }

    private MappedDataset(Header header, MemoryMappedFile file, MemoryMappedViewAccessor view)
        : base(header.Shape, header.Count, header.Targets, header.TargetLength, header.ClassCount)
    {
        _file = file;
        _view = view;
        byte* pointer = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref pointer);
        _start = pointer + view.PointerOffset + HeaderLength;
    }

    private float* Inputs => (float*)_start;

    private float* TargetValues => Inputs + (long)Count * InputLength;

    private int* Ids => (int*)TargetValues;

    /// <summary>Writes a data set as a file to be mapped: to a temporary file first, which then takes the name.</summary>
    /// <param name="path">The file, overwritten if it exists.</param>
    /// <param name="data">The samples.</param>
    /// <exception cref="ArgumentException">The inputs have more than 8 dimensions.</exception>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public static void Write(string path, Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        RequireLittleEndian();
        if (data.InputShape.Count > MostDimensions)
            throw new ArgumentException($"At most {MostDimensions} dimensions are possible, found {data.InputShape.Count}.", nameof(data));

        if (data.InputShapes.Count > 1 || data.TargetParts.Count > 1)
        {
            throw new ArgumentException(
                "Such a file holds samples with one input and one target: write the data sets that were joined one by one.", nameof(data));
        }

        AtomicFile.Write(path, data, static (stream, data) =>
        {
            stream.Write(HeaderOf(data));
            var input = new float[data.InputLength];
            for (int index = 0; index < data.Count; index++)
            {
                data.ReadCore([index], input, [], []);
                stream.Write(MemoryMarshal.AsBytes<float>(input));
            }

            var target = new float[data.TargetLength];
            var id = new int[data.HasClassIds ? 1 : 0];
            for (int index = 0; index < data.Count; index++)
            {
                data.ReadCore([index], [], target, id);
                stream.Write(MemoryMarshal.AsBytes<float>(target));
                stream.Write(MemoryMarshal.AsBytes<int>(id));
            }
        });
    }

    /// <summary>Maps a file that <see cref="Write"/> wrote.</summary>
    /// <param name="path">The file, which must not change while it is mapped.</param>
    /// <exception cref="InvalidDataException">It is not such a file, is truncated, or has a class id out of range.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static MappedDataset Open(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        RequireLittleEndian();
        FileStream stream = InputFile.OpenAgainAndAgain(path);
        Header header;
        MemoryMappedFile file;
        try
        {
            header = ReadHeader(path, stream);
            file = MemoryMappedFile.CreateFromFile(stream, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        var data = new MappedDataset(header, file, file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read));
        int wrong = data.FirstWrongId();
        if (wrong < 0)
            return data;

        int id = data.Ids[wrong];
        data.Dispose();
        throw new InvalidDataException($"{path}: class ids go from 0 to {header.ClassCount - 1}, but sample {wrong} has {id}.");
    }

    /// <summary>Gives the file back. Nobody may be reading, or look at a range any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;

        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }

    /// <inheritdoc/>
    protected internal override void ReadCore(
        ReadOnlySpan<int> indices, Span<float> inputs, Span<float> targets, Span<int> classes)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        for (int i = 0; i < indices.Length; i++)
        {
            long index = indices[i];
            if (!inputs.IsEmpty)
                new ReadOnlySpan<float>(Inputs + index * InputLength, InputLength).CopyTo(inputs.Slice(i * InputLength, InputLength));
            if (!targets.IsEmpty)
                new ReadOnlySpan<float>(TargetValues + index * TargetLength, TargetLength).CopyTo(targets.Slice(i * TargetLength, TargetLength));
            if (!classes.IsEmpty)
                classes[i] = Ids[index];
        }
    }

    /// <inheritdoc/>
    protected internal override bool TryGetRangeCore(int start, int count, out SampleRange samples)
    {
        ObjectDisposedException.ThrowIf(_disposed != 0, this);
        samples = default;
        if ((long)count * InputLength > int.MaxValue || (long)count * TargetLength > int.MaxValue)
            return false;

        samples = new SampleRange(
            new ReadOnlySpan<float>(Inputs + (long)start * InputLength, count * InputLength),
            new ReadOnlySpan<float>(TargetValues + (long)start * TargetLength, count * TargetLength),
            HasClassIds ? new ReadOnlySpan<int>(Ids + start, count) : []);
        return true;
    }

    private static ReadOnlySpan<byte> Magic => "NETGEND1"u8;

    private static byte[] HeaderOf(Dataset data)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        int[] numbers = [data.Count, (int)data.Targets, data.TargetLength, data.ClassCount, data.InputShape.Count, .. data.InputShape];
        for (int i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length + i * sizeof(int)), numbers[i]);

        return header;
    }

    private static Header ReadHeader(string path, FileStream stream)
    {
        if (DataFile.IsCompressed(stream))
            throw new InvalidDataException($"{path} is compressed with gzip, and only files that are not can be mapped: decompress it first.");

        stream.Position = 0;
        var bytes = new byte[HeaderLength];
        if (stream.ReadAtLeast(bytes, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !bytes.AsSpan().StartsWith(Magic))
            throw new InvalidDataException(
                $"{path} does not start with the header of a mapped data set; {nameof(MappedDataset)}.{nameof(Write)} makes such files.");

        var numbers = MemoryMarshal.Cast<byte, int>(bytes.AsSpan(Magic.Length));
        int rank = numbers[4];
        int[] shape = rank is >= 1 and <= MostDimensions ? numbers.Slice(5, rank).ToArray() : [];
        long inputLength = shape.Aggregate(1L, (product, extent) => extent < 1 ? 0 : Math.Min(product * extent, int.MaxValue + 1L));
        var header = new Header(numbers[0], (TargetKind)numbers[1], numbers[2], numbers[3], shape);
        bool makesSense = rank is >= 1 and <= MostDimensions && inputLength is >= 1 and <= int.MaxValue && header.Count >= 0
            && header.Targets switch
            {
                TargetKind.None => header is { TargetLength: 0, ClassCount: 0 },
                TargetKind.Values => header is { TargetLength: >= 1, ClassCount: 0 },
                TargetKind.Classes => header.ClassCount >= 1 && (header.TargetLength == 0 || header.TargetLength == header.ClassCount),
                _ => false,
            };
        if (!makesSense)
            throw new InvalidDataException(
                $"{path}: the header contradicts itself: {header.Count} samples of shape {Shapes.Format(shape)}, targets of kind {numbers[1]} with "
                + $"{header.TargetLength} floats and {header.ClassCount} classes.");

        // In 128 bits, because a damaged header can ask for more bytes than 64 bits count.
        Int128 expected = HeaderLength + (Int128)header.Count * (inputLength + (header.HasClassIds ? 1 : header.TargetLength)) * sizeof(float);
        if (stream.Length != expected)
            throw new InvalidDataException(
                $"{path}: {header.Count} samples of shape {Shapes.Format(shape)} take {expected} bytes, found {stream.Length}: it is truncated or "
                + "damaged.");

        return header;
    }

    private static void RequireLittleEndian()
    {
        if (!BitConverter.IsLittleEndian)
            throw new PlatformNotSupportedException("Mapped data sets are little-endian and used as they are, which this processor cannot.");
    }

    private int FirstWrongId()
    {
        for (int index = 0; HasClassIds && index < Count; index++)
        {
            if ((uint)Ids[index] >= (uint)ClassCount)
                return index;
        }

        return -1;
    }
}
