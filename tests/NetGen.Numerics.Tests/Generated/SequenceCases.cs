using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Recurrent layers and attention at awkward sizes: units, lengths and batches that no vector or tile divides.</summary>
internal static class SequenceCases
{
    private static readonly int[] s_units = [1, 3, 7, 16, 20, 33];
    private static readonly int[] s_lengths = [1, 2, 5, 37];
    private static readonly int[] s_batches = [1, 3, 16];

    public static IEnumerable<GeneratedCase> All() =>
    [
        .. Recurrent(), .. Truncated(), .. OneStep(), .. Forms(), .. States(), .. Cells(), .. Graphs(), .. Attention(), .. AttentionForms(), .. Positions(),
    ];

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

    // Windows that divide the steps and such as do not, of one step, and of all.
    private static IEnumerable<GeneratedCase> Truncated()
    {
        (int Steps, int Window)[] windows = [(2, 1), (5, 2), (37, 4), (5, 1), (6, 3), (5, 5), (5, 9), (11, 10)];
        int i = 0;
        foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
        {
            foreach (int units in (int[])[1, 3, 7, 20, 33])
            {
                (int steps, int window) = windows[units > 7 ? i % 2 : i % windows.Length];
                yield return new($"{kind} {units} over {steps} steps in windows of {window}", Network(
                    [steps, 1 + (i % 4)], new OracleRecurrent(kind, units, truncation: window), new OracleOverTime(i % 2 == 0 ? "MeanOverTime" : "LastStep"), new OracleDense(2)),
                    s_batches[i % s_batches.Length]);
                i++;
            }

            yield return new($"{kind} in both directions and two layers, in windows of 3", Network(
                [7, 3], new OracleRecurrent(kind, 4, layers: 2, isBidirectional: true, truncation: 3), new OracleDenseSteps(3)), 3);
        }
    }

    // What a layer begins with is an input, and what it ends with an output; the gradients of both count.
    private static IEnumerable<GeneratedCase> States()
    {
        foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
        {
            foreach ((int units, int steps, int batch) in ((int, int, int)[])[(1, 5, 3), (3, 37, 1), (7, 2, 16), (20, 1, 3), (33, 5, 1)])
                yield return new($"{kind} {units} over {steps} steps from a state", From(new OracleRecurrent(kind, units)), batch);
            yield return new($"{kind} from a state, in windows of 2", From(new OracleRecurrent(kind, 7, truncation: 2)), 3);
            yield return new($"{kind} from a state in both directions, in windows of 2", From(new OracleRecurrent(kind, 3, layers: 2, isBidirectional: true, truncation: 2)), 3);

            OracleNetwork From(OracleRecurrent layer)
            {
                (string, string)[] state = [("InitialState", "State")];
                bool hasCell = kind == RecurrentKind.Lstm;
                return new OracleNetwork(new OracleBody(
                    "Network",
                    [
                        new OraclePoint("Signal", []) { Input = [layer.Units > 7 ? 2 : 5, 2] },
                        new OraclePoint("State", []) { Input = [layer.Units] },
                        .. hasCell ? [new OraclePoint("Memory", []) { Input = [layer.Units] }] : Array.Empty<OraclePoint>(),
                        new OraclePoint("Steps", [new LayerItem(() => layer) { Others = hasCell ? [.. state, ("InitialCell", "Memory")] : state }]) { From = "Signal" },
                        new OraclePoint("Next", [new LayerItem(() => new OracleOverTime("LastStep"))]) { Loss = OracleLosses.MeanSquaredError },
                        new OraclePoint("Read", [new LayerItem(() => new OracleDenseSteps(2))]) { From = "Steps", Loss = OracleLosses.MeanAbsoluteError },
                    ]));
            }
        }
    }

    private static IEnumerable<GeneratedCase> Graphs() => Enumerable.Range(1, 24).Select(seed =>
        new GeneratedCase($"graph {seed} of sequences", RandomSequences.Draw(seed), s_batches[seed % s_batches.Length]));

