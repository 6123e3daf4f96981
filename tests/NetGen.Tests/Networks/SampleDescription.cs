namespace NetGen.Tests.Networks;

/// <summary>A description as the generator would write it, with every kind of layout in it.</summary>
internal static class SampleDescription
{
    // 0: a convolution with 3 channels out, 2 in, 2×3; its outputs lie along vectors of 16.
    private const int ConvWeight = 0;
    private const int ConvWeightLength = 2 * 2 * 3 * 16;
    private const int ConvBias = ConvWeight + ConvWeightLength;

    // 2: dense behind a flattened [3, 2, 2] image that the kernels keep channels last; 40 outputs in panels of 32.
    private const int DenseWeight = ConvBias + 16;
    private const int DensePanel = 12 * 32;
    private const int DenseBias = DenseWeight + 2 * DensePanel;
    private const int BlockLength = DenseBias + 64;

    internal static NetworkDescription Create() => new()
    {
        Name = "SampleNet",
        InputShape = [2, 3, 4],
        OutputShape = [40],
        Layers =
        [
            new LayerDescription("0", "Conv2D(3, 2×3)", [3, 2, 2], 39, 0),
            new LayerDescription("2", "Dense(40)", [40], 520, 0),
        ],
        Parameters =
        [
            new ParameterDescription(
                "0.weight",
                [3, 2, 2, 3],
                new TensorLayout(
                    ConvWeight,
                    new LayoutDimension((1, 16), (16, 1)),
                    new LayoutDimension((2, 16)),
                    new LayoutDimension((2, 96)),
                    new LayoutDimension((3, 32))),
                Initializer.HeNormal, 0, FanIn: 12, FanOut: 18, Decays: true),
            new ParameterDescription(
                "0.bias", [3], new TensorLayout(ConvBias, new LayoutDimension((3, 1))),
                Initializer.Constant, 0.25f, FanIn: 12, FanOut: 18, Decays: false),
            new ParameterDescription(
                "2.weight",
                [40, 12],
                new TensorLayout(
                    DenseWeight,
                    new LayoutDimension((2, DensePanel), (32, 1)),
                    new LayoutDimension((3, 32), (2, 2 * 3 * 32), (2, 3 * 32))),
                Initializer.GlorotUniform, 0, FanIn: 12, FanOut: 40, Decays: true),
            new ParameterDescription(
                "2.bias", [40], new TensorLayout(DenseBias, new LayoutDimension((40, 1))),
                Initializer.Zeros, 0, FanIn: 12, FanOut: 40, Decays: false),
        ],
        ParameterBlockLength = BlockLength,
    };

    /// <summary>A block in which each element is its own number, from 1, in logical order through all tensors.</summary>
    internal static ParameterBlock Numbered()
    {
        var block = new ParameterBlock(Create());
        int next = 1;
        foreach (var tensor in block)
            tensor.CopyFrom([.. Enumerable.Range(0, tensor.Length).Select(_ => (float)next++)]);

        return block;
    }

    /// <summary>Whether each place of the block belongs to an element, found through the layouts alone.</summary>
    internal static bool[] Used(NetworkDescription description)
    {
        var used = new bool[description.ParameterBlockLength];
        foreach (var parameter in description.Parameters)
        {
            foreach (int offset in Offsets(parameter))
            {
                Assert.False(used[offset], $"{parameter.Name} shares the float at {offset} with another element.");
                used[offset] = true;
            }
        }

        return used;
    }

    /// <summary>The offsets of a tensor's elements in logical order, the plain way.</summary>
    internal static IEnumerable<int> Offsets(ParameterDescription parameter)
    {
        for (int position = 0; position < parameter.Length; position++)
        {
            int rest = position;
            int offset = parameter.Layout.Offset;
            for (int dimension = parameter.Shape.Count - 1; dimension >= 0; dimension--)
            {
                (rest, int index) = Math.DivRem(rest, parameter.Shape[dimension]);
                offset += parameter.Layout.Dimensions[dimension].OffsetOf(index);
            }

            yield return offset;
        }
    }
}
