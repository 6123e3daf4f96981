using System;
using System.IO;
using NetGen;

// Networks with a loss and without one, whose weights go through a file: all that an embedded program does. Prints numbers as their bits.
Report<Pictures>();
Report<Curve>();

static void Report<TNetwork>() where TNetwork : class, INetwork<TNetwork>
{
    const int Batch = 5;
    var inputs = new float[Batch * TNetwork.InputLength];
    for (int i = 0; i < inputs.Length; i++)
        inputs[i] = (i * 7 % 11 - 5) / 4f;

    TNetwork network = TNetwork.Create(seed: 3), loaded = TNetwork.Create(seed: 4);
    string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.safetensors");
    try
    {
        network.Parameters.Save(path);
        loaded.Parameters.Load(path);
    }
    finally
    {
        File.Delete(path);
    }

    var outputs = new float[Batch * TNetwork.OutputLength];
    loaded.PredictBatch(inputs, outputs);
    var alone = new float[TNetwork.OutputLength];
    network.Predict(inputs.AsSpan(0, TNetwork.InputLength), alone);
    for (int i = 0; i < alone.Length; i++)
    {
        // Blocks of samples and single ones may add up in another order.
        if (!(Math.Abs(alone[i] - outputs[i]) < 1e-5f))
            throw new InvalidOperationException($"Output {i} is {alone[i]} alone and {outputs[i]} in the batch.");
    }

    Console.Write(TNetwork.Description.Name);
    foreach (float output in outputs)
        Console.Write($" {BitConverter.SingleToInt32Bits(output):X8}");
    Console.WriteLine();
}

[Network, Input(1, 7, 7), Conv2D(5, 3), Relu, MaxPool2D(2), Dropout(0.2), Dense(3), SoftmaxCrossEntropy]
public partial class Pictures;

[Network, Input(3), Dense(9), Tanh, Dense(2)]
public partial class Curve;
