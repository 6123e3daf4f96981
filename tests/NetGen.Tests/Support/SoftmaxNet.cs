using System.Runtime.CompilerServices;

namespace NetGen.Tests;

/// <summary>Softmax regression: one dense layer and the cross-entropy.</summary>
internal sealed class SoftmaxNet(int seed = 1) : ITrainableNetwork<SoftmaxNet>
{
    public static int InputLength => DenseModel.Inputs;

    public static int OutputLength => DenseModel.Outputs;

    public static NetworkDescription Description { get; } =
        DenseModel.Describe(nameof(SoftmaxNet), TargetKind.Classes, operations: 1_000_000);

    public static int InferenceScratchLength => 0;

    public static int InferenceBlock => DenseModel.InferenceBlock;

    public static SoftmaxNet Create(int seed = 0) => new(seed);

    public ParameterBlock Parameters { get; } = DenseModel.Create(Description, seed);

    public void Predict(ReadOnlySpan<float> input, Span<float> output) =>
        Prediction.Predict<SoftmaxNet>(Parameters, input, output);

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0) =>
        Prediction.PredictBatch<SoftmaxNet>(Parameters, inputs, outputs, threads);

    public static void InferBlock(
        ref readonly float parameters, ref readonly float inputs, ref float outputs, ref float scratch, int count) =>
        DenseModel.Forward(in parameters, in inputs, ref outputs, OutputLength, 0, count);

    public static int TrainingWorkspaceLength(int capacity) => 2 * capacity * DenseModel.Stride;

    public static void Backpropagate(TrainingFrame frame, Worker worker)
    {
        ref float outputs = ref frame.Workspace;
        ref float gradient = ref Unsafe.Add(ref outputs, frame.Capacity * DenseModel.Stride);
        (int from, int to) = worker.Share(frame.Count);
        DenseModel.Forward(in frame.Parameters, in frame.Inputs, ref outputs, DenseModel.Stride, from, to);
        SoftmaxCrossEntropyLoss.Run(frame, in outputs, ref gradient, new(OutputLength, DenseModel.Stride), from, to);
        worker.Barrier();
        DenseModel.Backward(frame, in gradient, worker);
    }

    public static void EvaluateLoss(TrainingFrame frame, ref readonly float outputs, ref float scratch) =>
        SoftmaxCrossEntropyLoss.Run(frame, in outputs, ref scratch, new(OutputLength, OutputLength), 0, frame.Count);
}
