namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// y[o] = b[o] + Σ x[i] · w[k] over a list of terms (o, i, k), which is all there is to a dense layer, a convolution, or a mean.
/// </summary>
internal abstract class LinearLayer : OracleLayer
{
    private (int Output, int Input, int Weight)[]? _terms;

    public override double[] Forward(double[] x, Kinks kinks)
    {
        var y = new double[Length(Output)];
        for (int o = 0; o < y.Length && Bias.Length > 0; o++)
            y[o] = Bias[BiasOf(o)];
        foreach ((int output, int input, int weight) in Terms)
            y[output] += x[input] * Factor(weight);
        return y;
    }

    public override double[] Backward(double[] x, double[] y, double[] dy)
    {
        var dx = new double[x.Length];
        for (int o = 0; o < y.Length && Bias.Length > 0; o++)
            BiasGradient[BiasOf(o)] += dy[o];
        foreach ((int output, int input, int weight) in Terms)
        {
            dx[input] += dy[output] * Factor(weight);
            if (WeightGradient.Length > 0)
                WeightGradient[weight] += dy[output] * x[input];
        }

        return dx;
    }

    /// <summary>How many multiplications one sample takes.</summary>
    public int TermCount => Terms.Length;

    /// <summary>Which weight, which input, for which output.</summary>
    protected abstract IEnumerable<(int Output, int Input, int Weight)> Enumerate();

    protected virtual double Factor(int weight) => Weight[weight];

    /// <summary>The bias of an output: that of its channel.</summary>
    private int BiasOf(int output) => output / (Length(Output) / Output[0]);

    private (int Output, int Input, int Weight)[] Terms => _terms ??= [.. Enumerate()];
}

/// <summary>Every output is a weighted sum of every input.</summary>
internal sealed class OracleDense(int units, bool bias = true) : LinearLayer
{
    public override string Attribute => bias ? $"Dense({units})" : $"Dense({units}, Bias = false)";

    protected override int[] OutputShape() => [units];

    protected override (int Weights, int Biases) ParameterLengths() => (units * Length(Input), bias ? units : 0);

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        int inputs = Length(Input);
        for (int o = 0; o < units; o++)
        {
            for (int i = 0; i < inputs; i++)
                yield return (o, i, o * inputs + i);
        }
    }
}

/// <summary>One axis of a window: size, step, distance between taps, zeros before and after.</summary>
internal sealed record WindowAxis(int Size, int Stride = 1, int Dilation = 1, int Pad = 0, bool Same = false)
{
    private int Reach => (Size - 1) * Dilation + 1;

    public int OutputLength(int input) =>
        Same ? (input + Stride - 1) / Stride : (input + 2 * Pad - Reach) / Stride + 1;

    /// <summary>Where tap <paramref name="tap"/> of output <paramref name="output"/> reads; outside [0, input) is padding.</summary>
    public int Position(int output, int tap, int input) => output * Stride + tap * Dilation - Before(input);

    private int Before(int input) =>
        Same ? Math.Max(0, (OutputLength(input) - 1) * Stride + Reach - input) / 2 : Pad;
}

/// <summary>A convolution: a window over rows and columns, over the channels of the output channel's group.</summary>
internal sealed class OracleConv(int channels, WindowAxis rows, WindowAxis columns, int groups = 1, bool bias = true) : LinearLayer
{
    public override string Attribute => $"Conv2D({channels}, {rows.Size}, {columns.Size}{WindowText.Of(rows, columns, 1)}"
        + (rows.Dilation != 1 || columns.Dilation != 1 ? $", DilationHeight = {rows.Dilation}, DilationWidth = {columns.Dilation}" : "")
        + (groups != 1 ? $", Groups = {groups}" : "") + (bias ? ")" : ", Bias = false)");

    protected override int[] OutputShape() => [channels, rows.OutputLength(Input[1]), columns.OutputLength(Input[2])];

