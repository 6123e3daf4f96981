namespace NetGen.Benchmarks.Workloads;

/// <summary>The folder of trained weights, inputs and reference outputs that NETGEN_BENCH_MODELS names, if any.</summary>
internal static class Models
{
    /// <summary>The folder, or null: then weights are drawn from a seed and outputs are compared with plain code alone.</summary>
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("NETGEN_BENCH_MODELS") is { Length: > 0 } folder ? folder : null;

    /// <summary>Reads a file of tensors, or nothing without a folder.</summary>
    public static SafeTensorsFile? Read(string name) => Folder == null ? null : SafeTensorsFile.Read(Path.Combine(Folder, name));

    /// <summary>Reads the file with the weights of a workload, or nothing if it has none.</summary>
    public static SafeTensorsFile? ReadWeights(string? name) => name is null ? null : Read(name + ".safetensors");

    /// <summary>Takes every parameter from the file, by its name.</summary>
    public static void Load(SafeTensorsFile? file, ParameterBlock parameters)
    {
        if (file == null)
            return;
        foreach (ParameterTensor tensor in parameters)
            tensor.CopyFrom(file[tensor.Name].ToSingles());
    }

    /// <summary>Numbers for an input where no file has one: normally distributed, the same on every machine.</summary>
    public static float[] Random(int length, ulong stream)
    {
        var random = new RandomStream(2024, stream);
        var values = new float[length];
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)random.NextGaussian();
        return values;
    }
}
