using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.Planning;

/// <summary>Lines of less than a vector beside a border, of which no more may be touched.</summary>
public sealed class ShortCopyTests
{
    [Theory]
    [InlineData(3, "Unsafe.Add(ref ySCIJ, 0) = xSCIJ;")]
    [InlineData(7, "F32x4.Store(F32x4.Load(ref xSCI, 3), ref ySCI, 3);")]
    [InlineData(14, "F32x4.Store(F32x4.Load(ref xSCI, 10), ref ySCI, 10);")]
    public void Short_lines_are_copied_four_floats_at_a_time(int columns, string copy)
    {
        string text = GeneratorHarness
            .Generate($"[Network, Input(2, 5, {columns}), Conv2D(16, 3, Stride = 2, Pad = 1), Relu, Dense(3), SoftmaxCrossEntropy] public partial class Net;")
            .Single(tree => tree.FilePath.Contains("Kernels", StringComparison.Ordinal)).ToString();
        Assert.Contains(copy, text, StringComparison.Ordinal);
    }
}
