namespace NetGen.Numerics.Tests.Oracle;

/// <summary>y = f(x), element by element, and its derivative as a difference quotient of f: nothing is derived here.</summary>
internal sealed class OracleActivation(string attribute, Func<double, double> function, params double[] kinks) : SampleLayer
{
    private const double Step = 1e-6;

    public override string Attribute => attribute;

    protected override double[] Forward(double[] x, Pass pass)
    {
        foreach (double kink in kinks)
        {
            foreach (double value in x)
                pass.Saw(value - kink);
        }

        return [.. x.Select(value => pass.Round(function(value)))];
    }

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass) =>
        [.. x.Select((value, i) => pass.Round(dy[i] * (function(value + Step) - function(value - Step)) / (2 * Step)))];

    protected override int[] OutputShape() => Input;
}

/// <summary>x for x > 0, w · x otherwise, with one w or one per channel.</summary>
internal sealed class OraclePRelu(bool perChannel) : SampleLayer
{
    public override string Attribute => perChannel ? "PRelu(PerChannel = true)" : "PRelu";

    protected override double[] Forward(double[] x, Pass pass)
    {
        double[] slopes = Tensor("weight")!.Values;
        return [.. x.Select((value, i) =>
        {
            pass.Saw(value);
            return pass.Round(value > 0 ? value : slopes[SlopeOf(i)] * value);
        })];
    }

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        OracleTensor slopes = Tensor("weight")!;
        for (int i = 0; i < x.Length; i++)
            slopes.Gradient[SlopeOf(i)] += x[i] > 0 ? 0 : dy[i] * x[i];
        return [.. x.Select((value, i) => pass.Round(value > 0 ? dy[i] : dy[i] * slopes.Values[SlopeOf(i)]))];
    }

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store() =>
        [new OracleTensor("weight", perChannel ? Input[0] : 1, random => 0.2 + OracleTensor.Between(random, 0.4))];

    private int SlopeOf(int element) => perChannel ? element / (Length(Input) / Input[0]) : 0;
}

/// <summary>eˣ / Σ eˣ over the channels of each pixel, or the logarithm of that.</summary>
internal sealed class OracleSoftmax(bool isLogarithm = false) : SampleLayer
{
    public override string Attribute => isLogarithm ? "LogSoftmax" : "Softmax";

    protected override double[] Forward(double[] x, Pass pass)
    {
        var y = new double[x.Length];
        int pixels = x.Length / Input[0];
        for (int p = 0; p < pixels; p++)
        {
            double sum = 0;
            for (int c = 0; c < Input[0]; c++)
                sum += Math.Exp(x[c * pixels + p]);
            for (int c = 0; c < Input[0]; c++)
            {
                double value = x[c * pixels + p];
                y[c * pixels + p] = isLogarithm
                    ? pass.Round(value - Math.Log(sum), Math.Abs(value) + Math.Abs(Math.Log(sum)))
                    : pass.Round(Math.Exp(value) / sum);
            }
        }

        return y;
    }

    // With s the softmax: ∂s[c] / ∂x[k] = s[c] · ((c = k) − s[k]), and ∂ln s[c] / ∂x[k] = (c = k) − s[k].
    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        var dx = new double[x.Length];
        int pixels = x.Length / Input[0];
        for (int p = 0; p < pixels; p++)
        {
            for (int k = 0; k < Input[0]; k++)
            {
                double magnitude = 0;
                double own = isLogarithm ? Math.Exp(y[k * pixels + p]) : y[k * pixels + p];
                for (int c = 0; c < Input[0]; c++)
                {
                    double factor = isLogarithm ? 1 : y[c * pixels + p];
                    dx[k * pixels + p] += dy[c * pixels + p] * factor * ((c == k ? 1 : 0) - own);
                    magnitude += Math.Abs(dy[c * pixels + p] * factor) * ((c == k ? 1 : 0) + own);
                }

                dx[k * pixels + p] = pass.Round(dx[k * pixels + p], magnitude);
            }
        }

        return dx;
    }

    protected override int[] OutputShape() => Input;
}

/// <summary>The largest of several elements; the gradient goes to the first of equals.</summary>
internal abstract class MaxLayer : SampleLayer
{
    protected override double[] Forward(double[] x, Pass pass)
    {
        double[] y = new double[Length(Output)];
        Array.Fill(y, double.NegativeInfinity);
        var second = (double[])y.Clone();
        var winner = new int[y.Length];
        foreach ((int output, int input) in Pairs())
        {
            if (x[input] > y[output])
                (y[output], second[output], winner[output]) = (x[input], y[output], input);
            else
                second[output] = Math.Max(second[output], x[input]);
        }

        // Exact equals come from one origin (a relu's zero, a shared maximum) and pass the same gradient on.
        for (int o = 0; o < y.Length; o++)
        {
            if (y[o] != second[o])
                pass.Saw(y[o] - second[o]);
            pass.Decided(winner[o]);
        }

        return y;
    }

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        var dx = new double[x.Length];
        var done = new bool[y.Length];
        foreach ((int output, int input) in Pairs())
        {
            if (done[output] || x[input] != y[output])
                continue;
            dx[input] += dy[output];
            done[output] = true;
        }

