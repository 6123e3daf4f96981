namespace NetGen.Benchmarks.Workloads;

/// <summary>A gated recurrent unit over all steps, as PyTorch defines it.</summary>
/// <param name="Name">The name before ".weight_ih_l0" and so on.</param>
/// <param name="Features">The features of a step.</param>
/// <param name="Units">The length of the state.</param>
internal sealed record PlainGru(string Name, int Features, int Units) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        PlainDense input = Product("ih", Features), recurrent = Product("hh", Units);
        var state = new double[Units];
        var states = new List<double>();
        foreach (double[] step in x.Chunk(Features))
        {
            double[] a = input.Compute(parameters, step), b = recurrent.Compute(parameters, state);
            state = [.. state.Select((before, n) =>
            {
                double reset = Sigmoid(a[n] + b[n]), update = Sigmoid(a[Units + n] + b[Units + n]);
                double candidate = Math.Tanh(a[2 * Units + n] + reset * b[2 * Units + n]);
                return (1 - update) * candidate + update * before;
            })];
            states.AddRange(state);
        }

        return [.. states];

        PlainDense Product(string role, int inputs) =>
            new(Name, inputs, 3 * Units) { Weight = $"{Name}.weight_{role}_l0", Bias = $"{Name}.bias_{role}_l0" };
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}

/// <summary>Rows of a table, by their numbers.</summary>
/// <param name="Name">The name before ".weight".</param>
/// <param name="Features">The length of a row.</param>
internal sealed record PlainEmbedding(string Name, int Features) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        ParameterTensor table = parameters[$"{Name}.weight"];
        return [.. x.SelectMany(token => Enumerable.Range(0, Features).Select(f => (double)table[(int)token, f]))];
    }
}

/// <summary>The last step of a sequence, or the mean of all.</summary>
/// <param name="Features">The features of a step.</param>
/// <param name="IsMean">Whether it is the mean.</param>
internal sealed record PlainOverTime(int Features, bool IsMean) : PlainLayer
{
    public override double[] Compute(ParameterBlock parameters, double[] x) =>
        IsMean ? [.. Enumerable.Range(0, Features).Select(f => x.Chunk(Features).Average(step => step[f]))] : x[^Features..];
}

/// <summary>A transformer block whose norms stand before what they serve.</summary>
/// <param name="Name">The name before ".self_attn", ".linear1" and so on.</param>
/// <param name="Features">The features of a step.</param>
/// <param name="Heads">The heads of its attention.</param>
/// <param name="Hidden">The width between the two dense layers.</param>
/// <param name="IsCausal">Whether steps see none that come later.</param>
internal sealed record PlainTransformerBlock(string Name, int Features, int Heads, int Hidden, bool IsCausal) : PlainLayer
{
    private const double Epsilon = 1e-5;

    public override double[] Compute(ParameterBlock parameters, double[] x)
    {
        double[][] steps = [.. x.Chunk(Features)];
        PlainDense projection = new(Name, Features, 3 * Features) { Weight = $"{Name}.self_attn.in_proj_weight", Bias = $"{Name}.self_attn.in_proj_bias" };
        PlainDense joined = new($"{Name}.self_attn.out_proj", Features, Features), first = new($"{Name}.linear1", Features, Hidden);
        PlainDense second = new($"{Name}.linear2", Hidden, Features);
        double[][] projected = [.. steps.Select(step => projection.Compute(parameters, Norm(parameters, "norm1", step)))];
        return [.. steps.SelectMany((step, t) =>
        {
            double[] middle = Added(step, joined.Compute(parameters, Context(projected, t)));
            double[] hidden = Array.ConvertAll(first.Compute(parameters, Norm(parameters, "norm2", middle)), value => Math.Max(value, 0));
            return Added(middle, second.Compute(parameters, hidden));
        })];
    }

    // What each head makes of the values that a step sees.
    private double[] Context(double[][] projected, int t)
    {
        int size = Features / Heads;
        var context = new double[Features];
        for (int head = 0; head < Features; head += size)
        {
            double[] scores = [.. Enumerable.Range(0, IsCausal ? t + 1 : projected.Length).Select(s =>
                Enumerable.Range(head, size).Sum(d => projected[t][d] * projected[s][Features + d]) / Math.Sqrt(size))];
            double[] weights = new PlainSoftmax().Compute(null!, scores);
            for (int d = head; d < head + size; d++)
                context[d] = weights.Select((weight, s) => weight * projected[s][2 * Features + d]).Sum();
        }

        return context;
    }

    private double[] Norm(ParameterBlock parameters, string role, double[] x)
    {
        float[] weight = parameters[$"{Name}.{role}.weight"].ToArray(), bias = parameters[$"{Name}.{role}.bias"].ToArray();
        double mean = x.Average(), variance = x.Average(value => (value - mean) * (value - mean));
        return [.. x.Select((value, f) => (value - mean) / Math.Sqrt(variance + Epsilon) * weight[f] + bias[f])];
    }

    private static double[] Added(double[] left, double[] right) => [.. left.Zip(right, (a, b) => a + b)];
}
