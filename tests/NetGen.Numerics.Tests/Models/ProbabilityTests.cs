using NetGen.Testing;

namespace NetGen.Numerics.Tests.Models;

/// <summary>Outputs become probabilities by what they are, and nothing else is called one.</summary>
public class ProbabilityTests
{
    [Fact]
    public void Logits_of_classes_become_probabilities_by_softmax()
    {
        var network = new ThreeToFour(seed: 4);
        float[] input = [0.5f, -2, 1];
        var logits = new float[4];
        network.Predict(input, logits);
        double sum = logits.Sum(logit => Math.Exp(logit));

        var probabilities = new float[4];
        network.PredictProbabilities(input, probabilities);

        for (int i = 0; i < 4; i++)
            Assert.Equal(Math.Exp(logits[i]) / sum, probabilities[i], 1e-7);
    }

    [Fact]
    public void A_single_output_gives_the_probability_of_class_1_or_of_both_classes()
    {
        float[] input = [0.5f, -2];
        var network = new Coin(seed: 2);
        var logit = new float[1];
        network.Predict(input, logit);
        double expected = 1 / (1 + Math.Exp(-logit[0]));
        var one = new float[1];
        network.PredictProbabilities(input, one);
        var both = new float[2];
        network.PredictProbabilities(input, both);
        Assert.Equal(expected, one[0], 1e-7);
        Assert.Equal([1 - expected, expected], both.Select(p => (double)p), (x, y) => Math.Abs(x - y) < 1e-7);

        // Where the last layer gives probabilities already, they are what comes out.
        var already = new CoinProbability(seed: 2);
        already.Predict(input, one);
        already.PredictProbabilities(input, both);
        Assert.Equal([1 - one[0], one[0]], both);
    }

    [Fact]
    public void Small_probabilities_of_certain_networks_are_not_lost()
    {
        var network = new Coin();
        network.Parameters["2.bias"].Fill(30);
        network.Parameters["2.weight"].Fill(0);
        var both = new float[2];
        network.PredictProbabilities([0, 0], both);
        Assert.Equal(9.357623e-14f, both[0], 1e-20f);
        Assert.Equal(1, both[1]);
    }

    [Fact]
    public void Labels_are_probable_each_for_itself()
    {
        var network = new ThreeLabels(seed: 1);
        var logits = new float[3];
        network.Predict([1, 2], logits);
        var probabilities = new float[3];
        network.PredictProbabilities([1, 2], probabilities);
        Assert.Equal(logits.Select(logit => 1 / (1 + Math.Exp(-logit))), probabilities.Select(p => (double)p), (x, y) => Math.Abs(x - y) < 1e-7);

        var model = new Model<ThreeLabels>(network, new ModelCard { ClassNames = ["red", "round", "ripe"] });
        Assert.Equal(3, model.RankClasses([1, 2], 9).Length);
        Assert.Contains("does not tell classes apart: its outputs are Logits", Assert.Throws<InvalidOperationException>(() => model.Classify([1, 2])).Message);
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 0f, 1f)]
    [InlineData(float.NegativeInfinity, 1f, 0f)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    public void Infinities_give_limits_and_NaN_stays(float bias, float first, float second)
    {
        var network = new Coin();
        network.Parameters["2.bias"].Fill(bias);
        var both = new float[2];
        network.PredictProbabilities([0, 0], both);
        Assert.Equal([first, second], both);

        var classes = new ThreeToFour();
        classes.Parameters["3.weight"].Fill(0);
        classes.Parameters["3.bias"][1] = bias;
        var four = new float[4];
        classes.PredictProbabilities([0, 0, 0], four);
        Assert.Equal(second, four[1]);
        Assert.Equal(float.IsNaN(bias) ? float.NaN : first / 3, four[0]);
    }

    [Fact]
    public void What_is_no_probability_is_refused_with_a_way_out()
    {
        Assert.Contains("TwoValues is a regression: its outputs are Values", Refused(new TwoValues()));
        Assert.Contains("outputs of CoinMargin are Margins: a hinge loss", Refused(new CoinMargin()));
        Assert.Contains("outputs of ThreeToFourScores are ClassScores: a hinge loss", Refused(new ThreeToFourScores()));
        Assert.Contains("Nobody said what the outputs of ThreeToFourPredictor are", Refused(new ThreeToFourPredictor()));

        var error = Assert.Throws<ArgumentException>(() => new ThreeToFour().PredictProbabilities(new float[3], new float[3]));
        Assert.Contains("probabilities holds 3 floats; ThreeToFour gives 4.", error.Message);
        error = Assert.Throws<ArgumentException>(() => new Coin().PredictProbabilities(new float[2], new float[3]));
        Assert.Contains("Coin gives 1, that of class 1, or 2, one for each class.", error.Message);
        Assert.Contains("input holds 2 floats", Assert.Throws<ArgumentException>(() => new ThreeToFour().PredictProbabilities(new float[2], new float[4])).Message);

        static string Refused<TNetwork>(TNetwork network) where TNetwork : class, INetwork<TNetwork> => Assert.Throws<InvalidOperationException>(
            () => network.PredictProbabilities(new float[TNetwork.InputLength], new float[TNetwork.OutputLength])).Message;
    }

    [Fact]
    public void Classes_are_ranked_by_their_probability()
    {
        var network = new ThreeToFour(seed: 4);
        network.Parameters["3.weight"].Fill(0);
        network.Parameters["3.bias"].CopyFrom([1, 3, 2, 3]);
        var model = new Model<ThreeToFour>(network, new ModelCard { ClassNames = ["a", "b", "c", "d"] });
        var all = new float[4];
        model.PredictProbabilities([1, 2, 3], all);

        RankedClass[] ranking = model.RankClasses([1, 2, 3], 3);

        Assert.Equal([new(1, "b", all[1]), new(3, "d", all[3]), new(2, "c", all[2])], ranking);
        Assert.Equal(["b", "d", "c", "a"], model.RankClasses([1, 2, 3], 10).Select(ranked => ranked.Name));
        network.Parameters["3.bias"].CopyFrom([float.NaN, 3, 2, 3]);
        Assert.Equal([0, 1, 2, 3], model.RankClasses([1, 2, 3], 4).Select(ranked => ranked.Class));
    }

    [Fact]
    public void A_models_answers_allocate_nothing_and_any_number_of_threads_may_ask()
    {
        var scaling = new Scaling([1, 2, 3], [1, 2, 3], 3);
        var small = new Model<ThreeToFour>(new ThreeToFour(seed: 1), new ModelCard { ClassNames = ["a", "b", "c", "d"], InputScaling = scaling });
        var large = new Model<BigInput>(new BigInput(seed: 1), new ModelCard { InputScaling = new Scaling([1, 2], [2, 1], BigInput.InputLength) });
        var input = new float[3];
        var image = new float[BigInput.InputLength * 40];
        var output = new float[4 * 40];
        var ranking = new RankedClass[2];
        string[] names = new string[8];

        Allocation.None(Ask);

        string expected = small.ClassifyName(input);
        Parallel.For(0, 1000, i => Assert.Equal(expected, small.ClassifyName(input)));

        void Ask()
        {
            small.PredictProbabilities(input, output.AsSpan(0, 4));
            names[0] = small.ClassifyName(input);
            small.RankClasses(input, ranking);
            large.Predict(image.AsSpan(0, BigInput.InputLength), output.AsSpan(0, 3));
            large.Classify(image.AsSpan(0, BigInput.InputLength));
            large.PredictBatch(image, output.AsSpan(0, 120), threads: 1);
        }
    }
}
