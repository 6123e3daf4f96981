using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace NetGen.Tests;

/// <summary>Numbers that PyTorch computed, from the folder Reference: named float tensors, flat.</summary>
internal sealed class ReferenceCase
{
    private readonly Dictionary<string, float[]> _tensors = [];

    internal ReferenceCase(string name)
    {
        byte[] file = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Reference", name, "tensors.safetensors"));
        int headerLength = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        using var header = JsonDocument.Parse(file.AsMemory(8, headerLength));
        var data = file.AsSpan(8 + headerLength);
        foreach (var tensor in header.RootElement.EnumerateObject())
        {
            if (tensor.Name == "__metadata__" || tensor.Value.GetProperty("dtype").GetString() != "F32")
                continue;
            var offsets = tensor.Value.GetProperty("data_offsets");
            var bytes = data[offsets[0].GetInt32()..offsets[1].GetInt32()];
            _tensors.Add(tensor.Name, MemoryMarshal.Cast<byte, float>(bytes).ToArray());
        }
    }

    internal float[] this[string tensor] => _tensors[tensor];
}
