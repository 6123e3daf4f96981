using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace NetGen.Generators.Tests.Limits;

/// <summary>What the JIT will find in a compiled method.</summary>
/// <param name="Name">The types around it and its name.</param>
/// <param name="Bytes">Bytes of IL.</param>
/// <param name="Locals">Local variables.</param>
/// <param name="MultiplyAdds">Calls of multiply-adds on vectors.</param>
/// <param name="Transcendentals">Calls of exponentials, logarithms and the like on vectors or floats.</param>
/// <param name="Blocks">Basic blocks: stretches that are entered at their start and left at their end only.</param>
internal sealed record MethodSize(string Name, int Bytes, int Locals, int MultiplyAdds, int Transcendentals, int Blocks)
{
    private static readonly Dictionary<int, OpCode> s_opCodes = typeof(OpCodes)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => (int)(ushort)code.Value);

    // Functions that are an instruction or a few.
    private static readonly HashSet<string> s_simple = ["Max", "Min", "Sum", "LeastOfLargest", "Sign"];

    /// <summary>Every method with a body in an assembly.</summary>
    public static IReadOnlyList<MethodSize> ReadAll(byte[] image)
    {
        using var file = new PEReader(ImmutableArray.Create(image));
        MetadataReader metadata = file.GetMetadataReader();
        return
        [
            .. metadata.MethodDefinitions
                .Select(metadata.GetMethodDefinition)
                .Where(method => method.RelativeVirtualAddress != 0)
                .Select(method => Read(file, metadata, method)),
        ];
    }

    private static MethodSize Read(PEReader file, MetadataReader metadata, MethodDefinition method)
    {
        MethodBodyBlock body = file.GetMethodBody(method.RelativeVirtualAddress);
        BlobReader il = body.GetILReader();
        int length = il.Length;
        int multiplyAdds = 0, transcendentals = 0;
        var starts = new HashSet<int> { 0 };
        while (il.RemainingBytes > 0)
        {
            int code = il.ReadByte();
            OpCode operation = s_opCodes[code == 0xFE ? code << 8 | il.ReadByte() : code];
            switch (operation.OperandType)
            {
                case OperandType.ShortInlineBrTarget:
                    int near = il.ReadSByte();
                    starts.Add(il.Offset + near);
                    break;
                case OperandType.InlineBrTarget:
                    int far = il.ReadInt32();
                    starts.Add(il.Offset + far);
                    break;
                case OperandType.InlineSwitch:
                    int[] targets = [.. Enumerable.Range(0, il.ReadInt32()).Select(_ => il.ReadInt32())];
                    starts.UnionWith(targets.Select(target => il.Offset + target));
                    break;
                case OperandType.InlineMethod:
                    (string space, string type, string name) = CalleeOf(metadata, il.ReadInt32());
                    multiplyAdds += IsVectorMultiplyAdd(space, name) ? 1 : 0;
                    transcendentals += (space, type) == ("NetGen.Maths", "VectorMath") && !s_simple.Contains(name) ? 1 : 0;
                    break;
                default:
                    il.Offset += SizeOf(operation.OperandType);
                    break;
            }

            if (operation.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
                starts.Add(il.Offset);
        }

        starts.Remove(length);
        return new MethodSize(NameOf(metadata, method), length, LocalsOf(metadata, body), multiplyAdds, transcendentals, starts.Count);
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static int LocalsOf(MetadataReader metadata, MethodBodyBlock body)
    {
        if (body.LocalSignature.IsNil)
            return 0;
        BlobReader signature = metadata.GetBlobReader(metadata.GetStandaloneSignature(body.LocalSignature).Signature);
        signature.ReadSignatureHeader();
        return signature.ReadCompressedInteger();
    }

    // Of another assembly; nothing for the rest.
    private static (string Namespace, string Type, string Name) CalleeOf(MetadataReader metadata, int token)
    {
        EntityHandle handle = (EntityHandle)System.Reflection.Metadata.Ecma335.MetadataTokens.Handle(token);
        if (handle.Kind == HandleKind.MethodSpecification)
            handle = metadata.GetMethodSpecification((MethodSpecificationHandle)handle).Method;
        if (handle.Kind != HandleKind.MemberReference)
            return ("", "", "");
        MemberReference member = metadata.GetMemberReference((MemberReferenceHandle)handle);
        EntityHandle parent = member.Parent;
        if (parent.Kind == HandleKind.TypeSpecification)
            parent = DefinitionOf(metadata.GetBlobReader(metadata.GetTypeSpecification((TypeSpecificationHandle)parent).Signature));
        if (parent.Kind != HandleKind.TypeReference)
            return ("", "", "");
        TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)parent);
        return (metadata.GetString(type.Namespace), metadata.GetString(type.Name), metadata.GetString(member.Name));
    }

    // The generic type of which the signature is an instance, such as IVector of a type parameter.
    private static EntityHandle DefinitionOf(BlobReader signature)
    {
        if (signature.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
            return default;
        signature.ReadByte();
        return signature.ReadTypeHandle();
    }

    private static bool IsVectorMultiplyAdd(string space, string name) =>
        (space is "System.Numerics" or "NetGen.Maths" || space.StartsWith("System.Runtime.Intrinsics", StringComparison.Ordinal))
        && (name.Contains("MultiplyAdd", StringComparison.Ordinal) || name.Contains("MultiplySubtract", StringComparison.Ordinal)
            || name.StartsWith("AddProduct", StringComparison.Ordinal));

    private static string NameOf(MetadataReader metadata, MethodDefinition method)
    {
        string name = metadata.GetString(method.Name);
        for (TypeDefinitionHandle handle = method.GetDeclaringType(); !handle.IsNil;)
        {
            TypeDefinition type = metadata.GetTypeDefinition(handle);
            name = $"{metadata.GetString(type.Name)}.{name}";
            handle = type.GetDeclaringType();
        }

        return name;
    }
}
