using System.Text.RegularExpressions;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Images that are outputs are judged in the loop that computes them and goes back from them, one or a few samples at a time.</summary>
public class LossInTurnTests
{
    private const string Images = "Input(4, 40, 40), Conv2D(32, 3), Gelu, MeanSquaredError";

    [Fact]
    public void A_sample_is_judged_and_goes_back_before_the_next_one_comes()
    {
        string loop = LoopOf(TextOf(Images), "frame.Judge(");
        string[] order =
        [
            "gelu1 = ", "frame.Judge(", "frame.EndsAtOutputs", "CopyTarget(", "// dBiased0 = ", "lossOfChannel = ", "dBias0OfSample = ", "// loss = ",
        ];
        int[] places = [.. order.Select(part => loop.LastIndexOf(part, StringComparison.Ordinal))];
        Assert.DoesNotContain(-1, places);
        Assert.Equal(places.Order(), places);
    }

    [Fact]
    public void What_is_done_with_when_a_sample_is_takes_turns_in_the_place_of_the_first()
    {
        string loop = LoopOf(TextOf(Images), "frame.Judge(");
        Assert.Contains("int turn = frame.IsWhole ? from - first : 0;", loop);
        Assert.Contains("ref float dBiased0Turn = ", loop);
        Assert.Contains("ref biased0Turn", loop);
    }

    [Fact]
    public void What_a_later_phase_reads_of_all_samples_takes_no_turns()
    {
        // Statistics of the batch stand between the product and what is made of it.
        string text = TextOf("Input(4, 40, 40), Conv2D(32, 3, Bias = false), BatchNorm, MeanSquaredError");
        Assert.DoesNotContain("conv0Turn", text);
        Assert.Contains("norm1Turn", text);
    }

    [Fact]
    public void Gradients_lie_in_the_place_of_what_a_loss_has_read()
    {
        string text = TextOf("Input(8), Dense(32), MeanSquaredError");
        text = text[text.IndexOf("void Backpropagate(", StringComparison.Ordinal)..];
        Assert.Equal(PlaceOf("biased0", text), PlaceOf("dBiased0", text));
    }

    [Fact]
    public void A_loss_that_reads_outputs_again_writes_beside_them()
    {
        string text = TextOf("Input(40), Dense(7), SoftmaxCrossEntropy");
        Assert.Contains("biased0 = ref workspace", text);
        Assert.DoesNotContain("dBiased0 = ref workspace", text);
    }

    [Theory]
    [InlineData("Input(4, 40, 40), Conv2D(32, 3), Relu, MeanSquaredError", true)]
    [InlineData("Input(4, 40, 40), Conv2D(32, 7), Relu, MeanSquaredError", true)]
    [InlineData("Input(16, 40, 40), Conv2D(64, 7), Relu, MeanSquaredError", false)]
    [InlineData("Input(4, 12, 12), Conv2D(4, 3), Relu, MeanSquaredError", false)]
    public void Gradients_of_weights_that_are_few_beside_a_turn_are_summed_turn_by_turn(string layers, bool isByTurn) =>
        Assert.Equal(isByTurn, TextOf(layers).Contains("// dWeight0OfTurn = Σ input · dBiased0", StringComparison.Ordinal));

    [Fact]
    public void Small_outputs_behind_many_weights_are_judged_together() =>
        Assert.Contains("ref targets, from, to);", TextOf("Input(1, 40, 40), Conv2D(8, 3), Relu, MaxPool2D(2), Dense(9), MeanSquaredError"));

    private static string PlaceOf(string tensor, string text) => Regex.Match(text, $@"\b{tensor} = (ref [\w.]+(\([^)]*\))?)").Groups[1].Value;

    private static string LoopOf(string text, string call)
    {
        int place = text.IndexOf($"{call}", StringComparison.Ordinal);
        int start = text.LastIndexOf("for (int first = from;", place, StringComparison.Ordinal);
        return text[start..text.IndexOf("\n        }", place, StringComparison.Ordinal)];
    }

    private static string TextOf(string layers) => GeneratorHarness.Generate($"[Network, {layers}] public partial class Net;")
        .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
}
