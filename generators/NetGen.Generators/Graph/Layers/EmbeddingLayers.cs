using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>From tokens to vectors, and what says where in the sequence a vector stands.</summary>
internal static class EmbeddingLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("Embedding", Embedding) { ReadsTokens = true, MindsLength = true },
        new("Positions", Positions) { MindsLength = true },
        new("SinusoidalPositions", SinusoidalPositions) { MindsLength = true },
    ];

    private static void Embedding(LayerContext layer)
    {
        Value tokens = layer.Input;
        int features = layer.IntegerIn("features", 1, Limits.MaximumExtent);
        if (tokens.Type.Element != ElementType.Int32)
            layer.Report(DiagnosticDescriptors.NeedsTokens, null, tokens.Shape.ToString());
        if (layer.HasErrors || !layer.FitsInMemory("its table", tokens.Type.Vocabulary, features))
            return;

        // Normal with deviation 1, as PyTorch begins: He's rule of 2 inputs.
        var shape = new Shape(tokens.Type.Vocabulary, features);
        Parameter table = layer.NewParameter("weight", shape, new Initialisation("HeNormal", 0, 2, 1), decays: false);
        Value output = layer.NewValue("embedded", Shape.Sequence(tokens.Shape[0], features));
        layer.Add(new Gather(layer.Name, output, table, tokens));
        // Behind a sequence's end there may be anything, and no token at all.
        if (layer.Length is { } length)
            output = length.Hold(layer, "bounded", output, 0);
        layer.Finish(output, $"Embedding({tokens.Type.Vocabulary}, {features})");
    }

    // y[t, f] = x[t, f] + w[t, f]
    private static void Positions(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        Parameter weight = layer.NewParameter("weight", sequence.Shape, new Initialisation("HeNormal", 0, 5000, 1), decays: false);
        Place(layer, sequence, MapOperand.Same("p", weight));
    }

    // y[t, f] = x[t, f] + sin or cos of t / base^(2i / features)
    private static void SinusoidalPositions(LayerContext layer)
    {
        if (Sequences.Of(layer) is not { } sequence)
            return;
        double @base = layer.NumberThat(value => value > 1 && !double.IsInfinity(value), "Base", "above 1 and finite", fallback: 10000);
        if (layer.HasErrors)
            return;
        Value table = layer.NewValue("waves", sequence.Shape, ValueKind.Derived);
        layer.Add(new PositionTable(layer.Name, table, PositionFunction.Sinusoidal, @base, isHalved: false));
        Place(layer, sequence, MapOperand.Same("p", table, isConstant: true));
    }

    private static void Place(LayerContext layer, Value sequence, MapOperand positions)
    {
        Value output = layer.NewValue("placed", sequence.Shape);
        layer.Add(new Map(
            layer.Name, output, Functions.Variable("x") + Functions.Variable("p"), [MapOperand.Same("x", sequence), positions]));
        layer.Finish(output, layer.Kind, output.Shape.Length);
    }
}
