using NetGen.Testing;

namespace NetGen.Tests.Networks;

public class ParameterTensorTests
{
    private readonly ParameterBlock _block = new(SampleDescription.Create());

    [Theory]
    [InlineData("0.weight")]
    [InlineData("0.bias")]
    [InlineData("2.weight")]
    [InlineData("2.bias")]
    public void Elements_lie_where_the_layout_says(string name)
    {
        var tensor = _block[name];
        float[] elements = [.. Enumerable.Range(1, tensor.Length).Select(i => (float)i)];

        tensor.CopyFrom(elements);

        int[] offsets = [.. SampleDescription.Offsets(tensor.Description)];
        Assert.Equal(elements, offsets.Select(offset => _block.Span[offset]));
        Assert.Equal(elements.Sum(), _block.Span.ToArray().Sum());
        Assert.Equal(elements, tensor.ToArray());
    }

    [Fact]
    public void Panels_of_32_and_a_permuted_input_are_found_by_logical_indices()
    {
        var weight = _block["2.weight"];
        weight[33, 1 * 4 + 1 * 2 + 0] = 7; // output 33; channel 1, row 1, column 0

        int panel = 12 * 32;
        int start = SampleDescription.Create().Parameters[2].Layout.Offset;
        int channelsLast = (1 * 2 + 0) * 3 + 1;
        Assert.Equal(7, _block.Span[start + panel + channelsLast * 32 + 1]);
        Assert.Equal(7, weight[33, 6]);
        Assert.Equal(7, weight.ToArray()[33 * 12 + 6]);
    }

    [Fact]
    public void Padding_is_left_alone_by_every_way_of_writing()
    {
        bool[] used = SampleDescription.Used(_block.Description);

        foreach (var tensor in _block)
        {
            tensor.Fill(3);
            tensor.CopyFrom(tensor.ToArray());
        }

        Assert.Equal(used, _block.Span.ToArray().Select(value => value == 3));
        Assert.Contains(false, used);
    }

    [Fact]
    public void A_wrong_length_names_the_tensor_its_shape_and_both_lengths()
    {
        var tensor = _block["2.weight"];

        var error = Assert.Throws<ArgumentException>(() => tensor.CopyFrom(new float[479]));
        Assert.Contains("2.weight [40, 12] takes 480 floats, found 479", error.Message);
        Assert.Throws<ArgumentException>(() => tensor.CopyTo(new float[481]));
        Assert.All(_block.Span.ToArray(), value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_wrong_index_is_refused()
    {
        var tensor = _block["2.weight"];

        Assert.Contains("takes 2 indices, found 1", Assert.Throws<ArgumentException>(() => tensor[1]).Message);
        Assert.Contains("index 1 goes from 0 to 11", Assert.Throws<ArgumentOutOfRangeException>(() => tensor[0, 12]).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => tensor[-1, 0] = 1);
    }

    [Fact]
    public void A_view_outside_of_its_block_is_refused()
    {
        NetworkDescription network = _block.Description;
        ParameterDescription last = network.Parameters[3];
        var shorter = new NetworkDescription
        {
            Name = network.Name, InputShape = network.InputShape, OutputShape = network.OutputShape, Layers = network.Layers,
            Parameters = network.Parameters, ParameterBlockLength = last.Layout.Offset + 39,
        };

        var error = Assert.Throws<ArgumentException>(() => new ParameterBlock(shorter));
        Assert.Contains("2.bias", error.Message);
    }

    [Fact]
    public void Reading_and_writing_allocate_nothing()
    {
        var tensor = _block["2.weight"];
        var elements = new float[tensor.Length];
        Allocation.None(() =>
        {
            tensor.CopyTo(elements);
            tensor.CopyFrom(elements);
            tensor[1, 2] = tensor[2, 1];
            tensor.Fill(1);
        });
    }
}
