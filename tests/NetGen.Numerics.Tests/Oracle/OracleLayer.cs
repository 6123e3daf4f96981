namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A layer as its definition has it: channels first, in double precision, without a thought for speed.</summary>
internal abstract class OracleLayer
{
    /// <summary>The attribute that declares the layer, without the points that a join names.</summary>
    public abstract string Attribute { get; }

    /// <summary>Whether it is a module of PyTorch's <c>Sequential</c> and takes a number there.</summary>
    public virtual bool IsModule => true;

    /// <summary>The shapes of what arrives.</summary>
    public int[][] Inputs { get; private set; } = [];

    /// <summary>The shape of what arrives, at a layer of one input.</summary>
    public int[] Input => Inputs[0];

    /// <summary>The shape of what leaves.</summary>
    public int[] Output { get; private set; } = [];

    /// <summary>What the layer stores, in PyTorch's order.</summary>
    public IReadOnlyList<OracleTensor> Tensors { get; private set; } = [];

    /// <summary>Settles the shapes.</summary>
    /// <param name="inputs">The shapes of what arrives.</param>
    /// <param name="owner">A layer of the same kind whose tensors are used; none for tensors of its own.</param>
    public void Bind(int[][] inputs, OracleLayer? owner = null)
    {
        Inputs = inputs;
        Output = OutputShape();
        Tensors = owner?.Tensors ?? [.. Store()];
    }

    /// <summary>The layer that is implied before this one where it does not take a shape.</summary>
    public virtual OracleLayer? Implied(int[] shape) => null;

    /// <summary>The results for a batch.</summary>
    /// <param name="inputs">By input, then by sample.</param>
    /// <param name="pass">What the results are for.</param>
    public abstract double[][] Forward(double[][][] inputs, Pass pass);

    /// <summary>The gradients of the inputs from those of the outputs; adds to the gradients of the parameters.</summary>
    public abstract double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass);

    protected abstract int[] OutputShape();

    protected virtual IEnumerable<OracleTensor> Store() => [];

    protected static int Length(int[] shape) => shape.Aggregate(1, (product, extent) => product * extent);

    protected OracleTensor? Tensor(string role) => Tensors.FirstOrDefault(tensor => tensor.Role == role);
}

/// <summary>A layer of one input that looks at one sample at a time.</summary>
internal abstract class SampleLayer : OracleLayer
{
    public sealed override double[][] Forward(double[][][] inputs, Pass pass) => [.. inputs[0].Select(x => Forward(x, pass))];

    public sealed override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass) =>
        [[.. inputs[0].Select((x, s) => Backward(x, outputs[s], gradient[s], pass))]];

    protected abstract double[] Forward(double[] x, Pass pass);

    protected abstract double[] Backward(double[] x, double[] y, double[] dy, Pass pass);
}

/// <summary>The places of a shape.</summary>
internal static class Places
{
    /// <summary>Every place, in the order of memory.</summary>
    public static IEnumerable<int[]> Of(int[] shape)
    {
        int length = shape.Aggregate(1, (product, extent) => product * extent);
        for (int offset = 0; offset < length; offset++)
        {
            var place = new int[shape.Length];
            for (int d = shape.Length - 1, rest = offset; d >= 0; rest /= shape[d], d--)
                place[d] = rest % shape[d];
            yield return place;
        }
    }

    /// <summary>Where a place lies in memory.</summary>
    public static int Offset(int[] shape, IEnumerable<int> place) =>
        place.Zip(shape).Aggregate(0, (offset, one) => offset * one.Second + one.First);

    /// <summary>A signal as an image of one row.</summary>
    public static int[] AsImage(int[] shape) => shape.Length == 2 ? [shape[0], 1, shape[1]] : shape;
}
