namespace NetGen.Numerics.Tests.Conformance;

/// <summary>The networks of the reference set that look at no later step, step by step: PyTorch's numbers are of whole sequences.</summary>
[Trait("Category", "Numeric")]
public sealed class StreamConformanceTests
{
    private static readonly Dictionary<string, Action<string>> s_cases = new()
    {
        ["causal-transformer"] = name => Check(new CausalTransformer(), model => model.OpenStream(), name),
        ["embedding-gru"] = name => Check(new EmbeddingGru(), model => model.OpenStream(), name),
        ["gru-seq"] = name => Check(new GruSteps(), model => model.OpenStream(), name),
        ["lstm-last"] = name => Check(new LstmLastStep(), model => model.OpenStream(), name),
        ["lstm-seq"] = name => Check(new LstmSteps(), model => model.OpenStream(), name),
        ["lstm-stacked"] = name => Check(new LstmStacked(), model => model.OpenStream(), name),
        ["rnn-last"] = name => Check(new RnnLastStep(), model => model.OpenStream(), name),
        ["rnn-relu"] = name => Check(new RnnRelu(), model => model.OpenStream(), name),
        ["tcn"] = name => Check(new CausalConvolutions(), model => model.OpenStream(), name),
    };

    public static TheoryData<string> Cases => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_stream_agrees_with_PyTorch(string name) => s_cases[name](name);

    private static void Check<TNetwork>(TNetwork model, Func<TNetwork, PredictionStream> open, string name) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        var reference = new GraphReference<TNetwork>(name);
        reference.LoadInto(model);
        PredictionStream stream = open(model);
        int steps = TNetwork.InputLength / stream.InputLength;
        Assert.True(steps > 1);
        var found = new List<float>();
        foreach (float[] sample in reference.Inputs.Chunk(TNetwork.InputLength))
        {
            var outputs = new float[steps * stream.OutputLength];
            stream.Reset();
            stream.Steps(sample, outputs);
            // A network that gives what comes of the last step gives as a stream what comes of the present one.
            found.AddRange(outputs[^TNetwork.OutputLength..]);
        }

        Agree.Within(1e-5, reference.Outputs, [.. found], "steps");
    }
}
