using NetGen;
using NetGen.Maths;
using NetGen.Data;
using NetGen.Optimizers;

namespace Landscape;

/// <summary>
/// The loss of a network along two directions of its parameters, as in Li, Xu, Taylor, Studer and Goldstein, "Visualizing the loss
/// landscape of neural nets" (2018): L(x, y) = L(θ + x·δ + y·η), where δ and η are drawn and then normalised filter by filter, so that
/// a step of 1 changes the weights of every unit by as much as they are. Biases stay as they are.
/// </summary>
internal sealed class Slice : IDisposable
{
    private readonly Trainer<DeepNet> _trainer = new(new DeepNet(), new Sgd(0), new TrainerOptions { Threads = 1 });
    private readonly float[] _centre, _right, _up, _point, _inputs;
    private readonly int[] _classes;

    /// <param name="trained">The network at (0, 0).</param>
    /// <param name="samples">What the loss is a mean over.</param>
    /// <param name="seed">What the directions are drawn from.</param>
    public Slice(DeepNet trained, MemoryDataset samples, int seed)
    {
        _centre = trained.Parameters.Span.ToArray();
        _point = new float[_centre.Length];
        var random = new RandomStream(seed, stream: 3);
        _right = Direction(trained, ref random);
        _up = Direction(trained, ref random);
        _inputs = new float[samples.Count * samples.InputLength];
        _classes = new int[samples.Count];
        samples.Read([.. Enumerable.Range(0, samples.Count)], _inputs, _classes);
    }

    /// <summary>The loss at a point of the slice, and its slope along the slice: the whole gradient, projected on the two directions.</summary>
    public float Loss(float x, float y, Span<float> slope)
    {
        for (int i = 0; i < _point.Length; i++)
            _point[i] = _centre[i] + x * _right[i] + y * _up[i];
        _trainer.Model.Parameters.CopyFrom(_point);
        float loss = _trainer.ComputeGradient(_inputs, _classes);
        ReadOnlySpan<float> gradient = _trainer.Gradient.Span;
        (double alongX, double alongY) = (0, 0);
        for (int i = 0; i < gradient.Length; i++)
        {
            alongX += (double)gradient[i] * _right[i];
            alongY += (double)gradient[i] * _up[i];
        }

        (slope[0], slope[1]) = ((float)alongX, (float)alongY);
        return loss;
    }

    /// <summary>The loss on a grid over the square from −reach to reach, row by row.</summary>
    public float[] Grid(int size, float reach)
    {
        var heights = new float[size * size];
        Span<float> slope = stackalloc float[2];
        for (int i = 0; i < heights.Length; i++)
            heights[i] = Loss(At(i % size, size, reach), At(i / size, size, reach), slope);
        return heights;
    }

    /// <summary>Where a row or a column of the grid is.</summary>
    public static float At(int index, int size, float reach) => reach * (2f * index / (size - 1) - 1);

    public void Dispose() => _trainer.Dispose();

    // In the network's own layout, so that points of the slice are sums of blocks.
    private static float[] Direction(DeepNet trained, ref RandomStream random)
    {
        var direction = new DeepNet();
        foreach (ParameterTensor tensor in trained.Parameters)
        {
            float[] weights = tensor.ToArray(), drawn = new float[weights.Length];
            int filter = tensor.Shape.Count > 1 ? weights.Length / tensor.Shape[0] : 0;
            for (int from = 0; filter > 0 && from < drawn.Length; from += filter)
            {
                Span<float> values = drawn.AsSpan(from, filter);
                foreach (ref float value in values)
                    value = (float)random.NextGaussian();
                float scale = Norm(weights.AsSpan(from, filter)) / Norm(values);
                foreach (ref float value in values)
                    value *= scale;
            }

            direction.Parameters[tensor.Name].CopyFrom(drawn);
        }

        return direction.Parameters.Span.ToArray();
    }

    private static float Norm(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (float value in values)
            sum += (double)value * value;
        return (float)Math.Sqrt(sum);
    }
}
