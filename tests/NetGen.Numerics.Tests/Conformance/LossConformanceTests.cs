namespace NetGen.Numerics.Tests.Conformance;

/// <summary>Every loss of the reference set that a network can declare, reached through a network that passes its input on.</summary>
[Trait("Category", "Numeric")]
public sealed class LossConformanceTests
{
    private const double Tolerance = 1e-5;

    private static readonly Dictionary<string, Action<ReferenceCase>> s_cases = new()
    {
        ["loss-mse"] = reference => Check(new MeanSquaredErrorAlone(), reference),
        ["loss-l1"] = reference => Check(new MeanAbsoluteErrorAlone(), reference),
        ["loss-huber"] = reference => Check(new HuberAlone(), reference),
        ["loss-smooth-l1"] = reference => Check(new SmoothL1Alone(), reference),
        ["loss-log-cosh"] = reference => Check(new LogCoshAlone(), reference),
        ["loss-bce-logits"] = reference => Check(new BinaryCrossEntropyAlone(), reference),
        ["loss-softmax-ce"] = reference => Check(new SoftmaxCrossEntropyAlone(), reference),
        ["loss-softmax-ce-extreme"] = reference => Check(new SoftmaxCrossEntropyAlone(), reference),
        ["loss-softmax-ce-smoothing"] = reference => Check(new SmoothedCrossEntropyAlone(), reference),
        ["loss-softmax-ce-weighted"] = reference => Check(new WeightedCrossEntropyAlone(), reference),
        ["loss-focal"] = reference => Check(new FocalAlone(), reference),
        // The case's target is the softmax of what its file holds.
        ["loss-kl-div"] = reference => Check(new KullbackLeiblerAlone(), reference, Softmax(reference["target"], 5)),
        ["loss-hinge-multiclass"] = reference => Check(new MultiClassHingeAlone(), reference),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_loss_agrees_with_PyTorch(string name) => s_cases[name](new ReferenceCase(name));

    private static void Check<TNetwork>(TNetwork model, ReferenceCase reference, float[]? targets = null)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        model.Parameters["0.weight"].Fill(0);
        for (int i = 0; i < TNetwork.InputLength; i++)
            model.Parameters["0.weight"][i, i] = 1;

        using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
        float[] outputs = reference["output"];
        var gradient = new float[outputs.Length];
        float loss = reference.Classes is { } ids
            ? trainer.ComputeGradient(outputs, ids, gradient)
            : trainer.ComputeGradient(outputs, targets ?? reference["target"], gradient);
        Agree.Within(Tolerance, reference["loss"], [loss], "loss");
        Agree.Within(Tolerance, reference["grad"], gradient, "gradient");
    }

    private static float[] Softmax(float[] logits, int classes) =>
    [
        .. logits.Chunk(classes).SelectMany(row => row.Select(x => (float)(Math.Exp(x) / row.Sum(other => Math.Exp(other))))),
    ];
}

[Network, Input(5), Dense(5, Bias = false), MeanSquaredError]
public partial class MeanSquaredErrorAlone;

[Network, Input(5), Dense(5, Bias = false), MeanAbsoluteError]
public partial class MeanAbsoluteErrorAlone;

[Network, Input(5), Dense(5, Bias = false), Huber(0.7f)]
public partial class HuberAlone;

[Network, Input(5), Dense(5, Bias = false), SmoothL1(0.5f)]
public partial class SmoothL1Alone;

[Network, Input(5), Dense(5, Bias = false), LogCosh]
public partial class LogCoshAlone;

[Network, Input(5), Dense(5, Bias = false), BinaryCrossEntropy]
public partial class BinaryCrossEntropyAlone;

[Network, Input(5), Dense(5, Bias = false), SoftmaxCrossEntropy]
public partial class SoftmaxCrossEntropyAlone;

[Network, Input(5), Dense(5, Bias = false), SoftmaxCrossEntropy(LabelSmoothing = 0.1f)]
public partial class SmoothedCrossEntropyAlone;

[Network, Input(5), Dense(5, Bias = false)]
[SoftmaxCrossEntropy(ClassWeights = [0.7865535616874695f, 0.9668494462966919f, 0.30633389949798584f, 1.1077122688293457f, 0.8085018396377563f])]
public partial class WeightedCrossEntropyAlone;

[Network, Input(5), Dense(5, Bias = false), Focal]
public partial class FocalAlone;

[Network, Input(5), Dense(5, Bias = false), KullbackLeibler]
public partial class KullbackLeiblerAlone;

[Network, Input(5), Dense(5, Bias = false), MultiClassHinge]
public partial class MultiClassHingeAlone;
