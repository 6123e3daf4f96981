namespace NetGen.Numerics.Tests.Oracle;

/// <summary>y = f(x), element by element, and its derivative as a difference quotient of f: nothing is derived here.</summary>
internal sealed class OracleActivation(string attribute, Func<double, double> function, params double[] kinks) : OracleLayer
{
    private const double Step = 1e-6;

    public override string Attribute => attribute;

    public override double[] Forward(double[] x, Kinks seen)
    {
        foreach (double kink in kinks)
        {
            foreach (double value in x)
                seen.Saw(value - kink);
        }

        return [.. x.Select(function)];
    }

    public override double[] Backward(double[] x, double[] y, double[] dy) =>
        [.. x.Select((value, i) => dy[i] * (function(value + Step) - function(value - Step)) / (2 * Step))];

    protected override int[] OutputShape() => Input;
}

/// <summary>eˣ / Σ eˣ over the channels of each pixel.</summary>
internal sealed class OracleSoftmax : OracleLayer
{
    public override string Attribute => "Softmax";

    public override double[] Forward(double[] x, Kinks kinks)
    {
        var y = new double[x.Length];
        int pixels = x.Length / Input[0];
        for (int p = 0; p < pixels; p++)
        {
            double sum = 0;
            for (int c = 0; c < Input[0]; c++)
                sum += Math.Exp(x[c * pixels + p]);
            for (int c = 0; c < Input[0]; c++)
                y[c * pixels + p] = Math.Exp(x[c * pixels + p]) / sum;
        }

        return y;
    }

    // ∂y[c] / ∂x[k] = y[c] · ((c = k) − y[k]).
    public override double[] Backward(double[] x, double[] y, double[] dy)
    {
        var dx = new double[x.Length];
        int pixels = x.Length / Input[0];
        for (int p = 0; p < pixels; p++)
        {
            for (int k = 0; k < Input[0]; k++)
            {
                for (int c = 0; c < Input[0]; c++)
                    dx[k * pixels + p] += dy[c * pixels + p] * y[c * pixels + p] * ((c == k ? 1 : 0) - y[k * pixels + p]);
            }
        }

        return dx;
    }

    protected override int[] OutputShape() => Input;
}

/// <summary>The largest of each window; the gradient goes to the first of equals.</summary>
internal sealed class OracleMaxPool(WindowAxis rows, WindowAxis columns) : OracleLayer
{
    public override string Attribute => $"MaxPool2D({rows.Size}, {columns.Size}{WindowText.Of(rows, columns, 0)})";

    public override double[] Forward(double[] x, Kinks kinks)
    {
        double[] y = new double[Length(Output)];
        Array.Fill(y, double.NegativeInfinity);
        var second = (double[])y.Clone();
        foreach ((int output, int input) in Pairs())
        {
            if (x[input] > y[output])
                (y[output], second[output]) = (x[input], y[output]);
            else
                second[output] = Math.Max(second[output], x[input]);
        }

        // Exact equals come from one origin (a relu's zero, a shared maximum) and pass the same gradient on.
        for (int o = 0; o < y.Length; o++)
        {
            if (y[o] != second[o])
                kinks.Saw(y[o] - second[o]);
        }

        return y;
    }

    public override double[] Backward(double[] x, double[] y, double[] dy)
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

    protected override int[] OutputShape() => [Input[0], rows.OutputLength(Input[1]), columns.OutputLength(Input[2])];

    private IEnumerable<(int Output, int Input)> Pairs()
    {
        for (int c = 0; c < Input[0]; c++)
        {
            foreach ((int place, int source, _) in WindowTerms.Of(rows, columns, Input, Output))
                yield return (c * Output[1] * Output[2] + place, c * Input[1] * Input[2] + source);
        }
    }
}

/// <summary>Makes one dimension of all.</summary>
internal sealed class OracleFlatten : OracleLayer
{
    public override string Attribute => "Flatten";

    public override double[] Forward(double[] x, Kinks kinks) => x;

    public override double[] Backward(double[] x, double[] y, double[] dy) => dy;

    protected override int[] OutputShape() => [Length(Input)];
}

/// <summary>Multiplication with factors that are given, one per sample and element; with ones unless set.</summary>
internal sealed class OracleDropout(string rate) : OracleLayer
{
    public override string Attribute => $"Dropout({rate})";

    /// <summary>The factors of the sample at hand.</summary>
    public double[]? Factors { get; set; }

    public override double[] Forward(double[] x, Kinks kinks) => Factors is { } factors ? [.. x.Select((value, i) => value * factors[i])] : x;

    public override double[] Backward(double[] x, double[] y, double[] dy) => Forward(dy, new Kinks());

    protected override int[] OutputShape() => Input;
}
