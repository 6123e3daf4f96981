using System.Runtime.CompilerServices;

namespace NetGen.Tests;

/// <summary>Linear regression with the mean squared error.</summary>
internal sealed class RegressionNet(int seed = 1) : ITrainableNetwork<RegressionNet>
{
    public static int InputLength => DenseModel.Inputs;

    public static int OutputLength => DenseModel.Outputs;

    // So many operations that even small batches are shared between threads.
    public static NetworkDescription Description { get; } =
        DenseModel.Describe(nameof(RegressionNet), TargetKind.Values, operations: 1_000_000);

    public static int InferenceScratchLength => 16;

    public static int InferenceBlock => DenseModel.InferenceBlock;

    /// <summary>The number of blocks that found their scratch memory different from what this network left there.</summary>
    internal static int DirtyScratch;

    public static RegressionNet Create(int seed = 0) => new(seed);

    public ParameterBlock Parameters { get; } = DenseModel.Create(Description, seed);

    public void Predict(ReadOnlySpan<float> input, Span<float> output) =>
        Prediction.Predict<RegressionNet>(Parameters, input, output);

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0) =>
        Prediction.PredictBatch<RegressionNet>(Parameters, inputs, outputs, threads);

    public static void InferBlock(
        ref readonly float parameters, ref readonly float inputs, ref float outputs, ref float scratch, int count)
    {
        if (scratch is not (0f or 42f))
            Interlocked.Increment(ref DirtyScratch);
        scratch = 42f;
        DenseModel.Forward(in parameters, in inputs, ref outputs, OutputLength, 0, count);
    }

    public static int TrainingWorkspaceLength(int capacity) => 2 * capacity * DenseModel.Stride;

    public static void Backpropagate(TrainingFrame frame, Worker worker)
    {
        ref float outputs = ref frame.Workspace;
        ref float gradient = ref Unsafe.Add(ref outputs, frame.Capacity * DenseModel.Stride);
        (int from, int to) = worker.Share(frame.Count);
        DenseModel.Forward(in frame.Parameters, in frame.Inputs, ref outputs, DenseModel.Stride, from, to);
        SquaredError(frame, in outputs, ref gradient, DenseModel.Stride, from, to);
        worker.Barrier();
        DenseModel.Backward(frame, in gradient, worker);
    }

    public static void EvaluateLoss(TrainingFrame frame, ref readonly float outputs, ref float scratch) =>
        SquaredError(frame, in outputs, ref scratch, OutputLength, 0, frame.Count);

    private static void SquaredError(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, int stride, int from, int to)
    {
        for (int sample = from; sample < to; sample++)
        {
            float loss = 0;
            float share = frame.ShareOf(sample) / OutputLength;
            for (int o = 0; o < OutputLength; o++)
            {
                int at = sample * stride + o;
                float error = DenseModel.At(in outputs, at) - DenseModel.At(in frame.Targets, sample * OutputLength + o);
                loss += error * error;
                Unsafe.Add(ref gradient, at) = 2 * error * share;
            }

            Unsafe.Add(ref frame.SampleLosses, sample) = loss * share;
        }
    }
}
