using NetGen.Numerics.Tests.Oracle;
using NetGen.Tests.InstructionSets;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Compares a generated network with its oracle, and the oracle with difference quotients of its own loss.</summary>
internal static class NetworkCheck
{
    // The oracle's gradients are exact but for the quotients they are made of.
    private const double OracleTolerance = 1e-6;

    // What the probes of one network may cost, in multiplications.
    private const long ProbeBudget = 3_000_000;

    // How far a step may lead: deep products of large numbers would leave the range of singles.
    private const float LongestStep = 0.1f;

    /// <summary>Checks everything on a batch, and then on one sample: memory that held a larger batch must not show in a smaller one.</summary>
    public static void Run(OracleNetwork oracle, Type type, int batch, int seed) =>
        Run(oracle, type, batch == 1 ? [1] : [batch, 1], seed);

    /// <summary>Checks everything on batches of several sizes.</summary>
    public static void Run(OracleNetwork oracle, Type type, IReadOnlyList<int> batches, int seed)
    {
        var problem = Problem.Draw(oracle, batches, seed);
        var optimizer = new Sgd(LongestStep);
        using INetworkUnderTest network = NetworkUnderTest.Of(type, optimizer);
        Load(oracle, network);

        if (!TestProcess.IsRepetition)
            CheckOracle(oracle, problem);
        CheckPrediction(oracle, network, problem, "");
        Expectation[] expected =
        [
            .. batches.Select(batch => CheckGradient(
                oracle, network, problem.Inputs[..batch], problem.Targets[..batch], $" of a batch of {batch}")),
        ];
        CheckStep(oracle, network, optimizer, problem, expected[batches.Index().MaxBy(batch => batch.Item).Index]);
    }

    public static void Load(OracleNetwork oracle, INetworkUnderTest network)
    {
        Assert.Equal(oracle.Tensors.Select(named => named.Name).Order(), network.Parameters.Select(p => p.Name).Order());
        foreach ((string name, OracleTensor tensor) in oracle.Tensors)
            network.Parameters[name].CopyFrom(Floats(tensor.Values));
    }

    /// <summary>Compares the gradients of a batch that the oracle sees the same way, dropout included.</summary>
    public static Expectation CheckGradient(
        OracleNetwork oracle, INetworkUnderTest network, double[][] inputs, double[][] targets, string when)
    {
        var expected = Expectation.OfTraining(oracle, inputs, targets);
        float[] x = Floats(inputs);
        (float[] t, int[]? classes) = Split(oracle, targets);
        float[] found = new float[x.Length];
        Array.Fill(found, float.NaN);
        float foundLoss = network.ComputeGradient(x, t, classes, found);

        expected.Check("loss", [foundLoss], when);
        foreach ((string name, _) in oracle.Tensors.Where(named => !named.Tensor.IsState))
            expected.Check(name, network.Gradient[name].ToArray(), when);
        expected.Check("gradient of the input", found, when);

        // That nobody asks for the input's gradient changes nothing else.
        float[] before = network.Gradient.Span.ToArray();
        Assert.Equal(foundLoss, network.ComputeGradient(x, t, classes, null));
        Assert.Equal(before, network.Gradient.Span.ToArray());
        CheckPadding(network.Gradient, "gradient" + when);
        CheckGradientFromOutside(oracle, network, inputs, targets, expected, when);
        return expected;
    }

