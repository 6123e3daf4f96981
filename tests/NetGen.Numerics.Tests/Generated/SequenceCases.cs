using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Recurrent layers and attention at awkward sizes: units, lengths and batches that no vector or tile divides.</summary>
internal static class SequenceCases
{
    private static readonly int[] s_units = [1, 3, 7, 16, 20, 33];
    private static readonly int[] s_lengths = [1, 2, 5, 37];
    private static readonly int[] s_batches = [1, 3, 16];

    public static IEnumerable<GeneratedCase> All() => [.. Recurrent(), .. Forms(), .. Attention()];

    private static IEnumerable<GeneratedCase> Recurrent()
    {
        int i = 0;
        foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
        {
            foreach (int units in s_units)
            {
                // A length of 37 for the small ones alone: an oracle is slow.
                int length = units > 20 ? 5 : s_lengths[i % s_lengths.Length];
                int batch = s_batches[(i + (i / 3)) % s_batches.Length];
                string over = i % 3 == 0 ? "MeanOverTime" : "LastStep";
                yield return new($"{kind} {units} over {length} steps, {over}", Network([length, 1 + (i % 4)], new OracleRecurrent(kind, units), new OracleOverTime(over), new OracleDense(2)), batch);
                i++;
            }
        }
    }

    private static IEnumerable<GeneratedCase> Forms()
    {
        foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
        {
            yield return new($"{kind} in both directions and two layers", Network(
                [5, 3], new OracleRecurrent(kind, 4, layers: 2, isBidirectional: true), new OracleOverTime("FirstStep"), new OracleDense(2)), 3);
            yield return new($"{kind} without bias, every step", Network([6, 2], new OracleRecurrent(kind, 9, hasBias: false), new OracleDenseSteps(3)), 2);
            yield return new($"{kind} behind {kind}, of one step", Network([1, 5], new OracleRecurrent(kind, 6), new OracleRecurrent(kind, 2), new OracleOverTime("MaxOverTime")), 16);
        }

        yield return new("activations and a dense layer at each step", Network(
            [7, 3], new OracleRecurrent(RecurrentKind.Gru, 5), new OracleDenseSteps(6), Activations.Tanh, new OracleRecurrent(RecurrentKind.Lstm, 4), new OracleOverTime("MaxOverTime")), 3);
    }

    private static IEnumerable<GeneratedCase> Attention()
    {
        (int Steps, int Features, int Heads, bool IsCausal)[] sizes =
            [(1, 4, 2, false), (5, 6, 3, false), (5, 6, 3, true), (9, 16, 4, true), (17, 20, 4, false), (6, 33, 3, true), (4, 5, 1, true)];
        foreach ((int steps, int features, int heads, bool isCausal) in sizes)
        {
            yield return new($"attention of {heads} heads over {steps} steps of {features}{(isCausal ? ", causal" : "")}", Network(
                [steps, features], new OracleAttention(heads, isCausal), new OracleOverTime("MeanOverTime"), new OracleDense(2)), 3);
        }
    }

    private static OracleNetwork Network(int[] input, params IEnumerable<OracleLayer> layers) => new(input, OracleLosses.MeanSquaredError, layers);
}
