using System.Runtime.CompilerServices;

namespace NetGen.Tests;

/// <summary>
/// The arithmetic of one dense layer written by hand, as the generator would but plainly, so that the runtime is tested without it.
/// The block holds the weights, inputs by outputs padded to <see cref="Stride"/>, and then the biases.
/// </summary>
internal static class DenseModel
{
    internal const int Inputs = 6;
    internal const int Outputs = 3;
    internal const int Stride = 16;
    internal const int BiasOffset = Inputs * Stride;
    internal const int BlockLength = BiasOffset + Stride;
    internal const int InferenceBlock = 8;

    internal static NetworkDescription Describe(
        string name, TargetKind targets, long operations = 2 * Inputs * Outputs,
        int preparedLength = 0, ParameterPreparation? prepare = null) => new()
    {
        Name = name,
        InputShape = [1, 2, 3],
        OutputShape = [Outputs],
        Layers = [new LayerDescription("0", "Dense(3)", [Outputs], (Inputs + 1) * Outputs, operations)],
        Parameters =
        [
            new ParameterDescription(
                "0.weight", [Outputs, Inputs],
                new TensorLayout(0, new LayoutDimension((Outputs, 1)), new LayoutDimension((Inputs, Stride))),
                Initializer.HeUniform, 0f, Inputs, Outputs, Decays: true),
            new ParameterDescription(
                "0.bias", [Outputs],
                new TensorLayout(BiasOffset, new LayoutDimension((Outputs, 1))),
                Initializer.Zeros, 0f, Inputs, Outputs, Decays: false),
        ],
        ParameterBlockLength = BlockLength,
        Loss = "test",
        Targets = targets,
        Outputs = targets == TargetKind.Classes ? OutputMeaning.ClassLogits : OutputMeaning.Values,
        PreparedLength = preparedLength,
        Prepare = prepare,
    };

    internal static ParameterBlock Create(NetworkDescription description, int seed)
    {
        var block = new ParameterBlock(description);
        var random = new Random(seed);
        block.Update(values =>
        {
            for (int i = 0; i < Inputs; i++)
            {
                for (int o = 0; o < Outputs; o++)
                    values[i * Stride + o] = random.NextSingle() - 0.5f;
            }
        });
        return block;
    }

    internal static void Forward(
        ref readonly float parameters, ref readonly float inputs, ref float outputs, int stride, int from, int to)
    {
        for (int sample = from; sample < to; sample++)
        {
            for (int o = 0; o < Outputs; o++)
            {
                float sum = At(in parameters, BiasOffset + o);
                for (int i = 0; i < Inputs; i++)
                    sum += At(in parameters, i * Stride + o) * At(in inputs, sample * Inputs + i);
                Unsafe.Add(ref outputs, sample * stride + o) = sum;
            }
        }
    }

    /// <summary>From the gradient of the outputs to those of the parameters (shared by rows) and of the inputs.</summary>
    internal static void Backward(TrainingFrame frame, ref readonly float outputGradient, Worker worker)
    {
        (int firstRow, int endRow) = worker.Share(Inputs + 1);
        for (int row = firstRow; row < endRow; row++)
        {
            for (int o = 0; o < Stride; o++)
            {
                float sum = 0;
                for (int sample = 0; sample < frame.Count; sample++)
                {
                    float input = row == Inputs ? 1f : At(in frame.Inputs, sample * Inputs + row);
                    sum += input * At(in outputGradient, sample * Stride + o);
                }

                Unsafe.Add(ref frame.Gradient, row * Stride + o) = sum;
            }
        }

        if (!frame.WantsInputGradient)
            return;
        (int from, int to) = worker.Share(frame.Count);
        for (int sample = from; sample < to; sample++)
        {
            for (int i = 0; i < Inputs; i++)
            {
                float sum = 0;
                for (int o = 0; o < Outputs; o++)
                    sum += At(in frame.Parameters, i * Stride + o) * At(in outputGradient, sample * Stride + o);
                Unsafe.Add(ref frame.InputGradient, sample * Inputs + i) = sum;
            }
        }
    }

    internal static float At(ref readonly float start, int index) => Unsafe.Add(ref Unsafe.AsRef(in start), index);
}
