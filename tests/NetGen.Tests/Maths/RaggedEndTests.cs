namespace NetGen.Tests.Maths;

/// <summary>Vectors of which only a part is there, at every width, place and length.</summary>
[Trait("Category", "Numeric")]
public sealed class RaggedEndTests
{
    [Fact]
    public void Parts_of_16() => Check<F32x16>();

    [Fact]
    public void Parts_of_8() => Check<F32x8>();

    [Fact]
    public void Parts_of_4() => Check<F32x4>();

    [Fact]
    public void Parts_of_the_processors_width() => Check<F32xN>();

    [Fact]
    public void Parts_of_two_of_the_processors_width() => Check<F32x2N>();

    [Fact]
    public void Parts_of_a_pair_of_4() => Check<F32x2x4>();

    // What is behind the end is NaN, and must neither be read nor written over.
    private static void Check<T>() where T : struct, IVector<T>
    {
        var memory = new float[3 * T.Count];
        var lanes = new float[T.Count];
        for (int offset = 0; offset <= T.Count; offset++)
        {
            for (int count = -Math.Min(offset, 3); count <= T.Count + 1; count++)
            {
                int end = offset + count, inside = Math.Clamp(count, 0, T.Count);
                for (int i = 0; i < memory.Length; i++)
                    memory[i] = i < end ? i + 1 : float.NaN;
                T value = RaggedEnd.Load<T>(in memory[0], (nuint)offset, (nuint)end);
                T.Store(value, ref lanes[0], 0);
                Assert.Equal(Enumerable.Range(0, T.Count).Select(lane => lane < inside ? offset + lane + 1f : 0f), lanes);

                if (count < T.Count)
                {
                    T.Store(RaggedEnd.LoadPart<T>(in memory[0], (nuint)offset, (nuint)end), ref lanes[0], 0);
                    Assert.Equal(Enumerable.Range(0, T.Count).Select(lane => lane < inside ? offset + lane + 1f : 0f), lanes);
                }

                RaggedEnd.Store(T.Create(-1), ref memory[0], (nuint)offset, (nuint)end);
                for (int i = 0; i < memory.Length; i++)
                {
                    float expected = i >= offset && i < offset + inside ? -1 : i < end ? i + 1 : float.NaN;
                    Assert.Equal(expected, memory[i]);
                }
            }
        }
    }
}
