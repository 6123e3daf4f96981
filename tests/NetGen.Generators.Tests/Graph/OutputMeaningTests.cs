using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Graph;

/// <summary>What a network says of its outputs: by its loss or, where that takes them as they come, by its last layer.</summary>
public sealed class OutputMeaningTests
{
    // Each network, and what its outputs are; the number of classes between which they decide; whether it has Classify.
    private static readonly (string Attributes, OutputMeaning Meaning, int Classes, bool Classifies)[] s_cases =
    [
        ("Dense(1), MeanSquaredError", OutputMeaning.Values, 0, false),
        ("Dense(3), Relu, Huber", OutputMeaning.Values, 0, false),
        ("Dense(3), CosineEmbedding", OutputMeaning.Values, 0, false),
        ("Dense(1), PoissonNll", OutputMeaning.LogRates, 0, false),
        ("Dense(1), BinaryCrossEntropy", OutputMeaning.Logits, 2, true),
        ("Dense(3), BinaryCrossEntropy", OutputMeaning.Logits, 0, false),
        ("Dense(1), BinaryHinge", OutputMeaning.Margins, 2, true),
        ("Dense(1), Sigmoid, MeanSquaredError", OutputMeaning.Probabilities, 2, true),
        ("Dense(1), Sigmoid, Dropout(0.1), MeanSquaredError", OutputMeaning.Probabilities, 2, true),
        ("Dense(1), HardSigmoid", OutputMeaning.Probabilities, 2, true),
        ("Dense(1), Tanh, MeanSquaredError", OutputMeaning.Signs, 2, false),
        ("Dense(3), SoftmaxCrossEntropy", OutputMeaning.ClassLogits, 3, true),
        ("Dense(3), Focal", OutputMeaning.ClassLogits, 3, true),
        ("Dense(3), KullbackLeibler", OutputMeaning.ClassLogits, 3, true),
        ("Dense(3), MultiClassHinge", OutputMeaning.ClassScores, 3, true),
        ("Dense(3), Softmax, MeanSquaredError", OutputMeaning.ClassProbabilities, 3, true),
        ("Dense(3), Softmax", OutputMeaning.ClassProbabilities, 3, true),
        ("Dense(3)", OutputMeaning.Unknown, 0, true),
        ("Dense(1)", OutputMeaning.Unknown, 0, false),
    ];

    [Fact]
    public void The_loss_says_what_outputs_are_or_the_last_layer_does()
    {
        IEnumerable<string> networks = s_cases.Select((test, i) =>
            $"[Network, Input(4), {test.Attributes}] public partial class Net{i};");
        GeneratorRun run = GeneratorHarness.Run(string.Join('\n', networks));
        using LoadedAssembly loaded = run.Load();

        foreach (((string attributes, OutputMeaning meaning, int classes, bool classifies), int i) in s_cases.Select((test, i) => (test, i)))
        {
            Type type = loaded.Assembly.GetType($"Net{i}")!;
            var description = (NetworkDescription)type.GetProperty("Description")!.GetValue(null)!;
            Assert.Equal((attributes, meaning, classes, classifies),
                (attributes, description.Outputs, description.ClassCount, type.GetMethod("Classify") is not null));
        }
    }

    [Fact]
    public void The_description_has_the_weights_of_the_loss()
    {
        GeneratorRun run = GeneratorHarness.Run(
            "[Network, Input(4), Dense(2), SoftmaxCrossEntropy(ClassWeights = [1, 10])] public partial class Net;");
        using LoadedAssembly loaded = run.Load();

        var description = (NetworkDescription)loaded.Assembly.GetType("Net")!.GetProperty("Description")!.GetValue(null)!;

        Assert.Equal([1, 10], description.ClassWeights);
    }
}
