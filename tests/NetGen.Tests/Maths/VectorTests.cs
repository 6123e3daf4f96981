using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen.Tests.Maths;

/// <summary>Every operation of every width against that of single floats, bit for bit.</summary>
[Trait("Category", "Numeric")]
public sealed class VectorTests
{
    // Ordinary numbers, both zeros, the smallest and the largest, infinities and NaN: each beside each in some lane.
    private static readonly float[] s_numbers =
    [
        0, -0f, 1, -1, 0.5f, -2.75f, 3.1415927f, -1e-3f, 1e10f, -7e20f, float.Epsilon, -1.17549435e-38f, float.MaxValue, float.NegativeInfinity,
        float.PositiveInfinity, float.NaN, 126.5f, -31.5f, 0.33333334f,
    ];

    [Fact]
    public void Four() => Check<F32x4>();

    [Fact]
    public void Eight() => Check<F32x8>();

    [Fact]
    public void Sixteen() => Check<F32x16>();

    [Fact]
    public void As_many_as_the_processor_has() => Check<F32xN>();

    [Fact]
    public void Twice_as_many() => Check<F32x2N>();

    [Fact]
    public void A_pair_of_four() => Check<F32x2x4>();

    [Fact]
    public void Sums_of_as_many_as_the_processor_has() => CheckSums<F32xN, Vector<float>>();

    [Fact]
    public void Sums_of_a_pair_of_four() => CheckSums<F32x2x4, F32x2x4>();

    [Fact]
    public void Sums_of_the_lanes_of_four_vectors_of_sixteen()
    {
        if (!Avx512F.IsSupported)
            return;
        float[] c = [.. Enumerable.Range(0, 64).Select(i => 1 / (i + 0.3f))];
        Vector512<float>[] sums = [.. Enumerable.Range(0, 4).Select(i => Vector512.Create(c, 16 * i))];
        Vector128<float> totals = LaneSums.Of(sums[0], sums[1], sums[2], sums[3]);
        for (int i = 0; i < 4; i++)
            AssertSame("Of", Vector512.Sum(sums[i]), totals[i], i);
    }

    private static void CheckSums<T, S>()
        where T : struct, ISumVector<T, S>
        where S : struct
    {
        float[] a = [.. Enumerable.Range(0, T.Count).Select(i => 1.1f * i - 3)];
        float[] b = [.. Enumerable.Range(0, 2 * T.Count).Select(i => 0.37f - i)];
        foreach (float factor in (float[])[0.3f, -7, float.PositiveInfinity, float.NaN])
        {
            S left = T.Read(in a[0], 0), right = T.Read(in b[0], (nuint)T.Count);
            Same("AddProducts", T.AddProducts(T.Factor(in factor), left, right), i => F32x1.MultiplyAdd(F32x1.Create(factor), a[i], b[T.Count + i]));
            Same("AddProducts of a float", T.AddProducts(in factor, left, right), i => F32x1.MultiplyAdd(F32x1.Create(factor), a[i], b[T.Count + i]));
            Same("AddProduct", T.AddProduct(left, right, T.Begin(factor)), i => F32x1.MultiplyAdd(F32x1.Create(a[i]), b[T.Count + i], factor));
            Same("Join", T.Join(T.Begin(factor), left), i => F32x1.Create(factor) + a[i]);
            Same("From", T.From(T.Create(factor)), _ => factor);
            Same("Nothing", T.Nothing, _ => 0);
        }

        Assert.Equal(a.Sum(), T.Total(T.Read(in a[0], 0)), 1e-5f);
        float[] c = [.. Enumerable.Range(0, 4 * T.Count).Select(i => 1 / (i + 0.3f))];
        S[] sums = [.. Enumerable.Range(0, 4).Select(i => T.Read(in c[0], (nuint)(i * T.Count)))];
        Vector128<float> totals = T.Totals(sums[0], sums[1], sums[2], sums[3]);
        for (int i = 0; i < 4; i++)
            AssertSame("Totals", T.Total(sums[i]), totals[i], i);

        static void Same(string name, S found, Func<int, F32x1> expected)
        {
            var lanes = new float[T.Count];
            T.Store(T.Of(found), ref lanes[0], 0);
            for (int i = 0; i < T.Count; i++)
                AssertSame(name, expected(i).Value, lanes[i], i);
        }
    }

