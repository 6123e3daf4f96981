using System.Buffers.Binary;

namespace NetGen.Data;

/// <summary>The content of an IDX file, the format of MNIST: one array of numbers.</summary>
/// <remarks>
/// Two zero bytes, a byte for the type of the elements, a byte for the number of dimensions, a 32-bit big-endian extent for
/// each, then the elements, big-endian and row-major (Y. LeCun, "The MNIST database of handwritten digits").
/// </remarks>
public sealed class IdxFile
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly byte _type;

    private IdxFile(byte type, int[] shape, ReadOnlyMemory<byte> data)
    {
        _type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>The extents of the array's dimensions.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The number of elements.</summary>
    public int Length => _data.Length / SizeOf(_type);

    /// <summary>Reads a file, compressed with gzip or not.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">It is not an IDX file, is truncated, or goes on behind its end.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static IdxFile Read(string path)
    {
        using var stream = DataFile.Open(path);
        byte[] start = DataFile.Read(stream, 4);
        if (start.Length < 4 || start[0] != 0 || start[1] != 0 || SizeOf(start[2]) == 0)
        {
            throw new InvalidDataException(
                $"{path}: an IDX file starts with 00 00, a type (08, 09, 0B to 0E) and a number of dimensions; found {Convert.ToHexString(start)}.");
        }

        int[] shape = ReadShape(stream, path, start[3]);
        Int128 length = SizeOf(start[2]);
        foreach (int extent in shape)
            length = Int128.Min(length * extent, long.MaxValue - 1);

        // No more is read than the header claims and one byte, which must not be there: a compressed file may hold a thousand times its size.
        byte[] data = DataFile.Read(stream, (long)length + 1);
        if (data.Length != length)
        {
            string mistake = data.Length > length ? "more: there is something behind its end"
                : data.Length == Array.MaxLength ? "more than fits into memory"
                : $"{data.Length}: it is truncated";
            throw new InvalidDataException($"{path}: an array of {Shapes.Format(shape)} takes {length} bytes, found {mistake}.");
        }

        return new IdxFile(start[2], shape, data);
    }

    /// <summary>The elements as singles.</summary>
    /// <param name="scale">What each is multiplied by.</param>
    public float[] ToSingles(float scale = 1)
    {
        var data = _data.Span;
        var elements = new float[Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = scale * _type switch
            {
                0x08 => data[i],
                0x09 => (sbyte)data[i],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(data[(2 * i)..]),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(data[(4 * i)..]),
                0x0D => BinaryPrimitives.ReadSingleBigEndian(data[(4 * i)..]),
                _ => (float)BinaryPrimitives.ReadDoubleBigEndian(data[(8 * i)..]),
            };
        }

        return elements;
    }

    /// <summary>The elements as integers.</summary>
    /// <exception cref="InvalidDataException">The elements are not integers.</exception>
    public int[] ToInt32s()
    {
        var data = _data.Span;
        var elements = new int[Length];
        for (int i = 0; i < elements.Length; i++)
        {
            elements[i] = _type switch
            {
                0x08 => data[i],
                0x09 => (sbyte)data[i],
                0x0B => BinaryPrimitives.ReadInt16BigEndian(data[(2 * i)..]),
                0x0C => BinaryPrimitives.ReadInt32BigEndian(data[(4 * i)..]),
                _ => throw new InvalidDataException("Expected integer elements, found floating-point numbers."),
            };
        }

        return elements;
    }

    private static int[] ReadShape(Stream stream, string path, int dimensions)
    {
        byte[] bytes = DataFile.Read(stream, 4 * dimensions);
        if (bytes.Length < 4 * dimensions)
        {
            throw new InvalidDataException(
                $"{path}: {dimensions} dimensions take a header of {4 + 4 * dimensions} bytes, found {4 + bytes.Length} bytes in all.");
        }

        var shape = new int[dimensions];
        for (int dimension = 0; dimension < shape.Length; dimension++)
        {
            uint extent = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(4 * dimension));
            if (extent is 0 or > int.MaxValue)
                throw new InvalidDataException($"{path}: dimension {dimension} has the extent {extent}; it should be from 1 to {int.MaxValue}.");

            shape[dimension] = (int)extent;
        }

        return shape;
    }

    private static int SizeOf(byte type) => type switch
    {
        0x08 or 0x09 => 1,
        0x0B => 2,
        0x0C or 0x0D => 4,
        0x0E => 8,
        _ => 0,
    };
}
