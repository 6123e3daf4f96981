using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The losses of the language.</summary>
internal static class LossLayers
{
    public static Loss MeanSquaredError(LayerContext loss) =>
        new MeanLoss("MeanSquaredError", ElementwiseLosses.MeanSquaredError);

    public static Loss MeanAbsoluteError(LayerContext loss) =>
        new MeanLoss("MeanAbsoluteError", ElementwiseLosses.MeanAbsoluteError);

    public static Loss Huber(LayerContext loss)
    {
        double delta = loss.Number("delta", 1);
        return new MeanLoss(FormattableString.Invariant($"Huber({delta:R})"), ElementwiseLosses.Huber(delta));
    }

    public static Loss BinaryCrossEntropy(LayerContext loss) =>
        new MeanLoss("BinaryCrossEntropy", ElementwiseLosses.BinaryCrossEntropy);

    public static Loss SoftmaxCrossEntropy(LayerContext loss)
    {
        double smoothing = loss.Number("LabelSmoothing");
        IReadOnlyList<double> weights = loss.Numbers("ClassWeights");
        string summary = "SoftmaxCrossEntropy";
        if (smoothing != 0)
            summary += FormattableString.Invariant($", label smoothing {smoothing:R}");
        if (weights.Count != 0)
            summary += ", weighted";
        return new SoftmaxCrossEntropyLoss(summary, smoothing, weights);
    }
}
