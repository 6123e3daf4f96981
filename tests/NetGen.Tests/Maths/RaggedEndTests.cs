namespace NetGen.Tests.Maths;

/// <summary>Vectors that end with their row: nothing behind the end is read or written, at every width and every place.</summary>
public sealed class RaggedEndTests
{
    private const int Length = 40;

    [Fact]
    public void Zeros_stand_for_what_is_behind_the_end()
    {
        LoadsBefore<F32x4>();
        LoadsBefore<F32xN>();
        LoadsBefore<F32x16>();
    }

    [Fact]
    public void What_is_behind_the_end_stays_as_it_was()
    {
        StoresBefore<F32x4>();
        StoresBefore<F32xN>();
        StoresBefore<F32x16>();
    }

    private static void LoadsBefore<V>() where V : struct, IVector<V>
    {
        var read = new float[16];
        foreach ((int offset, int end) in Places(V.Count))
        {
            // Whatever is behind the end would show.
            float[] source = [.. Enumerable.Range(0, Length).Select(i => i < end ? i + 1f : float.NaN)];
            V.Store(RaggedEnd.Load<V>(in source[0], (nuint)offset, (nuint)end), ref read[0], 0);
            Assert.Equal(Enumerable.Range(offset, V.Count).Select(i => i < end ? i + 1f : 0f), read.Take(V.Count));
        }
    }

    private static void StoresBefore<V>() where V : struct, IVector<V>
    {
        float[] values = [.. Enumerable.Range(0, 16).Select(i => -1f - i)];
        foreach ((int offset, int end) in Places(V.Count))
        {
            float[] destination = [.. Enumerable.Range(0, Length).Select(i => i + 1f)];
            RaggedEnd.Store(V.Load(in values[0], 0), ref destination[0], (nuint)offset, (nuint)end);
            int last = Math.Min(end, offset + V.Count);
            Assert.Equal(Enumerable.Range(0, Length).Select(i => i >= offset && i < last ? -1f - (i - offset) : i + 1f), destination);
        }
    }

    // The vector begins anywhere before the end, which lies anywhere in it or just behind.
    private static IEnumerable<(int Offset, int End)> Places(int lanes) =>
        from offset in Enumerable.Range(0, Length - 16)
        from end in Enumerable.Range(offset, lanes + 2)
        where end <= Length
        select (offset, end);
}
