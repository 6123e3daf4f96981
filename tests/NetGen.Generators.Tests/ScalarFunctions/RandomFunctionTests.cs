using NetGen.Generators.Tests.Harness;

namespace NetGen.Generators.Tests.ScalarFunctions;

/// <summary>
/// Random functions in the language: the value against the function itself, derivatives against a plain interpreter that carries them forward, and
/// against differences. <c>NETGEN_FUNCTIONS</c> says how many there are.
/// </summary>
public class RandomFunctionTests
{
    private const int Hessians = 8;

    private static readonly int s_count = int.TryParse(Environment.GetEnvironmentVariable("NETGEN_FUNCTIONS"), out int count) ? count : 100;

    private delegate double Function(double x, double y, ReadOnlySpan<double> v);

    private delegate double Gradient(double x, double y, ReadOnlySpan<double> v, Span<double> gradient);

    private delegate double Hessian(double x, double y, ReadOnlySpan<double> v, Span<double> gradient, Span<double> hessian);

    private delegate double Product(double x, double y, ReadOnlySpan<double> v, ReadOnlySpan<double> direction, Span<double> gradient, Span<double> product);

    [Fact]
    public void Values_and_derivatives()
    {
        const int batch = 100;
        int compared = 0, differences = 0, points = 0;
        for (int seed = 0; seed * batch < s_count; seed++)
        {
            IReadOnlyList<Script> scripts = new RandomScripts(seed).Create(Math.Min(batch, s_count - seed * batch));
            using CompiledFunctions functions = new(GeneratorHarness.Run(
                RandomScripts.Sources(scripts, i => i < Hessians ? "(Hessian = true, HessianProduct = true)" : "")));
            var random = new Random(seed);
            foreach ((Script script, int i) in scripts.Select((script, i) => (script, i)))
            {
                var value = functions.Bind<Function>(script.Name);
                var gradient = functions.Bind<Gradient>(script.Name + "WithGradient");
                for (int k = 0; k < 6; k++, points++)
                {
                    double[] at = [.. Enumerable.Range(0, Script.Variables).Select(_ => random.NextDouble() * 4 - 2)];
                    Script.Trace way = Check(script, at, value, gradient, ref compared);
                    if (way.IsClose)
                        continue;
                    differences += CheckDifferences(script, at, way, value, gradient) ? 1 : 0;
                    if (i < Hessians)
                        CheckHessian(script, at, way, gradient, functions.Bind<Hessian>(script.Name + "WithHessian"), functions.Bind<Product>(script.Name + "WithHessianProduct"));
                }
            }
        }

        // Where a comparison is close, rounding decides what is compared.
        Assert.True(compared > 0.65 * points, $"Only {compared} of {points} points were compared.");
        Assert.True(differences > 0.8 * compared, $"Only {differences} of {compared} points were compared with differences.");
    }

    private static (Dual Value, Script.Trace Way) Run(Script script, double[] at)
    {
        var way = new Script.Trace();
        return (script.Run([.. at.Select((number, i) => Dual.Variable(number, i, at.Length))], way), way);
    }

    private static Script.Trace Check(Script script, double[] at, Function function, Gradient gradient, ref int compared)
    {
        (Dual expected, Script.Trace way) = Run(script, at);
        double[] found = new double[Script.Variables];
        double value = gradient(at[0], at[1], at.AsSpan(2), found);
        Assert.Equal(expected.Value, function(at[0], at[1], at.AsSpan(2)));
        if (way.IsClose)
            return way;
        compared++;
        string where = $" at {string.Join(", ", at)} of\n{script.Text}";
        Assert.True(Math.Abs(value - expected.Value) <= 1e-9, $"{value} instead of {expected.Value}{where}");
        double largest = Enumerable.Range(0, found.Length).Max(i => Math.Abs(expected.Slope(i)));
        for (int i = 0; i < found.Length; i++)
            Assert.True(Math.Abs(found[i] - expected.Slope(i)) <= 1e-9 * (1 + largest), $"[{i}] is {found[i]} instead of {expected.Slope(i)}{where}");
        return way;
    }

    /// <summary>Four points instead of two, for an error of the fourth order in the distance.</summary>
    private static bool CheckDifferences(Script script, double[] at, Script.Trace way, Function function, Gradient gradient)
    {
        const double h = 1e-4;
        double[] found = new double[Script.Variables];
        gradient(at[0], at[1], at.AsSpan(2), found);
        for (int i = 0; i < at.Length; i++)
        {
            if (!Stencil(script, at, i, h, way))
                return false;
            double[] f = [.. new[] { -2, -1, 1, 2 }.Select(k => Moved(at, i, k * h)).Select(to => function(to[0], to[1], to.AsSpan(2)))];
            double difference = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * h);
            Assert.True(Math.Abs(found[i]) > 1e3 || Math.Abs(found[i] - difference) <= 1e-5 * (1 + found.Max(Math.Abs)),
                $"[{i}] is {found[i]} and by differences {difference} at {string.Join(", ", at)} of\n{script.Text}");
        }

        return true;
    }

    private static void CheckHessian(Script script, double[] at, Script.Trace way, Gradient gradient, Hessian hessian, Product product)
    {
        const double h = 1e-4;
        const int n = Script.Variables;
        double[] first = new double[n], second = new double[n * n], direction = [1, -0.5, 0.25, 2], along = new double[n];
        hessian(at[0], at[1], at.AsSpan(2), first, second);
        product(at[0], at[1], at.AsSpan(2), direction, first, along);
        double largest = second.Max(Math.Abs);
        for (int i = 0; i < n; i++)
        {
            double sum = Enumerable.Range(0, n).Sum(j => second[i * n + j] * direction[j]);
            Assert.True(Math.Abs(sum - along[i]) <= 1e-9 * (1 + largest), $"The product [{i}] is {along[i]} instead of {sum} at {string.Join(", ", at)} of\n{script.Text}");
            if (largest > 1e3 || !Stencil(script, at, i, h, way))
                continue;
            double[][] g =
            [
                .. new[] { -2, -1, 1, 2 }.Select(k => Moved(at, i, k * h)).Select(to =>
                {
                    double[] slopes = new double[n];
                    gradient(to[0], to[1], to.AsSpan(2), slopes);
                    return slopes;
                }),
            ];
            for (int j = 0; j < n; j++)
            {
                double difference = (g[0][j] - 8 * g[1][j] + 8 * g[2][j] - g[3][j]) / (12 * h);
                Assert.True(Math.Abs(second[i * n + j] - difference) <= 1e-4 * (1 + largest),
                    $"[{i}, {j}] is {second[i * n + j]} and by differences {difference} at {string.Join(", ", at)} of\n{script.Text}");
            }
        }
    }

    /// <summary>Whether the same way is taken around a point.</summary>
    private static bool Stencil(Script script, double[] at, int i, double h, Script.Trace way) =>
        new[] { -2, -1, 1, 2 }.All(k => Run(script, Moved(at, i, k * h)).Way.Answers.SequenceEqual(way.Answers));

    private static double[] Moved(double[] at, int i, double by)
    {
        double[] moved = [.. at];
        moved[i] += by;
        return moved;
    }
}
