using NetGen.Generators.Diagnostics;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The losses on one score per class.</summary>
internal static class ClassLossLayers
{
    public static readonly LossKind[] Kinds =
    [
        new("SoftmaxCrossEntropy", SoftmaxCrossEntropy),
        new("Focal", Focal),
        new("KullbackLeibler", KullbackLeibler),
        new("MultiClassHinge", MultiClassHinge),
    ];

    private static Loss SoftmaxCrossEntropy(LayerContext loss)
    {
        CheckScores(loss, "BinaryCrossEntropy");
        Logits.Check(loss, "Softmax");
        double smoothing = loss.NumberThat(value => value is >= 0 and < 1, "LabelSmoothing", "at least 0 and below 1", fallback: 0);
        IReadOnlyList<double> weights = ClassWeights(loss);
        string summary = "SoftmaxCrossEntropy";
        if (smoothing != 0)
            summary += FormattableString.Invariant($", label smoothing {smoothing:R}");
        return new RowLoss(Weighted(summary, weights), "SoftmaxCrossEntropyLoss", LossTargets.Classes)
        {
            Reads = OutputMeaning.ClassLogits,
            Setting = smoothing == 0 && weights.Count == 0 ? null : smoothing,
            ClassWeights = weights,
            IgnoreIndex = IgnoreIndex(loss),
        };
    }

    private static Loss Focal(LayerContext loss)
    {
        CheckScores(loss, "BinaryCrossEntropy");
        Logits.Check(loss, "Softmax");
        double gamma = loss.NumberThat(
            value => value >= 0 && !double.IsInfinity(value), "gamma", "at least 0 and finite", fallback: 2);
        IReadOnlyList<double> weights = ClassWeights(loss);
        string summary = FormattableString.Invariant($"Focal({gamma:R})");
        return new RowLoss(Weighted(summary, weights), "FocalLoss", LossTargets.Classes)
        {
            Reads = OutputMeaning.ClassLogits,
            NeedsClassIds = true,
            Setting = gamma,
            ClassWeights = weights,
            IgnoreIndex = IgnoreIndex(loss),
        };
    }

    private static Loss KullbackLeibler(LayerContext loss)
    {
        CheckScores(loss, "BinaryCrossEntropy");
        Logits.Check(loss, "Softmax");
        return new RowLoss("KullbackLeibler", "KullbackLeiblerLoss", LossTargets.Classes) { Reads = OutputMeaning.ClassLogits };
    }

    private static Loss MultiClassHinge(LayerContext loss)
    {
        CheckScores(loss, "BinaryHinge");
        Logits.CheckUnbounded(loss, "scores");
        double margin = loss.NumberThat(
            value => value > 0 && !double.IsInfinity(value), "margin", "positive and finite", fallback: 1);
        IReadOnlyList<double> weights = ClassWeights(loss);
        string summary = FormattableString.Invariant($"MultiClassHinge({margin:R})");
        return new RowLoss(Weighted(summary, weights), "MultiClassHingeLoss", LossTargets.Classes)
        {
            Reads = OutputMeaning.ClassScores,
            NeedsClassIds = true,
            Setting = margin,
            ClassWeights = weights,
            IgnoreIndex = IgnoreIndex(loss),
        };
    }

    private static int? IgnoreIndex(LayerContext loss) => loss.Has("IgnoreIndex") ? loss.Integer("IgnoreIndex") : null;

    /// <summary>A choice between classes needs a vector of scores, or one at each step of a sequence, and something to choose between.</summary>
    private static void CheckScores(LayerContext loss, string lossForTwo)
    {
        Shape output = RowOf(loss);
        string? advice = (output.Rank, output.Length) switch
        {
            ( > 1, _) => "write [Flatten], or [Dense] with one output per class, before it",
            (_, 1) => $"write [{lossForTwo}] for two classes, or give the last layer one output per class",
            _ => null,
        };
        if (advice is not null)
        {
            loss.Report(DiagnosticDescriptors.LossDoesNotFit, null,
                loss.Kind, "a vector of at least 2 class scores", output.ToString(), advice);
        }
    }

    // Of an output that is no vector of scores, weights would be reported to nobody's use.
    private static IReadOnlyList<double> ClassWeights(LayerContext loss) =>
        RowOf(loss) is { Rank: 1, Length: > 1 and var classes } && loss.Has("ClassWeights") ? ClassWeights(loss, classes) : [];

    /// <summary>The shape of what is judged at once: of a sequence, that of a step.</summary>
    public static Shape RowOf(LayerContext loss) => loss.Input.Shape is { IsSequence: true } steps ? steps.Row : loss.Input.Shape;

    /// <summary>The weights of as many classes; what is wrong with them is reported.</summary>
    public static IReadOnlyList<double> ClassWeights(LayerContext loss, int classes)
    {
        IReadOnlyList<double> weights = loss.Numbers("ClassWeights");
        if (weights.Count != classes)
            loss.Report(DiagnosticDescriptors.ClassWeightCount, "ClassWeights", loss.Kind, Words.Of(weights.Count), Words.Of(classes));
        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] is > 0 and < double.PositiveInfinity)
                continue;
            loss.ReportElement(DiagnosticDescriptors.ValueOutOfRange, "ClassWeights", i,
                loss.Kind, $"ClassWeights[{Words.Of(i)}]", "positive and finite", Words.Of(weights[i]));
        }

        return weights;
    }

    public static string Weighted(string summary, IReadOnlyList<double> weights) =>
        weights.Count == 0 ? summary : summary + ", weighted";
}
