namespace NetGen.Numerics.Tests.Oracle;

/// <summary>
/// y = (x − μ) / √(σ² + ε) · γ + β, with mean and variance of sets of elements that say which norm it is; without a mean, σ² is the mean of
/// squares.
/// </summary>
internal abstract class NormLayer : OracleLayer
{
    protected virtual double Epsilon => 1e-5;

    protected virtual bool IsCentered => true;

    public override double[][] Forward(double[][][] inputs, Pass pass)
    {
        double[][] x = inputs[0];
        double[][] y = [.. x.Select(row => new double[row.Length])];
        foreach ((int Sample, int Element)[] set in Sets(x.Length))
        {
            (double[] standard, _) = Standardise(x, set, pass);
            foreach ((int i, (int sample, int element)) in set.Index())
                y[sample][element] = Scale(standard[i], element, pass);
        }

        return y;
    }

    // With g = dy · γ and z the standardised x: dx = (g − mean(g) − z · mean(g · z)) / √(σ² + ε), without a mean where none was taken.
    public override double[][][] Backward(double[][][] inputs, double[][] outputs, double[][] gradient, Pass pass)
    {
        double[][] x = inputs[0];
        double[][] dx = [.. x.Select(row => new double[row.Length])];
        OracleTensor? weight = Tensor("weight"), bias = Tensor("bias");
        foreach ((int Sample, int Element)[] set in Sets(x.Length))
        {
            (double[] standard, double inverse) = Standardise(x, set, pass);
            double[] g = [.. set.Select(at => pass.Round(gradient[at.Sample][at.Element] * (weight?.Values[NumberOf(at.Element)] ?? 1)))];
            double mean = IsCentered ? pass.Round(g.Average(), g.Average(Math.Abs)) : 0;
            double product = pass.Round(g.Zip(standard, (a, b) => a * b).Average(), g.Zip(standard, (a, b) => Math.Abs(a * b)).Average());
            foreach ((int i, (int sample, int element)) in set.Index())
            {
                double dy = gradient[sample][element];
                dx[sample][element] = pass.Round(
                    (g[i] - mean - standard[i] * product) * inverse,
                    (Math.Abs(g[i]) + Math.Abs(mean) + Math.Abs(standard[i] * product)) * inverse);
                if (weight is not null)
                    weight.Gradient[NumberOf(element)] += dy * standard[i];
                if (bias is not null)
                    bias.Gradient[NumberOf(element)] += dy;
            }
        }

        return [dx];
    }

    /// <summary>The elements that have a mean and a variance together.</summary>
    protected abstract IEnumerable<(int Sample, int Element)[]> Sets(int samples);

    /// <summary>The weight of an element.</summary>
    protected abstract int NumberOf(int element);

    protected abstract int Numbers { get; }

    protected override int[] OutputShape() => Input;

    protected override IEnumerable<OracleTensor> Store() => Affine(weight: true, bias: true);

    protected IEnumerable<OracleTensor> Affine(bool weight, bool bias)
    {
        if (weight)
            yield return new OracleTensor("weight", Numbers, random => 1 + OracleTensor.Between(random, 0.5));
        if (bias)
            yield return OracleTensor.Bias("bias", Numbers);
    }

    protected int ChannelOf(int element) => element / Pixels;

    protected int Pixels => Length(Input) / Input[0];

    protected double Scale(double standard, int element, Pass pass)
    {
        double scaled = standard * (Tensor("weight")?.Values[NumberOf(element)] ?? 1);
        double bias = Tensor("bias")?.Values[NumberOf(element)] ?? 0;
        return pass.Round(scaled + bias, Math.Abs(scaled) + Math.Abs(bias));
    }

    /// <summary>The mean and the variance of a set, the first 0 and the second the mean of squares where nothing is centered.</summary>
    protected (double Mean, double Variance) Statistics(double[][] x, (int Sample, int Element)[] set, Pass pass)
    {
        double[] values = [.. set.Select(at => x[at.Sample][at.Element])];
        double mean = IsCentered ? pass.Round(values.Average(), values.Average(Math.Abs)) : 0;
        return (mean, pass.Round(values.Average(value => (value - mean) * (value - mean))));
    }

    private (double[] Standard, double Inverse) Standardise(double[][] x, (int Sample, int Element)[] set, Pass pass)
    {
        (double mean, double variance) = Statistics(x, set, pass);
        double inverse = pass.Round(1 / Math.Sqrt(variance + Epsilon));
        return ([.. set.Select(at => pass.Round((x[at.Sample][at.Element] - mean) * inverse))], inverse);
    }
}

/// <summary>Each sample over all of its elements.</summary>
internal sealed class OracleLayerNorm(bool bias = true) : NormLayer
{
    public override string Attribute => bias ? "LayerNorm" : "LayerNorm(Bias = false)";

