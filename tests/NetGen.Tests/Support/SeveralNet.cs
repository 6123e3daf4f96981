using System.Runtime.CompilerServices;

namespace NetGen.Tests;

/// <summary>
/// One dense layer on two inputs, whose outputs are judged by two losses: a kind of two classes and a size. The mean of all outputs is kept up
/// as a state, and batches are counted, as a normalisation does.
/// </summary>
internal sealed class SeveralNet(int seed = 1) : ITrainableNetwork<SeveralNet>
{
    internal const int Kinds = 2;
    internal const float KindWeight = 0.7f, SizeWeight = 1.5f;
    private const int MeanOffset = DenseModel.BlockLength, CountOffset = MeanOffset + DenseModel.Stride;

    internal static readonly float[] ClassWeights = [1, 2];

    public static int InputLength => DenseModel.Inputs;

    public static int OutputLength => DenseModel.Outputs;

    public static NetworkDescription Description { get; } = Describe();

    public static int InferenceScratchLength => 0;

    public static int InferenceBlock => DenseModel.InferenceBlock;

    public static SeveralNet Create(int seed = 0) => new(seed);

    public ParameterBlock Parameters { get; } = DenseModel.Create(Description, seed);

    public void Predict(ReadOnlySpan<float> input, Span<float> output) =>
        Prediction.Predict<SeveralNet>(Parameters, input, output);

    public void PredictBatch(ReadOnlySpan<float> inputs, Span<float> outputs, int threads = 0) =>
        Prediction.PredictBatch<SeveralNet>(Parameters, inputs, outputs, threads);

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
        SoftmaxCrossEntropyLoss.Run(frame.Term(0), in outputs, ref gradient, new(Kinds, DenseModel.Stride), from, to, 0f, ClassWeights);
        SquaredError(frame.Term(1), in Unsafe.Add(ref outputs, Kinds), ref Unsafe.Add(ref gradient, Kinds), DenseModel.Stride, from, to);
        worker.Barrier();
        DenseModel.Backward(frame, in gradient, worker);
        if (worker.Index == 0)
            UpdateStates(frame, in outputs);
    }

    public static void EvaluateLoss(TrainingFrame frame, ref readonly float outputs, ref float scratch)
    {
        SoftmaxCrossEntropyLoss.Run(frame.Term(0), in outputs, ref scratch, new(Kinds, Kinds), 0, frame.Count, 0f, ClassWeights);
        SquaredError(frame.Term(1), in Unsafe.Add(ref Unsafe.AsRef(in outputs), frame.Count * Kinds), ref scratch, 1, 0, frame.Count);
    }

    private static void SquaredError(LossTerm term, ref readonly float outputs, ref float gradient, int stride, int from, int to)
    {
        for (int sample = from; sample < to; sample++)
        {
            float share = term.ShareOf(sample);
            float error = DenseModel.At(in outputs, sample * stride) - DenseModel.At(in term.Targets, sample * term.TargetStride);
            Unsafe.Add(ref gradient, sample * stride) = 2 * error * share;
            Unsafe.Add(ref term.SampleLosses, sample) = error * error * share;
        }
    }

    private static void UpdateStates(TrainingFrame frame, ref readonly float outputs)
    {
        for (int o = 0; o < DenseModel.Outputs; o++)
        {
            float sum = 0;
            for (int sample = 0; sample < frame.Count; sample++)
                sum += DenseModel.At(in outputs, sample * DenseModel.Stride + o);
            Unsafe.Add(ref frame.Gradient, MeanOffset + o) = 0.9f * DenseModel.At(in frame.Parameters, MeanOffset + o) + 0.1f * sum / frame.Count;
        }

        Unsafe.Add(ref frame.Gradient, CountOffset) = DenseModel.At(in frame.Parameters, CountOffset) + 1;
    }

    private static NetworkDescription Describe()
    {
        NetworkDescription dense = DenseModel.Describe(nameof(SeveralNet), TargetKind.Several, operations: 1_000_000);
        return new NetworkDescription
        {
            Name = dense.Name,
            InputShape = [DenseModel.Inputs],
            OutputShape = [DenseModel.Outputs],
            InputPoints = [new("image", [1, 2, 2]), new("wheel", [2])],
            OutputPoints =
            [
                new("kind", [Kinds], OutputMeaning.ClassLogits)
                {
                    Loss = "SoftmaxCrossEntropy", Targets = TargetKind.Classes, Weight = KindWeight, ClassWeights = ClassWeights,
                },
                new("size", [1], OutputMeaning.Values) { Loss = "MeanSquaredError", Targets = TargetKind.Values, Weight = SizeWeight },
            ],
            Layers = dense.Layers,
            Parameters =
            [
                .. dense.Parameters,
                new("1.running_mean", [DenseModel.Outputs], new TensorLayout(MeanOffset, new LayoutDimension((DenseModel.Outputs, 1))),
                    Initializer.Zeros, 0, 1, 1, Decays: false) { IsState = true },
                new("1.num_batches_tracked", [], new TensorLayout(CountOffset), Initializer.Zeros, 0, 1, 1, Decays: false)
                {
                    IsState = true, IsCount = true,
                },
            ],
            ParameterBlockLength = CountOffset + DenseModel.Stride,
            Loss = "0.7 SoftmaxCrossEntropy of kind + 1.5 MeanSquaredError of size",
            Targets = TargetKind.Several,
        };
    }
}
