using NetGen.Data;

namespace NetGen.Numerics.Tests.Losses;

/// <summary>Every loss that a network can declare, against its formula and the formula's differences in double precision.</summary>
[Trait("Category", "Numeric")]
public sealed class LossFormulaTests
{
    private const int Count = 7;

    private static readonly double[] s_classWeights = [1, 0.25, 3];

    private static readonly Dictionary<string, Action> s_cases = new()
    {
        ["MeanSquaredError"] = () => Values(new SquaredErrorOf37(), LossTargets.Numbers, LossFormulas.SquaredError),
        ["MeanSquaredError of whole vectors"] = () => Values(new SquaredErrorOf16(), LossTargets.Numbers, LossFormulas.SquaredError),
        ["MeanSquaredError of one output"] = () => Values(new SquaredErrorOfOne(), LossTargets.Numbers, LossFormulas.SquaredError),
        ["MeanSquaredError of an image"] = () => Values(new SquaredErrorOfImage(), LossTargets.Numbers, LossFormulas.SquaredError),
        ["MeanSquaredError of a flattened image"] = () => Values(new SquaredErrorOfFlatImage(), LossTargets.Numbers, LossFormulas.SquaredError),
        ["MeanAbsoluteError"] = () => Values(new AbsoluteErrorOf37(), LossTargets.Numbers, LossFormulas.AbsoluteError),
        ["Huber"] = () => Values(new HuberOf37(), LossTargets.Numbers, LossFormulas.Huber(0.7)),
        ["SmoothL1"] = () => Values(new SmoothL1Of37(), LossTargets.Numbers, LossFormulas.SmoothL1(0.5)),
        ["SmoothL1(0)"] = () => Values(new SmoothL1WithoutSquare(), LossTargets.Numbers, LossFormulas.AbsoluteError),
        ["LogCosh"] = () => Values(new LogCoshOf37(), LossTargets.Numbers, LossFormulas.LogCosh),
        ["PoissonNll"] = () => Values(new PoissonNllOf37(), LossTargets.Counts, LossFormulas.PoissonNll),
        ["BinaryHinge"] = () => Values(new BinaryHingeOf37(), LossTargets.Signs, LossFormulas.BinaryHinge),
        ["BinaryCrossEntropy"] = () => Values(new BinaryCrossEntropyOf37(), LossTargets.Fractions, LossFormulas.BinaryCrossEntropy),
        ["SoftmaxCrossEntropy"] = () => Classes(new CrossEntropyOf37(), LossFormulas.CrossEntropy),
        ["SoftmaxCrossEntropy of probabilities"] = () => Values(new CrossEntropyOf37(), LossTargets.Probabilities, LossFormulas.CrossEntropy),
        ["SoftmaxCrossEntropy with settings"] = () =>
            Classes(new SmoothedCrossEntropyOf3(), LossFormulas.SmoothedCrossEntropy(0.2, s_classWeights), s_classWeights, weighsTerms: true),
        ["SoftmaxCrossEntropy of a flattened image"] = () => Classes(new CrossEntropyOfFlatImage(), LossFormulas.CrossEntropy),
        ["Focal"] = () => Classes(new FocalOf37(), LossFormulas.Focal(1.5)),
        ["Focal with class weights"] = () => Classes(new FocalOf3(), LossFormulas.Focal(2), s_classWeights),
        ["KullbackLeibler"] = () => Values(new KullbackLeiblerOf37(), LossTargets.Probabilities, LossFormulas.KullbackLeibler),
        ["KullbackLeibler of class ids"] = () => Classes(new KullbackLeiblerOf37(), LossFormulas.CrossEntropy),
        ["MultiClassHinge"] = () => Classes(new MultiClassHingeOf37(), LossFormulas.MultiClassHinge(0.5)),
        ["MultiClassHinge with class weights"] = () => Classes(new MultiClassHingeOf3(), LossFormulas.MultiClassHinge(1), s_classWeights),
        ["CosineEmbedding"] = () => Values(new CosineEmbeddingOf37(), LossTargets.Numbers, LossFormulas.CosineEmbedding),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_its_gradient_and_its_evaluation_are_those_of_the_formula(string name) => s_cases[name]();

    [Fact]
    public void Log_cosh_keeps_its_digits_near_zero()
    {
        var model = new LogCoshOf37();
        PassOn(model);
        using var trainer = new Trainer<LogCoshOf37>(model, new Sgd(0.1f));
        float[] outputs = [.. Enumerable.Range(0, 37).Select(i => 1e-4f * (i - 18))];
        double expected = outputs.Average(x => Math.Log(Math.Cosh(x)));
        Assert.Equal(expected, trainer.ComputeGradient(outputs, new float[37]), 2e-6 * expected);
    }

    [Fact]
    public void Losses_far_out_stay_finite()
    {
        float[] outputs = [.. Enumerable.Range(0, 37).Select(i => 1e4f * (i - 18))];
        Assert.True(float.IsFinite(Loss(new LogCoshOf37())), "LogCosh");
        Assert.True(float.IsFinite(Loss(new BinaryCrossEntropyOf37())), "BinaryCrossEntropy");
        Assert.True(float.IsFinite(Loss(new BinaryHingeOf37())), "BinaryHinge");
        Assert.True(float.IsFinite(Loss(new CosineEmbeddingOf37())), "CosineEmbedding");

        float Loss<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
        {
            PassOn(model);
            using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
            return trainer.ComputeGradient(outputs, LossTargets.Signs(1, 37));
        }
    }

    /// <summary>Sets a network's only weight so that its output is its input.</summary>
    internal static void PassOn<TNetwork>(TNetwork model) where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        ParameterTensor weight = model.Parameters["0.weight"];
        weight.Fill(0);
        for (int i = 0; i < weight.Shape[0]; i++)
        {
            if (weight.Shape.Count == 2)
                weight[i, i] = 1;
            else
                weight[i, i, 0, 0] = 1;
        }
    }

