using System.Globalization;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;
using NetGen.Benchmarks.Networks;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Maths;

/// <summary>Networks in both grades of their functions: what the faster one buys, and how far outputs lie apart.</summary>
internal static class GradeTable
{
    private const int Batch = 64;

    /// <summary>Measures and writes the table.</summary>
    public static void Write(TextWriter writer, int repetitions)
    {
        writer.WriteLine($"| {InstructionSet.Bits} bits | exact, ns | fast, ns | ratio | largest difference of outputs |");
        writer.WriteLine("|---|--:|--:|--:|--:|");
        Stream("GRU 1-20, dense 1, a step", new GruSignal(1).OpenStream(), new FastGruSignal(1).OpenStream());
        Stream("GRU 32-32, a step", new Gru32(1).OpenStream(), new FastGru32(1).OpenStream());
        Predict<GeluNet, FastGeluNet>("dense 64-256, GELU, dense 64, one sample", new GeluNet(1), new FastGeluNet(1), 1);
        Predict<GeluNet, FastGeluNet>("the same, batch 64", new GeluNet(1), new FastGeluNet(1), Batch);
        Train<GeluNet, FastGeluNet>("the same, a step of 64, SGD", new GeluNet(1), new FastGeluNet(1));
        Predict<GeluTanhNet, FastGeluTanhNet>("with GELU through tanh, one sample", new GeluTanhNet(1), new FastGeluTanhNet(1), 1);
        Predict<GeluTanhNet, FastGeluTanhNet>("the same, batch 64", new GeluTanhNet(1), new FastGeluTanhNet(1), Batch);
        Train<GeluTanhNet, FastGeluTanhNet>("the same, a step of 64, SGD", new GeluTanhNet(1), new FastGeluTanhNet(1));
        writer.WriteLine();

        void Stream(string name, PredictionStream exact, PredictionStream fast)
        {
            float[] input = Models.Random(exact.InputLength, 1), one = new float[exact.OutputLength], other = new float[exact.OutputLength];
            double difference = 0;
            for (int step = 0; step < 200; step++)
            {
                exact.Step(input, one);
                fast.Step(input, other);
                difference = Math.Max(difference, Difference(one, other));
            }

            Measure(name, difference, Steps(exact, one), Steps(fast, other));

            Contender Steps(PredictionStream stream, float[] output) => new("", calls =>
            {
                for (; calls > 0; calls--)
                    stream.Step(input, output);
            });
        }

        void Predict<TExact, TFast>(string name, TExact exact, TFast fast, int count)
            where TExact : class, INetwork<TExact>
            where TFast : class, INetwork<TFast>
        {
            float[] input = Models.Random(count * TExact.InputLength, 1);
            float[] one = new float[count * TExact.OutputLength], other = new float[one.Length];
            Contender[] contenders =
            [
                new("", calls =>
                {
                    for (; calls > 0; calls--)
                        exact.PredictBatch(input, one, threads: 1);
                }),
                new("", calls =>
                {
                    for (; calls > 0; calls--)
                        fast.PredictBatch(input, other, threads: 1);
                }),
            ];
            foreach (Contender contender in contenders)
                contender.Run(1);
            Measure(name, Difference(one, other), contenders);
        }

        void Train<TExact, TFast>(string name, TExact exact, TFast fast)
            where TExact : class, ITrainableNetwork<TExact>
            where TFast : class, ITrainableNetwork<TFast>
        {
            float[] input = Models.Random(Batch * TExact.InputLength, 1), target = Models.Random(Batch * TExact.OutputLength, 2);
            using var one = new Trainer<TExact>(exact, new Sgd(0.01f), new TrainerOptions { Threads = 1 });
            using var other = new Trainer<TFast>(fast, new Sgd(0.01f), new TrainerOptions { Threads = 1 });
            float exactLoss = one.Step(input, target), fastLoss = other.Step(input, target);
            Measure(
                name, Math.Abs(exactLoss - fastLoss),
                new Contender("", calls =>
                {
                    for (; calls > 0; calls--)
                        one.Step(input, target);
                }),
                new Contender("", calls =>
                {
                    for (; calls > 0; calls--)
                        other.Step(input, target);
                }));
        }

        void Measure(string name, double difference, params Contender[] contenders)
        {
            Timing[] times = Interleaved.Measure(contenders, repetitions);
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {name} | {times[0].Best * 1e9:0.0} | {times[1].Best * 1e9:0.0} | {times[1].Best / times[0].Best:0.00} | {difference:0.0e+0} |"));
        }
    }

    private static double Difference(float[] one, float[] other) => one.Zip(other, (a, b) => (double)Math.Abs(a - b)).Max();
}
