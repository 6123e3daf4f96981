using System.Runtime.CompilerServices;

namespace NetGen.Tests.Losses;

/// <summary>Runs a row loss over a batch in several ways of laying it out and sharing it.</summary>
internal sealed unsafe class LossBatch(int count, int length)
{
    internal delegate void Loss(
        TrainingFrame frame, ref readonly float outputs, ref float gradient, LossRows rows, int from, int to);

    internal float[] Outputs { get; init; } = TestData.Floats(count * length, seed: 1, scale: 3);

    internal float[] Targets { get; init; } = [];

    internal int[] Classes { get; init; } = [];

    internal float[] Weights { get; init; } = [];

    /// <summary>The mean loss and the gradient; padding is checked to be zero.</summary>
    internal (double Loss, float[] Gradient) Run(Loss loss, int stride)
    {
        var empty = new AlignedBuffer(0);
        var frame = new TrainingFrame([new TermWeighting(1, null)], empty, count);
        var outputs = new AlignedBuffer(count * stride);
        var gradients = new AlignedBuffer(count * stride);
        // What lies in the padding must not matter, nor must what the gradient held.
        outputs.Span.Fill(float.NaN);
        gradients.Span.Fill(float.NaN);
        for (int sample = 0; sample < count; sample++)
            Outputs.AsSpan(sample * length, length).CopyTo(outputs.Span[(sample * stride)..]);

        // At its exact end, so that a read past the last target would meet another object.
        fixed (float* target = Targets, weight = Weights)
        fixed (int* id = Classes)
        {
            frame.Begin(new TargetRows([length], [1], [Classes.Length > 0]), null, null, 0, target, id, weight, null, count, 0);
            int half = count / 2;
            loss(frame, ref outputs.Start, ref gradients.Start, new LossRows(length, stride), half, count);
            loss(frame, ref outputs.Start, ref gradients.Start, new LossRows(length, stride), 0, half);
        }

        var gradient = new float[count * length];
        for (int sample = 0; sample < count; sample++)
        {
            gradients.Span.Slice(sample * stride, length).CopyTo(gradient.AsSpan(sample * length));
            Assert.All(
                gradients.Span.Slice(sample * stride + length, stride - length).ToArray(),
                padding => Assert.Equal(0f, padding));
        }

        double sum = 0;
        for (int sample = 0; sample < count; sample++)
            sum += Unsafe.Add(ref frame.SampleLosses, sample);
        return (sum, gradient);
    }
}
