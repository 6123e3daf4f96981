using System.Runtime.InteropServices;
using System.Text;
using ProtoBuf;

namespace NetGen.Benchmarks.Peers.Onnx;

// The messages of onnx.proto that a chain of layers needs, with the numbers its fields have there
// (https://github.com/onnx/onnx/blob/main/onnx/onnx.proto).

/// <summary>A model: a graph and the version of the operators in it.</summary>
[ProtoContract]
internal sealed class ModelMessage
{
    [ProtoMember(1)]
    public long IrVersion { get; init; }

    [ProtoMember(7)]
    public GraphMessage? Graph { get; init; }

    [ProtoMember(8)]
    public List<OperatorSetMessage> OperatorSets { get; init; } = [];
}

/// <summary>The version of the operators; an empty domain is ONNX's own.</summary>
[ProtoContract]
internal sealed class OperatorSetMessage
{
    [ProtoMember(2)]
    public long Version { get; init; }
}

/// <summary>Nodes in the order in which they are computed, the parameters, and what goes in and out.</summary>
[ProtoContract]
internal sealed class GraphMessage
{
    [ProtoMember(1)]
    public List<NodeMessage> Nodes { get; init; } = [];

    [ProtoMember(2)]
    public string Name { get; init; } = "";

    [ProtoMember(5)]
    public List<TensorMessage> Initializers { get; init; } = [];

    [ProtoMember(11)]
    public List<ValueMessage> Inputs { get; init; } = [];

    [ProtoMember(12)]
    public List<ValueMessage> Outputs { get; init; } = [];
}

/// <summary>An operator applied to named values.</summary>
[ProtoContract]
internal sealed class NodeMessage
{
    [ProtoMember(1)]
    public List<string> Inputs { get; init; } = [];

    [ProtoMember(2)]
    public List<string> Outputs { get; init; } = [];

    [ProtoMember(4)]
    public string Operator { get; init; } = "";

    [ProtoMember(5)]
    public List<AttributeMessage> Attributes { get; init; } = [];
}

/// <summary>A named argument of an operator: a number, an integer or several, a word.</summary>
[ProtoContract]
internal sealed class AttributeMessage
{
    private const int Number = 1;
    private const int Integer = 2;
    private const int Word = 3;
    private const int Integers = 7;

    private AttributeMessage()
    {
    }

    [ProtoMember(1)]
    public string Name { get; private init; } = "";

    [ProtoMember(2)]
    public float? Single { get; private init; }

    [ProtoMember(3)]
    public long? Value { get; private init; }

    [ProtoMember(4)]
    public byte[]? Text { get; private init; }

    [ProtoMember(8)]
    public long[]? Values { get; private init; }

    [ProtoMember(20)]
    public int Type { get; private init; }

    public static AttributeMessage Of(string name, long value) => new() { Name = name, Value = value, Type = Integer };

    public static AttributeMessage Of(string name, float value) => new() { Name = name, Single = value, Type = Number };

    public static AttributeMessage Of(string name, string value) => new() { Name = name, Text = Encoding.UTF8.GetBytes(value), Type = Word };

    public static AttributeMessage Of(string name, long[] values) => new() { Name = name, Values = values, Type = Integers };
}

/// <summary>A parameter and its numbers.</summary>
[ProtoContract]
internal sealed class TensorMessage
{
    private TensorMessage()
    {
    }

    [ProtoMember(1)]
    public long[] Shape { get; private init; } = [];

    [ProtoMember(2)]
    public int ElementType { get; private init; }

    [ProtoMember(8)]
    public string Name { get; private init; } = "";

    [ProtoMember(9)]
    public byte[] Bytes { get; private init; } = [];

    public static TensorMessage Of(string name, long[] shape, float[] values) => new()
    {
        Name = name,
        Shape = shape,
        ElementType = TensorTypeMessage.Float,
        Bytes = MemoryMarshal.AsBytes<float>(values).ToArray(),
    };
}

/// <summary>The name and the type of what goes in or out.</summary>
[ProtoContract]
internal sealed class ValueMessage
{
    private ValueMessage()
    {
    }

    [ProtoMember(1)]
    public string Name { get; private init; } = "";

    [ProtoMember(2)]
    public TypeMessage? Type { get; private init; }

    public static ValueMessage Of(string name, long[] shape) => new()
    {
        Name = name,
        Type = new TypeMessage
        {
            Tensor = new TensorTypeMessage
            {
                ElementType = TensorTypeMessage.Float,
                Shape = new ShapeMessage { Extents = [.. shape.Select(extent => new ExtentMessage { Value = extent })] },
            },
        },
    };
}

/// <summary>A type; a tensor's is the one used here.</summary>
[ProtoContract]
internal sealed class TypeMessage
{
    [ProtoMember(1)]
    public TensorTypeMessage? Tensor { get; init; }
}

/// <summary>A tensor's element type and shape.</summary>
[ProtoContract]
internal sealed class TensorTypeMessage
{
    /// <summary>The number of float32 among the element types.</summary>
    public const int Float = 1;

    [ProtoMember(1)]
    public int ElementType { get; init; }

    [ProtoMember(2)]
    public ShapeMessage? Shape { get; init; }
}

/// <summary>A shape, extent by extent.</summary>
[ProtoContract]
internal sealed class ShapeMessage
{
    [ProtoMember(1)]
    public List<ExtentMessage> Extents { get; init; } = [];
}

/// <summary>An extent.</summary>
[ProtoContract]
internal sealed class ExtentMessage
{
    [ProtoMember(1)]
    public long Value { get; init; }
}
