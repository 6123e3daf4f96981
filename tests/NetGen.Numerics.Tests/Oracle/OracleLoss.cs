namespace NetGen.Numerics.Tests.Oracle;

/// <summary>A loss of one sample's outputs; its gradient is a difference quotient.</summary>
internal abstract class OracleLoss(string attribute)
{
    protected const double Step = 1e-6;

    public string Attribute => attribute;

    /// <summary>Whether targets are class ids, one per sample, rather than one value per output.</summary>
    public virtual bool TakesClasses => false;

    /// <summary>Whether target values are probabilities.</summary>
    public virtual bool TakesProbabilities => false;

    /// <summary>The weight of a sample in the batch's mean.</summary>
    public virtual double Weight(double[] target) => 1;

    /// <summary>The loss before it is divided by the sum of weights.</summary>
    public abstract double Value(double[] outputs, double[] target);

    public abstract double[] Gradient(double[] outputs, double[] target);

    /// <summary>Tells how near an output is to a kink.</summary>
    public virtual void Look(double[] outputs, double[] target, Kinks kinks)
    {
    }
}

/// <summary>The mean over the outputs of a function of output and target.</summary>
internal sealed class ElementLoss(string attribute, Func<double, double, double> element, bool hasKink = false, bool probabilities = false)
    : OracleLoss(attribute)
{
    public override bool TakesProbabilities => probabilities;

    public override double Value(double[] outputs, double[] target) => outputs.Zip(target, element).Average();

    public override double[] Gradient(double[] outputs, double[] target) =>
        [.. outputs.Zip(target, (y, t) => (element(y + Step, t) - element(y - Step, t)) / (2 * Step) / outputs.Length)];

    public override void Look(double[] outputs, double[] target, Kinks kinks)
    {
        for (int i = 0; i < outputs.Length && hasKink; i++)
            kinks.Saw(outputs[i] - target[i]);
    }
}

/// <summary>−Σ w t ln softmax(y), with the target as a class id or as probabilities.</summary>
internal sealed class CrossEntropy(string attribute, bool classes, double smoothing = 0, float[]? weights = null) : OracleLoss(attribute)
{
    public override bool TakesClasses => classes;

    public override bool TakesProbabilities => !classes;

    public override double Weight(double[] target) => classes && weights is not null ? weights[(int)target[0]] : 1;

    public override double Value(double[] outputs, double[] target)
    {
        double sum = outputs.Sum(Math.Exp);
        double value = 0;
        for (int c = 0; c < outputs.Length; c++)
        {
            double t = classes ? (c == (int)target[0] ? 1 : 0) : target[c];
            t = t * (1 - smoothing) + smoothing / outputs.Length;
            value -= (weights?[c] ?? 1) * t * Math.Log(Math.Exp(outputs[c]) / sum);
        }

        return value;
    }

    public override double[] Gradient(double[] outputs, double[] target) =>
    [
        .. Enumerable.Range(0, outputs.Length).Select(i =>
        {
            var moved = (double[])outputs.Clone();
            moved[i] = outputs[i] + Step;
            double above = Value(moved, target);
            moved[i] = outputs[i] - Step;
            return (above - Value(moved, target)) / (2 * Step);
        }),
    ];
}

/// <summary>The losses of the language.</summary>
internal static class OracleLosses
{
    public static OracleLoss MeanSquaredError => new ElementLoss("MeanSquaredError", (y, t) => (y - t) * (y - t));

    public static OracleLoss MeanAbsoluteError => new ElementLoss("MeanAbsoluteError", (y, t) => Math.Abs(y - t), hasKink: true);

    public static OracleLoss Huber => new ElementLoss("Huber(0.5f)", (y, t) =>
        Math.Abs(y - t) <= 0.5 ? 0.5 * (y - t) * (y - t) : 0.5 * (Math.Abs(y - t) - 0.25));

    public static OracleLoss BinaryCrossEntropy => new ElementLoss(
        "BinaryCrossEntropy", (y, t) => t * Math.Log(1 + Math.Exp(-y)) + (1 - t) * Math.Log(1 + Math.Exp(y)), probabilities: true);

    public static OracleLoss SoftmaxCrossEntropy => new CrossEntropy("SoftmaxCrossEntropy", classes: true);

    public static OracleLoss SoftmaxCrossEntropyOnProbabilities => new CrossEntropy("SoftmaxCrossEntropy", classes: false);

    public static OracleLoss Smoothed => new CrossEntropy("SoftmaxCrossEntropy(LabelSmoothing = 0.1f)", classes: true, smoothing: 0.1f);

    public static OracleLoss SmoothedOnProbabilities =>
        new CrossEntropy("SoftmaxCrossEntropy(LabelSmoothing = 0.1f)", classes: false, smoothing: 0.1f);

    public static OracleLoss Weighted(int classes)
    {
        float[] weights = [.. Enumerable.Range(0, classes).Select(c => 0.5f + c % 4 * 0.25f)];
        return new CrossEntropy($"SoftmaxCrossEntropy(ClassWeights = [{Text(weights)}])", classes: true, weights: weights);
    }

    private static string Text(float[] weights) =>
        string.Join(", ", weights.Select(weight => FormattableString.Invariant($"{weight}f")));
}
