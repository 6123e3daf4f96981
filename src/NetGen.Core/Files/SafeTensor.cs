using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace NetGen.Files;

/// <summary>The element types of the safetensors format.</summary>
public enum SafeTensorType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned 8-bit integers.</summary>
    U8,

    /// <summary>Signed 8-bit integers.</summary>
    I8,

    /// <summary>Unsigned 16-bit integers.</summary>
    U16,

    /// <summary>Signed 16-bit integers.</summary>
    I16,

    /// <summary>IEEE half precision.</summary>
    F16,

    /// <summary>The upper half of a single: 8 bits of exponent, 7 of fraction.</summary>
    BF16,

    /// <summary>Unsigned 32-bit integers.</summary>
    U32,

    /// <summary>Signed 32-bit integers.</summary>
    I32,

    /// <summary>IEEE single precision.</summary>
    F32,

    /// <summary>Unsigned 64-bit integers.</summary>
    U64,

    /// <summary>Signed 64-bit integers.</summary>
    I64,

    /// <summary>IEEE double precision.</summary>
    F64,
}

/// <summary>One tensor of a safetensors file.</summary>
public sealed class SafeTensor
{
    internal SafeTensor(string name, SafeTensorType type, IReadOnlyList<int> shape, ReadOnlyMemory<byte> data)
    {
        Name = name;
        Type = type;
        Shape = shape;
        Data = data;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The type of the elements.</summary>
    public SafeTensorType Type { get; }

    /// <summary>The shape; empty for a single number.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>The elements as they are in the file: row-major, little-endian.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>The number of elements.</summary>
    public int Length => Data.Length / SizeOf(Type);

    /// <summary>Copies the elements of an <see cref="SafeTensorType.F32"/> tensor.</summary>
    /// <param name="destination">Exactly <see cref="Length"/> floats, overwritten.</param>
    /// <exception cref="InvalidDataException">The elements have another type.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void CopyTo(Span<float> destination)
    {
        Require(SafeTensorType.F32);
        if (destination.Length != Length)
            throw new ArgumentException($"{this} has {Length} elements, the destination {destination.Length}.", nameof(destination));

        Data.Span.CopyTo(MemoryMarshal.AsBytes(destination));
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(destination);
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }
    }

    /// <summary>The elements as singles; half, brain and double precision are converted, integers are not.</summary>
    /// <exception cref="InvalidDataException">The elements are integers.</exception>
    public float[] ToSingles()
    {
        var data = Data.Span;
        var elements = new float[Length];
        switch (Type)
        {
            case SafeTensorType.F32:
                CopyTo(elements);
                break;
            case SafeTensorType.F16:
                for (int i = 0; i < elements.Length; i++)
                    elements[i] = (float)BinaryPrimitives.ReadHalfLittleEndian(data[(i * 2)..]);
                break;
            case SafeTensorType.BF16:
                for (int i = 0; i < elements.Length; i++)
                    elements[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(data[(i * 2)..]) << 16);
                break;
            case SafeTensorType.F64:
                for (int i = 0; i < elements.Length; i++)
                    elements[i] = (float)BinaryPrimitives.ReadDoubleLittleEndian(data[(i * 8)..]);
                break;
            default:
                throw new InvalidDataException($"{this}: expected floating-point elements, found {Type}.");
        }

        return elements;
    }

    /// <summary>Whether a finite double became infinite as a single.</summary>
    internal bool HasFiniteBeyondSingles(ReadOnlySpan<float> converted, out double beyond)
    {
        for (int i = 0; i < converted.Length; i++)
        {
            beyond = BinaryPrimitives.ReadDoubleLittleEndian(Data.Span[(i * sizeof(double))..]);
            if (double.IsFinite(beyond) && !float.IsFinite(converted[i]))
                return true;
        }

        beyond = 0;
        return false;
    }

    /// <summary>The elements as 64-bit integers; smaller integers are widened.</summary>
    /// <exception cref="InvalidDataException">The elements are not integers, or too large.</exception>
    public long[] ToInt64s()
    {
        var data = Data.Span;
        int size = SizeOf(Type);
        var elements = new long[Length];
        for (int i = 0; i < elements.Length; i++)
        {
            var element = data.Slice(i * size, size);
            elements[i] = Type switch
            {
                SafeTensorType.Bool or SafeTensorType.U8 => element[0],
                SafeTensorType.I8 => (sbyte)element[0],
                SafeTensorType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(element),
                SafeTensorType.I16 => BinaryPrimitives.ReadInt16LittleEndian(element),
                SafeTensorType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(element),
                SafeTensorType.I32 => BinaryPrimitives.ReadInt32LittleEndian(element),
                SafeTensorType.I64 => BinaryPrimitives.ReadInt64LittleEndian(element),
                SafeTensorType.U64 when BinaryPrimitives.ReadInt64LittleEndian(element) is >= 0 and var value => value,
                SafeTensorType.U64 => throw new InvalidDataException($"{this}: element {i} is larger than a signed 64-bit integer."),
                _ => throw new InvalidDataException($"{this}: expected integer elements, found {Type}."),
            };
        }

        return elements;
    }

    /// <summary>Name, type and shape: <c>0.weight F32 [10, 784]</c>.</summary>
    public override string ToString() => $"{Name} {Type} {Shapes.Format(Shape)}";

    internal static int SizeOf(SafeTensorType type) => type switch
    {
        SafeTensorType.Bool or SafeTensorType.U8 or SafeTensorType.I8 => 1,
        SafeTensorType.U16 or SafeTensorType.I16 or SafeTensorType.F16 or SafeTensorType.BF16 => 2,
        SafeTensorType.U32 or SafeTensorType.I32 or SafeTensorType.F32 => 4,
        _ => 8,
    };

    internal static string CodeOf(SafeTensorType type) => type switch
    {
        SafeTensorType.Bool => "BOOL",
        SafeTensorType.U8 => "U8",
        SafeTensorType.I8 => "I8",
        SafeTensorType.U16 => "U16",
        SafeTensorType.I16 => "I16",
        SafeTensorType.F16 => "F16",
        SafeTensorType.BF16 => "BF16",
        SafeTensorType.U32 => "U32",
        SafeTensorType.I32 => "I32",
        SafeTensorType.F32 => "F32",
        SafeTensorType.U64 => "U64",
        SafeTensorType.I64 => "I64",
        _ => "F64",
    };

    internal static SafeTensorType? TypeOf(string code)
    {
        for (var type = SafeTensorType.Bool; type <= SafeTensorType.F64; type++)
        {
            if (CodeOf(type) == code)
                return type;
        }

        return null;
    }

    private void Require(SafeTensorType type)
    {
        if (Type != type)
            throw new InvalidDataException($"{this}: expected {type} elements, found {Type}.");
    }
}
