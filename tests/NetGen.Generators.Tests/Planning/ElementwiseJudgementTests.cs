using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Losses of an image's elements are operations like others: in the image's own order, in the pass that begins the way back.</summary>
public class ElementwiseJudgementTests
{
    [Fact]
    public void Targets_are_laid_out_as_the_image_and_outputs_as_the_caller_has_them_where_it_asks_for_these()
    {
        string step = StepOf("Input(3, 20, 20), Conv2D(24, 3), Relu, MeanSquaredError");
        Assert.Contains("if (frame.EndsAtOutputs)\n                {\n                    // orderedOutput = relu1, laid out anew\n", step);
        Assert.Contains("CopyTarget(ref orderedTargetTurn, ref targets, ", step);
        Assert.DoesNotContain("orderedGradient", step);
    }

    [Fact]
    public void The_gradient_the_slope_the_loss_and_the_sum_for_the_bias_are_one_pass() => Assert.Contains(
        "// dBiased0 = (relu1 > 0 ? 2 * (share * (relu1 - target)) + given * target : 0);\n"
        + "            //   lossOfChannel = Σ share * ((relu1 - target) * (relu1 - target)); dBias0OfSample = Σ dBiased0\n",
        StepOf("Input(3, 40, 40), Conv2D(24, 3), Relu, MeanSquaredError"));

    [Fact]
    public void Nothing_of_the_targets_is_read_before_outputs_are_judged()
    {
        string step = StepOf("Input(3, 20, 20), Conv2D(24, 3), BatchNorm, Relu, MeanSquaredError");
        Assert.True(step.IndexOf("ref targets, ", StringComparison.Ordinal) > step.IndexOf("frame.Judge(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("BatchNorm", "norm0 = ")]
    [InlineData("BatchNorm, Relu", "relu1 = ")]
    [InlineData("InstanceNorm, Relu", "relu1 = ")]
    public void What_cheap_maps_make_of_what_the_way_back_reads_is_written_for_callers_alone(string layers, string output)
    {
        string step = StepOf($"Input(3, 64, 64), {layers}, MeanSquaredError");
        int place = step.IndexOf($"// {output}", StringComparison.Ordinal);
        Assert.True(place > 0);
        Assert.EndsWith("if (frame.EndsAtOutputs)\n                {\n                    ", step[..place]);
        Assert.Equal(-1, step.IndexOf(output.Split(' ')[0] + "Turn, ref targets", StringComparison.Ordinal));
    }

    [Theory]
    // What an exponential makes is not made again.
    [InlineData("Input(3, 64, 64), BatchNorm, Sigmoid, MeanSquaredError", "sigmoid1 = ")]
    // What is longer takes as much to make again as to read.
    [InlineData("Input(3, 64, 64), BatchNorm, LeakyRelu, MeanSquaredError", "leakyRelu1 = ")]
    // Nobody reads what the product was before its activation.
    [InlineData("Input(3, 64, 64), Conv2D(4, 1), Relu, MeanSquaredError", "relu1 = ")]
    public void Other_outputs_are_written(string layers, string output)
    {
        string step = StepOf(layers);
        int place = step.IndexOf(output, StringComparison.Ordinal);
        Assert.True(place > 0);
        Assert.DoesNotContain("if (frame.EndsAtOutputs)", step[..place]);
    }

    [Theory]
    // A gradient that the caller gives goes through the loss's expression, which has to be finite.
    [InlineData("Input(3, 20, 20), Conv2D(24, 3), PoissonNll")]
    // Nor does it tell of one that is not finite.
    [InlineData("Input(3, 20, 20), Conv2D(24, 3), BinaryHinge")]
    [InlineData("Input(20), Dense(30), MeanSquaredError")]
    [InlineData("Input(20), Dense(48), Reshape(3, 4, 4), MeanSquaredError")]
    public void Other_losses_compute_their_gradients_themselves(string layers)
    {
        string step = StepOf(layers);
        Assert.Contains("frame.TakesGradient(", step);
        Assert.DoesNotContain("frame.Judge(", step);
    }

    [Theory]
    [InlineData("MeanSquaredError")]
    [InlineData("MeanAbsoluteError")]
    [InlineData("Huber(0.5f)")]
    [InlineData("SmoothL1")]
    [InlineData("LogCosh")]
    [InlineData("BinaryCrossEntropy")]
    public void These_are_operations(string loss) => Assert.Contains("frame.Judge(", StepOf($"Input(3, 20, 20), Conv2D(24, 3), {loss}"));

    private static string StepOf(string layers)
    {
        string text = GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        int start = text.IndexOf("void Backpropagate(", StringComparison.Ordinal);
        return text[start..text.IndexOf("void EvaluateLoss(", StringComparison.Ordinal)];
    }
}
