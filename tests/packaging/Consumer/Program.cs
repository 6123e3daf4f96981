using System;
using System.IO;
using System.Linq;
using Consumer.Models;
using NetGen;
using NetGen.CompilerServices;
using NetGen.Data;
using NetGen.Maths;
using NetGen.Optimizers;

// Prints numbers as their bits: run.sh compares the lines of the same program under the JIT, trimmed and under NativeAOT.
Report("classifier", Classify());
Report("regression", Regress());
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

// Twelve steps of Adam, the weights through a file into a second network, and its predictions.
static float[] Classify()
{
    const int Batch = 7;
    float[] pictures = Values(Batch * Shapes.InputLength, stream: 0);
    int[] classes = Enumerable.Range(0, Batch).Select(i => i % Shapes.OutputLength).ToArray();
    var losses = new float[12];
    var model = new Shapes(seed: 42);
    using var trainer = new Trainer<Shapes>(model, new Adam(learningRate: 0.01f));
    for (int step = 0; step < losses.Length; step++)
        losses[step] = trainer.Step(pictures, classes);
    Require(losses[^1] < losses[0], $"Training did not lower the loss: {losses[0]} to {losses[^1]}.");

    var loaded = new Shapes(seed: 1);
    string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
    try
    {
        model.Save(path);
        loaded.Load(path);
    }
    finally
    {
        File.Delete(path);
    }

    var outputs = new float[Batch * Shapes.OutputLength];
    loaded.PredictBatch(pictures, outputs);
    var alone = new float[Shapes.OutputLength];
    model.Predict(pictures.AsSpan(0, Shapes.InputLength), alone);
    Require(loaded.Classify(pictures.AsSpan(0, Shapes.InputLength)) == Prediction.Classify(alone), "The loaded network decides otherwise.");
    return [.. losses, .. outputs, .. alone];
}

static float[] Regress()
{
    const int Batch = 33;
    float[] inputs = Values(Batch * Curve.InputLength, stream: 1), targets = Values(Batch * Curve.OutputLength, stream: 2);
    var losses = new float[8];
    var model = new Curve(seed: 3);
    using var trainer = new Trainer<Curve>(model, new Sgd(learningRate: 0.05f) { Momentum = 0.9f });
    for (int step = 0; step < losses.Length; step++)
        losses[step] = trainer.Step(inputs, targets);
    Require(losses[^1] < losses[0], $"Training did not lower the loss: {losses[0]} to {losses[^1]}.");

    var output = new float[Curve.OutputLength];
    model.Predict(inputs.AsSpan(0, Curve.InputLength), output);
    return [.. losses, .. output];
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

static void Require(bool condition, string message)
{
    if (!condition)
        throw new InvalidOperationException(message);
}