        return dx;
    }

    /// <summary>Which inputs each output is the largest of.</summary>
    protected abstract IEnumerable<(int Output, int Input)> Pairs();
}

/// <summary>The largest of each window.</summary>
internal sealed class OracleMaxPool(WindowAxis? rows, WindowAxis columns) : MaxLayer
{
    public override string Attribute => WindowText.Pool("MaxPool", rows, columns) + ")";

    public override OracleLayer? Implied(int[] shape) => rows is not null ? OracleOneChannel.Before(shape) : null;

    protected override int[] OutputShape() => WindowTerms.Pooled(rows, columns, Input);

    protected override IEnumerable<(int Output, int Input)> Pairs()
    {
        (int[] input, int[] output) = (Places.AsImage(Input), Places.AsImage(Output));
        for (int c = 0; c < input[0]; c++)
        {
            foreach ((int place, int source, _) in WindowTerms.Of(rows ?? new(1), columns, input, output))
                yield return (c * output[1] * output[2] + place, c * input[1] * input[2] + source);
        }
    }
}

/// <summary>The largest of each channel.</summary>
internal sealed class OracleGlobalMaxPool : MaxLayer
{
    public override string Attribute => "GlobalMaxPool";

    protected override int[] OutputShape() => [Input[0], .. Input.Skip(1).Select(_ => 1)];

    protected override IEnumerable<(int Output, int Input)> Pairs() =>
        Enumerable.Range(0, Length(Input)).Select(i => (i / (Length(Input) / Input[0]), i));
}

/// <summary>a · sigmoid b of the two halves of a dimension.</summary>
internal sealed class OracleGlu(int axis = 0) : SampleLayer
{
    public override string Attribute => axis == 0 ? "Glu" : $"Glu(Axis = {axis})";

    protected override double[] Forward(double[] x, Pass pass) =>
        [.. Halves().Select(half => pass.Round(x[half.Value] * Sigmoid(x[half.Gate])))];

    protected override double[] Backward(double[] x, double[] y, double[] dy, Pass pass)
    {
        var dx = new double[x.Length];
        foreach ((int i, (int value, int gate)) in Halves().Index())
        {
            double open = Sigmoid(x[gate]);
            dx[value] = pass.Round(dy[i] * open);
            dx[gate] = pass.Round(dy[i] * x[value] * open * (1 - open));
        }

        return dx;
    }

    protected override int[] OutputShape() => [.. Input.Select((extent, d) => d == axis ? extent / 2 : extent)];

    private IEnumerable<(int Value, int Gate)> Halves() => Places.Of(Output).Select(place => (
        Places.Offset(Input, place),
        Places.Offset(Input, place.Select((p, d) => d == axis ? p + Output[d] : p))));

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>√(a² + b²) of the two halves of a dimension.</summary>
internal sealed class OracleMagnitude(int axis = 0) : TracedLayer
{
    public override string Attribute => axis == 0 ? "Magnitude" : $"Magnitude(Axis = {axis})";

    public override bool IsModule => false;

    protected override int[] OutputShape() => [.. Input.Select((extent, d) => d == axis ? extent / 2 : extent)];

    protected override IReadOnlyList<Traced> Forward(Tape tape, Traced[][] inputs, IReadOnlyDictionary<string, Traced[]> stored) =>
    [
        .. Places.Of(Output).Select(place =>
        {
            Traced real = inputs[0][Places.Offset(Input, place)];
            Traced imaginary = inputs[0][Places.Offset(Input, place.Select((p, d) => d == axis ? p + Output[d] : p))];
            return tape.Root(tape.Sum(tape.Product(real, real), tape.Product(imaginary, imaginary)));
        }),
    ];
}

/// <summary>Multiplication with factors that are given, one per sample and element; with ones unless set.</summary>
internal sealed class OracleDropout(string rate, bool isSpatial = false) : OracleLayer
{
    public override string Attribute => isSpatial ? $"SpatialDropout({rate})" : $"Dropout({rate})";

    /// <summary>The factors by sample.</summary>
    public double[][]? Factors { get; set; }

    public override double[][] Forward(double[][][] inputs, Pass pass) => Multiply(inputs[0]);

    public override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass) => [Multiply(gradient)];

    protected override int[] OutputShape() => Input;

    private double[][] Multiply(double[][] values) => Factors is not { } factors ? values
        : [.. values.Select((row, s) => (double[])[.. row.Select((value, i) => value * factors[s][i])])];
}