    private static void Values<TNetwork>(TNetwork model, Func<int, int, float[]> makeTargets, Func<double[], double[], double> formula)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        float[] targets = makeTargets(Count, TNetwork.OutputLength);
        Check(model, targets, null, targets, new double[Count].Select(_ => 1.0).ToArray(), formula);
    }

    /// <param name="model">The network.</param>
    /// <param name="formula">The loss of a sample.</param>
    /// <param name="classWeights">The network's class weights, by which the mean divides.</param>
    /// <param name="weighsTerms">Whether the formula weighs the classes itself.</param>
    private static void Classes<TNetwork>(
        TNetwork model, Func<double[], double[], double> formula, double[]? classWeights = null, bool weighsTerms = false)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        int length = TNetwork.OutputLength;
        int[] classes = LossTargets.Classes(Count, length);
        var targets = new float[Count * length];
        for (int sample = 0; sample < Count; sample++)
            targets[sample * length + classes[sample]] = 1;
        double[] weights = [.. classes.Select(id => classWeights?[id] ?? 1)];
        Check(model, null, classes, targets, weights, weighsTerms
            ? (x, t) => formula(x, t) / classWeights![Array.IndexOf(t, 1)]
            : formula);
    }

    private static void Check<TNetwork>(
        TNetwork model, float[]? values, int[]? classes, float[] targets, double[] classWeights, Func<double[], double[], double> formula)
        where TNetwork : class, ITrainableNetwork<TNetwork>
    {
        PassOn(model);
        int length = TNetwork.OutputLength;
        float[] outputs = LossTargets.Numbers(Count, length, seed: 1);
        float[] sampleWeights = [.. LossTargets.Fractions(Count, 1).Select(value => value + 0.1f)];
        double[] weights = [.. classWeights.Select((weight, sample) => weight * sampleWeights[sample])];

        using var trainer = new Trainer<TNetwork>(model, new Sgd(0.1f));
        var gradient = new float[outputs.Length];
        float loss = classes is null
            ? trainer.ComputeGradient(outputs, values, gradient, sampleWeights)
            : trainer.ComputeGradient(outputs, classes, gradient, sampleWeights);
        Assert.Equal(Mean(weights), loss, 3e-6 * Math.Max(1, Math.Abs(loss)));
        for (int i = 0; i < outputs.Length; i++)
        {
            int sample = i / length;
            double slope = weights[sample] / weights.Sum() * Difference(sample, i % length);
            if (!(Math.Abs(slope - gradient[i]) < 3e-6))
                Assert.Fail($"gradient[{sample}, {i % length}] is {gradient[i]}, not {slope}.");
        }

        var samples = classes is null
            ? new MemoryDataset(outputs, [.. TNetwork.Description.InputShape], values!, length)
            : new MemoryDataset(outputs, [.. TNetwork.Description.InputShape], classes, length);
        double evaluated = trainer.Evaluate(samples).Loss;
        Assert.Equal(Mean(classWeights), evaluated, 3e-6 * Math.Max(1, Math.Abs(loss)));

        double Mean(double[] w) => w.Select((weight, sample) => weight * formula(Row(outputs, sample), Row(targets, sample))).Sum() / w.Sum();

        double Difference(int sample, int element)
        {
            const double Step = 1e-5;
            double[] row = Row(outputs, sample), target = Row(targets, sample);
            row[element] += Step;
            double above = formula(row, target);
            row[element] -= 2 * Step;
            return (above - formula(row, target)) / (2 * Step);
        }

        double[] Row(float[] all, int sample) => [.. all.Skip(sample * length).Take(length).Select(value => (double)value)];
    }
}
