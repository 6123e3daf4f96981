namespace NetGen.Benchmarks.Workloads;

/// <summary>A chain of layers computed in double precision by the plainest loops: what every contender's outputs must match.</summary>
/// <param name="Channels">The input's channels.</param>
/// <param name="Height">The input's height.</param>
/// <param name="Width">The input's width.</param>
internal sealed record PlainNetwork(int Channels, int Height = 1, int Width = 1)
{
    private readonly List<Func<ParameterBlock, double[], double[]>> _layers = [];
    private int _channels = Channels;
    private int _height = Height;
    private int _width = Width;

    public PlainNetwork Dense(string name, int units)
    {
        int inputs = _channels * _height * _width;
        (_channels, _height, _width) = (units, 1, 1);
        return Then((parameters, x) =>
        {
            float[] weight = parameters[name + ".weight"].ToArray(), bias = parameters[name + ".bias"].ToArray();
            var y = new double[units];
            for (int unit = 0; unit < units; unit++)
            {
                double sum = bias[unit];
                for (int i = 0; i < inputs; i++)
                    sum += (double)weight[unit * inputs + i] * x[i];
                y[unit] = sum;
            }

            return y;
        });
    }

    public PlainNetwork Convolution(string name, int filters, int kernel, int pad = 0, int groups = 1)
    {
        (int channels, int height, int width) = (_channels / groups, _height, _width);
        (int rows, int columns) = (height + 2 * pad - kernel + 1, width + 2 * pad - kernel + 1);
        (_channels, _height, _width) = (filters, rows, columns);
        return Then((parameters, x) =>
        {
            float[] weight = parameters[name + ".weight"].ToArray(), bias = parameters[name + ".bias"].ToArray();
            var y = new double[filters * rows * columns];
            for (int filter = 0; filter < filters; filter++)
            {
                int first = filter / (filters / groups) * channels;
                for (int at = 0; at < rows * columns; at++)
                {
                    (int row, int column) = Math.DivRem(at, columns);
                    double sum = bias[filter];
                    for (int tap = 0; tap < channels * kernel * kernel; tap++)
                    {
                        int channel = tap / (kernel * kernel);
                        int i = row - pad + tap / kernel % kernel;
                        int j = column - pad + tap % kernel;
                        if ((uint)i < (uint)height && (uint)j < (uint)width)
                            sum += weight[filter * channels * kernel * kernel + tap] * x[((first + channel) * height + i) * width + j];
                    }

                    y[filter * rows * columns + at] = sum;
                }
            }

            return y;
        });
    }

    public PlainNetwork Relu() => Then((_, x) => Array.ConvertAll(x, value => Math.Max(value, 0)));

    public PlainNetwork Pool2()
    {
        (int channels, int height, int width) = (_channels, _height, _width);
        (_height, _width) = (height / 2, width / 2);
        return Then((_, x) =>
        {
            var y = new double[channels * (height / 2) * (width / 2)];
            for (int at = 0; at < y.Length; at++)
            {
                (int line, int column) = Math.DivRem(at, width / 2);
                int corner = line / (height / 2) * height * width + line % (height / 2) * 2 * width + column * 2;
                y[at] = Math.Max(Math.Max(x[corner], x[corner + 1]), Math.Max(x[corner + width], x[corner + width + 1]));
            }

            return y;
        });
    }

    public PlainNetwork Softmax() => Then((_, x) =>
    {
        double max = x.Max(), sum = x.Sum(value => Math.Exp(value - max));
        return Array.ConvertAll(x, value => Math.Exp(value - max) / sum);
    });

    /// <summary>The outputs for one sample.</summary>
    public double[] Predict(ParameterBlock parameters, ReadOnlySpan<float> input)
    {
        double[] values = Array.ConvertAll(input.ToArray(), value => (double)value);
        foreach (var layer in _layers)
            values = layer(parameters, values);
        return values;
    }

    private PlainNetwork Then(Func<ParameterBlock, double[], double[]> layer)
    {
        _layers.Add(layer);
        return this;
    }
}
