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

    /// <summary>Whether target values are −1 and 1.</summary>
    public virtual bool TakesSigns => false;

    /// <summary>The attribute with a share in the network's loss.</summary>
    public string WithShare(double share) => FormattableString.Invariant($"{(attribute.EndsWith(')') ? attribute[..^1] + ", " : attribute + "(")}Weight = {share})");

    /// <summary>The weight of a sample in the batch's mean.</summary>
    public virtual double Weight(double[] target) => 1;

    /// <summary>The loss before it is divided by the sum of weights.</summary>
    public abstract double Value(double[] outputs, double[] target);

    public abstract double[] Gradient(double[] outputs, double[] target);

    /// <summary>Tells how near an output is to a kink.</summary>
    public virtual void Look(double[] outputs, double[] target, Pass pass)
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

    public override void Look(double[] outputs, double[] target, Pass pass)
    {
        for (int i = 0; i < outputs.Length && hasKink; i++)
            pass.Saw(outputs[i] - target[i]);
    }
}

/// <summary>A function of all outputs of a sample and its target.</summary>
internal abstract class RowwiseLoss(string attribute) : OracleLoss(attribute)
{
    public sealed override double[] Gradient(double[] outputs, double[] target) =>
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

/// <summary>−Σ w t ln softmax(y), with the target as a class id or as probabilities.</summary>
internal sealed class CrossEntropy(string attribute, bool classes, double smoothing = 0, float[]? weights = null) : RowwiseLoss(attribute)
{
    public override bool TakesClasses => classes;

    public override bool TakesProbabilities => !classes;

    public override double Weight(double[] target) => classes && weights is not null ? weights[(int)target[0]] : 1;

    public override double Value(double[] outputs, double[] target)
    {
        double value = 0, sum = outputs.Sum(Math.Exp);
        for (int c = 0; c < outputs.Length; c++)
        {
            double t = classes ? (c == (int)target[0] ? 1 : 0) : target[c];
            t = t * (1 - smoothing) + smoothing / outputs.Length;
            value -= (weights?[c] ?? 1) * t * Math.Log(Math.Exp(outputs[c]) / sum);
        }

        return value;
    }
}

/// <summary>−(1 − p)² ln p, with p the softmax of the right class.</summary>
internal sealed class FocalOracle() : RowwiseLoss("Focal")
{
    public override bool TakesClasses => true;

    public override double Value(double[] outputs, double[] target)
    {
        double p = Math.Exp(outputs[(int)target[0]]) / outputs.Sum(Math.Exp);
        return -(1 - p) * (1 - p) * Math.Log(p);
    }
}

/// <summary>Σ max(0, margin − x_y + x_c) / C over the classes other than the right one.</summary>
internal sealed class MultiClassHingeOracle() : RowwiseLoss("MultiClassHinge(0.5)")
{
    public override bool TakesClasses => true;

    public override double Value(double[] outputs, double[] target) => Lags(outputs, target).Sum(lag => Math.Max(0, lag)) / outputs.Length;

    public override void Look(double[] outputs, double[] target, Pass pass)
    {
        foreach (double lag in Lags(outputs, target))
            pass.Saw(lag);
    }

    private static IEnumerable<double> Lags(double[] outputs, double[] target) => outputs
        .Where((_, c) => c != (int)target[0])
        .Select(output => 0.5 - outputs[(int)target[0]] + output);
}

/// <summary>1 − cos(y, t).</summary>
internal sealed class CosineOracle() : RowwiseLoss("CosineEmbedding")
{
    public override double Value(double[] outputs, double[] target) =>
        1 - outputs.Zip(target, (y, t) => y * t).Sum() / Math.Sqrt(outputs.Sum(y => y * y) * target.Sum(t => t * t));
}

/// <summary>The mean of max(0, 1 − t y).</summary>
internal sealed class BinaryHingeOracle() : RowwiseLoss("BinaryHinge")
{
    public override bool TakesSigns => true;

    public override double Value(double[] outputs, double[] target) => outputs.Zip(target, (y, t) => Math.Max(0, 1 - t * y)).Average();

    public override void Look(double[] outputs, double[] target, Pass pass)
    {
        for (int i = 0; i < outputs.Length; i++)
            pass.Saw(1 - target[i] * outputs[i]);
    }
}

/// <summary>The losses of the language.</summary>
internal static class OracleLosses
{
    public static OracleLoss MeanSquaredError => new ElementLoss("MeanSquaredError", (y, t) => (y - t) * (y - t));

    public static OracleLoss MeanAbsoluteError => new ElementLoss("MeanAbsoluteError", (y, t) => Math.Abs(y - t), hasKink: true);

    public static OracleLoss Huber => new ElementLoss("Huber(0.5f)", (y, t) =>
        Math.Abs(y - t) <= 0.5 ? 0.5 * (y - t) * (y - t) : 0.5 * (Math.Abs(y - t) - 0.25));

    public static OracleLoss LogCosh => new ElementLoss("LogCosh", (y, t) => Math.Log(Math.Cosh(y - t)));

    public static OracleLoss BinaryCrossEntropy => new ElementLoss(
        "BinaryCrossEntropy", (y, t) => t * Math.Log(1 + Math.Exp(-y)) + (1 - t) * Math.Log(1 + Math.Exp(y)), probabilities: true);

    public static OracleLoss SmoothL1 => new ElementLoss("SmoothL1(0.5f)", (y, t) =>
        Math.Abs(y - t) < 0.5 ? (y - t) * (y - t) : Math.Abs(y - t) - 0.25);

    public static OracleLoss PoissonNll => new ElementLoss("PoissonNll", (y, t) => Math.Exp(y) - t * y, probabilities: true);

    // Of a class id it is the cross-entropy.
    public static OracleLoss KullbackLeibler => new CrossEntropy("KullbackLeibler", classes: true);

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
