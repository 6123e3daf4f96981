using NetGen.Generators.Diagnostics;
using NetGen.Generators.Expressions;

namespace NetGen.Generators.Graph.Layers;

/// <summary>The losses of the language.</summary>
internal static class LossLayers
{
    /// <summary>What is left of a logit behind each activation that bounds it.</summary>
    private static readonly IReadOnlyDictionary<string, string> s_ranges = new Dictionary<string, string>
    {
        ["Relu"] = "of 0 or more",
        ["Relu6"] = "from 0 to 6",
        ["Sigmoid"] = "from 0 to 1",
        ["HardSigmoid"] = "from 0 to 1",
        ["Softmax"] = "from 0 to 1",
        ["Tanh"] = "from -1 to 1",
        ["Softsign"] = "from -1 to 1",
        ["Softplus"] = "above 0",
    };

    public static Loss MeanSquaredError(LayerContext loss) =>
        new MeanLoss("MeanSquaredError", ElementwiseLosses.MeanSquaredError);

    public static Loss MeanAbsoluteError(LayerContext loss) =>
        new MeanLoss("MeanAbsoluteError", ElementwiseLosses.MeanAbsoluteError);

    public static Loss Huber(LayerContext loss)
    {
        double delta = loss.NumberThat(
            value => value > 0 && !double.IsInfinity(value), "delta", "positive and finite", fallback: 1);
        return new MeanLoss(FormattableString.Invariant($"Huber({delta:R})"), ElementwiseLosses.Huber(delta));
    }

    public static Loss BinaryCrossEntropy(LayerContext loss)
    {
        CheckLogits(loss, "Sigmoid");
        return new MeanLoss("BinaryCrossEntropy", ElementwiseLosses.BinaryCrossEntropy);
    }

    public static Loss SoftmaxCrossEntropy(LayerContext loss)
    {
        CheckClasses(loss);
        CheckLogits(loss, "Softmax");
        double smoothing = loss.NumberThat(value => value is >= 0 and < 1, "LabelSmoothing", "at least 0 and below 1", fallback: 0);
        IReadOnlyList<double> weights = loss.Numbers("ClassWeights");
        string summary = "SoftmaxCrossEntropy";
        if (smoothing != 0)
            summary += FormattableString.Invariant($", label smoothing {smoothing:R}");
        if (weights.Count != 0)
            summary += ", weighted";
        return new SoftmaxCrossEntropyLoss(summary, smoothing, weights);
    }

    /// <summary>A softmax needs a vector of scores, and something to choose between.</summary>
    private static void CheckClasses(LayerContext loss)
    {
        Shape output = loss.Input.Shape;
        string? advice = (output.Rank, output.Length) switch
        {
            ( > 1, _) => "write [Flatten], or [Dense] with one output per class, before it",
            (_, 1) => "write [BinaryCrossEntropy] for two classes, or give the last layer one output per class",
            _ => null,
        };
        if (advice is not null)
        {
            loss.Report(DiagnosticDescriptors.LossDoesNotFit, null,
                loss.Kind, "a vector of at least 2 class scores", output.ToString(), advice);
            return;
        }

        if (!loss.Has("ClassWeights"))
            return;
        IReadOnlyList<double> weights = loss.Numbers("ClassWeights");
        if (weights.Count != output.Length)
        {
            loss.Report(DiagnosticDescriptors.ClassWeightCount, "ClassWeights",
                Words.Of(weights.Count), Words.Of(output.Length));
        }

        for (int i = 0; i < weights.Count; i++)
        {
            if (weights[i] is > 0 and < double.PositiveInfinity)
                continue;
            loss.ReportElement(DiagnosticDescriptors.ValueOutOfRange, "ClassWeights", i,
                loss.Kind, $"ClassWeights[{Words.Of(i)}]", "positive and finite", Words.Of(weights[i]));
        }
    }

    /// <summary>A loss on logits contains its activation, and wants numbers of any sign and size.</summary>
    private static void CheckLogits(LayerContext loss, string contained)
    {
        string? last = loss.KindsBefore.FirstOrDefault(kind => kind is not ("Flatten" or "Dropout"));
        if (last == contained)
            loss.Report(DiagnosticDescriptors.LossIncludesActivation, null, loss.Kind, contained);
        else if (last is not null && s_ranges.TryGetValue(last, out string? range))
            loss.Report(DiagnosticDescriptors.LogitsAreBounded, null, loss.Kind, last, range);
    }
}
