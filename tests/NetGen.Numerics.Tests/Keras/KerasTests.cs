using System.IO.Compression;

namespace NetGen.Numerics.Tests.Keras;

/// <summary>Networks that others trained give what they gave there. Where their files are from stands beside them.</summary>
[Trait("Category", "Numeric")]
public sealed class KerasTests
{
    [Fact]
    public void A_residual_network_gives_the_probabilities_of_Keras() => Gives(new ResNet8(), "resnet8");

    [Fact]
    public void A_wake_word_gives_the_probabilities_of_Keras() => Gives(new StreamingWakeWord(), "wakeword");

    [Fact]
    public void A_wake_word_is_right_about_41_of_45_samples()
    {
        StreamingWakeWord model = Loaded(new StreamingWakeWord(), "wakeword");
        float[] inputs = SafeTensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Keras", "wakeword.samples.safetensors"))["input"].ToSingles();
        var outputs = new float[45 * StreamingWakeWord.OutputLength];
        model.PredictBatch(inputs, outputs);
        // Fifteen samples of each class, one class after the other.
        int[] classes = [2, 0, 1];
        Assert.Equal(41, outputs.Chunk(StreamingWakeWord.OutputLength).Where((row, s) => Array.IndexOf(row, row.Max()) == classes[s / 15]).Count());
    }

    [FactWithData("resnet8-cifar10")]
    public void A_residual_network_is_right_about_881_of_1000_images()
    {
        ResNet8 model = Loaded(new ResNet8(), "resnet8");
        using var packed = new GZipStream(File.OpenRead(Path.Combine(FactWithDataAttribute.Folder!, "test-1000.bin.gz")), CompressionMode.Decompress);
        using var images = new MemoryStream();
        packed.CopyTo(images);
        byte[][] records = [.. images.ToArray().Chunk(1 + ResNet8.InputLength)];
        var outputs = new float[records.Length * ResNet8.OutputLength];
        model.PredictBatch([.. records.SelectMany(record => record.Skip(1).Select(pixel => (float)pixel))], outputs);
        float[][] rows = [.. outputs.Chunk(ResNet8.OutputLength)];
        Assert.Equal(1000, rows.Length);
        Assert.Equal(881, rows.Zip(records).Count(pair => Array.IndexOf(pair.First, pair.First.Max()) == pair.Second[0]));
    }

    private static TNetwork Loaded<TNetwork>(TNetwork model, string name) where TNetwork : class, INetwork<TNetwork>
    {
        KerasWeights.Load(model.Parameters, Path.Combine(AppContext.BaseDirectory, "Keras", $"{name}.weights.safetensors"));
        return model;
    }

    private static void Gives<TNetwork>(TNetwork model, string name) where TNetwork : class, INetwork<TNetwork>
    {
        Loaded(model, name);
        var file = SafeTensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "Keras", $"{name}.samples.safetensors"));
        float[] inputs = file["input"].ToSingles(), expected = file["output"].ToSingles();
        var outputs = new float[expected.Length];
        model.PredictBatch(inputs, outputs);
        Agree.Within(1e-5, expected, outputs, "probabilities");
        for (int s = 0; s < outputs.Length / TNetwork.OutputLength; s++)
            model.Predict(inputs.AsSpan(s * TNetwork.InputLength, TNetwork.InputLength), outputs.AsSpan(s * TNetwork.OutputLength, TNetwork.OutputLength));
        Agree.Within(1e-5, expected, outputs, "probabilities of single samples");
    }
}

/// <summary>A test on a data set that is no part of the repository: it is left out unless a variable says where the set is.</summary>
internal sealed class FactWithDataAttribute : FactAttribute
{
    public FactWithDataAttribute(string what)
    {
        if (Folder is null)
            Skip = $"NETGEN_CIFAR10 names no folder with test-1000.bin.gz, the first thousand test images of CIFAR-10, for {what}.";
    }

    /// <summary>The folder, if it is there.</summary>
    public static string? Folder => Environment.GetEnvironmentVariable("NETGEN_CIFAR10") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
}
