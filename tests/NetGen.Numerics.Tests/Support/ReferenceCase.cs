using System.Text.Json;

namespace NetGen.Numerics.Tests;

/// <summary>A case of the reference set: what it is, and the numbers PyTorch computed for it.</summary>
internal sealed class ReferenceCase
{
    private readonly SafeTensorsFile _tensors;
    private readonly JsonElement _description;

    internal ReferenceCase(string name)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Reference", name);
        _tensors = SafeTensorsFile.Read(Path.Combine(folder, "tensors.safetensors"));
        _description = JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(Path.Combine(folder, "case.json")));
    }

    /// <summary>Whether the case has a tensor of that name.</summary>
    internal bool Has(string tensor) => _tensors.Tensors.Any(other => other.Name == tensor);

    /// <summary>A tensor's numbers, flat.</summary>
    internal float[] this[string tensor] => Find(tensor).ToSingles();

    /// <summary>The targets as class ids, or null where they are values.</summary>
    internal int[]? Classes =>
        Find("target").Type == SafeTensorType.I64 ? [.. Find("target").ToInt64s().Select(id => (int)id)] : null;

    /// <summary>Whether a tensor holds whole numbers: class ids.</summary>
    internal bool IsInteger(string tensor) => _tensors[tensor].Type == SafeTensorType.I64;

    /// <summary>A tensor's whole numbers, flat.</summary>
    internal int[] Integers(string tensor) => [.. _tensors[tensor].ToInt64s().Select(id => (int)id)];

    /// <summary>How many optimizer steps were taken on the one batch.</summary>
    internal int Steps => _description.GetProperty("steps").GetInt32();

    /// <summary>The names of the tensors under a prefix such as <c>grad.</c>, without it.</summary>
    internal IReadOnlyList<string> NamesUnder(string prefix) =>
    [
        .. _tensors.Tensors.Where(tensor => tensor.Name.StartsWith(prefix, StringComparison.Ordinal))
            .Select(tensor => tensor.Name[prefix.Length..]),
    ];

    /// <summary>The initial parameters as a file that PyTorch's <c>state_dict</c> of the network would be saved as.</summary>
    internal Stream StateDict()
    {
        var builder = new SafeTensorsBuilder();
        foreach (string name in NamesUnder("param."))
        {
            SafeTensor tensor = _tensors["param." + name];
            builder.Add(name, tensor.Shape, tensor.ToSingles());
        }

        var stream = new MemoryStream();
        builder.Write(stream);
        stream.Position = 0;
        return stream;
    }

    /// <summary>The optimizer that took the steps.</summary>
    internal Optimizer Optimizer()
    {
        JsonElement optimizer = _description.GetProperty("optimizer");
        float rate = Setting("lr");
        return optimizer.GetProperty("name").GetString() switch
        {
            "sgd" => new Sgd(rate) { Momentum = Setting("momentum"), Nesterov = optimizer.TryGetProperty("nesterov", out _) },
            "adam" => new Adam(rate),
            "adamw" => new AdamW(rate) { WeightDecay = Setting("weight_decay") },
            var other => throw new InvalidOperationException($"The reference uses the optimizer {other}."),
        };

        float Setting(string name) => optimizer.TryGetProperty(name, out JsonElement value) ? value.GetSingle() : 0;
    }

    /// <summary>The cases that are graphs number their inputs, outputs and targets, a single one too.</summary>
    private SafeTensor Find(string tensor) => _tensors.TryGet(tensor, out SafeTensor? found) ? found : _tensors[$"{tensor}.0"];
}
