using System.Numerics;
using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>
/// Random functions over spans, in both precisions: the bits of one element, whatever the length, and whether or not the results take the place of
/// the arguments.
/// </summary>
public class RandomElementTests
{
    private const int Longest = 33;

    private static readonly int s_count = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_FUNCTIONS"), out int count) ? count : 15;

    // About the multiples of every width there is.
    private static readonly int[] s_lengths = [0, 1, 3, 4, 7, 8, 9, 31, Longest];

    private delegate (T Value, T ByX, T ByY, T ByV, T ByW) OfOne<T>(T x, T y, T v, T w);

    private delegate void OfMany<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> v, ReadOnlySpan<T> w, Span<T> values, Span<T> byX, Span<T> byY, Span<T> byV, Span<T> byW);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_element_is_what_it_is_alone(bool isPlain)
    {
        const int batch = 50;
        (int inVectors, int done) = (0, 0);
        for (int seed = 0; done < s_count; seed++)
        {
            IReadOnlyList<Script> scripts = new RandomScripts(1000 + seed) { IsPlain = isPlain }.Create(Math.Min(batch, s_count - done));
            const string parameters = "double x, double y, double v, double w";
            GeneratorRun run = GeneratorHarness.Run(RandomScripts.Sources(scripts, _ => "", string.Concat(scripts.Select(script =>
                $"[Differentiable] public static double D{script.Name}({parameters}) => {script.Name}(x, y, [v, w]);\n"
                + $"[Differentiable] public static float S{script.Name}({parameters.Replace("double", "float")}) => (float){script.Name}(x, y, [v, w]);\n"))));
            inVectors += scripts.Count(script => run.Files[$"F.D{script.Name}.g.cs"].Contains("Vector<double> xLanes", StringComparison.Ordinal));
            done += scripts.Count;
            using CompiledFunctions functions = new(run);
            foreach (Script script in scripts)
            {
                Check<double>(functions, "D" + script.Name, seed, script.Text);
                Check<float>(functions, "S" + script.Name, seed, script.Text);
            }
        }

        Assert.True(isPlain ? inVectors == done : inVectors < done, $"{inVectors} of {done} run in vectors of doubles.");
    }

    private static void Check<T>(CompiledFunctions functions, string name, int seed, string text) where T : struct, INumber<T>
    {
        var one = functions.Bind<OfOne<T>>(name + "WithGradient");
        var many = functions.Bind<OfMany<T>>(name + "WithGradients");
        var random = new Random(seed);
        foreach (int length in s_lengths)
        {
            T[][] x = [.. Enumerable.Range(0, 4).Select(_ => Numbers<T>(random, length))];
            T[][] expected = [.. Enumerable.Range(0, 5).Select(_ => new T[length])];
            for (int i = 0; i < length; i++)
                (expected[0][i], expected[1][i], expected[2][i], expected[3][i], expected[4][i]) = one(x[0][i], x[1][i], x[2][i], x[3][i]);

            T[][] found = [.. Enumerable.Range(0, 5).Select(_ => Enumerable.Repeat(T.One + T.One, length + 1).ToArray())];
            many(x[0], x[1], x[2], x[3], found[0], found[1], found[2], found[3], found[4]);
            Same("");
            Assert.All(found, output => Assert.Equal(T.One + T.One, output[length]));

            // Results in the arguments' memory, and one array for all arguments.
            T[] all = [.. x[0], .. x[1], .. x[2], .. x[3], .. new T[length]];
            Span<T> a = all.AsSpan(0, length), b = all.AsSpan(length, length), c = all.AsSpan(2 * length, length), d = all.AsSpan(3 * length, length);
            many(a, b, c, d, d, a, all.AsSpan(4 * length), c, b);
            found = [d.ToArray(), a.ToArray(), all[(4 * length)..], c.ToArray(), b.ToArray()];
            Same("in place ");
            Refuses(x, many);

            void Same(string where)
            {
                for (int k = 0; k < expected.Length; k++)
                {
                    for (int i = 0; i < length; i++)
                    {
                        Assert.True(Bits(expected[k][i]) == Bits(found[k][i]),
                            $"[{k}] is {found[k][i]} instead of {expected[k][i]} {where}at {i} of {length}, {typeof(T).Name}: "
                            + $"{string.Join(", ", x.Select(numbers => numbers[i]))} of\n{text}");
                    }
                }
            }
        }
    }

    /// <summary>What does not fit is refused before anything is written.</summary>
    private static void Refuses<T>(T[][] x, OfMany<T> many) where T : struct, INumber<T>
    {
        int length = x[0].Length;
        for (int output = 0; output < 5 && length > 1; output++)
        {
            string name = new[] { "values", "byX", "byY", "byV", "byW" }[output];
            T[][] found = [.. Enumerable.Range(0, 5).Select(i => new T[i == output ? length - 1 : length])];
            T[] behind = [T.Zero, .. x[3]];
            Assert.Equal(
                $"'{name}' has {length - 1} elements, but needs {length}. (Parameter '{name}')",
                Assert.Throws<ArgumentException>(() => many(x[0], x[1], x[2], x[3], found[0], found[1], found[2], found[3], found[4])).Message);
            found[output] = behind;
            Assert.Equal(
                $"'{name}' overlaps an input, 1 elements before its beginning; begin at the same element, or take other memory. (Parameter '{name}')",
                Assert.Throws<ArgumentException>(
                    () => many(x[0], x[1], x[2], behind.AsSpan(1), found[0], found[1], found[2], found[3], found[4])).Message);
            Assert.Equal(x[3], behind[1..]);
            Assert.All(found.Where(numbers => numbers != behind).SelectMany(numbers => numbers), number => Assert.Equal(T.Zero, number));
        }
    }

    private static T[] Numbers<T>(Random random, int length) where T : struct, INumber<T> => [.. Enumerable.Range(0, length).Select(i => i % 7 == 6
        ? T.CreateChecked(new[] { 0, -0.0, 1, -1, 0.5, double.PositiveInfinity, double.NaN, 2 }[random.Next(8)])
        : T.CreateChecked((float)(random.NextDouble() * 4 - 2)))];

    // What is no number has no bits of its own.
    private static long Bits<T>(T number) where T : struct, INumber<T> =>
        T.IsNaN(number) ? -1 : BitConverter.DoubleToInt64Bits(double.CreateChecked(number));
}