    protected override int Numbers => Length(Input);

    protected override IEnumerable<OracleTensor> Store() => Affine(weight: true, bias);

    protected override IEnumerable<(int Sample, int Element)[]> Sets(int samples) =>
        Enumerable.Range(0, samples).Select(s => Enumerable.Range(0, Length(Input)).Select(i => (s, i)).ToArray());

    protected override int NumberOf(int element) => element;
}

/// <summary>Each sample by the root of its mean square.</summary>
internal sealed class OracleRmsNorm : NormLayer
{
    public override string Attribute => "RmsNorm";

    protected override double Epsilon => 1e-6;

    protected override bool IsCentered => false;

    protected override int Numbers => Length(Input);

    protected override IEnumerable<OracleTensor> Store() => Affine(weight: true, bias: false);

    protected override IEnumerable<(int Sample, int Element)[]> Sets(int samples) =>
        Enumerable.Range(0, samples).Select(s => Enumerable.Range(0, Length(Input)).Select(i => (s, i)).ToArray());

    protected override int NumberOf(int element) => element;
}

/// <summary>Each sample over groups of channels; as many groups as channels where it is an instance norm.</summary>
internal sealed class OracleGroupNorm(int groups, bool isInstance = false, bool affine = true) : NormLayer
{
    public override string Attribute => (isInstance, affine) switch
    {
        (true, true) => "InstanceNorm",
        (true, false) => "InstanceNorm(Affine = false)",
        (false, true) => $"GroupNorm({groups})",
        (false, false) => $"GroupNorm({groups}, Affine = false)",
    };

    protected override int Numbers => Input[0];

    protected override IEnumerable<OracleTensor> Store() => Affine(affine, affine);

    protected override IEnumerable<(int Sample, int Element)[]> Sets(int samples)
    {
        int size = Length(Input) / groups;
        return Enumerable.Range(0, samples).SelectMany(s => Enumerable.Range(0, groups).Select(g =>
            Enumerable.Range(g * size, size).Select(i => (s, i)).ToArray()));
    }

    protected override int NumberOf(int element) => ChannelOf(element);
}

/// <summary>Each channel over the whole batch, or by running statistics in prediction.</summary>
internal sealed class OracleBatchNorm(double momentum = 0.1, bool affine = true) : NormLayer
{
    public override string Attribute => string.Join(", ", [
        .. momentum != 0.1 ? [FormattableString.Invariant($"Momentum = {momentum}")] : Array.Empty<string>(),
        .. affine ? Array.Empty<string>() : ["Affine = false"],
    ]) is { Length: > 0 } settings ? $"BatchNorm({settings})" : "BatchNorm";

    protected override int Numbers => Input[0];

    public override double[][] Forward(double[][][] inputs, Pass pass)
    {
        double[] mean = Tensor("running_mean")!.Values, variance = Tensor("running_var")!.Values;
        if (!pass.IsTraining)
        {
            return [.. inputs[0].Select(row => (double[])[.. row.Select((value, i) =>
                Scale((value - mean[ChannelOf(i)]) / Math.Sqrt(variance[ChannelOf(i)] + Epsilon), i, pass))])];
        }

        Keep(inputs[0], pass);
        return base.Forward(inputs, pass);
    }

    protected override IEnumerable<OracleTensor> Store() =>
    [
        .. Affine(affine, affine),
        new OracleTensor("running_mean", Input[0], random => OracleTensor.Between(random, 0.5)) { IsState = true },
        new OracleTensor("running_var", Input[0], random => 1 + OracleTensor.Between(random, 0.7)) { IsState = true },
        new OracleTensor("num_batches_tracked", 1, random => random.Next(1000)) { IsState = true },
    ];

    protected override IEnumerable<(int Sample, int Element)[]> Sets(int samples) => Enumerable.Range(0, Input[0]).Select(c =>
        Enumerable.Range(0, samples).SelectMany(s => Enumerable.Range(c * Pixels, Pixels).Select(i => (s, i))).ToArray());

    protected override int NumberOf(int element) => ChannelOf(element);

    /// <summary>Moves the running statistics towards those of the batch, whose variance is that of n − 1; a single element has none.</summary>
    private void Keep(double[][] x, Pass pass)
    {
        foreach ((int c, (int Sample, int Element)[] set) in Sets(x.Length).Index())
        {
            (double mean, double variance) = Statistics(x, set, pass);
            Move("running_mean", c, mean);
            Move("running_var", c, set.Length == 1 ? 0 : variance * set.Length / (set.Length - 1));
        }

        Tensor("num_batches_tracked")!.Gradient[0]++;

        void Move(string role, int channel, double value)
        {
            double[] next = Tensor(role)!.Gradient;
            next[channel] = (1 - momentum) * next[channel] + momentum * value;
        }
    }
}
