namespace NetGen.Tests.Maths;

/// <summary>Vectors of floats that are a few apart, at every width and place.</summary>
[Trait("Category", "Numeric")]
public sealed class StridedTests
{
    [Fact]
    public void Floats_of_16() => Check<F32x16>();

    [Fact]
    public void Floats_of_8() => Check<F32x8>();

    [Fact]
    public void Floats_of_4() => Check<F32x4>();

    [Fact]
    public void Floats_of_the_processors_width() => Check<F32xN>();

    [Fact]
    public void Floats_of_a_pair_of_4() => Check<F32x2x4>();

    private static void Check<T>() where T : struct, IVector<T>
    {
        Check<T>(2, source => Strided.Load<T>(in source[0], 5, 2));
        Check<T>(3, source => Strided.Load<T>(in source[0], 5, 3));
        Check<T>(4, source => Strided.Load<T>(in source[0], 5, 4));
    }

    private static void Check<T>(int stride, Func<float[], T> load) where T : struct, IVector<T>
    {
        const int First = 5;
        // The memory ends with the last of them.
        float[] source = [.. Enumerable.Range(0, First + ((T.Count - 1) * stride) + 1).Select(i => i + 1f)];
        var lanes = new float[T.Count];
        T.Store(load(source), ref lanes[0], 0);
        Assert.Equal(Enumerable.Range(0, T.Count).Select(lane => First + (lane * stride) + 1f), lanes);
    }
}
