using System;
using System.IO;
using System.Linq;
using NetGen;
using NetGen.Data;

// Prints numbers as their bits: run.sh compares the lines of the same program under the JIT, trimmed and under NativeAOT.
Report("optimizer", Descend());
Report("file", SaveAndLoad());
Report("data", Shuffled());

static void Report(string name, ReadOnlySpan<float> values)
{
    Console.Write(name);
    foreach (float value in values)
        Console.Write($" {BitConverter.SingleToInt32Bits(value):X8}");
    Console.WriteLine();
}

static float[] Values(int length, ulong stream)
{
    var random = new RandomStream(seed: 7, stream);
    var values = new float[length];
    for (int i = 0; i < length; i++)
        values[i] = (float)random.NextGaussian();
    return values;
}

// Adam on ½·|w - target|², whose gradient is w - target. 37 numbers leave a tail at every vector width.
static float[] Descend()
{
    float[] weights = Values(37, stream: 0), target = Values(37, stream: 1);
    var gradient = new float[weights.Length];
    var adam = new Adam(learningRate: 0.05f);
    adam.Prepare(weights.Length);
    for (int step = 0; step < 20; step++)
    {
        for (int i = 0; i < weights.Length; i++)
            gradient[i] = weights[i] - target[i];
        adam.BeginStep();
        adam.Update(weights, gradient);
    }

    return weights;
}

static float[] SaveAndLoad()
{
    string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
    try
    {
        var builder = new SafeTensorsBuilder();
        builder.Add("0.weight", [2, 3], Values(6, stream: 2));
        builder.Save(path);
        return SafeTensorsFile.Read(path)["0.weight"].ToSingles();
    }
    finally
    {
        File.Delete(path);
    }
}

static float[] Shuffled()
{
    var data = new MemoryDataset(Values(20, stream: 3), [2], Enumerable.Range(0, 10).Select(i => i % 2).ToArray());
    var (training, rest) = data.Split(0.7, seed: 5);
    var inputs = new float[2 * training.Count];
    var classes = new int[training.Count];
    training.Read(Enumerable.Range(0, training.Count).ToArray(), inputs, classes);
    return [.. inputs, .. classes.Select(id => (float)id), rest.Count];
}
