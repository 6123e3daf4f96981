namespace NetGen;

public sealed partial class ParameterBlock
{
    /// <summary>Saves the parameters as a safetensors file with PyTorch's names, shapes and order of elements.</summary>
    /// <remarks>A temporary file beside it is written, flushed to the disk and renamed: the file is all old or all new.</remarks>
    /// <param name="path">The file, overwritten if it exists.</param>
    /// <param name="metadata">Pairs of strings to keep with the parameters.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => ToBuilder(metadata).Save(path);

    /// <summary>Writes the parameters to a stream in the safetensors format.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="metadata">Pairs of strings to keep with the parameters.</param>
    public void Save(Stream stream, IReadOnlyDictionary<string, string>? metadata = null) => ToBuilder(metadata).Write(stream);

    /// <summary>Loads the parameters from a safetensors file, such as one written from a PyTorch <c>state_dict</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The pairs of strings kept in the file.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or belongs to another network: a tensor is missing, too many, of another type or shape. The
    /// message names the tensors; the parameters are as they were.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Load(string path)
    {
        var file = SafeTensorsFile.Read(path);
        Take(file, path);
        return file.Metadata;
    }

    /// <summary>Loads the parameters from a stream in the safetensors format.</summary>
    /// <param name="stream">A stream that ends where the tensors do.</param>
    /// <returns>The pairs of strings kept with the parameters.</returns>
    /// <exception cref="InvalidDataException">
    /// The content is damaged or belongs to another network; the parameters are as they were.
    /// </exception>
    public IReadOnlyDictionary<string, string> Load(Stream stream)
    {
        var file = SafeTensorsFile.Read(stream);
        Take(file, "The stream");
        return file.Metadata;
    }

    private SafeTensorsBuilder ToBuilder(IReadOnlyDictionary<string, string>? metadata)
    {
        var builder = new SafeTensorsBuilder { Metadata = { ["format"] = "pt" } };
        foreach (var (key, value) in metadata ?? new Dictionary<string, string>())
            builder.Metadata[key] = value;
        foreach (var tensor in _tensors)
        {
            if (tensor.Description.IsCount)
                builder.Add(tensor.Name, tensor.Shape, Array.ConvertAll(tensor.ToArray(), count => (long)count));
            else
                builder.Add(tensor.Name, tensor.Shape, tensor.ToArray());
        }

        return builder;
    }

    /// <summary>Takes all tensors of a file, or none of them.</summary>
    private void Take(SafeTensorsFile file, string source)
    {
        var mistakes = _tensors.Select(tensor => MistakeOf(tensor, file))
            .Concat(file.Tensors
                .Where(found => !_byName.ContainsKey(found.Name))
                .Select(found => $"'{found.Name}' {Shapes.Format(found.Shape)} is not a parameter of {Description.Name}"))
            .OfType<string>()
            .ToArray();
        if (mistakes.Length > 0)
            throw new InvalidDataException($"{source} does not fit {Description.Name}: {Summarize(mistakes)}. Nothing was loaded.");

        float[] elements = new float[_tensors.Length == 0 ? 0 : _tensors.Max(tensor => tensor.Length)];
        Update(values =>
        {
            foreach (var tensor in _tensors)
            {
                var part = elements.AsSpan(0, tensor.Length);
                SafeTensor found = file[tensor.Name];
                if (found.Type == SafeTensorType.I64)
                    Array.ConvertAll(found.ToInt64s(), count => (float)count).CopyTo(part);
                else
                    found.CopyTo(part);
                tensor.CopyInto(values, part);
            }
        });
    }

    private static string? MistakeOf(ParameterTensor expected, SafeTensorsFile file)
    {
        string shape = Shapes.Format(expected.Shape);
        if (!file.TryGet(expected.Name, out var found))
            return $"'{expected.Name}' {shape} is missing";
        if (!found.Shape.SequenceEqual(expected.Shape))
            return $"'{expected.Name}' should have the shape {shape}, found {Shapes.Format(found.Shape)}";
        if (found.Type != SafeTensorType.F32 && !(expected.Description.IsCount && found.Type == SafeTensorType.I64))
            return $"'{expected.Name}' {shape} should have elements of type F32, found {found.Type}";

        return null;
    }

    private static string Summarize(string[] mistakes)
    {
        const int Shown = 8;
        string text = string.Join("; ", mistakes.Take(Shown));
        return mistakes.Length > Shown ? $"{text}; and {mistakes.Length - Shown} more" : text;
    }
}
