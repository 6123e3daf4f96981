using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The normalisations that look at one sample alone, and so do the same in training and in prediction.</summary>
internal static class SampleNormLayers
{
    public static readonly LayerKind[] Kinds =
    [
        new("LayerNorm", layer => Build(layer, Norms.UsualEpsilon, isCentered: true)) { MindsLength = true },
        new("RmsNorm", layer => Build(layer, 1e-6, isCentered: false)) { MindsLength = true },
        new("GroupNorm", BuildGroups) { MindsLength = true },
        new("InstanceNorm", layer => BuildChannels(layer, ChannelsOf(layer.Input.Shape))) { MindsLength = true },
    ];

    // Over all of a sample or, where it is a sequence, over the features of each step.
    private static void Build(LayerContext layer, double usualEpsilon, bool isCentered)
    {
        Shape shape = layer.Input.Shape;
        double epsilon = Norms.Epsilon(layer, usualEpsilon);
        if (layer.HasErrors)
            return;
        bool isSequence = shape.IsSequence;
        Value standard = Norms.Standardise(layer, layer.Input, isSequence ? 0 : null, isSequence ? shape[0] : 1, epsilon, isCentered);
        Shape affine = isSequence ? new Shape(shape[1]) : shape;
        Value output = Norms.Scale(layer, standard, affine, isSequence ? 1 : 0, hasBias: isCentered && layer.Flag("Bias", fallback: true));
        layer.Finish(output, Words.Call(layer.Kind, Norms.Described(epsilon, usualEpsilon)), 4L * shape.Length);
    }

    // Of a sequence these are its features.
    private static int ChannelsOf(Shape shape) => shape[shape.LaneDimension];

    private static void BuildGroups(LayerContext layer)
    {
        int channels = ChannelsOf(layer.Input.Shape);
        int groups = layer.IntegerIn("groups", 1, Limits.MaximumExtent);
        if (layer.HasErrors)
            return;
        if (channels % groups == 0)
        {
            BuildChannels(layer, groups);
            return;
        }

        layer.Report(DiagnosticDescriptors.GroupsDoNotDivide, "groups",
            Words.Of(groups), Words.Of(channels), Words.Of(channels), Convolution.CommonDivisors(channels, channels));
    }

    private static void BuildChannels(LayerContext layer, int groups)
    {
        Shape shape = layer.Input.Shape;
        double epsilon = Norms.Epsilon(layer, Norms.UsualEpsilon);
        if (layer.HasErrors)
            return;
        Value standard = Norms.Standardise(layer, layer.Input, shape.LaneDimension, groups, epsilon, isCentered: true, layer.Length);
        Value output = Norms.Scale(layer, standard, new Shape(ChannelsOf(shape)), shape.LaneDimension, hasBias: true);
        IEnumerable<string> settings =
            (groups == ChannelsOf(shape) ? Array.Empty<string>() : [$"{groups}"]).Concat(Norms.Described(epsilon, Norms.UsualEpsilon));
        layer.Finish(output, Words.Call(layer.Kind, settings), 4L * shape.Length);
    }
}
