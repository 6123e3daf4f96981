namespace NetGen.Tests.Losses;

/// <summary>Row losses and gradients computed by PyTorch.</summary>
[Trait("Category", "Numeric")]
public sealed class ReferenceLossTests
{
    private const int Count = 6;
    private const int Length = 5;

    private static readonly float[] s_classWeights =
        [0.7865535616874695f, 0.9668494462966919f, 0.30633389949798584f, 1.1077122688293457f, 0.8085018396377563f];

    public static TheoryData<string, int> Cases()
    {
        var cases = new TheoryData<string, int>();
        foreach (string name in (string[])
            ["softmax-ce", "softmax-ce-extreme", "softmax-ce-smoothing", "softmax-ce-weighted", "focal", "kl-div", "hinge-multiclass"])
        {
            // Rows without room for a vector, and with room for 4, 8 and 16 lanes.
            foreach (int stride in (int[])[5, 8, 12, 16, 32])
                cases.Add(name, stride);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Losses_and_gradients_are_those_of_PyTorch(string name, int stride)
    {
        SafeTensorsFile file = SafeTensorsFile.Read(
            Path.Combine(AppContext.BaseDirectory, "Reference", "loss-" + name, "tensors.safetensors"));
        bool hasClasses = file["target"].Type == SafeTensorType.I64;
        var batch = new LossBatch(Count, Length)
        {
            Outputs = file["output"].ToSingles(),
            Targets = hasClasses ? [] : name == "kl-div" ? Softmax(file["target"].ToSingles()) : file["target"].ToSingles(),
            Classes = hasClasses ? [.. file["target"].ToInt64s().Select(id => (int)id)] : [],
        };

        (double loss, float[] gradient) = batch.Run(LossOf(name), stride);

        float expected = file["loss"].ToSingles()[0];
        Assert.Equal(expected, loss, 2e-6 * Math.Max(1, Math.Abs(expected)));
        float[] expectedGradient = file["grad"].ToSingles();
        for (int i = 0; i < gradient.Length; i++)
            Assert.Equal(expectedGradient[i], gradient[i], 1e-6f);
    }

    private static LossBatch.Loss LossOf(string name) => name switch
    {
        "kl-div" => KullbackLeiblerLoss.Run,
        "softmax-ce" or "softmax-ce-extreme" => static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to),
        "softmax-ce-smoothing" => static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to, labelSmoothing: 0.1f),
        "softmax-ce-weighted" => static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            SoftmaxCrossEntropyLoss.Run(f, in o, ref g, rows, from, to, classWeights: s_classWeights),
        "focal" => static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            FocalLoss.Run(f, in o, ref g, rows, from, to),
        "hinge-multiclass" => static (TrainingFrame f, ref readonly float o, ref float g, LossRows rows, int from, int to) =>
            MultiClassHingeLoss.Run(f, in o, ref g, rows, from, to),
        _ => throw new ArgumentException(name),
    };

    private static float[] Softmax(float[] logits)
    {
        var result = new float[logits.Length];
        for (int start = 0; start < logits.Length; start += Length)
        {
            double sum = 0;
            for (int i = start; i < start + Length; i++)
                sum += Math.Exp(logits[i]);
            for (int i = start; i < start + Length; i++)
                result[i] = (float)(Math.Exp(logits[i]) / sum);
        }

        return result;
    }
}
