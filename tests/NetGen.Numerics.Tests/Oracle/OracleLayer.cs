namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// A layer as its definition has it: one sample at a time, channels first, in double precision, without a thought for speed.
/// </summary>
internal abstract class OracleLayer
{
    /// <summary>The attribute that declares the layer.</summary>
    public abstract string Attribute { get; }

    /// <summary>The shape of what arrives.</summary>
    public int[] Input { get; private set; } = [];

    /// <summary>The shape of what leaves.</summary>
    public int[] Output { get; private set; } = [];

    /// <summary>The weights in PyTorch's order, empty for a layer without.</summary>
    public double[] Weight { get; private set; } = [];

    /// <summary>The biases, empty for a layer without.</summary>
    public double[] Bias { get; private set; } = [];

    public double[] WeightGradient { get; private set; } = [];

    public double[] BiasGradient { get; private set; } = [];

    /// <summary>Settles the shapes.</summary>
    public void Bind(int[] input)
    {
        Input = input;
        Output = OutputShape();
        (int weights, int biases) = ParameterLengths();
        (Weight, WeightGradient) = (new double[weights], new double[weights]);
        (Bias, BiasGradient) = (new double[biases], new double[biases]);
    }

    /// <summary>The result for one sample.</summary>
    /// <param name="x">The layer's input.</param>
    /// <param name="kinks">Told how near the input is to a point where the layer has no derivative.</param>
    public abstract double[] Forward(double[] x, Kinks kinks);

    /// <summary>The gradient of the input from that of the output; adds to the gradients of the parameters.</summary>
    public abstract double[] Backward(double[] x, double[] y, double[] dy);

    protected abstract int[] OutputShape();

    protected virtual (int Weights, int Biases) ParameterLengths() => (0, 0);

    protected static int Length(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);
}

/// <summary>The smallest distance to a kink that a pass came across.</summary>
internal sealed class Kinks
{
    public double Nearest { get; private set; } = double.PositiveInfinity;

    public void Saw(double distance) => Nearest = Math.Min(Nearest, Math.Abs(distance));
}