    protected override (int Weights, int Biases) ParameterLengths() =>
        (channels * (Input[0] / groups) * rows.Size * columns.Size, bias ? channels : 0);

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        int groupInputs = Input[0] / groups;
        int groupOutputs = channels / groups;
        for (int o = 0; o < channels; o++)
        {
            for (int c = 0; c < groupInputs; c++)
            {
                int channel = o / groupOutputs * groupInputs + c;
                foreach ((int place, int source, int tap) in WindowTerms.Of(rows, columns, Input, Output))
                {
                    yield return (
                        o * Output[1] * Output[2] + place,
                        channel * Input[1] * Input[2] + source,
                        (o * groupInputs + c) * rows.Size * columns.Size + tap);
                }
            }
        }
    }
}

/// <summary>The mean of each window, divided by its whole area or by what of it lies inside the image.</summary>
internal sealed class OracleAveragePool(WindowAxis rows, WindowAxis columns, bool countPadding = true) : LinearLayer
{
    private double[] _factors = [];

    public override string Attribute => $"AveragePool2D({rows.Size}, {columns.Size}{WindowText.Of(rows, columns, 0)}"
        + (countPadding ? ")" : ", CountPadding = false)");

    protected override int[] OutputShape() => [Input[0], rows.OutputLength(Input[1]), columns.OutputLength(Input[2])];

    // The "weight" of a term is the output it belongs to, whose window it shares.
    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        int outputs = Output[1] * Output[2];
        var inside = new int[outputs];
        foreach ((int place, _, _) in WindowTerms.Of(rows, columns, Input, Output))
            inside[place]++;
        _factors = [.. inside.Select(count => 1.0 / (countPadding ? rows.Size * columns.Size : count))];
        for (int c = 0; c < Input[0]; c++)
        {
            foreach ((int place, int source, _) in WindowTerms.Of(rows, columns, Input, Output))
                yield return (c * outputs + place, c * Input[1] * Input[2] + source, place);
        }
    }

    protected override double Factor(int weight) => _factors[weight];
}

/// <summary>The mean of each channel.</summary>
internal sealed class OracleGlobalAveragePool : LinearLayer
{
    public override string Attribute => "GlobalAveragePool";

    protected override int[] OutputShape() => [Input[0], 1, 1];

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate() =>
        Enumerable.Range(0, Length(Input)).Select(i => (i / (Input[1] * Input[2]), i, 0));

    protected override double Factor(int weight) => 1.0 / (Input[1] * Input[2]);
}

/// <summary>The places of a window that lie inside the image.</summary>
internal static class WindowTerms
{
    /// <summary>Output place, input place and tap, each counted within one channel.</summary>
    public static IEnumerable<(int Place, int Source, int Tap)> Of(WindowAxis rows, WindowAxis columns, int[] input, int[] output)
    {
        for (int i = 0; i < output[1]; i++)
        {
            for (int j = 0; j < output[2]; j++)
            {
                for (int u = 0; u < rows.Size; u++)
                {
                    int row = rows.Position(i, u, input[1]);
                    if (row < 0 || row >= input[1])
                        continue;
                    for (int v = 0; v < columns.Size; v++)
                    {
                        int column = columns.Position(j, v, input[2]);
                        if (column >= 0 && column < input[2])
                            yield return (i * output[2] + j, row * input[2] + column, u * columns.Size + v);
                    }
                }
            }
        }
    }
}

/// <summary>The settings of a window as they are written in an attribute.</summary>
internal static class WindowText
{
    /// <param name="rows">The vertical axis.</param>
    /// <param name="columns">The horizontal axis.</param>
    /// <param name="usualStride">The stride that need not be written; 0 where that is the window's size.</param>
    public static string Of(WindowAxis rows, WindowAxis columns, int usualStride)
    {
        string text = "";
        if (rows.Stride != (usualStride == 0 ? rows.Size : usualStride) || columns.Stride != (usualStride == 0 ? columns.Size : usualStride))
            text += $", StrideHeight = {rows.Stride}, StrideWidth = {columns.Stride}";
        if (rows.Same)
            text += ", Padding = Padding.Same";
        else if (rows.Pad + columns.Pad != 0)
            text += $", PadHeight = {rows.Pad}, PadWidth = {columns.Pad}";
        return text;
    }
}
