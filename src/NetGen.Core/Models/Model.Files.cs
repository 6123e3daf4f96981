namespace NetGen;

public sealed partial class Model<TNetwork>
{
    /// <summary>
    /// Loads a model from one file: parameters, class names and scalings. A file that holds parameters alone, such as one written from a PyTorch
    /// <c>state_dict</c>, gives a model without names and scalings.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is damaged, of a later version or of a network that is built in another way; the message says where, and names the first layer
    /// that differs.
    /// </exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="NotSupportedException">
    /// The network has constructors of its own, and none takes nothing or <c>int seed</c> alone: make it, and load into it with
    /// <see cref="LoadInto(TNetwork, string)"/>.
    /// </exception>
    public static Model<TNetwork> LoadFrom(string path) => LoadInto(TNetwork.Create(), path);

    /// <summary>Loads a model from a stream, such as a resource of the program.</summary>
    /// <inheritdoc cref="LoadFrom(string)"/>
    /// <param name="stream">A stream that ends where the model does.</param>
    public static Model<TNetwork> LoadFrom(Stream stream) =>
        LoadInto(TNetwork.Create(), SafeTensorsFile.Read(stream), "The stream");

    /// <summary>Loads a model from one file into a network that is there, whose parameters are replaced at once, or not at all.</summary>
    /// <inheritdoc cref="LoadFrom(string)"/>
    /// <param name="network">The network, which becomes that of the model.</param>
    /// <param name="path">The file.</param>
    public static Model<TNetwork> LoadInto(TNetwork network, string path) => LoadInto(network, SafeTensorsFile.Read(path), path);

    /// <summary>Saves parameters, class names and scalings in one safetensors file.</summary>
    /// <param name="path">The file, replaced as a whole once everything is written.</param>
    /// <exception cref="IOException">The file cannot be written; one that was there is as it was.</exception>
    public void Save(string path) => Network.Parameters.Save(path, ModelFile.MetadataOf(TNetwork.Description, Card, Meanings));

    /// <summary>Writes parameters, class names and scalings to a stream.</summary>
    /// <param name="stream">The stream, left open.</param>
    public void Save(Stream stream) => Network.Parameters.Save(stream, ModelFile.MetadataOf(TNetwork.Description, Card, Meanings));

    private static Model<TNetwork> LoadInto(TNetwork network, SafeTensorsFile file, string source)
    {
        ArgumentNullException.ThrowIfNull(network);
        (ModelCard card, OutputMeaning[] meanings) = ModelFile.Read(file.Metadata, TNetwork.Description, source);
        network.Parameters.Load(file, source);
        return new Model<TNetwork>(network, card, meanings);
    }
}
