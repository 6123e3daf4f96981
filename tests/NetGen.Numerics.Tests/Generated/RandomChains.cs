using FsCheck;
using FsCheck.Fluent;
using NetGen.Numerics.Tests.Oracle;

namespace NetGen.Numerics.Tests.Generated;

/// <summary>Random valid chains of layers: any that fit, one behind the other, up to a loss that fits the output.</summary>
internal static class RandomChains
{
    public static Gen<OracleNetwork> Networks =>
        from seed in Gen.Choose(0, int.MaxValue)
        from depth in Gen.Choose(1, 6)
        from isImage in Gen.Elements(true, true, false)
        select Build(new Random(seed), depth, isImage);

    private static OracleNetwork Build(Random random, int depth, bool isImage)
    {
        // Images with few channels and wide lines have their columns along the vectors.
        int[] input = (isImage, random.Next(3)) switch
        {
            (true, 0) => [random.Next(1, 4), random.Next(1, 20), random.Next(9, 35)],
            (true, _) => [random.Next(1, 20), random.Next(1, 9), random.Next(1, 9)],
            _ => [random.Next(1, 70)],
        };
        int[] shape = input;
        var layers = new List<OracleLayer>();
        for (int i = 0; i < depth; i++)
        {
            OracleLayer layer = shape.Length == 3 ? OnImage(random, shape) : OnVector(random, layers);
            layer.Bind([layer is OracleDense ? [shape.Aggregate(1, (product, extent) => product * extent)] : shape]);
            shape = layer.Output;
            layers.Add(layer);
        }

        return new OracleNetwork(input, LossFor(random, shape, layers), layers);
    }

    private static OracleLayer OnVector(Random random, List<OracleLayer> before) => random.Next(4) switch
    {
        0 when before.Count > 0 && before[^1] is not (OracleActivation or OracleSoftmax) => Activation(random),
        1 when before.Count > 0 && before[^1] is OracleDense => Activation(random),
        _ => new OracleDense(random.Next(1, 70), bias: random.Next(4) != 0),
    };

    private static OracleLayer OnImage(Random random, int[] shape)
    {
        switch (random.Next(10))
        {
            case 0:
                return new OracleDense(random.Next(1, 40));
            case 1:
                return new OracleMaxPool(Window(random, shape[1], isPool: true), Window(random, shape[2], isPool: true));
            case 2:
                bool countPadding = random.Next(2) == 0;
                return new OracleAveragePool(Window(random, shape[1], isPool: true), Window(random, shape[2], isPool: true), countPadding);
            case 3:
                return new OracleGlobalAveragePool();
            case 4 or 5:
                return Activation(random);
            case 6:
                int multiplier = random.Next(1, 3);
                return new OracleConv(shape[0] * multiplier, Window(random, shape[1]), Window(random, shape[2]), groups: shape[0]);
            default:
                int groups = shape[0] % 2 == 0 && random.Next(3) == 0 ? 2 : 1;
                return new OracleConv(
                    groups * random.Next(1, 20), Window(random, shape[1]), Window(random, shape[2]), groups, bias: random.Next(4) != 0);
        }
    }

    // Smooth ones, so that any draw will do.
    private static OracleActivation Activation(Random random) => Activations.All[random.Next(5, 13)]();

    private static WindowAxis Window(Random random, int extent, bool isPool = false)
    {
        int size = random.Next(1, Math.Min(extent, 5) + 1);
        int stride = random.Next(1, 4);
        int dilation = !isPool && size > 1 && (size - 1) * 2 + 1 <= extent && random.Next(3) == 0 ? 2 : 1;
        return new WindowAxis(size, stride, dilation, random.Next(2) == 0 ? 0 : random.Next(0, size / 2 + 1));
    }

    private static OracleLoss LossFor(Random random, int[] shape, List<OracleLayer> layers)
    {
        // Losses on logits refuse activations that bound them.
        bool areLogits = layers[^1] is OracleDense;
        return (areLogits && shape[0] > 1 ? random.Next(5) : random.Next(2)) switch
        {
            0 => OracleLosses.MeanSquaredError,
            1 => OracleLosses.Huber,
            2 => OracleLosses.BinaryCrossEntropy,
            3 => OracleLosses.SoftmaxCrossEntropy,
            _ => OracleLosses.Smoothed,
        };
    }
}
