using System.Numerics.Tensors;

namespace NetGen.Benchmarks.Peers;

/// <summary>A perceptron as one would write it in C# today, on <see cref="TensorPrimitives"/>: a dot product per unit.</summary>
internal sealed class TensorPrimitivesMlp
{
    private readonly Layer[] _layers;
    private readonly bool _softmax;

    /// <summary>Takes the parameters of a network of dense layers.</summary>
    /// <param name="parameters">Weights and biases in turns.</param>
    /// <param name="softmax">Whether the outputs go through a softmax.</param>
    public TensorPrimitivesMlp(ParameterBlock parameters, bool softmax)
    {
        _layers = [.. Enumerable.Range(0, parameters.Count / 2).Select(index =>
            new Layer(parameters[2 * index].ToArray(), parameters[2 * index + 1].ToArray()))];
        _softmax = softmax;
    }

    /// <summary>Predicts one sample.</summary>
    public void Predict(ReadOnlySpan<float> input, Span<float> output)
    {
        for (int index = 0; index < _layers.Length; index++)
        {
            Layer layer = _layers[index];
            bool isLast = index == _layers.Length - 1;
            Span<float> result = isLast ? output : layer.Hidden;
            for (int unit = 0; unit < layer.Biases.Length; unit++)
                result[unit] = TensorPrimitives.Dot(input, layer.Weights.AsSpan(unit * input.Length, input.Length));
            TensorPrimitives.Add(result, layer.Biases, result);
            if (!isLast)
                TensorPrimitives.Max(result, 0f, result);
            input = result;
        }

        if (_softmax)
            TensorPrimitives.SoftMax(output, output);
    }

    private sealed record Layer(float[] Weights, float[] Biases)
    {
        public float[] Hidden { get; } = new float[Biases.Length];
    }
}