    /// <summary>The same gradients where the oracle computes the loss and its gradient from the outputs that it is shown.</summary>
    private static void CheckGradientFromOutside(
        OracleNetwork oracle, INetworkUnderTest network, double[][] inputs, double[][] targets, Expectation expected, string when)
    {
        // No way back leads from an output without a loss.
        if (oracle.Outputs.Any(output => output.Loss is null))
            return;
        float[] found = new float[inputs.Length * oracle.InputLength];
        Array.Fill(found, float.NaN);
        network.ComputeGradient(Floats(inputs), Judge, found);
        when += " whose outputs the caller judges";
        foreach ((string name, _) in oracle.Tensors.Where(named => !named.Tensor.IsState))
            expected.Check(name, network.Gradient[name].ToArray(), when);
        expected.Check("gradient of the input", found, when);

        float Judge(OutputBatch batch)
        {
            Assert.Equal((0, inputs.Length), (batch.First, batch.Count));
            double[][] outputs = [.. batch.Outputs.ToArray().Select(value => (double)value).Chunk(oracle.OutputLength)];
            double[][] gradients = oracle.OutputGradients(outputs, targets);
            Floats(gradients).CopyTo(batch.Gradients);
            return 0;
        }
    }

    /// <summary>Behind the ends of tensors are zeros: norms of gradients and optimizers go through the whole block.</summary>
    private static void CheckPadding(ParameterBlock block, string what)
    {
        float[] values = block.Span.ToArray();
        float[][] tensors = [.. block.Select(tensor => tensor.ToArray())];
        foreach (ParameterTensor tensor in block)
            tensor.Fill(float.NaN);
        int bad = Enumerable.Range(0, values.Length).FirstOrDefault(i => !float.IsNaN(block.Span[i]) && values[i] != 0, -1);
        foreach ((ParameterTensor tensor, float[] elements) in block.Zip(tensors))
            tensor.CopyFrom(elements);
        Assert.True(bad < 0, bad < 0 ? "" : $"The padding of the {what} holds {values[bad]} at {bad}.");
    }

    private static void CheckPrediction(OracleNetwork oracle, INetworkUnderTest network, Problem problem, string when)
    {
        float[] inputs = Floats(problem.Inputs);
        var expected = Expectation.OfPrediction(oracle, problem.Inputs);
        var batch = new float[problem.Inputs.Length * oracle.OutputLength];
        network.PredictBatch(inputs, batch, threads: 1);
        expected.Check("outputs", batch, $" of a batch{when}");

        var single = new float[batch.Length];
        for (int s = 0; s < problem.Inputs.Length; s++)
        {
            network.Predict(
                inputs.AsSpan(s * oracle.InputLength, oracle.InputLength), single.AsSpan(s * oracle.OutputLength, oracle.OutputLength));
        }

        expected.Check("outputs", single, $" of single samples{when}");
    }

    /// <summary>A step moves every parameter along its gradient and every state to its next value, and predictions see it.</summary>
    private static void CheckStep(OracleNetwork oracle, INetworkUnderTest network, Optimizer optimizer, Problem problem, Expectation expected)
    {
        (float[] targets, int[]? classes) = Split(oracle, problem.Targets);
        network.ComputeGradient(Floats(problem.Inputs), targets, classes, null);
        double norm = Math.Sqrt(network.Gradient.SelectMany(tensor => tensor.ToArray()).Sum(slope => (double)slope * slope));
        optimizer.LearningRate = (float)(LongestStep / Math.Max(1, norm));
        network.Step(Floats(problem.Inputs), targets, classes);
        foreach ((string name, OracleTensor tensor) in oracle.Tensors)
        {
            float[] found = network.Parameters[name].ToArray();
            if (tensor.IsState)
                expected.Check(name, found, " after a step");
            else
            {
                float[] moved = [.. tensor.Values.Zip(network.Gradient[name].ToArray(), (value, slope) => (float)(value - optimizer.LearningRate * slope))];
                Agree.Within(1e-6, moved, found, name + " after a step");
            }

            for (int i = 0; i < found.Length; i++)
                tensor.Values[i] = found[i];
        }

        CheckPadding(network.Parameters, "parameters after a step");
        CheckPrediction(oracle, network, problem, " after a step");
    }