    // A product so large that its weights are streamed, and nothing along which a vector lies.
    private static IEnumerable<GeneratedCase> OneStep() =>
    [
        new("a signal of one step, its channels in a row", Network([64, 1], new OracleConv(128, null, new(3, Pad: 1)), Activations.Relu, new OracleFlatten(), new OracleDense(2)), 3),
    ];

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
            [(1, 4, 2, false), (5, 6, 3, false), (5, 6, 3, true), (9, 16, 4, true), (17, 20, 4, false), (6, 33, 3, true), (4, 5, 1, true), (133, 6, 2, true)];
        foreach ((int steps, int features, int heads, bool isCausal) in sizes)
        {
            yield return new($"attention of {heads} heads over {steps} steps of {features}{(isCausal ? ", causal" : "")}", Network(
                [steps, features], new OracleAttention(heads, isCausal), new OracleOverTime("MeanOverTime"), new OracleDense(2)), 3);
        }
    }

    // A state, and perhaps a cell, that points bring; without them, both are zeros.
    private static IEnumerable<GeneratedCase> Cells()
    {
        foreach (RecurrentKind kind in Enum.GetValues<RecurrentKind>())
        {
            foreach (int units in s_units)
                yield return new($"{kind} cell of {units} with its state", Cell(kind, units), units == 16 ? 16 : 3);
            yield return new($"{kind} cell from zeros, without bias", Network([7], new OracleRecurrentCell(kind, 5, hasBias: false), new OracleDense(2)), 3);
        }

        static OracleNetwork Cell(RecurrentKind kind, int units)
        {
            (string, string)[] state = [("InitialState", "State")];
            OraclePoint[] cell = kind == RecurrentKind.Lstm ? [new OraclePoint("Memory", []) { Input = [units] }] : [];
            return new OracleNetwork(new OracleBody(
                "Network",
                [
                    new OraclePoint("Features", []) { Input = [4] },
                    new OraclePoint("State", []) { Input = [units] },
                    .. cell,
                    new OraclePoint("Next", [new LayerItem(() => new OracleRecurrentCell(kind, units)) { Others = cell.Length == 0 ? state : [.. state, ("InitialCell", "Memory")] }])
                    {
                        From = "Features",
                        Loss = OracleLosses.MeanSquaredError,
                    },
                ]));
        }
    }

    private static IEnumerable<GeneratedCase> AttentionForms()
    {
        foreach (RotaryPositions rotary in (RotaryPositions[])[RotaryPositions.Neighbours, RotaryPositions.Halves])
        {
            foreach ((int steps, int features, int heads, bool isCausal) in ((int, int, int, bool)[])[(1, 2, 1, true), (5, 12, 2, false), (9, 20, 1, true), (6, 36, 1, false)])
            {
                yield return new($"{rotary} turned in {heads} heads of {features / heads} over {steps} steps", Network(
                    [steps, features], new OracleAttention(heads, isCausal, rotary: rotary, rotaryBase: features == 20 ? 3 : 10000),
                    new OracleOverTime("MeanOverTime"), new OracleDense(2)), 3);
            }
        }

        yield return new("separate projections of one sequence", Network(
            [7, 10], new OracleAttention(2, isCausal: true, isSeparate: true), new OracleOverTime("LastStep")), 3);
        yield return new("separate projections, turned", Network(
            [7, 12], new OracleAttention(2, isSeparate: true, rotary: RotaryPositions.Halves), new OracleOverTime("MeanOverTime")), 3);
        yield return new("attention to another sequence", Across(new OracleAttention(3), [5, 9], [7, 4]), 3);
        yield return new("attention to another sequence, turned", Across(new OracleAttention(1, rotary: RotaryPositions.Neighbours), [4, 6], [6, 6]), 3);
        yield return new("causal attention to another sequence", Across(new OracleAttention(2, isCausal: true), [8, 6], [8, 17]), 3);
        yield return new("attention by keys of one sequence to values of another", Across(new OracleAttention(2), [3, 8], [6, 5], [6, 7]), 3);

        static OracleNetwork Across(OracleAttention attention, params int[][] inputs)
        {
            (string, string)[] others = inputs.Length == 2 ? [("KeysFrom", "P1")] : [("KeysFrom", "P1"), ("ValuesFrom", "P2")];
            return new OracleNetwork(new OracleBody(
                "Network",
                [
                    .. inputs.Select((shape, i) => new OraclePoint($"P{i}", []) { Input = shape }),
                    new OraclePoint("Answer", [new LayerItem(() => attention) { Others = others }]) { From = "P0", Loss = OracleLosses.MeanSquaredError },
                ]));
        }
    }

    private static IEnumerable<GeneratedCase> Positions()
    {
        foreach (int features in (int[])[1, 6, 17])
        {
            yield return new($"sines and cosines of the step on {features} features", Network(
                [9, features], new OracleSinusoidalPositions(features == 6 ? 50 : 10000), new OracleRecurrent(RecurrentKind.Gru, 4), new OracleOverTime("LastStep")), 3);
            yield return new($"learned positions of {features} features", Network(
                [9, features], new OraclePositions(), new OracleRecurrent(RecurrentKind.Rnn, 4), new OracleOverTime("LastStep")), 3);
        }
    }

    private static OracleNetwork Network(int[] input, params IEnumerable<OracleLayer> layers) => new(input, OracleLosses.MeanSquaredError, layers);
}
