namespace NetGen.Numerics.Tests.Models;

// Pairs of networks whose parameters have the same names and shapes and which compute something else with them.

[Network, Input(3), Dense(4), Activation(nameof(Bent), 0.5), Dense(2), MeanSquaredError]
public partial class BentOneWay
{
    [Differentiable] private static float Bent(float x, float slope) => x > 0 ? x : slope * x;
}

[Network, Input(3), Dense(4), Activation(nameof(Bent), 0.5), Dense(2), MeanSquaredError]
public partial class BentTheSameWay
{
    [Differentiable]
    private static float Bent(float x, float slope)
    {
        if (x <= 0)
            return x * slope;
        return 1 * x;
    }
}

[Network, Input(3), Dense(4), Activation(nameof(Bent), 0.5), Dense(2), MeanSquaredError]
public partial class BentAnotherWay
{
    [Differentiable] private static float Bent(float x, float slope) => x > 0 ? x * x : slope * x;
}

[Network, Input(4), SoftmaxCrossEntropy]
public partial class AddsFirst
{
    [Dense(4), Relu]
    public partial Layer One { get; }

    [Dense(4), Relu]
    public partial Layer Two { get; }

    [Dense(4)]
    public partial Layer Three { get; }

    [Add(nameof(One), nameof(Three))]
    public partial Layer Sum { get; }

    [Dense(3)]
    public partial Layer Logits { get; }
}

/// <summary>The first, where what is added goes through layers that a prediction does not notice.</summary>
[Network, Input(4), SoftmaxCrossEntropy]
public partial class AddsFirstWithDropout
{
    [Dense(4), Relu]
    public partial Layer One { get; }

    [Dense(4), Relu]
    public partial Layer Two { get; }

    [Dense(4)]
    public partial Layer Three { get; }

    [Dropout(0.1)]
    public partial Layer Thinned { get; }

    [From(nameof(One)), Dropout(0.5)]
    public partial Layer ThinnedOne { get; }

    [Add(nameof(ThinnedOne), nameof(Thinned))]
    public partial Layer Sum { get; }

    [Dense(3)]
    public partial Layer Logits { get; }
}

[Network, Input(4), SoftmaxCrossEntropy]
public partial class AddsSecond
{
    [Dense(4), Relu]
    public partial Layer One { get; }

    [Dense(4), Relu]
    public partial Layer Two { get; }

    [Dense(4)]
    public partial Layer Three { get; }

    [Add(nameof(Two), nameof(Three))]
    public partial Layer Sum { get; }

    [Dense(3)]
    public partial Layer Logits { get; }
}

[Network, Input(4), SoftmaxCrossEntropy]
public partial class StartsFromTheFirst
{
    [Dense(4), Relu]
    public partial Layer One { get; }

    [Dense(4), Relu]
    public partial Layer Two { get; }

    [From(nameof(One)), Dense(4)]
    public partial Layer Three { get; }

    [Add(nameof(Two), nameof(Three))]
    public partial Layer Sum { get; }

    [Dense(3)]
    public partial Layer Logits { get; }
}

[Network, Input(4)]
public partial class FirstThenSecond
{
    [Dense(4)]
    public partial Layer Trunk { get; }

    [Dense(2), MeanSquaredError]
    public partial Layer One { get; }

    [From(nameof(Trunk)), Dense(2), MeanAbsoluteError]
    public partial Layer Two { get; }
}

/// <summary>The same, with one of its outputs where the other took it from.</summary>
[Network, Input(4)]
public partial class SecondOfFirst
{
    [Dense(4)]
    public partial Layer Trunk { get; }

    [Dense(2), MeanSquaredError]
    public partial Layer One { get; }

    [From(nameof(Trunk)), Dense(2)]
    public partial Layer Two { get; }

    [Multiply(nameof(One), nameof(Two)), MeanAbsoluteError]
    public partial Layer Three { get; }
}

[Network, Input(4), Dense(4), LeakyRelu(0.1), Dense(1)]
public partial class Steep;

[Network, Input(4), Dense(4), LeakyRelu(0.2), Dense(1)]
public partial class Steeper;

[Network, Input(4, 4), Dense(1)]
public partial class Straight;

[Network, Input(4, 4), Transpose(1, 0), Dense(1)]
public partial class Turned;

[Network, Input(1, 4, 4), Crop(Left = 1), Dense(1)]
public partial class CroppedLeft;

[Network, Input(1, 4, 4), Crop(Right = 1), Dense(1)]
public partial class CroppedRight;

[Network, Input(1, 4, 4), Pad(1), Dense(1)]
public partial class PaddedWithZeros;

[Network, Input(1, 4, 4), Pad(1, Mode = PadMode.Reflect), Dense(1)]
public partial class PaddedWithMirrors;

[Network, Input(1, 4, 4), Upsample(2), Dense(1)]
public partial class Repeated;

[Network, Input(1, 4, 4), Upsample(2, Mode = UpsampleMode.Bilinear), Dense(1)]
public partial class Interpolated;

