using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Made-up parameters and a batch for a network, away from the kinks of its activations.</summary>
internal sealed class Problem
{
    // Float rounding moves a value by less than this, so that generated code and oracle are on the same side of each kink.
    private const double KinkDistance = 3e-6;

    private Problem(OracleNetwork network, int batch, int seed)
    {
        var random = new Random(seed);
        foreach ((_, OracleLayer layer) in network.Layers.Where(named => named.Layer.Weight.Length > 0))
        {
            Fill(layer.Weight, Math.Sqrt(3.0 * layer.Output[0] / layer.Weight.Length), random);
            Fill(layer.Bias, 0.5, random);
        }

        Inputs = [.. Enumerable.Range(0, batch).Select(_ => Fill(new double[network.InputLength], 1.5, random))];
        Targets = [.. Enumerable.Range(0, batch).Select(_ => Target(network, random))];
    }

    public double[][] Inputs { get; }

    public double[][] Targets { get; }

    /// <summary>Draws until nothing lies next to a kink; every number is a float.</summary>
    public static Problem Draw(OracleNetwork network, int batch, int seed)
    {
        for (int attempt = 0; attempt < 40; attempt++)
        {
            var problem = new Problem(network, batch, seed + attempt * 1000);
            var kinks = new Kinks();
            network.MeanLoss(problem.Inputs, problem.Targets, kinks);
            if (kinks.Nearest > KinkDistance)
                return problem;
        }

        throw new InvalidOperationException($"Every draw lies on a kink; make the network smaller:\n{network.Source}");
    }

    private static double[] Target(OracleNetwork network, Random random)
    {
        if (network.Loss.TakesClasses)
            return [random.Next(network.OutputLength)];
        double[] target = Fill(new double[network.OutputLength], 1, random);
        if (!network.Loss.TakesProbabilities)
            return target;
        double sum = target.Sum(Math.Exp);
        return [.. target.Select(value => (double)(float)(Math.Exp(value) / sum))];
    }

    private static double[] Fill(double[] values, double scale, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)((2 * random.NextDouble() - 1) * scale);
        return values;
    }
}
