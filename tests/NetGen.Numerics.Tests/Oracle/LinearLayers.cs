namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// y[o] = b[o] + Σ x[i] · w[k] over a list of terms (o, i, k), which is all there is to a dense layer, a convolution, or a mean.
/// </summary>
internal abstract class LinearLayer : SampleLayer
{
    private (int Output, int Input, int Weight)[]? _terms;

    /// <summary>How many multiplications one sample takes.</summary>
    public int TermCount => Terms.Length;

    protected override double[] Forward(double[] x, Pass pass)
    {
        var y = new double[Length(Output)];
        var magnitude = new double[y.Length];
        double[]? bias = Tensor("bias")?.Values;
        for (int o = 0; o < y.Length && bias is not null; o++)
            (y[o], magnitude[o]) = (bias[BiasOf(o)], Math.Abs(bias[BiasOf(o)]));
        (int, int, int)[] terms = Terms;
        ReadOnlySpan<double> factors = Factors;
        foreach ((int output, int input, int weight) in terms)
        {
            double product = x[input] * factors[weight];
            y[output] += product;
            magnitude[output] += Math.Abs(product);
        }

        return [.. y.Zip(magnitude, pass.Round)];
    }

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        var dx = new double[x.Length];
        var magnitude = new double[x.Length];
        double[]? biasGradient = Tensor("bias")?.Gradient, weightGradient = Tensor("weight")?.Gradient;
        for (int o = 0; o < y.Length && biasGradient is not null; o++)
            biasGradient[BiasOf(o)] += dy[o];
        (int, int, int)[] terms = Terms;
        ReadOnlySpan<double> factors = Factors;
        foreach ((int output, int input, int weight) in terms)
        {
            double product = dy[output] * factors[weight];
            dx[input] += product;
            magnitude[input] += Math.Abs(product);
            if (weightGradient is not null)
                weightGradient[weight] += dy[output] * x[input];
        }

        return [.. dx.Zip(magnitude, pass.Round)];
    }

    /// <summary>Which weight, which input, for which output.</summary>
    protected abstract IEnumerable<(int Output, int Input, int Weight)> Enumerate();

    /// <summary>The weights that terms name, when those have been enumerated.</summary>
    protected virtual ReadOnlySpan<double> Factors => Tensor("weight")!.Values;

    /// <summary>A weight and, unless there is none, a bias of one element per channel.</summary>
    protected IEnumerable<OracleTensor> Store(int weights, bool hasBias)
    {
        yield return OracleTensor.Weight("weight", weights, Math.Max(1, weights / Output[0]));
        if (hasBias)
            yield return OracleTensor.Bias("bias", Output[0]);
    }

    /// <summary>The bias of an output: that of its channel.</summary>
    private int BiasOf(int output) => output / (Length(Output) / Output[0]);

    private (int Output, int Input, int Weight)[] Terms => _terms ??= [.. Enumerate()];
}

/// <summary>Every output is a weighted sum of every input.</summary>
internal sealed class OracleDense(int units, bool bias = true) : LinearLayer
{
    public override string Attribute => bias ? $"Dense({units})" : $"Dense({units}, Bias = false)";

    public override OracleLayer? Implied(int[] shape) => shape.Length > 1 ? new OracleFlatten() : null;

    protected override int[] OutputShape() => [units];

    protected override IEnumerable<OracleTensor> Store() => Store(units * Length(Input), bias);

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

/// <summary>A convolution: a window over the channels of the output channel's group; over an image's rows and columns, or a signal's steps.</summary>
/// <param name="channels">The number of output channels.</param>
/// <param name="rows">The window over rows; null for a signal.</param>
/// <param name="columns">The window over columns or steps.</param>
/// <param name="groups">The number of groups.</param>
/// <param name="bias">Whether there is one.</param>
internal sealed class OracleConv(int channels, WindowAxis? rows, WindowAxis columns, int groups = 1, bool bias = true) : LinearLayer
{
    private readonly WindowAxis _rows = rows ?? new(1);

    /// <summary>Whether it is declared as <c>DepthwiseConv2D</c>: as many groups as input channels.</summary>
    public bool IsDepthwise { get; init; }

    public override string Attribute => Name + WindowText.Of(rows, columns, 1) + WindowText.Dilations(rows, columns)
        + (groups != 1 && !IsDepthwise ? $", Groups = {groups}" : "") + (bias ? ")" : ", Bias = false)");

    public override OracleLayer? Implied(int[] shape) => rows is not null ? OracleOneChannel.Before(shape) : null;

    protected override int[] OutputShape() =>
        rows is null ? [channels, columns.OutputLength(Input[1])] : [channels, rows.OutputLength(Input[1]), columns.OutputLength(Input[2])];

    protected override IEnumerable<OracleTensor> Store() => Store(channels * (Input[0] / groups) * _rows.Size * columns.Size, bias);

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        (int[] input, int[] output) = (Places.AsImage(Input), Places.AsImage(Output));
        int groupInputs = input[0] / groups;
        int groupOutputs = channels / groups;
        for (int o = 0; o < channels; o++)
        {
            for (int c = 0; c < groupInputs; c++)
            {
                int channel = o / groupOutputs * groupInputs + c;
                foreach ((int place, int source, int tap) in WindowTerms.Of(_rows, columns, input, output))
                {
                    yield return (
                        o * output[1] * output[2] + place,
                        channel * input[1] * input[2] + source,
                        (o * groupInputs + c) * _rows.Size * columns.Size + tap);
                }
            }
        }
    }

