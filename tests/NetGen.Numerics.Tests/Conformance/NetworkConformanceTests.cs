namespace NetGen.Numerics.Tests.Conformance;

/// <summary>Every network of the reference set that the language can express, against the numbers of PyTorch.</summary>
[Trait("Category", "Numeric")]
public sealed class NetworkConformanceTests
{
    // What the reference set promises of float32: of one evaluation, and after several steps of an optimizer.
    private const double Tolerance = 1e-5;
    private const double ToleranceAfterSteps = 2e-4;

    private static readonly Dictionary<string, Action<ReferenceCase>> s_cases = new()
    {
        ["mlp-elu"] = reference => Check(() => new MlpElu(), reference),
        ["mlp-gelu"] = reference => Check(() => new MlpGelu(), reference),
        ["mlp-gelu_tanh"] = reference => Check(() => new MlpGeluTanh(), reference),
        ["mlp-hardsigmoid"] = reference => Check(() => new MlpHardsigmoid(), reference),
        ["mlp-hardswish"] = reference => Check(() => new MlpHardswish(), reference),
        ["mlp-leaky_relu"] = reference => Check(() => new MlpLeakyRelu(), reference),
        ["mlp-mish"] = reference => Check(() => new MlpMish(), reference),
        ["mlp-relu"] = reference => Check(() => new MlpRelu(), reference),
        ["mlp-relu6"] = reference => Check(() => new MlpRelu6(), reference),
        ["mlp-selu"] = reference => Check(() => new MlpSelu(), reference),
        ["mlp-sigmoid"] = reference => Check(() => new MlpSigmoid(), reference),
        ["mlp-silu"] = reference => Check(() => new MlpSilu(), reference),
        ["mlp-softplus"] = reference => Check(() => new MlpSoftplus(), reference),
        ["mlp-softsign"] = reference => Check(() => new MlpSoftsign(), reference),
        ["mlp-tanh"] = reference => Check(() => new MlpTanh(), reference),
        ["mlp-batch1"] = reference => Check(() => new MlpBatchOfOne(), reference),
        ["mlp-large-batch"] = reference => Check(() => new MlpLargeBatch(), reference),
        ["mlp-wide"] = reference => Check(() => new MlpWide(), reference),
        ["mlp-bce"] = reference => Check(() => new MlpBinaryCrossEntropy(), reference),
        ["conv-valid"] = reference => Check(() => new ConvValid(), reference),
        ["conv-no-bias"] = reference => Check(() => new ConvNoBias(), reference),
        ["conv-rect"] = reference => Check(() => new ConvRectangular(), reference),
        ["conv-same-pool"] = reference => Check(() => new ConvSamePool(), reference),
        ["conv-stride-dilation"] = reference => Check(() => new ConvStrideDilation(), reference),
        ["pool-overlap"] = reference => Check(() => new PoolOverlap(), reference),
        ["pool-padded"] = reference => Check(() => new PoolPadded(), reference),
        ["depthwise-separable"] = reference => Check(() => new DepthwiseSeparable(), reference),
        ["grouped"] = reference => Check(() => new Grouped(), reference),
        ["mlp-celu"] = reference => Check(() => new MlpCelu(), reference),
        ["mlp-glu"] = reference => Check(() => new MlpGlu(), reference),
        ["mlp-hardshrink"] = reference => Check(() => new MlpHardShrink(), reference),
        ["mlp-hardtanh"] = reference => Check(() => new MlpHardTanh(), reference),
        ["mlp-logsigmoid"] = reference => Check(() => new MlpLogSigmoid(), reference),
        ["mlp-logsoftmax"] = reference => Check(() => new MlpLogSoftmax(), reference),
        ["mlp-prelu"] = reference => Check(() => new MlpPRelu(), reference),
        ["mlp-softshrink"] = reference => Check(() => new MlpSoftShrink(), reference),
        ["mlp-tanhshrink"] = reference => Check(() => new MlpTanhShrink(), reference),
        ["mlp-threshold"] = reference => Check(() => new MlpThreshold(), reference),
        ["pad-reflect-replicate"] = reference => Check(() => new PadReflectReplicate(), reference),
        ["pixel-shuffle"] = reference => Check(() => new PixelShuffled(), reference),
        ["upsample-bilinear"] = reference => Check(() => new UpsampledBilinear(), reference),
        ["unet"] = reference => Check(() => new UNet(), reference),
        ["inception"] = reference => Check(() => new Inception(), reference),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_agrees_with_PyTorch(string name) => s_cases[name](new ReferenceCase(name));

    private static void Check<TNetwork>(Func<TNetwork> create, ReferenceCase reference)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        TNetwork model = create();
        model.Parameters.Load(reference.StateDict());
        float[] inputs = reference["input"];

        float[] output = reference["output"];
        Agree.Within(Tolerance, output, PredictBatch(model, inputs), "output");
        Agree.Within(Tolerance, output, PredictOneByOne(model, inputs), "output of single samples");

        using var trainer = new Trainer<TNetwork>(model, reference.Optimizer());
        // PyTorch decays biases like weights unless told otherwise; NetGen's default is the other way round.
        trainer.Optimizer.Prepare(TNetwork.Description.ParameterBlockLength);
        var inputGradient = new float[inputs.Length];
        float loss = reference.Classes is { } ids
            ? trainer.ComputeGradient(inputs, ids, inputGradient)
            : trainer.ComputeGradient(inputs, reference["target"], inputGradient);
        Agree.Within(Tolerance, reference["loss"], [loss], "loss");
        Agree.Within(Tolerance, reference["grad_input"], inputGradient, "gradient of the input");
        CheckTensors(reference, "grad.", trainer.Gradient, Tolerance);

        var losses = new float[reference.Steps];
        for (int step = 0; step < losses.Length; step++)
        {
            losses[step] = reference.Classes is { } classes
                ? trainer.Step(inputs, classes)
                : trainer.Step(inputs, reference["target"]);
        }

        Agree.Within(ToleranceAfterSteps, reference["losses"], losses, "losses");
        CheckTensors(reference, "after.", model.Parameters, ToleranceAfterSteps);
        Agree.Within(ToleranceAfterSteps, reference["after_output_eval"], PredictBatch(model, inputs), "output after training");
    }

    private static void CheckTensors(ReferenceCase reference, string prefix, ParameterBlock block, double tolerance)
    {
        Assert.Equal(reference.NamesUnder(prefix).Order(), block.Select(tensor => tensor.Name).Order());
        foreach (ParameterTensor tensor in block)
            Agree.Within(tolerance, reference[prefix + tensor.Name], tensor.ToArray(), prefix + tensor.Name);
    }

    private static float[] PredictBatch<TNetwork>(TNetwork model, float[] inputs) where TNetwork : class, INetwork<TNetwork>
    {
        var outputs = new float[inputs.Length / TNetwork.InputLength * TNetwork.OutputLength];
        model.PredictBatch(inputs, outputs);
        return outputs;
    }

    private static float[] PredictOneByOne<TNetwork>(TNetwork model, float[] inputs) where TNetwork : class, INetwork<TNetwork>
    {
        int count = inputs.Length / TNetwork.InputLength;
        var outputs = new float[count * TNetwork.OutputLength];
        for (int sample = 0; sample < count; sample++)
        {
            model.Predict(
                inputs.AsSpan(sample * TNetwork.InputLength, TNetwork.InputLength),
                outputs.AsSpan(sample * TNetwork.OutputLength, TNetwork.OutputLength));
        }

        return outputs;
    }
}
