using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Made-up parameters and a batch for a network, away from the kinks of its activations.</summary>
internal sealed class Problem
{
    // Float rounding moves a value by less than this, so that generated code and oracle are on the same side of each kink.
    private const double KinkDistance = 3e-6;

    private const int Attempts = 30;

    private Problem(OracleNetwork network, int batch, int seed)
    {
        var random = new Random(seed);
        foreach ((_, OracleTensor tensor) in network.Tensors)
            tensor.Draw(random);

        Inputs = [.. Enumerable.Range(0, batch).Select(_ => Fill(new double[network.InputLength], 1.5, random))];
        Targets = [.. Enumerable.Range(0, batch).Select(_ => network.Outputs.SelectMany(output => Target(output, random)).ToArray())];
    }

    public double[][] Inputs { get; }

    public double[][] Targets { get; }

    /// <summary>Draws until nothing lies next to a kink; every number is a float.</summary>
    /// <param name="network">The network, whose parameters are drawn too.</param>
    /// <param name="batches">Numbers of samples that are batches from the first on, each with statistics of its own.</param>
    /// <param name="seed">What is drawn from.</param>
    public static Problem Draw(OracleNetwork network, IReadOnlyList<int> batches, int seed)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            var problem = new Problem(network, batches.Max(), seed + attempt * 1000);
            if (batches.All(batch => problem.IsClear(network, batch, seed)))
                return problem;
        }

        throw new NoProblemException($"Every draw lies on a kink; make the network smaller:\n{network.Source}");
    }

    /// <summary>Whether rounding takes the same ways.</summary>
    private bool IsClear(OracleNetwork network, int batch, int seed)
    {
        var exact = new Pass(isTraining: true);
        var rounded = new Pass(isTraining: true, new Random(seed));
        network.MeanLoss(Inputs[..batch], Targets[..batch], exact);
        if (exact.NearestKink <= KinkDistance)
            return false;
        network.MeanLoss(Inputs[..batch], Targets[..batch], rounded);
        return exact.Decisions == rounded.Decisions;
    }

    private static double[] Target(OracleOutput output, Random random)
    {
        if (output.Loss is not { } loss)
            return [];
        if (loss.TakesClasses)
            return [random.Next(output.Node.Length)];
        double[] target = Fill(new double[output.Node.Length], 1, random);
        if (loss.TakesSigns)
            return [.. target.Select(value => value < 0 ? -1.0 : 1)];
        if (!loss.TakesProbabilities)
            return target;
        double sum = target.Sum(Math.Exp);
        return [.. target.Select(value => (double)(float)(Math.Exp(value) / sum))];
    }

    private static double[] Fill(double[] values, double scale, Random random)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)OracleTensor.Between(random, scale);
        return values;
    }
}

/// <summary>A network on whose kinks everything lies that is drawn for it.</summary>
internal sealed class NoProblemException(string message) : Exception(message);
