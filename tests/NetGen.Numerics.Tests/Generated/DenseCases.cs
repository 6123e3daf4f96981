using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>A network to check, with the size of its batch.</summary>
internal sealed record GeneratedCase(string Name, OracleNetwork Network, int Batch);

/// <summary>Networks of dense layers: every awkward size as input, hidden layer and output; every activation and loss.</summary>
internal static class DenseCases
{
    // One, primes, and just under and over every vector and panel.
    private static readonly int[] s_sizes =
        [1, 2, 3, 5, 7, 8, 9, 13, 15, 16, 17, 23, 31, 32, 33, 47, 48, 49, 63, 64, 65, 96, 97, 127, 128, 129];

    private static readonly int[] s_batches = [1, 2, 7, 64, 101];

    public static IEnumerable<GeneratedCase> All() => [.. Sizes(), .. AllActivations(), .. AllLosses(), .. Forms()];

    private static IEnumerable<GeneratedCase> Sizes()
    {
        for (int i = 0; i < s_sizes.Length; i++)
        {
            int inputs = s_sizes[i];
            int hidden = s_sizes[(i * 7 + 11) % s_sizes.Length];
            int outputs = s_sizes[(i * 11 + 5) % s_sizes.Length];
            OracleLoss loss = outputs > 1 && i % 2 == 0 ? OracleLosses.SoftmaxCrossEntropy : OracleLosses.MeanSquaredError;
            OracleActivation activation = i % 3 == 0 ? Activations.Relu : Activations.Tanh;
            yield return new($"dense {inputs}-{hidden}-{outputs}", new OracleNetwork(
                [inputs], loss, new OracleDense(hidden), activation, new OracleDense(outputs)), s_batches[i % s_batches.Length]);
            yield return new($"dense {outputs}-{inputs}", new OracleNetwork(
                [outputs], OracleLosses.MeanSquaredError, new OracleDense(inputs, bias: i % 4 != 1)), s_batches[(i + 2) % s_batches.Length]);
        }
    }

    private static IEnumerable<GeneratedCase> AllActivations()
    {
        for (int i = 0; i < Activations.All.Count; i++)
        {
            Func<OracleActivation> create = Activations.All[i];
            string name = create().Attribute;
            int size = s_sizes[(i * 5 + 3) % s_sizes.Length];
            yield return new($"{name} between dense layers", new OracleNetwork(
                [6], OracleLosses.MeanSquaredError, new OracleDense(size), create(), new OracleDense(4)), 7);
            yield return new($"{name} on the input and the output", new OracleNetwork(
                [size], OracleLosses.MeanSquaredError, create(), new OracleDense(size + 1), create()), 2);
        }
    }

    private static IEnumerable<GeneratedCase> AllLosses()
    {
        foreach (int outputs in new[] { 2, 5, 16, 17, 33, 65 })
        {
            Func<OracleLoss>[] losses =
            [
                () => OracleLosses.MeanSquaredError, () => OracleLosses.MeanAbsoluteError, () => OracleLosses.Huber, () => OracleLosses.BinaryCrossEntropy,
                () => OracleLosses.SoftmaxCrossEntropy, () => OracleLosses.SoftmaxCrossEntropyOnProbabilities,
                () => OracleLosses.Smoothed, () => OracleLosses.SmoothedOnProbabilities, () => OracleLosses.Weighted(outputs),
            ];
            foreach ((int i, Func<OracleLoss> create) in losses.Index())
            {
                // Every loss sees every size at least once, with a batch that differs.
                if (outputs is 5 or 17 || (i + outputs) % 3 == 0)
                {
                    yield return new($"{create().Attribute}{(create().TakesProbabilities ? " on probabilities" : "")} of {outputs}",
                        new OracleNetwork([3], create(), new OracleDense(outputs)), s_batches[(i + outputs) % s_batches.Length]);
                }
            }
        }

        yield return new("binary cross-entropy of one", new OracleNetwork([4], OracleLosses.BinaryCrossEntropy, new OracleDense(1)), 7);
    }

    private static IEnumerable<GeneratedCase> Forms()
    {
        yield return new("no biases", new OracleNetwork(
            [11], OracleLosses.MeanSquaredError, new OracleDense(19, bias: false), Activations.Relu, new OracleDense(5, bias: false)), 7);
        yield return new("softmax with mean squared error", new OracleNetwork(
            [7], OracleLosses.MeanSquaredError, new OracleDense(18), new OracleSoftmax()), 7);
        yield return new("softmax between dense layers", new OracleNetwork(
            [7], OracleLosses.MeanSquaredError, new OracleDense(33), new OracleSoftmax(), new OracleDense(3)), 64);
        yield return new("softmax on the input", new OracleNetwork(
            [17], OracleLosses.MeanSquaredError, new OracleSoftmax(), new OracleDense(3)), 2);
        yield return new("activation alone", new OracleNetwork([19], OracleLosses.MeanSquaredError, Activations.Tanh), 7);
        yield return new("dense after dense", new OracleNetwork(
            [9], OracleLosses.MeanSquaredError, new OracleDense(17), new OracleDense(33), new OracleDense(2)), 7);
        yield return new("an image flattened", new OracleNetwork(
            [3, 4, 5], OracleLosses.MeanSquaredError, new OracleFlatten(), new OracleDense(7)), 7);
        yield return new("an image activated and flattened", new OracleNetwork(
            [3, 4, 5], OracleLosses.MeanSquaredError, Activations.Tanh, new OracleDense(7)), 7);
        yield return new("an activated image as output", new OracleNetwork([5, 3, 4], OracleLosses.MeanSquaredError, Activations.Tanh), 7);
        yield return new("a wide layer", new OracleNetwork(
            [257], OracleLosses.SoftmaxCrossEntropy, new OracleDense(300), Activations.Relu, new OracleDense(11)), 7);
        // Outputs so few that vectors lie along the inputs: of whole vectors of these, and of others.
        foreach ((int inputs, int outputs) in new[] { (64, 1), (70, 1), (298, 3), (257, 2), (800, 5) })
        {
            yield return new($"{outputs} of {inputs} inputs", new OracleNetwork(
                [inputs], OracleLosses.MeanSquaredError, new OracleDense(outputs), Activations.Tanh, new OracleDense(inputs), new OracleDense(outputs)), 13);
        }

        yield return new("a weight as long as the scales that it is multiplied by", new OracleNetwork(
            [1], OracleLosses.MeanSquaredError, new OracleDense(65, bias: false), new OracleBatchNorm(), Activations.Relu, new OracleDense(2)), 7);
        // Weights that no cache holds, of which each tile of a batch asks for a share ahead.
        yield return new("a layer of many weights", new OracleNetwork(
            [521], OracleLosses.MeanSquaredError, new OracleDense(516), Activations.Relu, new OracleDense(2)), 19);
        // Large enough that a smaller tile takes what whole ones leave of a batch: nothing but that, some of its rows, more than them, all.
        foreach (int batch in new[] { 3, 11, 64 })
        {
            yield return new($"wide layers, batch {batch}", new OracleNetwork(
                [9], OracleLosses.MeanSquaredError,
                new OracleDense(181), Activations.Relu, new OracleDense(190), Activations.Relu, new OracleDense(5)), batch);
        }
    }
}
