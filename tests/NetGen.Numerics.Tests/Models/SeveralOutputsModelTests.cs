using NetGen.Testing;

namespace NetGen.Numerics.Tests.Models;

/// <summary>Which animal it is, whether it is tame, and its length and weight.</summary>
[Network, Input(3)]
public partial class Animal
{
    [Dense(6), Tanh]
    public partial Layer Trunk { get; }

    [Dense(3), SoftmaxCrossEntropy]
    public partial Layer Kind { get; }

    [From(nameof(Trunk)), Dense(1), BinaryCrossEntropy]
    public partial Layer Tame { get; }

    [From(nameof(Trunk)), Dense(2), MeanSquaredError]
    public partial Layer Size { get; }
}

/// <summary>The same without losses: what a program ships that only predicts.</summary>
[Network, Input(3)]
public partial class AnimalPredictor
{
    [Dense(6), Tanh]
    public partial Layer Trunk { get; }

    [Dense(3), Output]
    public partial Layer Kind { get; }

    [From(nameof(Trunk)), Dense(1), Output]
    public partial Layer Tame { get; }

    [From(nameof(Trunk)), Dense(2), Output]
    public partial Layer Size { get; }
}

/// <summary>A model of several outputs knows of each what it is, its classes' names and its targets' scaling.</summary>
public sealed class SeveralOutputsModelTests : IDisposable
{
    private static readonly float[] s_raw = [5, -1, 300];
    private static readonly Scaling s_inputs = new([4, 0, 250], [1, 2, 0.01f], 3);
    private static readonly Scaling s_sizes = new([100, 20], [0.1f, 0.5f], 2);
    private static readonly ModelCard s_card = new()
    {
        InputScaling = s_inputs,
        Outputs = new Dictionary<string, OutputCard>
        {
            ["kind"] = new() { ClassNames = ["cat", "dog", "eel"] },
            ["tame"] = new() { ClassNames = ["wild", "tame"] },
            ["size"] = new() { TargetScaling = s_sizes },
        },
    };

    private readonly string _directory = Directory.CreateTempSubdirectory("netgen-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string FilePath => Path.Combine(_directory, "animals.safetensors");

    [Fact]
    public void Each_output_answers_for_itself()
    {
        var network = new Animal(seed: 5);
        float[] outputs = Outputs(network);
        network.Save(FilePath, s_card);
        Check(Animal.LoadFrom(FilePath), outputs);
        Check(AnimalPredictor.LoadFrom(FilePath), outputs);
    }

    private static float[] Outputs(Animal network)
    {
        var scaled = new float[3];
        s_inputs.Apply(s_raw, scaled);
        var outputs = new float[6];
        network.Predict(scaled, outputs);
        return outputs;
    }

    private static void Check<TNetwork>(Model<TNetwork> model, float[] outputs) where TNetwork : class, INetwork<TNetwork>
    {
        Assert.Equal(OutputMeaning.ClassLogits, model["kind"].Meaning);
        Assert.Equal(OutputMeaning.Logits, model["tame"].Meaning);
        Assert.Equal(OutputMeaning.Values, model["size"].Meaning);

        var kinds = new float[3];
        model["kind"].PredictProbabilities(s_raw, kinds);
        double sum = outputs[..3].Sum(logit => Math.Exp(logit));
        Assert.All(kinds.Zip(outputs), pair => Assert.Equal(Math.Exp(pair.Second) / sum, pair.First, 1e-6));
        int kind = Array.IndexOf(kinds, kinds.Max());
        Assert.Equal(kind, model["kind"].Classify(s_raw));
        Assert.Equal(s_card.Outputs["kind"].ClassNames[kind], model["kind"].ClassifyName(s_raw));
        Assert.Equal(kinds.Max(), model["kind"].RankClasses(s_raw, 1)[0].Probability);

        var tame = new float[2];
        model["tame"].PredictProbabilities(s_raw, tame);
        Assert.Equal(1 / (1 + Math.Exp(-outputs[3])), tame[1], 1e-6);
        Assert.Equal(1, tame.Sum(), 1e-6f);
        Assert.Equal(outputs[3] > 0 ? "tame" : "wild", model["tame"].ClassifyName(s_raw));

        var size = new float[2];
        model["size"].Predict(s_raw, size);
        Assert.Equal([(outputs[4] / 0.1f) + 100, (outputs[5] / 0.5f) + 20], size);
        var all = new float[12];
        model.PredictBatch([.. s_raw, .. s_raw], all);
        Assert.Equal([.. outputs[..4], .. size, .. outputs[..4], .. size], all);
    }

    [Fact]
    public void What_only_a_single_output_has_is_refused_with_the_names()
    {
        var model = new Model<Animal>(new Animal(), s_card);
        Assert.Contains("Animal has several outputs, kind, tame, size: say which, model[\"kind\"]", Assert.Throws<InvalidOperationException>(() => model.Classify(s_raw)).Message);
        Assert.Throws<InvalidOperationException>(() => model.PredictProbabilities(s_raw, new float[3]));
        Assert.Throws<InvalidOperationException>(() => model.ClassifyName(s_raw));
        Assert.Throws<InvalidOperationException>(() => model.RankClasses(s_raw, 1));
        Assert.Contains("several outputs", Assert.Throws<InvalidOperationException>(() => model.Network.PredictProbabilities(s_raw, new float[3])).Message);
        Assert.Contains("no output 'colour'; it has kind, tame, size", Assert.Throws<KeyNotFoundException>(() => model["colour"]).Message);
        Assert.Contains("'size' of Animal is a regression", Assert.Throws<InvalidOperationException>(() => model["size"].PredictProbabilities(s_raw, new float[2])).Message);
        Assert.Throws<InvalidOperationException>(() => model["size"].Classify(s_raw));
        Assert.Throws<ArgumentException>(() => model["size"].Predict(s_raw, new float[3]));
    }

    [Fact]
    public void A_card_that_does_not_fit_is_refused()
    {
        Refused(new ModelCard { ClassNames = ["cat", "dog", "eel"] }, "Animal has several outputs, kind, tame, size: say in Outputs of which");
        Refused(Of("colour", new OutputCard()), "Animal has no output 'colour'");
        Refused(Of("kind", new OutputCard { ClassNames = ["cat", "dog"] }), "'kind' of Animal tells 3 classes apart, but there are 2 class names");
        Refused(Of("size", new OutputCard { ClassNames = ["cat", "dog"] }), "class names do not go with a regression");
        Refused(Of("kind", new OutputCard { TargetScaling = new Scaling([1], [1], 3) }), "only values of a regression have a target scaling");
        Refused(Of("size", new OutputCard { TargetScaling = new Scaling([1], [1], 3) }), "the target scaling is for 3 floats, 'size' of Animal gives 2");
        Assert.Contains(
            "has one output", Assert.Throws<ArgumentException>(() => new Model<TwoValues>(new TwoValues(), Of("output", new OutputCard()))).Message);

        static ModelCard Of(string output, OutputCard card) => new() { Outputs = new Dictionary<string, OutputCard> { [output] = card } };

        static void Refused(ModelCard card, string message) =>
            Assert.Contains(message, Assert.Throws<ArgumentException>(() => new Model<Animal>(new Animal(), card)).Message);
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var model = new Model<Animal>(new Animal(), s_card);
        ModelOutput<Animal> kind = model["kind"];
        var probabilities = new float[3];
        Allocation.None(() =>
        {
            kind.PredictProbabilities(s_raw, probabilities);
            kind.Classify(s_raw);
        });
    }
}