[Network, Input(4), LayerNorm, Dense(1)]
public partial class UsualNorm;

[Network, Input(4), LayerNorm(Epsilon = 0.001), Dense(1)]
public partial class OtherNorm;

[Network, Input(1, 4, 4), ConvTranspose2D(2, 3, Stride = 2, Pad = 1, OutputPadding = 1), Dense(1)]
public partial class SpreadOut;

[Network, Input(1, 4, 4), ConvTranspose2D(2, 3, Stride = 2, Dilation = 2, Pad = 2, OutputPadding = 1), Dense(1)]
public partial class SpreadWider;

[Network, Input(1, 6, 6), AveragePool2D(3, Stride = 2, Pad = 1), Dense(1)]
public partial class CountsPadding;

[Network, Input(1, 6, 6), AveragePool2D(3, Stride = 2, Pad = 1, CountPadding = false), Dense(1)]
public partial class LeavesPaddingOut;

/// <summary>A file of a network that computes something else is refused, although every shape in it fits, and the message names the layer.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Layers_that_read_other_layers() => Refused<AddsFirst, AddsSecond>(
        "expected 'Sum: Add from Two.1 and Three, output 4', found 'Sum: Add from One.1 and Three, output 4'");

    [Fact]
    public void Layers_that_start_elsewhere() => Refused<AddsSecond, StartsFromTheFirst>(
        "expected 'Three: Dense(4) from One.1, output 4', found 'Three: Dense(4), output 4'");

    [Fact]
    public void Outputs_of_other_layers() => Refused<FirstThenSecond, SecondOfFirst>("expected 'Three: Multiply from One and Two, output 2', found 'output one from One'");

    [Fact]
    public void What_only_hands_on_may_be_another()
    {
        using var file = new MemoryStream();
        Create<AddsFirst>(seed: 3).Parameters.Save(file);
        file.Position = 0;
        new AddsFirstWithDropout().Parameters.Load(file);
    }

    private static TNetwork Create<TNetwork>(int seed) where TNetwork : class, INetwork<TNetwork> => TNetwork.Create(seed);

    [Fact]
    public void Layers_with_other_settings()
    {
        Refused<Steep, Steeper>("expected '1: LeakyRelu(0.2), output 4', found '1: LeakyRelu(0.1), output 4'");
        Refused<Straight, Turned>("expected '0: Transpose(1, 0), output 4×4'", loadsNames: false);
        Refused<CroppedLeft, CroppedRight>("expected '0: Crop(from 0×0), output 1×4×3', found '0: Crop(from 0×1), output 1×4×3'");
        Refused<PaddedWithZeros, PaddedWithMirrors>("Pad(1×1, reflect)");
        Refused<Repeated, Interpolated>("Upsample(2, bilinear)");
        Refused<UsualNorm, OtherNorm>("LayerNorm(epsilon 0.001)");
        Refused<SpreadOut, SpreadWider>("stride 2, dilation 2, padding 2, output padding 1");
        Refused<CountsPadding, LeavesPaddingOut>("padding not counted");
    }

    /// <summary>The name and the constants are the same; how a formula is written does not matter.</summary>
    [Fact]
    public void Functions_of_the_same_name()
    {
        Refused<BentOneWay, BentAnotherWay>(
            "expected '1: Bent(0.5), output 4, values -3.1 → -1.55, -0.7 → -0.35, 0.6 → 0.36, 2.3 → 5.29', "
            + "found '1: Bent(0.5), output 4, values -3.1 → -1.55, -0.7 → -0.35, 0.6 → 0.6, 2.3 → 2.3'");
        using var file = new MemoryStream();
        Create<BentOneWay>(seed: 3).Parameters.Save(file);
        file.Position = 0;
        new BentTheSameWay().Parameters.Load(file);
    }

    private static void Refused<TSaved, TLoading>(string message, bool loadsNames = true)
        where TSaved : class, INetwork<TSaved>
        where TLoading : class, INetwork<TLoading>
    {
        if (loadsNames)
            Assert.Equal(Names<TSaved>(), Names<TLoading>());
        using var file = new MemoryStream();
        TSaved.Create(seed: 3).Parameters.Save(file);
        file.Position = 0;
        TLoading loading = TLoading.Create(seed: 4);
        float[] before = loading.Parameters.Span.ToArray();

        Assert.Contains(message, Assert.Throws<InvalidDataException>(() => loading.Parameters.Load(file)).Message);
        Assert.Equal(before, loading.Parameters.Span.ToArray());

        file.Position = 0;
        TSaved again = TSaved.Create(seed: 5);
        again.Parameters.Load(file);
        Assert.Equal(TSaved.Create(seed: 3).Parameters.Span.ToArray(), again.Parameters.Span.ToArray());
    }

    // What is inserted moves the numbers of the layers behind it.
    private static IEnumerable<string> Names<T>() where T : class, INetwork<T> =>
        T.Description.Parameters.Select(parameter => $"{parameter.Name} {string.Join('×', parameter.Shape)}");
}
