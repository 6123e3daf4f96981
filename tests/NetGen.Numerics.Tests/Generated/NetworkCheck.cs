using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Compares a generated network with its oracle, and the oracle with difference quotients of its own loss.</summary>
internal static class NetworkCheck
{
    // Relative to the largest magnitude of a tensor, as for the reference set; a few layers add up.
    private const double Tolerance = 2e-5;

    // The oracle's gradients are exact but for the quotients they are made of.
    private const double OracleTolerance = 1e-6;

    // What the probes of one network may cost, in multiplications.
    private const long ProbeBudget = 3_000_000;

    public static void Run(OracleNetwork oracle, Type type, int batch, int seed)
    {
        var problem = Problem.Draw(oracle, batch, seed);
        using INetworkUnderTest network = NetworkUnderTest.Of(type);
        Load(oracle, network);

        CheckOracle(oracle, problem);
        CheckPrediction(oracle, network, problem);
        CheckGradient(oracle, network, problem.Inputs, problem.Targets, "");
        if (batch > 1)
        {
            // Memory that held a larger batch must not show in a smaller one.
            CheckGradient(oracle, network, problem.Inputs[1..2], problem.Targets[1..2], " of one sample after many");
        }
    }

    public static void Load(OracleNetwork oracle, INetworkUnderTest network)
    {
        Assert.Equal(oracle.Parameters.Select(p => p.Name).Order(), network.Parameters.Select(p => p.Name).Order());
        foreach ((string name, double[] values, _) in oracle.Parameters)
            network.Parameters[name].CopyFrom(Floats(values));
    }

    /// <summary>Compares the gradients of a batch that the oracle sees the same way, dropout included.</summary>
    public static void CheckGradient(
        OracleNetwork oracle, INetworkUnderTest network, double[][] inputs, double[][] targets, string when)
    {
        double[][] inputGradient = oracle.Differentiate(inputs, targets);
        double loss = oracle.MeanLoss(inputs, targets);

        float[] x = Floats(inputs);
        float[] t = oracle.Loss.TakesClasses ? [] : Floats(targets);
        int[]? classes = oracle.Loss.TakesClasses ? [.. targets.Select(target => (int)target[0])] : null;
        float[] found = new float[x.Length];
        Array.Fill(found, float.NaN);
        float foundLoss = network.ComputeGradient(x, t, classes, found);

        Agree.Within(Tolerance, [(float)loss], [foundLoss], "loss" + when);
        foreach ((string name, double[] _, double[] gradient) in oracle.Parameters)
            Agree.Within(Tolerance, Floats(gradient), network.Gradient[name].ToArray(), $"gradient of {name}{when}");
        Agree.Within(Tolerance, Floats(inputGradient), found, $"gradient of the input{when}");

        // That nobody asks for the input's gradient changes nothing else.
        float[] before = network.Gradient.Span.ToArray();
        Assert.Equal(foundLoss, network.ComputeGradient(x, t, classes, null));
        Assert.Equal(before, network.Gradient.Span.ToArray());
    }

    private static void CheckPrediction(OracleNetwork oracle, INetworkUnderTest network, Problem problem)
    {
        float[] inputs = Floats(problem.Inputs);
        float[] expected = Floats([.. problem.Inputs.Select(input => oracle.Predict(input))]);
        var batch = new float[expected.Length];
        network.PredictBatch(inputs, batch, threads: 1);
        Agree.Within(Tolerance, expected, batch, "PredictBatch");

        var single = new float[expected.Length];
        for (int s = 0; s < problem.Inputs.Length; s++)
        {
            network.Predict(
                inputs.AsSpan(s * oracle.InputLength, oracle.InputLength), single.AsSpan(s * oracle.OutputLength, oracle.OutputLength));
        }

        Agree.Within(Tolerance, expected, single, "Predict");
    }

    /// <summary>Compares the oracle's gradients with central differences of its loss, at as many places as time allows.</summary>
    private static void CheckOracle(OracleNetwork oracle, Problem problem)
    {
        int samples = Math.Min(problem.Inputs.Length, 2);
        double[][] inputs = problem.Inputs[..samples];
        double[][] targets = problem.Targets[..samples];
        double[][] inputGradient = oracle.Differentiate(inputs, targets);
        (string Name, double[] Values, double[] Gradient)[] tensors =
        [
            .. oracle.Parameters,
            .. inputs.Select((input, s) => ($"input {s}", input, inputGradient[s])),
        ];
        int probes = (int)Math.Clamp(ProbeBudget / (2 * oracle.Work * samples) / tensors.Length, 3, 1000);
        foreach ((string name, double[] values, double[] gradient) in tensors)
        {
            double scale = gradient.Max(Math.Abs);
            int stride = Math.Max(1, values.Length / probes);
            for (int i = 0; i < values.Length; i += stride)
            {
                // Where the longer step crosses a kink, the shorter one is below the distance that problems keep from it.
                double quotient = Quotient(values, i, 1e-6);
                if (!IsNear(quotient))
                    quotient = Quotient(values, i, 1e-7);
                Assert.True(IsNear(quotient), $"The oracle is wrong at {name}[{i}]: {gradient[i]:R}, the difference quotient is {quotient:R}.");

                bool IsNear(double value) => Math.Abs(value - gradient[i]) <= OracleTolerance * scale + 1e-8;
            }
        }

        double Quotient(double[] values, int i, double step)
        {
            double value = values[i];
            values[i] = value + step;
            double above = oracle.MeanLoss(inputs, targets);
            values[i] = value - step;
            double below = oracle.MeanLoss(inputs, targets);
            values[i] = value;
            return (above - below) / (2 * step);
        }
    }

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    private static float[] Floats(double[][] values) => [.. values.SelectMany(Floats)];
}
