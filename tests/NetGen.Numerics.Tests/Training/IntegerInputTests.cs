using NetGen.Data;
using NetGen.Testing;

namespace NetGen.Numerics.Tests.Training;

/// <summary>
/// Tokens and lengths are whole numbers within their ranges, wherever they come in, and mistakes are refused before anything is computed.
/// </summary>
[Trait("Category", "Numeric")]
public sealed class IntegerInputTests
{
    [Fact]
    public void Tokens_are_whole_numbers_in_every_signature()
    {
        var model = new TokensOfLengths(seed: 1);
        int[] tokens = [3, 1, 4, 0, 0, 5, 2, 6, 0, 0];
        float[] outputs = new float[4], one = new float[2];
        model.PredictBatch(tokens, [3, 2], outputs);
        model.Predict(tokens.AsSpan(0, 3), one);
        Assert.Equal(outputs[..2], one);
        model.Predict(tokens.AsSpan(5, 2), one);
        Assert.Equal(outputs[2..], one);
        Assert.Equal(one[1] > one[0] ? 1 : 0, model.Classify(tokens.AsSpan(5, 2)));
        // As floats each sample has its length behind it.
        model.Predict([5, 2, -1, float.NaN, 99, 2], one);
        Assert.Equal(outputs[2..], one);
        Allocation.None(() => model.Predict(tokens.AsSpan(0, 3), one));
    }

    [Fact]
    public void Steps_of_features_have_a_length_beside_them()
    {
        var model = new StepsAndTokens(seed: 1);
        float[] steps = [1, 2, 3, 4, float.NaN, 6], output = new float[1], same = new float[1];
        model.Predict(steps, 2, [1, 2, 3], output);
        model.Predict(steps.AsSpan(0, 4), 2, [1, 2, 3], same);
        Assert.Equal(output, same);
        model.Predict([1, 2, 3, 4, 7, 8, 2, 1, 2, 3], same);
        Assert.Equal(output, same);
        Assert.StartsWith("The length of steps is 4; a sequence has 1 to 3 steps.", Message(() => model.Predict(steps, 4, [1, 2, 3], output)));
        Assert.StartsWith("steps holds 5 floats; 2 steps are 4, and all 3 are 6.", Message(() => model.Predict(steps.AsSpan(0, 5), 2, [1, 2, 3], output)));
        Assert.StartsWith(
            "Sample 0 holds 4 at step 1 of words; the tokens of StepsAndTokens are 0 to 3.", Message(() => model.Predict(steps, 2, [1, 4, 3], output)));
        Assert.StartsWith("words holds 2 tokens; there must be 3.", Message(() => model.Predict(steps, 2, [1, 3], output)));
    }

    [Fact]
    public void Predictions_refuse_what_is_no_token_or_length()
    {
        var model = new TokensOfLengths(seed: 1);
        var output = new float[2];
        const string Vocabulary = "; the tokens of TokensOfLengths are 0 to 6.";
        Assert.StartsWith("Sample 0 holds 7 at step 1 of input" + Vocabulary, Message(() => model.Predict([1, 7, 0], output)));
        Assert.StartsWith("Sample 0 holds 2.1474836E+09 at step 0 of input" + Vocabulary, Message(() => model.Predict([int.MaxValue], output)));
        Assert.StartsWith("Sample 0 holds -2.1474836E+09 at step 0 of input" + Vocabulary, Message(() => model.Classify([int.MinValue])));
        Assert.StartsWith("The number of tokens is 6; a sequence has 1 to 5 steps.", Message(() => model.Predict(new int[6], output)));
        Assert.StartsWith("The number of tokens is 0; a sequence has 1 to 5 steps.", Message(() => model.Predict(ReadOnlySpan<int>.Empty, output)));
        Assert.StartsWith("Lengths at 1 is 6; a sequence has 1 to 5 steps.", Message(() => model.PredictBatch(new int[10], [2, 6], new float[4])));
        Assert.StartsWith(
            "Sample 1 holds -1 at step 0 of input" + Vocabulary,
            Message(() => model.PredictBatch([0, 0, 0, 0, 0, -1, 0, 0, 0, 0], [2, 6 - 1], new float[4])));
        Assert.StartsWith("Sample 0 holds 1.5 at step 2 of input" + Vocabulary, Message(() => model.Predict([0, 1, 1.5f, 0, 0, 3], output)));
        Assert.StartsWith(
            "length of sample 1 is 0; TokensOfLengths expects a whole number of steps from 1 to 5.",
            Message(() => model.PredictBatch([0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0], new float[4])));
        Assert.Equal([0, 0], output);
    }

    [Fact]
    public void Trainers_refuse_what_is_no_token_or_length_and_say_where()
    {
        var model = new TokensOfLengths(seed: 1);
        float[] before = model.Parameters.Span.ToArray();
        using var trainer = new Trainer<TokensOfLengths>(model, new Sgd(0.1f));
        const string NoToken = "Sample 1 holds 7 at step 0 of input; the tokens of TokensOfLengths are 0 to 6.";
        float[] inputs = [1, 2, 3, 4, 5, 5, 7, 2, 3, 4, 5, 2];
        Assert.StartsWith(NoToken, Message(() => trainer.Step(inputs, (ReadOnlySpan<int>)[0, 1])));
        Dataset data = new MemoryDataset([1, 2, 3, 4, 5, 7, 2, 3, 4, 5], steps: 5).AddLengths([5, 2]).AddTargets([0, 1]);
        Assert.StartsWith(NoToken, Message(() => trainer.Fit(data, new FitOptions { Epochs = 1, Shuffle = false, Progress = null })));
        Assert.StartsWith(NoToken, Message(() => trainer.Evaluate(data)));
        Dataset tooLong = new MemoryDataset(new int[10], steps: 5).AddLengths([5, 6]).AddTargets([0, 1]);
        Assert.StartsWith("length of sample 1 is 6;", Message(() => trainer.Evaluate(tooLong)));
        Assert.Equal(before, model.Parameters.Span.ToArray());
    }

    [Fact]
    public void Names_of_lengths_are_those_of_no_point()
    {
        Assert.Equal(["steps", "stepsLength", "words"], StepsAndTokens.Description.InputPoints.Select(input => input.Name));
        Assert.Equal("steps", StepsAndTokens.Description.InputPoints[1].LengthOf);
        Assert.Equal(["text", "textLength_", "textLength"], LengthNames.Description.InputPoints.Select(input => input.Name));
    }

    private static string Message(Action use) => Assert.ThrowsAny<ArgumentException>(use).Message;
}