    private static void Check<T>() where T : struct, IVector<T>
    {
        for (int shift = 0; shift < s_numbers.Length; shift++)
        {
            float[] a = Numbers(0), b = Numbers(shift), c = Numbers(5 * shift + 3);
            float scalar = s_numbers[shift];
            Same("+", (x, y, _) => x + y, (x, y, _) => x + y);
            Same("-", (x, y, _) => x - y, (x, y, _) => x - y);
            Same("*", (x, y, _) => x * y, (x, y, _) => x * y);
            Same("/", (x, y, _) => x / y, (x, y, _) => x / y);
            Same("negation", (x, _, _) => -x, (x, _, _) => -x);
            Same("Create", (_, _, _) => T.Create(scalar), (_, _, _) => F32x1.Create(scalar));
            Same("MultiplyAdd", T.MultiplyAdd, F32x1.MultiplyAdd);
            Same("MultiplyAdd of a float", (x, y, _) => T.MultiplyAdd(in scalar, x, y), (x, y, _) => F32x1.MultiplyAdd(F32x1.Create(scalar), x, y));
            Same(
                "MultiplyAdd of a float and what is read",
                (x, _, _) => T.MultiplyAdd(in scalar, in b[0], (nuint)T.Count, x),
                (x, y, _) => F32x1.MultiplyAdd(F32x1.Create(scalar), y, x),
                secondVector: 1);
            Same("Min", (x, y, _) => T.Min(x, y), (x, y, _) => F32x1.Min(x, y));
            Same("Max", (x, y, _) => T.Max(x, y), (x, y, _) => F32x1.Max(x, y));
            // Of two zeros, one is larger for the base library, and either for processors.
            Same("the larger", (x, y, _) => VectorMath.Max(x, y), (x, y, _) => new(VectorMath.Max(x.Value, y.Value)));
            Same("the smaller", (x, y, _) => VectorMath.Min(x, y), (x, y, _) => new(VectorMath.Min(x.Value, y.Value)));
            Same("Sqrt", (x, _, _) => T.Sqrt(x), (x, _, _) => F32x1.Sqrt(x));
            Same("Abs", (x, _, _) => T.Abs(x), (x, _, _) => F32x1.Abs(x));
            Same("CopySign", (x, y, _) => T.CopySign(x, y), (x, y, _) => F32x1.CopySign(x, y));
            Same("a choice of the less", (x, y, z) => T.Select(T.LessThan(x, y), z, x), (x, y, z) => F32x1.Select(F32x1.LessThan(x, y), z, x));
            Same("no more", (x, y, z) => T.And(T.LessThanOrEqual(x, y), z), (x, y, z) => F32x1.And(F32x1.LessThanOrEqual(x, y), z));
            Same("what differs", (x, y, z) => T.AndNot(T.Equal(x, y), z), (x, y, z) => F32x1.AndNot(F32x1.Equal(x, y), z));

            float[] Numbers(int first) => [.. Enumerable.Range(0, 2 * T.Count).Select(i => s_numbers[(i + first) % s_numbers.Length])];

            void Same(string name, Func<T, T, T, T> vectors, Func<F32x1, F32x1, F32x1, F32x1> floats, int secondVector = 0)
            {
                var found = new float[T.Count];
                int second = secondVector * T.Count;
                T.Store(vectors(T.Load(in a[0], 0), T.Load(in b[0], (nuint)second), T.Load(in c[0], (nuint)T.Count)), ref found[0], 0);
                for (int i = 0; i < T.Count; i++)
                    AssertSame(name, floats(a[i], b[second + i], c[T.Count + i]).Value, found[i], i);
            }
        }

        Func<F32x1, F32x1> whole = x => F32x1.RoundToNearest(x);
        Map<T>("RoundToNearest", T.RoundToNearest, whole, -3.5f, -0.49f, 0.5f, 1.5f, 4e6f);
        Map<T>("ScaleByPowerOfTwo", x => T.ScaleByPowerOfTwo(T.Create(1.5f), x), x => F32x1.ScaleByPowerOfTwo(1.5f, x), -150, -127, 0, 3, 127, 128);
        Map<T>("the fraction", x => T.SplitPowerOfTwo(x, out _), x => F32x1.SplitPowerOfTwo(x, out _), 1e-30f, 0.7f, 1, 1.5f, 3e38f);
        Map<T>("the power", x => Out<T>(x, T.SplitPowerOfTwo), x => Out<F32x1>(x, F32x1.SplitPowerOfTwo), 1e-30f, 0.7f, 1, 1.5f, 3e38f);
        Map<T>("the rest", x => T.SplitWhole(x, out _), x => F32x1.SplitWhole(x, out _), -127, -0.6f, 0.5f, 99.3f, 128);
        Map<T>("2 to the whole", x => Out<T>(x, T.SplitWhole), x => Out<F32x1>(x, F32x1.SplitWhole), -127, -0.6f, 0.5f, 99.3f, 128);
    }

    private delegate T Split<T>(T value, out T second);

    private static T Out<T>(T value, Split<T> split)
    {
        split(value, out T second);
        return second;
    }

    private static void Map<T>(string name, Func<T, T> vectors, Func<F32x1, F32x1> floats, params float[] numbers) where T : struct, IVector<T>
    {
        float[] source = [.. Enumerable.Range(0, T.Count).Select(i => numbers[i % numbers.Length])];
        var found = new float[T.Count];
        T.Store(vectors(T.Load(in source[0], 0)), ref found[0], 0);
        for (int i = 0; i < T.Count; i++)
            AssertSame(name, floats(source[i]).Value, found[i], i);
    }

    private static void AssertSame(string name, float expected, float found, int lane) => Assert.True(
        float.IsNaN(expected) ? float.IsNaN(found) : BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(found),
        $"{name}: {found:R} in lane {lane}, {expected:R} alone");
}
