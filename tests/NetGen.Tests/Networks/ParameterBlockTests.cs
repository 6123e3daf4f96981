namespace NetGen.Tests.Networks;

public class ParameterBlockTests
{
    [Fact]
    public void An_unknown_name_is_refused_with_the_names_there_are()
    {
        var block = new ParameterBlock(SampleDescription.Create());

        var error = Assert.Throws<KeyNotFoundException>(() => block["1.weight"]);
        Assert.Contains("'1.weight'", error.Message);
        Assert.Contains("0.weight, 0.bias, 2.weight, 2.bias", error.Message);
        Assert.False(block.TryGet("1.weight", out _));
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_seed_others()
    {
        var description = SampleDescription.Create();
        var (first, again, other) = (new ParameterBlock(description), new ParameterBlock(description), new ParameterBlock(description));

        first.Initialize(42);
        again["2.weight"].Fill(9);
        again.Initialize(42);
        other.Initialize(43);

        Assert.Equal(first.Span.ToArray(), again.Span.ToArray());
        Assert.NotEqual(first["0.weight"].ToArray(), other["0.weight"].ToArray());
        Assert.NotEqual(first["2.weight"].ToArray(), other["2.weight"].ToArray());
    }

    // The numbers a seed gives are a promise: a change of them changes everybody's results. These come from an
    // independent implementation of the same formulas.
    [Fact]
    public void A_seed_gives_the_same_numbers_on_every_machine()
    {
        var block = new ParameterBlock(SampleDescription.Create());
        block.Initialize(42);

        Assert.Equal(PinnedBits.HeNormal, block["0.weight"].ToArray()[..4].Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(PinnedBits.GlorotUniform, block["2.weight"].ToArray()[..4].Select(BitConverter.SingleToUInt32Bits));
    }

    [Fact]
    public void Initialization_draws_in_logical_order_whatever_the_layout()
    {
        var packed = SampleDescription.Create().Parameters[2];
        var plain = packed with { Layout = new TensorLayout(0, new LayoutDimension((40, 12)), new LayoutDimension((12, 1))) };
        var (first, second) = (BlockOf(packed), BlockOf(plain));

        first.Initialize(5);
        second.Initialize(5);

        Assert.Equal(second["2.weight"].ToArray(), first["2.weight"].ToArray());
    }

    [Fact]
    public void Initialization_leaves_padding_zero_and_sets_constants()
    {
        var block = new ParameterBlock(SampleDescription.Create());
        block["2.bias"].Fill(9);
        block.Initialize(1);

        bool[] used = SampleDescription.Used(block.Description);
        for (int i = 0; i < used.Length; i++)
            Assert.True(used[i] || block.Span[i] == 0, $"The padding at {i} is {block.Span[i]}.");
        Assert.All(block["0.bias"].ToArray(), value => Assert.Equal(0.25f, value));
        Assert.All(block["2.bias"].ToArray(), value => Assert.Equal(0, value));
    }

    [Theory]
    [InlineData(Initializer.HeNormal, 2.0 / 50)]
    [InlineData(Initializer.HeUniform, 2.0 / 50)]
    [InlineData(Initializer.GlorotNormal, 2.0 / 350)]
    [InlineData(Initializer.GlorotUniform, 2.0 / 350)]
    public void Each_initializer_has_mean_zero_and_its_variance(Initializer initializer, double variance)
    {
        var block = BlockOf(new ParameterDescription(
            "w", [300, 50], new TensorLayout(0, new LayoutDimension((300, 50)), new LayoutDimension((50, 1))),
            initializer, 0, FanIn: 50, FanOut: 300, Decays: true));
        block.Initialize(3);

        double[] values = [.. block["w"].ToArray().Select(value => (double)value)];
        Assert.InRange(values.Average(), -4 * Math.Sqrt(variance / values.Length), 4 * Math.Sqrt(variance / values.Length));
        Assert.InRange(values.Average(value => value * value) / variance, 0.95, 1.05);
        if (initializer is Initializer.HeUniform or Initializer.GlorotUniform)
            Assert.InRange(values.Max(Math.Abs), 0.98 * Math.Sqrt(3 * variance), Math.Sqrt(3 * variance) * 1.000001);
        else
            Assert.InRange(values.Max(Math.Abs), 3 * Math.Sqrt(variance), 6 * Math.Sqrt(variance));
    }

    [Fact]
    public void A_description_without_a_definite_initializer_is_refused()
    {
        var block = BlockOf(SampleDescription.Create().Parameters[3] with { Initializer = Initializer.Default, Layout = new TensorLayout(0, new LayoutDimension((40, 1))) });

        Assert.Contains("2.bias", Assert.Throws<InvalidOperationException>(() => block.Initialize(1)).Message);
    }

    [Fact]
    public void Values_are_taken_from_a_block_of_the_same_network_only()
    {
        var source = SampleDescription.Numbered();
        var target = new ParameterBlock(source.Description);

        target.CopyFrom(source);

        Assert.Equal(source.Span.ToArray(), target.Span.ToArray());
        Assert.Throws<ArgumentException>(() => target.CopyFrom(new ParameterBlock(SampleDescription.Create())));
    }

    private static ParameterBlock BlockOf(ParameterDescription parameter) => new(new NetworkDescription
    {
        Name = "Single",
        InputShape = [1],
        OutputShape = [1],
        Layers = [],
        Parameters = [parameter],
        ParameterBlockLength = parameter.Layout.Offset + 16384,
    });

    private static class PinnedBits
    {
        internal static readonly uint[] HeNormal = [3209509948, 3178039508, 3187163307, 3213837747];
        internal static readonly uint[] GlorotUniform = [1044173955, 3194224701, 1031035446, 3172790140];
    }
}
