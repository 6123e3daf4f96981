namespace NetGen.Benchmarks.Workloads;

/// <summary>Channels brought to mean zero and variance one: by running statistics, or in training by those of the batch.</summary>
/// <param name="Name">The name before ".weight", ".bias", ".running_mean" and ".running_var".</param>
/// <param name="Channels">How many channels there are.</param>
internal sealed record PlainBatchNorm(string Name, int Channels) : PlainLayer
{
    private const double Epsilon = 1e-5;

    public override double[] Compute(ParameterBlock parameters, double[] x) => Apply(
        parameters, x,
        Array.ConvertAll(parameters[Name + ".running_mean"].ToArray(), value => (double)value),
        Array.ConvertAll(parameters[Name + ".running_var"].ToArray(), value => (double)value));

    public override double[][] Train(ParameterBlock parameters, double[][] samples)
    {
        int area = samples[0].Length / Channels;
        double[] means = new double[Channels], variances = new double[Channels];
        for (int channel = 0; channel < Channels; channel++)
        {
            double[] values = [.. samples.SelectMany(sample => sample.Skip(channel * area).Take(area))];
            means[channel] = values.Average();
            variances[channel] = values.Average(value => (value - means[channel]) * (value - means[channel]));
        }

        return Array.ConvertAll(samples, sample => Apply(parameters, sample, means, variances));
    }

    private double[] Apply(ParameterBlock parameters, double[] x, double[] means, double[] variances)
    {
        float[] weight = parameters[Name + ".weight"].ToArray(), bias = parameters[Name + ".bias"].ToArray();
        int area = x.Length / Channels;
        return [.. x.Select((value, at) => (at / area) is var channel
            ? (value - means[channel]) / Math.Sqrt(variances[channel] + Epsilon) * weight[channel] + bias[channel]
            : 0)];
    }
}

/// <summary>The mean of each channel.</summary>
/// <param name="Channels">How many channels there are.</param>
internal sealed record PlainGlobalAverage(int Channels) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x) => [.. x.Chunk(x.Length / Channels).Select(channel => channel.Average())];
}

/// <summary>Layers whose input is added to their output.</summary>
/// <param name="Body">The layers.</param>
internal sealed record PlainResidual(IReadOnlyList<PlainLayer> Body) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x) =>
        Added(x, Body.Aggregate(x, (values, layer) => layer.Compute(parameters, values)));

    public override double[][] Train(ParameterBlock parameters, double[][] samples) =>
        [.. samples.Zip(Body.Aggregate(samples, (values, layer) => layer.Train(parameters, values)), Added)];

    private static double[] Added(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];
}
