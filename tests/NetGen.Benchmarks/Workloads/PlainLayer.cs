namespace NetGen.Benchmarks.Workloads;

/// <summary>One layer of a <see cref="PlainNetwork"/>: its sizes, and what it computes, in the plainest loops.</summary>
internal abstract record PlainLayer
{
    /// <summary>The layer's outputs for one sample.</summary>
    /// <param name="parameters">The network's parameters, from which it takes its own by name.</param>
    /// <param name="x">The inputs, channels before lines before columns.</param>
    public abstract double[] Compute(ParameterBlock parameters, double[] x);

    /// <summary>The layer's outputs for each sample of a batch that is trained on.</summary>
    /// <param name="parameters">The network's parameters.</param>
    /// <param name="samples">The inputs of each sample.</param>
    public virtual double[][] Train(ParameterBlock parameters, double[][] samples) =>
        Array.ConvertAll(samples, sample => Compute(parameters, sample));
}

/// <summary>A dense layer with bias.</summary>
/// <param name="Name">The name before ".weight" and ".bias".</param>
/// <param name="Inputs">How many inputs it has.</param>
/// <param name="Units">How many outputs it has.</param>
internal sealed record PlainDense(string Name, int Inputs, int Units) : PlainLayer
{
    /// <summary>The whole name of its weight.</summary>
    public string Weight { get; init; } = Name + ".weight";

    /// <summary>The whole name of its bias.</summary>
    public string Bias { get; init; } = Name + ".bias";

    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        float[] weight = parameters[Weight].ToArray(), bias = parameters[Bias].ToArray();
        var y = new double[Units];
        for (int unit = 0; unit < Units; unit++)
        {
            double sum = bias[unit];
            for (int i = 0; i < Inputs; i++)
                sum += (double)weight[unit * Inputs + i] * x[i];
            y[unit] = sum;
        }

        return y;
    }
}

/// <summary>A convolution of stride one with bias.</summary>
/// <param name="Name">The name before ".weight" and ".bias".</param>
/// <param name="Input">Channels, height and width of the input.</param>
/// <param name="Filters">How many output channels it has.</param>
/// <param name="Kernel">Height and width of the kernel.</param>
/// <param name="Pad">Zeros on each side.</param>
/// <param name="Groups">How many groups the channels fall into.</param>
internal sealed record PlainConvolution(
    string Name, (int Channels, int Height, int Width) Input, int Filters, int Kernel, int Pad, int Groups) : PlainLayer
{
    /// <summary>Lines and columns of the output.</summary>
    public (int Rows, int Columns) Output => (Input.Height + 2 * Pad - Kernel + 1, Input.Width + 2 * Pad - Kernel + 1);

    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        float[] weight = parameters[Name + ".weight"].ToArray(), bias = parameters[Name + ".bias"].ToArray();
        (int channels, (int rows, int columns)) = (Input.Channels / Groups, Output);
        var y = new double[Filters * rows * columns];
        for (int filter = 0; filter < Filters; filter++)
        {
            Span<double> sums = y.AsSpan(filter * rows * columns, rows * columns);
            sums.Fill(bias[filter]);
            int first = filter / (Filters / Groups) * channels;
            for (int tap = 0; tap < channels * Kernel * Kernel; tap++)
            {
                int channel = first + tap / (Kernel * Kernel), down = tap / Kernel % Kernel - Pad, right = tap % Kernel - Pad;
                double factor = weight[filter * channels * Kernel * Kernel + tap];
                for (int row = Math.Max(0, -down); row < Math.Min(rows, Input.Height - down); row++)
                {
                    int line = (channel * Input.Height + row + down) * Input.Width + right;
                    for (int column = Math.Max(0, -right); column < Math.Min(columns, Input.Width - right); column++)
                        sums[row * columns + column] += factor * x[line + column];
                }
            }
        }

        return y;
    }
}

/// <summary>The larger of zero and the input.</summary>
internal sealed record PlainRelu : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x) => Array.ConvertAll(x, value => Math.Max(value, 0));
}

/// <summary>Numbers below zero become zero, and those above six become six.</summary>
internal sealed record PlainRelu6 : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x) => Array.ConvertAll(x, value => Math.Clamp(value, 0, 6));
}

/// <summary>The maximum of each window of two by two.</summary>
/// <param name="Input">Channels, height and width of the input.</param>
internal sealed record PlainMaxPool2((int Channels, int Height, int Width) Input) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        (int channels, int height, int width) = Input;
        var y = new double[channels * (height / 2) * (width / 2)];
        for (int at = 0; at < y.Length; at++)
        {
            (int line, int column) = Math.DivRem(at, width / 2);
            int corner = line / (height / 2) * height * width + line % (height / 2) * 2 * width + column * 2;
            y[at] = Math.Max(Math.Max(x[corner], x[corner + 1]), Math.Max(x[corner + width], x[corner + width + 1]));
        }

        return y;
    }
}

/// <summary>Probabilities that sum to one.</summary>
internal sealed record PlainSoftmax : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        double max = x.Max(), sum = x.Sum(value => Math.Exp(value - max));
        return Array.ConvertAll(x, value => Math.Exp(value - max) / sum);
    }
}
