using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Limits;

/// <summary>Layers that are alike and many, of which kernels are made together: the names in them must not run out, or meet.</summary>
public sealed class ManyAlikeTests
{
    private const string Body = "[Block, Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu] "
        + "[Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm] public class Body;";

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20)]
    public void Norms_of_one_width_are_prepared_together(int times)
    {
        GeneratorRun run = GeneratorHarness.Run(
            $"{Body} [Network, Input(3, 8, 8), Conv2D(8, 3, Padding = Padding.Same, Bias = false), BatchNorm, Relu, Residual<Body>(Times = {times}), "
            + "GlobalAveragePool, Dense(4), SoftmaxCrossEntropy] public partial class Deep;");
        Assert.Empty(run.AllDiagnostics);
    }
}
