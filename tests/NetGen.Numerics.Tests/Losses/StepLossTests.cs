using NetGen.Data;

namespace NetGen.Numerics.Tests.Losses;

/// <summary>A loss at each step of a sequence, of which those count that have a target.</summary>
[Trait("Category", "Numeric")]
public sealed class StepLossTests
{
    private const int Steps = 5;
    private const int None = -100;

    private static readonly int[] s_ids = [2, None, 0, 1, None, None, None, None, None, None, 1, 1, None, 0, 2];

    [Fact]
    public void Each_step_that_has_a_target_is_a_sample_of_the_mean()
    {
        Check(new StepsOfClasses(3), new RowOfClasses(3));
        Check(new StepsOfWeightedClasses(3), new RowOfWeightedClasses(3));
        Check(new StepsOfFocal(3), new RowOfFocal(3));
        Check(new StepsOfHinge(3), new RowOfHinge(3));

        static void Check<TSteps, TRow>(TSteps steps, TRow row)
            where TSteps : class, ITrainableNetwork<TSteps> where TRow : class, ITrainableNetwork<TRow>
        {
            foreach (ParameterTensor tensor in row.Parameters)
                tensor.CopyFrom(steps.Parameters[tensor.Name].ToArray());
            using var ofSteps = new Trainer<TSteps>(steps, new Sgd(0.1f));
            using var ofRows = new Trainer<TRow>(row, new Sgd(0.1f));
            float[] inputs = [.. Enumerable.Range(0, s_ids.Length * 3).Select(i => MathF.Sin(i * 1.7f))], gradient = new float[inputs.Length];
            int[] counted = [.. Enumerable.Range(0, s_ids.Length).Where(i => s_ids[i] != None)];
            float[] rows = [.. counted.SelectMany(i => inputs[(i * 3)..((i * 3) + 3)])], rowGradient = new float[rows.Length];
            int[] ids = [.. counted.Select(i => s_ids[i])];

            float expected = ofRows.ComputeGradient(rows, ids, rowGradient);
            Agree.Within(1e-6, [expected], [ofSteps.ComputeGradient(inputs, s_ids, gradient)], "loss");
            foreach (ParameterTensor tensor in ofRows.Gradient)
                Agree.Within(1e-6, tensor.ToArray(), ofSteps.Gradient[tensor.Name].ToArray(), tensor.Name);
            Agree.Within(1e-6, rowGradient, [.. counted.SelectMany(i => gradient[(i * 3)..((i * 3) + 3)])], "gradient of the inputs");
            Assert.All(Enumerable.Range(0, s_ids.Length).Except(counted), i => Assert.Equal([0, 0, 0], gradient[(i * 3)..((i * 3) + 3)]));

            // Weights of samples are those of their steps.
            float[] weights = [2, 7, 0.5f];
            Agree.Within(
                1e-6, [ofRows.ComputeGradient(rows, ids, default, [.. counted.Select(i => weights[i / Steps])])],
                [ofSteps.ComputeGradient(inputs, s_ids, default, weights)], "weighted loss");
        }
    }

    [Fact]
    public void Samples_without_a_target_count_for_nothing()
    {
        using var trainer = new Trainer<RowOfClasses>(new RowOfClasses(1), new Sgd(0.1f));
        float[] inputs = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        float two = trainer.ComputeGradient(inputs.AsSpan(0, 6), (ReadOnlySpan<int>)[1, 2]);
        float[] gradient = trainer.Gradient.Span.ToArray();
        Assert.Equal(two, trainer.ComputeGradient(inputs, (ReadOnlySpan<int>)[1, 2, None]));
        Agree.Within(1e-6, gradient, trainer.Gradient.Span.ToArray(), "gradient");
        Assert.Equal(0, trainer.ComputeGradient(inputs, (ReadOnlySpan<int>)[None, None, None]));
        Assert.All(trainer.Gradient.Span.ToArray(), slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void A_batch_in_pieces_has_the_mean_of_the_whole()
    {
        float[] inputs = [.. Enumerable.Range(0, s_ids.Length * 3).Select(i => MathF.Cos(i * 0.7f))];
        var data = new MemoryDataset(inputs, [Steps, 3]).AddStepTargets(s_ids, Steps, classCount: 3, ignoreIndex: None);
        float[] whole = Learn(0), pieces = Learn(1);
        Agree.Within(1e-6, whole, pieces, "parameters");

        float[] Learn(int microBatch)
        {
            var model = new StepsOfClasses(3);
            using var trainer = new Trainer<StepsOfClasses>(model, new Sgd(0.1f), new TrainerOptions { MicroBatch = microBatch });
            trainer.Fit(data, new FitOptions { Epochs = 2, BatchSize = 3, Progress = null });
            return model.Parameters.Span.ToArray();
        }
    }

    [Fact]
    public void Metrics_and_losses_are_of_the_steps_that_count()
    {
        float[] inputs = [.. Enumerable.Range(0, s_ids.Length * 3).Select(i => MathF.Cos(i * 0.7f))];
        var data = new MemoryDataset(inputs, [Steps, 3]).AddStepTargets(s_ids, Steps, classCount: 3, ignoreIndex: None);
        var model = new StepsOfClasses(3);
        using var trainer = new Trainer<StepsOfClasses>(model, new Sgd(0.1f));
        EvaluationResult result = trainer.Evaluate(data, Metric.Accuracy);
        float[] outputs = new float[3 * StepsOfClasses.OutputLength];
        model.PredictBatch(inputs, outputs);
        int[] counted = [.. Enumerable.Range(0, s_ids.Length).Where(i => s_ids[i] != None)];
        double right = counted.Count(i => Array.IndexOf(outputs, outputs[(i * 3)..((i * 3) + 3)].Max(), i * 3) == (i * 3) + s_ids[i]);
        Assert.Equal(right / counted.Length, result.Metrics[0].Value, 1e-6);
        Assert.Equal(trainer.ComputeGradient(inputs, s_ids), result.Loss, 1e-6);
        Assert.Equal(counted.Length, result.Predictions.Count);
    }

    [Fact]
    public void Ids_that_are_no_classes_are_refused_with_their_place()
    {
        using var trainer = new Trainer<StepsOfClasses>(new StepsOfClasses(1), new Sgd(0.1f));
        float[] inputs = new float[2 * Steps * 3];
        int[] ids = [0, 1, 2, 0, 1, 0, 1, 2, 5, 1];
        Assert.StartsWith(
            "classes holds 5 at sample 1, step 3; class ids run from 0 to "
            + "2.", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, ids)).Message);
        Assert.StartsWith("classes holds 2 ids;", Assert.Throws<ArgumentException>(() => trainer.Step(inputs, (ReadOnlySpan<int>)[1, 2])).Message);
    }

    [Fact]
    public void A_data_set_has_the_targets_that_the_network_is_told()
    {
        using var trainer = new Trainer<StepsOfClasses>(new StepsOfClasses(1), new Sgd(0.1f));
        var inputs = new MemoryDataset(new float[2 * Steps * 3], [Steps, 3]);
        Assert.StartsWith(
            "The data set's targets are 1 class id for each sample; StepsOfClasses decides at each of 5 steps: give each its id, with "
            + "AddStepTargets.",
            Assert.Throws<ArgumentException>(() => trainer.Evaluate(inputs.AddTargets([1, 2]))).Message);
        Assert.StartsWith(
            "The data set's targets have -1 where there is none; for StepsOfClasses -100 stands for that.",
            Assert.Throws<ArgumentException>(() => trainer.Evaluate(inputs.AddStepTargets(new int[10], Steps, 3, ignoreIndex: -1))).Message);
    }
}
