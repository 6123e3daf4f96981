using System.Globalization;
using System.Runtime.CompilerServices;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Maths;

/// <summary>Functions over floats that stay in the first cache: nanoseconds for one, and the largest error in units of the last place.</summary>
internal static partial class FunctionTable
{
    private const int Length = 1024;

    private delegate void OverSpans(ReadOnlySpan<float> x, Span<float> y);

    private sealed record Row(string Name, OverSpans Exact, OverSpans? Fast, OverSpans? Library, Func<double, double> True, float Low, float High);

    /// <summary>Measures and writes the table.</summary>
    public static void Write(TextWriter writer, int repetitions)
    {
        writer.WriteLine($"| {InstructionSet.Bits} bits | exact, ns | ulp | fast | ulp | × exact | TensorPrimitives | ulp | × exact |");
        writer.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (Row row in Rows)
        {
            var random = new Random(1);
            float[] x = [.. Enumerable.Range(0, Length).Select(_ => row.Low + (row.High - row.Low) * random.NextSingle())], y = new float[Length];
            OverSpans?[] all = [row.Exact, row.Fast, row.Library];
            Contender[] contenders = [.. all.OfType<OverSpans>().Select(function => new Contender("", calls =>
            {
                for (; calls > 0; calls--)
                    function(x, y);
            }))];
            var times = new Queue<double>(Interleaved.Measure(contenders, repetitions).Select(time => time.Best * 1e9 / Length));
            double exact = 0;
            string cells = "";
            foreach (OverSpans? function in all)
            {
                if (function is null)
                {
                    cells += " | | |";
                    continue;
                }

                double time = times.Dequeue();
                function(x, y);
                double error = x.Zip(y, (at, found) => Error(row.True(at), found)).Max();
                string ratio = function == row.Exact ? "" : string.Create(CultureInfo.InvariantCulture, $" {time / exact:0.00} |");
                exact = function == row.Exact ? time : exact;
                cells += string.Create(CultureInfo.InvariantCulture, $" {time:0.000} | {error:0.0} |") + ratio;
            }

            writer.WriteLine($"| `{row.Name}` |{cells}");
        }

        writer.WriteLine();
    }

    private static double Error(double expected, float found) => Math.Abs(found - expected) / Math.ScaleB(1, Math.ILogB(expected) - 23);

    private static Row Of<TExact, TFast>(string name, Func<double, double> exact, OverSpans? library, float low, float high)
        where TExact : IFunction
        where TFast : IFunction =>
        new(name, Run<TExact>, typeof(TFast) == typeof(None) ? null : Run<TFast>, library, exact, low, high);

    private static void Run<TFunction>(ReadOnlySpan<float> x, Span<float> y) where TFunction : IFunction
    {
        if (InstructionSet.Bits == 512)
            Run<TFunction, F32x16>(x, y);
        else
            Run<TFunction, F32xN>(x, y);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Run<TFunction, T>(ReadOnlySpan<float> x, Span<float> y)
        where TFunction : IFunction
        where T : struct, IVector<T>
    {
        ref readonly float from = ref x[0];
        ref float to = ref y[0];
        for (nuint i = 0; i < Length; i += (nuint)T.Count)
            T.Store(TFunction.Of(T.Load(in from, i)), ref to, i);
    }
}