    private string Name => IsDepthwise ? $"DepthwiseConv2D({_rows.Size}, {columns.Size}, Multiplier = {channels / groups}"
        : rows is null ? $"Conv1D({channels}, {columns.Size}" : $"Conv2D({channels}, {rows.Size}, {columns.Size}";
}

/// <summary>A transposed convolution: the terms of a convolution from its output to its input, with what was left over at the end added.</summary>
/// <param name="channels">The number of output channels.</param>
/// <param name="rows">The window that each row is spread over, padding being cut off; null for a signal.</param>
/// <param name="columns">The window that each column or step is spread over.</param>
/// <param name="extra">What is added at the end of each dimension.</param>
/// <param name="groups">The number of groups.</param>
/// <param name="bias">Whether there is one.</param>
internal sealed class OracleConvTranspose(
    int channels, WindowAxis? rows, WindowAxis columns, int extra = 0, int groups = 1, bool bias = true) : LinearLayer
{
    private readonly WindowAxis _rows = rows ?? new(1);

    public override string Attribute => (rows is null ? $"ConvTranspose1D({channels}, {columns.Size}" : $"ConvTranspose2D({channels}, {rows.Size}, {columns.Size}")
        + WindowText.Of(rows, columns, 1) + WindowText.Dilations(rows, columns) + (extra != 0 ? $", OutputPadding = {extra}" : "")
        + (groups != 1 ? $", Groups = {groups}" : "") + (bias ? ")" : ", Bias = false)");

    public override OracleLayer? Implied(int[] shape) => rows is not null ? OracleOneChannel.Before(shape) : null;

    protected override int[] OutputShape() => rows is null
        ? [channels, columns.SpreadLength(Input[1]) + extra]
        : [channels, rows.SpreadLength(Input[1]) + extra, columns.SpreadLength(Input[2]) + extra];

    protected override IEnumerable<OracleTensor> Store() => Store(Input[0] * (channels / groups) * _rows.Size * columns.Size, bias);

    // The weight has its input channels first.
    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        (int[] input, int[] output) = (Places.AsImage(Input), Places.AsImage(Output));
        int groupInputs = input[0] / groups;
        int groupOutputs = channels / groups;
        for (int c = 0; c < input[0]; c++)
        {
            for (int o = 0; o < groupOutputs; o++)
            {
                int channel = c / groupInputs * groupOutputs + o;
                foreach ((int source, int place, int tap) in WindowTerms.Of(_rows, columns, output, input))
                {
                    yield return (
                        channel * output[1] * output[2] + place,
                        c * input[1] * input[2] + source,
                        (c * groupOutputs + o) * _rows.Size * columns.Size + tap);
                }
            }
        }
    }
}

/// <summary>The mean of each window, divided by its whole area or by what of it lies inside the image or signal.</summary>
internal sealed class OracleAveragePool(WindowAxis? rows, WindowAxis columns, bool countPadding = true) : LinearLayer
{
    private readonly WindowAxis _rows = rows ?? new(1);
    private double[] _factors = [];

    public override string Attribute => WindowText.Pool("AveragePool", rows, columns) + (countPadding ? ")" : ", CountPadding = false)");

    public override OracleLayer? Implied(int[] shape) => rows is not null ? OracleOneChannel.Before(shape) : null;

    protected override int[] OutputShape() => WindowTerms.Pooled(rows, columns, Input);

    // The "weight" of a term is the output it belongs to, whose window it shares.
    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate()
    {
        (int[] input, int[] output) = (Places.AsImage(Input), Places.AsImage(Output));
        int outputs = output[1] * output[2];
        var inside = new int[outputs];
        foreach ((int place, _, _) in WindowTerms.Of(_rows, columns, input, output))
            inside[place]++;
        _factors = [.. inside.Select(count => 1.0 / (countPadding ? _rows.Size * columns.Size : count))];
        for (int c = 0; c < input[0]; c++)
        {
            foreach ((int place, int source, _) in WindowTerms.Of(_rows, columns, input, output))
                yield return (c * outputs + place, c * input[1] * input[2] + source, place);
        }
    }

    protected override ReadOnlySpan<double> Factors => _factors;
}

/// <summary>The mean of each channel.</summary>
internal sealed class OracleGlobalAveragePool : LinearLayer
{
    public override string Attribute => "GlobalAveragePool";

    protected override int[] OutputShape() => [Input[0], .. Input.Skip(1).Select(_ => 1)];

    protected override IEnumerable<(int Output, int Input, int Weight)> Enumerate() =>
        Enumerable.Range(0, Length(Input)).Select(i => (i / (Length(Input) / Input[0]), i, 0));

    protected override ReadOnlySpan<double> Factors => new([(double)Input[0] / Length(Input)]);
}
