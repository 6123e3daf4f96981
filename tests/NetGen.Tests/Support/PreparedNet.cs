using System.Runtime.CompilerServices;

namespace NetGen.Tests;

/// <summary>
/// Linear regression whose predictions read prepared numbers alone: the parameters, doubled. A preparation that was missed shows in the outputs.
/// </summary>
internal sealed class PreparedNet : ITrainableNetwork<PreparedNet>
{
    private static int s_preparations;

    public static int InputLength => DenseModel.Inputs;

    public static int OutputLength => DenseModel.Outputs;

    public static NetworkDescription Description { get; } = DenseModel.Describe(
        nameof(PreparedNet), TargetKind.Values, preparedLength: DenseModel.BlockLength, prepare: Prepare);

    public static int InferenceScratchLength => 0;

    public static int InferenceBlock => DenseModel.InferenceBlock;

    /// <summary>How many times anything was prepared.</summary>
    internal static int Preparations => Volatile.Read(ref s_preparations);

    public static PreparedNet Create(int seed = 0) => new();

    public ParameterBlock Parameters { get; } = DenseModel.Create(Description, seed: 1);

    public void Predict(ReadOnlySpan<float> input, Span<float> output) =>
        Prediction.Predict<PreparedNet>(Parameters, input, output);

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0) =>
        Prediction.PredictBatch<PreparedNet>(Parameters, inputs, outputs, threads);

    public static void InferBlock(
        ref readonly float parameters, ref readonly float inputs, ref float outputs, ref float scratch, int count) =>
        DenseModel.Forward(
            in Unsafe.Add(ref Unsafe.AsRef(in parameters), DenseModel.BlockLength), in inputs, ref outputs, OutputLength, 0, count);

    public static int TrainingWorkspaceLength(int capacity) => RegressionNet.TrainingWorkspaceLength(capacity);

    public static void Backpropagate(TrainingFrame frame, Worker worker) => RegressionNet.Backpropagate(frame, worker);

    public static void EvaluateLoss(TrainingFrame frame, ref readonly float outputs, ref float scratch) =>
        RegressionNet.EvaluateLoss(frame, in outputs, ref scratch);

    private static void Prepare(ulong codeStamp, ref readonly float parameters, ref float prepared)
    {
        Interlocked.Increment(ref s_preparations);
        for (int i = 0; i < DenseModel.BlockLength; i++)
            Unsafe.Add(ref prepared, i) = 2 * DenseModel.At(in parameters, i);
    }
}
