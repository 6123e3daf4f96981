using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Dropout, whose factors are read back from the gradient of the input of networks that begin by passing it on.</summary>
[Trait("Category", "Numeric")]
public sealed class DropoutTests
{
    private static readonly OracleNetwork[] s_networks =
    [
        new([37], OracleLosses.MeanSquaredError, new OracleDropout("0.4f"), new OracleDense(5)),
        new([17], OracleLosses.MeanSquaredError, new OracleDense(17), new OracleDropout("0.25f"), new OracleDense(9), Activations.Tanh, new OracleDense(3)),
        new([5, 4, 3], OracleLosses.MeanSquaredError, new OracleConv(5, new(1), new(1), groups: 5), new OracleDropout("0.5f"),
            new OracleConv(18, new(3, Same: true), new(3, Same: true)), Activations.Tanh, new OracleDense(3)),
        new([3, 4, 3], OracleLosses.MeanSquaredError, new OracleDropout("0.1f"), new OracleConv(4, new(3, Same: true), new(3, Same: true))),
        new([64], OracleLosses.MeanSquaredError, new OracleDropout("0.3f"), Activations.Tanh, new OracleDense(2)),
    ];

    private static readonly Lazy<IReadOnlyList<Type>> s_types = new(() => NetworkCompiler.Compile(s_networks));

    [Theory]
    [InlineData(0, 0.4)]
    [InlineData(1, 0.25)]
    [InlineData(2, 0.5)]
    [InlineData(3, 0.1)]
    [InlineData(4, 0.3)]
    public void Gradients_belong_to_the_factors_that_were_drawn(int number, double rate)
    {
        const int Batch = 64;
        OracleNetwork oracle = s_networks[number];
        using INetworkUnderTest network = NetworkUnderTest.Of(s_types.Value[number]);
        OracleDropout dropout = oracle.Nodes.Select(node => node.Layer).OfType<OracleDropout>().Single();
        dropout.Factors = null;
        var problem = Problem.Draw(oracle, [Batch], seed: 7);
        // What stands before the dropout passes each element on by itself.
        OracleLayer first = oracle.Nodes[1].Layer!;
        if (first is OracleDense or OracleConv && number is 1 or 2)
        {
            double[] weight = first.Tensors[0].Values;
            for (int i = 0; i < weight.Length; i++)
                weight[i] = first is OracleConv || i / first.Input[0] == i % first.Input[0] ? 1 : 0;
        }

        NetworkCheck.Load(oracle, network);
        float[] inputs = [.. problem.Inputs.SelectMany(input => input.Select(value => (float)value))];
        float[] targets = [.. problem.Targets.SelectMany(target => target.Select(value => (float)value))];
        var gradient = new float[inputs.Length];
        network.ComputeGradient(inputs, targets, null, gradient);

        int length = oracle.InputLength;
        dropout.Factors = [.. gradient.Chunk(length).Select(row => row.Select(slope => slope == 0 ? 0 : 1 / (1 - rate)).ToArray())];
        double[][] factors = dropout.Factors;
        NetworkCheck.CheckGradient(oracle, network, problem.Inputs, problem.Targets, " with dropout");

        // As many zeros as the rate says, within four standard deviations, and not the same ones in every sample.
        int total = Batch * length;
        int dropped = factors.Sum(row => row.Count(factor => factor == 0));
        Assert.InRange(dropped, rate * total - 4 * Math.Sqrt(rate * (1 - rate) * total), rate * total + 4 * Math.Sqrt(rate * (1 - rate) * total));
        Assert.NotEqual(factors[0], factors[1]);

        // Prediction drops nothing.
        dropout.Factors = null;
        var outputs = new float[oracle.OutputLength];
        network.Predict(inputs.AsSpan(0, length), outputs);
        Agree.Within(2e-5, [.. oracle.Predict(problem.Inputs[..1], new Pass(isTraining: false))[0].Select(value => (float)value)], outputs, "prediction");
    }
}
