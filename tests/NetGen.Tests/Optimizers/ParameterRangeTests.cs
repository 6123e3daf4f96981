namespace NetGen.Tests.Optimizers;

public sealed class ParameterRangeTests
{
    [Fact]
    public void Weights_decay_and_biases_do_not_and_padding_belongs_to_the_tensor_before_it()
    {
        var network = Network(("0.weight", 0, 20, true), ("0.bias", 32, 4, false), ("1.weight", 48, 8, true), ("1.bias", 64, 2, false));
        Assert.Equal(
            [new ParameterRange(0, 32), new(32, 16, 0), new(48, 16), new(64, 16, 0)],
            ParameterRange.For(network));
    }

    [Fact]
    public void Neighbours_with_equal_factors_become_one_range()
    {
        var network = Network(("0.weight", 0, 16, true), ("1.weight", 16, 16, true), ("1.bias", 32, 16, false), ("2.bias", 48, 16, false));
        Assert.Equal([new ParameterRange(0, 32), new(32, 48, 0)], ParameterRange.For(network));
    }

    [Fact]
    public void A_rule_by_name_freezes_a_layer()
    {
        var network = Network(("0.weight", 0, 16, true), ("1.weight", 16, 64, true));
        var ranges = ParameterRange.For(network, parameter => (1, parameter.Name.StartsWith("0.", StringComparison.Ordinal) ? 0 : 1));
        float[] weights = [.. Enumerable.Repeat(1f, 80)];
        var optimizer = new Sgd(0.5f);
        optimizer.Prepare(network.ParameterBlockLength, ranges);
        optimizer.BeginStep();
        optimizer.Update(weights, Enumerable.Repeat(1f, 80).ToArray());
        Assert.All(weights[..16], weight => Assert.Equal(1f, weight));
        Assert.All(weights[16..], weight => Assert.Equal(0.5f, weight));
    }

    /// <summary>A network of vectors in a block of 80 floats.</summary>
    private static NetworkDescription Network(params (string Name, int Offset, int Length, bool Decays)[] parameters) => new()
    {
        Name = "Net",
        InputShape = [1],
        OutputShape = [1],
        Layers = [],
        Parameters =
        [
            .. parameters.Select(parameter => new ParameterDescription(
                parameter.Name,
                [parameter.Length],
                new TensorLayout(parameter.Offset, new LayoutDimension((parameter.Length, 1))),
                Initializer.Zeros,
                InitialValue: 0,
                FanIn: 1,
                FanOut: 1,
                parameter.Decays)),
        ],
        ParameterBlockLength = 80,
    };
}
