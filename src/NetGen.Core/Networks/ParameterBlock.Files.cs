namespace NetGen;

public sealed partial class ParameterBlock
{
    /// <summary>Saves the parameters as a safetensors file with PyTorch's names, shapes and order of elements.</summary>
    /// <remarks>
    /// The layers are listed in it, so that no network that is built in another way takes it. A temporary file beside it is written, flushed to the
    /// disk and renamed: the file is all old or all new.
    /// </remarks>
    /// <param name="path">The file, overwritten if it exists.</param>
    /// <param name="metadata">Pairs of strings to keep with the parameters.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string>? metadata = null) => ToBuilder(metadata).Save(path);

    /// <summary>Writes the parameters to a stream in the safetensors format.</summary>
    /// <param name="stream">The stream, left open.</param>
    /// <param name="metadata">Pairs of strings to keep with the parameters.</param>
    public void Save(Stream stream, IReadOnlyDictionary<string, string>? metadata = null) => ToBuilder(metadata).Write(stream);

    /// <summary>Loads the parameters from a safetensors file, such as one written from a PyTorch <c>state_dict</c>, or from a checkpoint.</summary>
    /// <remarks>
    /// Predictions on other threads use the old values until all of the new ones are there, and never some of both. A training step that is running
    /// at the time is lost.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <param name="options">How to find the parameters in a file that was not written for this network.</param>
    /// <returns>The pairs of strings kept in the file.</returns>
    /// <exception cref="InvalidDataException">
    /// The file is damaged or belongs to another network: a layer is another one than here, or a tensor is missing, too many, of another type or
    /// shape. The message names the layer or the tensors, and the options that would help; the parameters are as they were.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public IReadOnlyDictionary<string, string> Load(string path, LoadOptions? options = null)
    {
        var file = SafeTensorsFile.Read(path);
        Load(file, path, options);
        return file.Metadata;
    }

    /// <summary>Loads the parameters from a stream in the safetensors format.</summary>
    /// <param name="stream">A stream that ends where the tensors do.</param>
    /// <param name="options">How to find the parameters in a file that was not written for this network.</param>
    /// <returns>The pairs of strings kept with the parameters.</returns>
    /// <exception cref="InvalidDataException">
    /// The content is damaged or belongs to another network; the parameters are as they were.
    /// </exception>
    public IReadOnlyDictionary<string, string> Load(Stream stream, LoadOptions? options = null)
    {
        var file = SafeTensorsFile.Read(stream);
        Load(file, "The stream", options);
        return file.Metadata;
    }

    /// <summary>Takes the parameters of a file that has been read. Whoever gives options knows that it was written for another network.</summary>
    internal void Load(SafeTensorsFile file, string source, LoadOptions? options = null)
    {
        if (options is null)
            ArchitectureFingerprint.Check(Description, file.Metadata, source);
        Take(new ParameterSearch(Description, file, options ?? new LoadOptions()).Find(source));
    }

    /// <summary>Takes what was found in a file, at once.</summary>
    internal void Take(IReadOnlyList<(ParameterDescription Parameter, float[] Elements)> found) => Update(values =>
    {
        foreach ((ParameterDescription parameter, float[] elements) in found)
            _byName[parameter.Name].CopyInto(values, elements);
    });

    private SafeTensorsBuilder ToBuilder(IReadOnlyDictionary<string, string>? metadata)
    {
        var builder = new SafeTensorsBuilder { Metadata = { ["format"] = "pt" } };
        foreach (var (key, value) in (metadata ?? new Dictionary<string, string>()).Concat(ArchitectureFingerprint.MetadataOf(Description)))
            builder.Metadata[key] = value;
        foreach (ParameterTensor tensor in _tensors)
            tensor.AddTo(builder);

        builder.AddChecksum();
        return builder;
    }
}
