using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The losses on values: means over elements, and the angle between vectors.</summary>
internal static class LossLayers
{
    public static readonly LossKind[] Kinds =
    [
        new("MeanSquaredError", MeanSquaredError),
        new("MeanAbsoluteError", MeanAbsoluteError),
        new("Huber", Huber),
        new("SmoothL1", SmoothL1),
        new("LogCosh", LogCosh),
        new("PoissonNll", PoissonNll),
        new("BinaryHinge", BinaryHinge),
        new("BinaryCrossEntropy", BinaryCrossEntropy),
        new("CosineEmbedding", CosineEmbedding),
    ];

    private static Loss MeanSquaredError(LayerContext loss) =>
        new MeanLoss("MeanSquaredError", ElementwiseLosses.MeanSquaredError);

    private static Loss MeanAbsoluteError(LayerContext loss) =>
        new MeanLoss("MeanAbsoluteError", ElementwiseLosses.MeanAbsoluteError);

    private static Loss Huber(LayerContext loss)
    {
        double delta = loss.NumberThat(
            value => value > 0 && !double.IsInfinity(value), "delta", "positive and finite", fallback: 1);
        return new MeanLoss(FormattableString.Invariant($"Huber({delta:R})"), ElementwiseLosses.Huber(delta));
    }

    private static Loss SmoothL1(LayerContext loss)
    {
        double beta = loss.NumberThat(
            value => value >= 0 && !double.IsInfinity(value), "beta", "at least 0 and finite", fallback: 1);
        return new MeanLoss(FormattableString.Invariant($"SmoothL1({beta:R})"), ElementwiseLosses.SmoothL1(beta));
    }

    private static Loss LogCosh(LayerContext loss) => new MeanLoss("LogCosh", ElementwiseLosses.LogCosh);

    private static Loss PoissonNll(LayerContext loss)
    {
        Logits.CheckUnbounded(loss, "logarithms of rates");
        return new MeanLoss("PoissonNll", ElementwiseLosses.PoissonNll) { Reads = OutputMeaning.LogRates };
    }

    private static Loss BinaryHinge(LayerContext loss)
    {
        Logits.CheckUnbounded(loss, "scores");
        IReadOnlyList<double> weights = WeightsOfTwo(loss);
        return new MeanLoss(ClassLossLayers.Weighted("BinaryHinge", weights), ElementwiseLosses.BinaryHinge)
        {
            Reads = OutputMeaning.Margins,
            ClassWeights = weights,
        };
    }

    private static Loss BinaryCrossEntropy(LayerContext loss)
    {
        Logits.Check(loss, "Sigmoid");
        IReadOnlyList<double> weights = WeightsOfTwo(loss);
        return new MeanLoss(ClassLossLayers.Weighted("BinaryCrossEntropy", weights), ElementwiseLosses.BinaryCrossEntropy)
        {
            Reads = OutputMeaning.Logits,
            ClassWeights = weights,
        };
    }

    /// <summary>The weights of the two classes that a single output tells apart.</summary>
    private static IReadOnlyList<double> WeightsOfTwo(LayerContext loss)
    {
        if (!loss.Has("ClassWeights"))
            return [];
        if (loss.Input.Shape.Length == 1)
            return ClassLossLayers.ClassWeights(loss, 2);
        loss.Report(DiagnosticDescriptors.LossDoesNotFit, "ClassWeights",
            $"{loss.Kind} with ClassWeights", "a single output, which tells two classes apart", loss.Input.Shape.ToString(),
            "give the last layer one output, or leave ClassWeights out");
        return [];
    }

    private static Loss CosineEmbedding(LayerContext loss)
    {
        Shape output = ClassLossLayers.RowOf(loss);
        string? advice = (output.Rank, output.Length) switch
        {
            ( > 1, _) => "write [Flatten], or [Dense] with one output per element, before it",
            (_, 1) => "write [MeanSquaredError], or give the last layer as many outputs as the targets have elements",
            _ => null,
        };
        if (advice is not null)
        {
            loss.Report(DiagnosticDescriptors.LossDoesNotFit, null,
                loss.Kind, "a vector of at least 2 elements", output.ToString(), advice);
        }

        return new RowLoss("CosineEmbedding", "CosineEmbeddingLoss", LossTargets.Values);
    }
}