    /// <summary>Compares the oracle's gradients with central differences of its loss, at as many places as time allows.</summary>
    private static void CheckOracle(OracleNetwork oracle, Problem problem)
    {
        // More than two, because what a norm makes of two does not depend on their distance.
        int samples = Math.Min(problem.Inputs.Length, oracle.Tensors.Any(named => named.Tensor.IsState) ? 3 : 2);
        double[][] inputs = problem.Inputs[..samples];
        double[][] targets = problem.Targets[..samples];
        var pass = new Pass(isTraining: true) { Constants = [] };
        (double loss, double[][] inputGradient) = oracle.Differentiate(inputs, targets, pass);
        // What differences of losses leave of their last digits.
        double rounding = 1e-8 + 1e-9 * Math.Abs(loss);
        (string Name, double[] Values, double[] Gradient)[] tensors =
        [
            .. oracle.Tensors.Where(named => !named.Tensor.IsState).Select(named => (named.Name, named.Tensor.Values, named.Tensor.Gradient)),
            .. inputs.Select((input, s) => ($"input {s}", input, inputGradient[s])),
        ];
        int probes = (int)Math.Clamp(ProbeBudget / (2 * oracle.Work * samples) / tensors.Length, 3, 1000);
        foreach ((string name, double[] values, double[] gradient) in tensors)
        {
            double scale = gradient.Max(Math.Abs);
            int stride = Math.Max(1, values.Length / probes);
            for (int i = 0; i < values.Length; i += stride)
            {
                // Where the longer step crosses a kink, the shorter one is below the distance that problems keep from it. Two that differ from each
                // other measure nothing: behind a norm of samples that are nearly alike the loss is too steep for either.
                double quotient = Quotient(values, i, 1e-6);
                if (IsNear(quotient, gradient[i]))
                    continue;
                double shorter = Quotient(values, i, 1e-7);
                Assert.True(
                    IsNear(shorter, gradient[i]) || !IsNear(shorter, quotient)
                    || Math.Abs(quotient - gradient[i]) <= RoundingOfQuotient(values, i, 1e-6),
                    $"The oracle is wrong at {name}[{i}]: {gradient[i]:R}, the difference quotients are {quotient:R} and {shorter:R}.");

                bool IsNear(double value, double other) => Math.Abs(value - other) <= OracleTolerance * scale + rounding;
            }
        }

        double Quotient(double[] values, int i, double step)
        {
            double value = values[i];
            values[i] = value + step;
            double above = oracle.MeanLoss(inputs, targets, pass);
            values[i] = value - step;
            double below = oracle.MeanLoss(inputs, targets, pass);
            values[i] = value;
            return (above - below) / (2 * step);
        }

        // What rounding alone may make of a quotient: a few times what it makes of the loss along steps too short for a slope to show. Norms of what
        // is zero but for rounding enlarge that, and the quotient of a gradient that is zero is nothing else there.
        double RoundingOfQuotient(double[] values, int i, double step) =>
            4 * Enumerable.Range(1, 8).Max(k => Math.Abs(Quotient(values, i, k * 1e-12)) * k * 1e-12) / step;
    }

    /// <summary>The targets that are values, and those that are class ids, if there are any.</summary>
    public static (float[] Values, int[]? Classes) Split(OracleNetwork oracle, double[][] targets)
    {
        var values = new List<float>();
        var classes = new List<int>();
        foreach (double[] target in targets)
        {
            int offset = 0;
            foreach (OracleOutput output in oracle.Outputs.Where(output => output.Loss is not null))
            {
                double[] part = target[offset..(offset + output.TargetLength)];
                offset += output.TargetLength;
                if (output.Loss!.TakesClasses)
                    classes.Add((int)part[0]);
                else
                    values.AddRange(Floats(part));
            }
        }

        return ([.. values], classes.Count > 0 ? [.. classes] : null);
    }

    private static float[] Floats(double[] values) => [.. values.Select(value => (float)value)];

    private static float[] Floats(double[][] values) => [.. values.SelectMany(Floats)];
}
