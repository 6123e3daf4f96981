internal static class Samples_TinyKernels
{
    internal static void Infer(
        ref readonly float parametersStart, ref readonly float inputsStart, ref float outputs, ref float workspace, int count)
    {
        ref float parameters = ref Unsafe.AsRef(in parametersStart);
        ref float inputs = ref Unsafe.AsRef(in inputsStart);
        ref float biased0 = ref workspace, weight0 = ref parameters, bias0 = ref Unsafe.Add(ref parameters, 32);
        ref float tanh1 = ref Unsafe.Add(ref workspace, 384), biased2 = ref workspace;
        ref float weight2 = ref Unsafe.Add(ref parameters, 48), bias2 = ref Unsafe.Add(ref parameters, 96);

        if (count == 1)
        {
            PredictOne(ref outputs, ref inputs, ref parameters);
            return;
        }

        // biased0 = bias0 + Σ input · weight0
        Dense0Forward(ref biased0, ref inputs, ref weight0, ref bias0, 0, count);
        // tanh1 = tanh(biased0)
        Tanh1MapForward(ref tanh1, ref biased0, 0, count);
        // biased2 = bias2 + Σ tanh1 · weight2
        Dense2Forward(ref biased2, ref tanh1, ref weight2, ref bias2, 0, count);
        // what the caller gets
        CopyOutput(ref outputs, ref biased2, 0, count);
    }

    internal static void Backpropagate(TrainingFrame frame, Worker worker)
    {
        int count = frame.Count;
        nint capacity = frame.Capacity;
        ref float parameters = ref frame.Parameters;
        ref float gradient = ref frame.Gradient;
        ref float workspace = ref frame.Workspace;
        ref float inputs = ref Unsafe.AsRef(in frame.Inputs);
        ref float targets = ref Unsafe.AsRef(in frame.Targets);
        ref float inputGradient = ref frame.InputGradient;

        // Behind what does not depend on the batch, a row per sample for each tensor.
        ref float samples = ref Unsafe.Add(ref workspace, 64);
        ref float weight2Packed = ref workspace, weight2 = ref Unsafe.Add(ref parameters, 48);
        ref float weight0Packed = ref Unsafe.Add(ref workspace, 16), weight0 = ref parameters, biased0 = ref samples;
        ref float bias0 = ref Unsafe.Add(ref parameters, 32), tanh1 = ref Unsafe.Add(ref samples, capacity * 16);
        ref float biased2 = ref Unsafe.Add(ref samples, capacity * 32), bias2 = ref Unsafe.Add(ref parameters, 96);
        ref float dBiased2 = ref Unsafe.Add(ref samples, capacity * 48), dBiased0 = ref samples;
        ref float dInput = ref Unsafe.Add(ref samples, capacity * 64), dBias2 = ref Unsafe.Add(ref gradient, 96);
        ref float dWeight2 = ref Unsafe.Add(ref gradient, 48), dBias0 = ref Unsafe.Add(ref gradient, 32);
        ref float dWeight0 = ref gradient;

        int from, to;

        // Weights whose inputs lie along the lanes, for the gradients of inputs.
        (from, to) = worker.Share(3, 1);
        // weight2Packed: weight2 with its inputs along the lanes
        Pack2(ref weight2Packed, ref weight2, from, to);
        if (frame.WantsInputGradient)
        {
            (from, to) = worker.Share(3, 1);
            // weight0Packed: weight0 with its inputs along the lanes
            Pack0(ref weight0Packed, ref weight0, from, to);
        }
        worker.Barrier();

        // Forward and backward on this worker's share of the samples.
        (from, to) = worker.Share(count, 8);
        // biased0 = bias0 + Σ input · weight0
        Dense0Forward(ref biased0, ref inputs, ref weight0, ref bias0, from, to);
        // tanh1 = tanh(biased0)
        Tanh1MapForward(ref tanh1, ref biased0, from, to);
        // biased2 = bias2 + Σ tanh1 · weight2
        Dense2Forward(ref biased2, ref tanh1, ref weight2, ref bias2, from, to);
        // MeanSquaredError: its share of each sample, and dBiased2
        Loss(frame, ref dBiased2, ref biased2, ref targets, from, to);
        // dBiased0 = z * (1 - tanh1 * tanh1), where z = Σ dBiased2 · weight2Packed
        Dense2Backward(ref dBiased0, ref dBiased2, ref weight2Packed, ref tanh1, from, to);
        if (frame.WantsInputGradient)
        {
            // dInput = Σ dBiased0 · weight0Packed
            Dense0InputBackward(ref dInput, ref dBiased0, ref weight0Packed, from, to);
            // the gradient of the input as the caller wants it
            CopyInput(ref inputGradient, ref dInput, from, to);
        }
        worker.Barrier();

        // The parameters' gradients, each summed over all samples in order.
        (from, to) = worker.Share(1, 1);
        // dBias2 = Σ dBiased2
        Dense2BiasGradient(ref dBias2, ref dBiased2, from, to, count);
        (from, to) = worker.Share(3, 3);
        // dWeight2 = Σ tanh1 · dBiased2
        Dense2Gradient(ref dWeight2, ref tanh1, ref dBiased2, from, to, count);
        (from, to) = worker.Share(1, 1);
        // dBias0 = Σ dBiased0
        Dense0BiasGradient(ref dBias0, ref dBiased0, from, to, count);
        (from, to) = worker.Share(2, 2);
        // dWeight0 = Σ input · dBiased0
        Dense0Gradient(ref dWeight0, ref inputs, ref dBiased0, from, to, count);
        worker.Barrier();
    }

    internal static void EvaluateLoss(TrainingFrame frame, ref readonly float outputsStart, ref float scratch)
    {
        ref float outputs = ref Unsafe.AsRef(in outputsStart);
        ref float targets = ref Unsafe.AsRef(in frame.Targets);
        LossOfOutputs(frame, ref scratch, ref outputs, ref targets, 0, frame.Count);
    }
