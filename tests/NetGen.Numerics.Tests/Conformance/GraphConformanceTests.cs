using NetGen.Testing;

namespace NetGen.Numerics.Tests.Conformance;

/// <summary>Networks of several inputs, outputs or branches, against the numbers of PyTorch.</summary>
[Trait("Category", "Numeric")]
public sealed class GraphConformanceTests
{
    // As for chains: of one evaluation, and after several steps of an optimizer.
    private const double Tolerance = 1e-5;
    private const double ToleranceAfterSteps = 2e-4;

    private static readonly Dictionary<string, Action<string>> s_cases = new()
    {
        ["batchnorm1d"] = name => Check(new BatchNorm1D(), name),
        ["batchnorm"] = name => Check(new BatchNorm2D(), name),
        ["batchnorm-before-padded-conv"] = name => Check(new BatchNormBeforePaddedConv(), name),
        ["conv1d-causal"] = name => Check(new Conv1DDilated(), name),
        ["conv1d-stack"] = name => Check(new Conv1DStack(), name),
        ["depthwise-multiplier"] = name => Check(new DepthwiseMultiplier(), name),
        ["instancenorm"] = name => Check(new InstanceNormed(), name),
        ["layernorm-gelu"] = name => Check(new LayerNormGelu(), name),
        ["residual"] = name => Check(new ResidualNet(), name),
        ["embedding"] = name => Check(new EmbeddingMean(), name),
        ["embedding-gru"] = name => Check(new EmbeddingGru(), name),
        ["attention-padding"] = name => Check(new PaddedAttention(), name),
        ["causal-transformer"] = name => Check(new CausalTransformer(), name),
        ["gru-lengths"] = name => Check(new GruOfLengths(), name),
        ["tcn"] = name => Check(new CausalConvolutions(), name),
        ["transformer-block"] = name => Check(new PreNormBlock(), name),
        ["transformer-post-norm"] = name => Check(new PostNormBlock(), name),
        ["gru-bidirectional-stacked"] = name => Check(new GruBidirectionalStacked(), name),
        ["gru-seq"] = name => Check(new GruSteps(), name),
        ["lstm-bidirectional"] = name => Check(new LstmBidirectional(), name),
        ["lstm-last"] = name => Check(new LstmLastStep(), name),
        ["lstm-seq"] = name => Check(new LstmSteps(), name),
        ["lstm-stacked"] = name => Check(new LstmStacked(), name),
        ["lstm-states"] = name => Check(new LstmStates(), name),
        ["rnn-last"] = name => Check(new RnnLastStep(), name),
        ["rnn-relu"] = name => Check(new RnnRelu(), name),
        ["resnet-downsample"] = name => Check(new ResNetDownsample(), name),
        ["siamese"] = name => Check(new Siamese(), name),
        ["transposed"] = name => Check(new Transposed2D(), name),
        ["transposed-1d"] = name => Check(new Transposed1D(), name),
        ["transposed-grouped"] = name => Check(new TransposedGrouped(), name),
        ["prelu-groupnorm"] = name => Check(new PReluGroupNorm(), name),
        ["rmsnorm-swiglu"] = name => Check(new RmsNormSwiGlu(), name),
        ["two-inputs"] = name => Check(new TwoInputs(), name),
        ["two-outputs"] = name => Check(new TwoOutputs(), name),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_network_agrees_with_PyTorch(string name) => s_cases[name](name);

    [Fact]
    public void A_description_lists_what_the_network_is_judged_by()
    {
        NetworkDescription network = TwoOutputs.Description;
        Assert.Equal((8, 6), (TwoOutputs.InputLength, TwoOutputs.OutputLength));
        Assert.Equal([6], network.OutputShape);
        Assert.Equal(["kind", "size"], network.OutputPoints.Select(output => output.Name));
        Assert.Equal([OutputMeaning.ClassLogits, OutputMeaning.Values], network.OutputPoints.Select(output => output.Meaning));
        Assert.Equal([TargetKind.Classes, TargetKind.Values], network.OutputPoints.Select(output => output.Targets));
        Assert.Equal([1, 0.3], network.OutputPoints.Select(output => output.Weight));
        Assert.Equal("SoftmaxCrossEntropy (kind) + 0.3 MeanSquaredError (size)", network.Loss);
        Assert.Equal(TargetKind.Several, network.Targets);
    }

    [Fact]
    public void Outputs_have_arguments_of_their_own()
    {
        var model = new TwoOutputs(seed: 3);
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8], both = new float[6], kind = new float[4], size = new float[2];
        model.Predict(input, both);
        model.Predict(input, kind, size);
        Assert.Equal(both, kind.Concat(size));
        Allocation.None(() => model.Predict(input, kind, size));
        Assert.StartsWith("size holds 3 floats; it has 2.", Assert.Throws<ArgumentException>(() => model.Predict(input, kind, new float[3])).Message);
    }

    private static void Check<TNetwork>(TNetwork model, string name) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var reference = new GraphReference<TNetwork>(name);
        reference.LoadInto(model);
        (float[] inputs, float[] targets, int[] classes) = (reference.Inputs, reference.Targets, reference.Classes);
        // The outputs are those of training, which are predictions only where there are no statistics.
        if (!TNetwork.Description.Parameters.Any(parameter => parameter.IsState))
        {
            Agree.Within(Tolerance, reference.Outputs, PredictBatch(model, inputs), "outputs");
            Agree.Within(Tolerance, reference.Outputs, PredictOneByOne(model, inputs), "outputs of single samples");
        }

        using var trainer = new Trainer<TNetwork>(model, reference.Optimizer());
        var inputGradient = new float[inputs.Length];
        Agree.Within(Tolerance, [reference.Loss], [trainer.ComputeGradient(inputs, targets, classes, inputGradient, [])], "loss");
        // Tokens have no gradient.
        if (TNetwork.Description.InputPoints.All(input => input.Vocabulary == 0))
            Agree.Within(Tolerance, reference.InputGradient, inputGradient, "gradient of the inputs");
        reference.Check("grad.", trainer.Gradient, Tolerance);

        float[] losses = [.. reference.Losses.Select(_ => trainer.Step(inputs, targets, classes))];
        Agree.Within(ToleranceAfterSteps, reference.Losses, losses, "losses");
        reference.Check("after.", model.Parameters, ToleranceAfterSteps);
        // Steps along gradients that are nothing but rounding lead anywhere, and the means that are kept follow them.
        if (reference.HasNoise)
            return;
        reference.Check("after_buffer.", model.Parameters, ToleranceAfterSteps);
        Agree.Within(ToleranceAfterSteps, reference.OutputsAfterTraining, PredictBatch(model, inputs), "outputs after training");
        Agree.Within(ToleranceAfterSteps, reference.OutputsAfterTraining, PredictOneByOne(model, inputs), "outputs of single samples after training");
    }

    private static float[] PredictBatch<TNetwork>(TNetwork model, float[] inputs) where TNetwork : class, INetwork<TNetwork>
    {
        var outputs = new float[inputs.Length / TNetwork.InputLength * TNetwork.OutputLength];
        model.PredictBatch(inputs, outputs);
        return outputs;
    }

    private static float[] PredictOneByOne<TNetwork>(TNetwork model, float[] inputs) where TNetwork : class, INetwork<TNetwork>
    {
        (int input, int output) = (TNetwork.InputLength, TNetwork.OutputLength);
        var outputs = new float[inputs.Length / input * output];
        for (int sample = 0; sample < inputs.Length / input; sample++)
            model.Predict(inputs.AsSpan(sample * input, input), outputs.AsSpan(sample * output, output));
        return outputs;
    }
}
