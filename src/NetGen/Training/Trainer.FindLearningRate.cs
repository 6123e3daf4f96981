using NetGen.Data;

namespace NetGen;

public sealed partial class Trainer<TNetwork>
{
    /// <summary>
    /// Learns for some steps while the learning rate grows from tiny to huge, and tells which rate made the loss fall. The
    /// parameters, the optimizer's state and its learning rate are then as they were before.
    /// </summary>
    /// <remarks>
    /// The rate of step i of n is <c>Minimum·(Maximum / Minimum)^(i / (n − 1))</c>. The test ends early when the loss diverges. See
    /// L. N. Smith, "Cyclical Learning Rates for Training Neural Networks", 2017.
    /// </remarks>
    /// <param name="train">The samples to learn; gone through again as often as it takes.</param>
    /// <param name="options">The rates and steps; 100 steps from 1e-7 to 10 in batches of 32 by default.</param>
    /// <returns>The losses over the rates, and a suggestion.</returns>
    /// <exception cref="ArgumentException">The data does not fit the network.</exception>
    /// <exception cref="NonFiniteLossException">The loss is not finite at the lowest rates already.</exception>
    public LearningRateCurve FindLearningRate(Dataset train, RangeTestOptions? options = null)
    {
        options ??= new RangeTestOptions();
        options.Validate();
        TargetCoding coding = CheckDataset(train, nameof(train));
        CheckTargetValues(train, coding, nameof(train));
        using Turn turn = BeginRun(nameof(FindLearningRate));

        float[] parameters = Model.Parameters.Span.ToArray();
        OptimizerState state = Optimizer.ExportState();
        (float rate, long steps) = (Optimizer.LearningRate, StepCount);
        try
        {
            return RunRangeTest(train, coding, options);
        }
        finally
        {
            Model.Parameters.CopyFrom(parameters);
            Optimizer.ImportState(state);
            (Optimizer.LearningRate, StepCount) = (rate, steps);
        }
    }

    private LearningRateCurve RunRangeTest(Dataset train, TargetCoding coding, RangeTestOptions options)
    {
        // The running mean of the first steps would hang on single batches.
        const double Memory = 0.9;

        var rates = new List<float>(options.Steps);
        var losses = new List<double>(options.Steps);
        int batches = (train.Count - 1) / Math.Min(options.BatchSize, train.Count) + 1;
        double mean = 0, weight = 0, lowest = double.PositiveInfinity;
        bool diverged = false;
        using var reader = new BatchReader(train, options.BatchSize, prefetch: 0);
        for (int step = 0; step < options.Steps && !diverged; step++)
        {
            if (step % batches == 0)
                reader.Begin(step / batches, options.Seed, firstBatch: 0);
            double growth = Math.Pow((double)options.Maximum / options.Minimum, step / (options.Steps - 1.0));
            Optimizer.LearningRate = (float)(options.Minimum * growth);
            double loss;
            try
            {
                loss = Step(reader.Next(), coding);
            }
            catch (NonFiniteLossException) when (step >= 3)
            {
                diverged = true;
                break;
            }

            rates.Add(Optimizer.LearningRate);
            losses.Add(loss);
            mean = Memory * mean + loss;
            weight = Memory * weight + 1;
            lowest = Math.Min(lowest, mean / weight);
            // So many times the lowest, or as far above one below zero; of a lowest loss of 0 there is no share.
            diverged = lowest != 0 && mean / weight > lowest + (options.DivergenceFactor - 1) * Math.Abs(lowest);
        }

        return new LearningRateCurve([.. rates], [.. losses], options.Smoothing, diverged);
    }
}
