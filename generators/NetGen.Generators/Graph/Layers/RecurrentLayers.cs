using NetGen.Generators.Expressions;
using static NetGen.Generators.Expressions.Functions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>
/// Recurrent layers: the input's products are computed of all steps at once, and a scan carries the rest from step to step. Gates,
/// names and order are PyTorch's.
/// </summary>
internal static class RecurrentLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("Rnn", layer => Build(layer, gates: 1, RnnStep)) { MindsLength = true },
        new("Lstm", layer => Build(layer, gates: 4, LstmStep)) { MindsLength = true },
        new("Gru", layer => Build(layer, gates: 3, GruStep)) { MindsLength = true },
        Cell("RnnCell", gates: 1, RnnStep),
        Cell("LstmCell", gates: 4, LstmStep),
        Cell("GruCell", gates: 3, GruStep),
    ];

    /// <summary>What adds one step to a scan: from the products of its input to the state that it leaves.</summary>
    private delegate void Step(RecurrentCell cell);

    private static void Build(LayerContext layer, int gates, Step step)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        int units = layer.IntegerIn("units", 1, Limits.MaximumExtent);
        int layers = layer.IntegerIn("Layers", 1, MostLayers, fallback: 1);
        bool isBidirectional = layer.Flag("Bidirectional", fallback: false);
        double dropout = layer.NumberThat(value => value is >= 0 and < 1, "Dropout", "at least 0 and below 1", fallback: 0);
        int? truncation = layer.Has("Truncation") ? layer.IntegerIn("Truncation", 1, Limits.MaximumExtent) : null;
        if (layer.HasErrors)
            return;

        long operations = 0;
        Value? memory = null;
        for (int i = 0; i < layers; i++)
        {
            int features = sequence.Shape[1];
            if (!layer.FitsInMemory("its weights", gates, units, Math.Max(features, units)) ||
                !layer.FitsInMemory("its gates", sequence.Shape[0], gates, units))
            {
                return;
            }

            operations += 2L * sequence.Shape[0] * gates * units * (features + units) * (isBidirectional ? 2 : 1);
            if (i > 0 && dropout > 0)
                sequence = DropoutLayer.Add(layer, sequence, dropout);
            RecurrentCell forward = Run(layer, sequence, $"_l{i}", gates, units, isReversed: false, step, truncation);
            RecurrentCell? backward = isBidirectional
                ? Run(layer, sequence, $"_l{i}_reverse", gates, units, isReversed: true, step, truncation)
                : null;
            memory = isBidirectional ? null : forward.Memory?.Whole;
            sequence = backward is null ? forward.Hidden.Whole : JoinLayers.SideBySide(layer, [forward.Hidden.Whole, backward.Hidden.Whole]);
        }

        if (layer.HasErrors)
            return;
        string form = $"{(layers > 1 ? $", {layers} layers" : "")}{(isBidirectional ? ", bidirectional" : "")}";
        layer.Finish(sequence, memory, $"{layer.Kind}({units}{form})", operations);
    }

    private const int MostLayers = 64;

    private static LayerKind Cell(string name, int gates, Step step) =>
        new(name, layer => BuildCell(layer, gates, step)) { Implies = shape => shape.Rank > 1 ? FlattenLayer.Kind : null };

    // One step, from a state that a point brings to the one that it leaves.
    private static void BuildCell(LayerContext layer, int gates, Step step)
    {
        int features = layer.Input.Shape.Length;
        int units = layer.IntegerIn("units", 1, Limits.MaximumExtent);
        if (layer.HasErrors || !layer.FitsInMemory("its weights", gates, units, Math.Max(features, units)))
            return;

        Value sequence = layer.NewValue("step", Shape.Sequence(1, features));
        layer.Add(new Reshape(layer.Name, sequence, layer.Input));
        RecurrentCell cell = Run(layer, sequence, "", gates, units, isReversed: false, step);
        if (layer.HasErrors)
            return;
        Value state = layer.NewValue("state", new Shape(units));
        layer.Add(Sequences.Row(layer, state, cell.Hidden.Whole, 0));
        layer.Finish(state, cell.Memory?.Whole, $"{layer.Kind}({units})", 2L * gates * units * (features + units));
    }

    private static RecurrentCell Run(
        LayerContext layer, Value sequence, string suffix, int gates, int units, bool isReversed, Step step, int? truncation = null)
    {
        var cell = new RecurrentCell(layer, sequence, suffix, gates, units, isReversed, truncation);
        step(cell);
        cell.Finish();
        return cell;
    }

    // h' = f(x + W h + b)
    private static void RnnStep(RecurrentCell cell)
    {
        Value sum = cell.Sum(cell.Hidden.Step, withInput: true);
        Activation activation = cell.Layer.Flag("Relu", fallback: false) ? Activations.Relu : Activations.Tanh;
        cell.Leave(cell.Hidden, cell.Apply("hidden", activation, cell.Gate(sum, "sum", 0)));
    }

    // i, f, g, o; c' = f c + i g; h' = o tanh c'
    private static void LstmStep(RecurrentCell cell)
    {
        StepTensor memory = cell.Memory = cell.Carry("cell", "InitialCell");
        Value sum = cell.Sum(cell.Hidden.Step, withInput: true);
        Value[] rows = [.. "ifgo".Select((gate, g) => cell.Gate(sum, $"{gate}Sum", g))];
        Value input = cell.Apply("inputGate", Activations.Gate, rows[0]);
        Value forget = cell.Apply("forgetGate", Activations.Gate, rows[1]);
        Value candidate = cell.Apply("candidate", Activations.Tanh, rows[2]);
        Value output = cell.Apply("outputGate", Activations.Gate, rows[3]);
        Value next = cell.Map(
            "cell", (Variable("f") * Variable("c")) + (Variable("i") * Variable("g")),
            ("f", forget), ("c", memory.Step), ("i", input), ("g", candidate));
        Value bounded = cell.Apply("cellTanh", Activations.Tanh, next);
        cell.Leave(memory, next);
        cell.Leave(cell.Hidden, cell.Map("hidden", Variable("o") * Variable("c"), ("o", output), ("c", bounded)));
    }

    // The products of what is left of the state; of their gates the candidate's is taken.
    private static Value OfReset(RecurrentCell cell, Value reset) =>
        cell.Sum(cell.Map("rest", Variable("r") * Variable("h"), ("r", reset), ("h", cell.Hidden.Step)), withInput: false);

    // r, z, n; n = tanh(x + r (W h + b)), or tanh(x + W (r h) + b); h' = (1 − z) n + z h
    private static void GruStep(RecurrentCell cell)
    {
        Value products = cell.Sum(cell.Hidden.Step, withInput: false);
        Value[] inputs = [.. "rzn".Select((gate, g) => cell.Gate(cell.Input.Step, $"{gate}Input", g))];
        Value[] rows = [.. "rzn".Select((gate, g) => cell.Gate(products, $"{gate}Sum", g))];
        Expression sum = Variable("x") + Variable("h");
        Value reset = cell.Apply("reset", Activations.Gate, cell.Map("resetSum", sum, ("x", inputs[0]), ("h", rows[0])));
        Value update = cell.Apply("update", Activations.Gate, cell.Map("updateSum", sum, ("x", inputs[1]), ("h", rows[1])));
        Value candidate = cell.Apply("candidate", Activations.Tanh, cell.Layer.Flag("ResetAfter", fallback: true)
            ? cell.Map(
                "candidateSum", Variable("x") + (Variable("r") * Variable("h")), ("x", inputs[2]), ("r", reset), ("h", rows[2]))
            : cell.Map("candidateSum", sum, ("x", inputs[2]), ("h", cell.Gate(OfReset(cell, reset), "nSum", 2))));
        cell.Leave(cell.Hidden, cell.Map(
            "hidden", Variable("n") + (Variable("z") * (Variable("h") - Variable("n"))),
            ("n", candidate), ("z", update), ("h", cell.Hidden.Step)));
    }
}
