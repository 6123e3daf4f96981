internal static class DroppedKernels
{
    internal static void Infer(
        ref readonly float parametersStart, ref readonly float inputsStart, ref float outputs, ref float workspace, int count)
    {
        ref float parameters = ref Unsafe.AsRef(in parametersStart);
        ref float inputs = ref Unsafe.AsRef(in inputsStart);
        ref float biased0 = ref workspace, weight0 = ref parameters, bias0 = ref Unsafe.Add(ref parameters, 640);
        ref float gelu1 = ref Unsafe.Add(ref workspace, 768), biased3 = ref workspace;
        ref float dropout2 = ref Unsafe.Add(ref workspace, 768), weight3 = ref Unsafe.Add(ref parameters, 672);
        ref float bias3 = ref Unsafe.Add(ref parameters, 1056);

        if (count == 1)
        {
            PredictOne(ref outputs, ref inputs, ref parameters);
            return;
        }

        // biased0 = bias0 + Σ input · weight0
        Dense0Forward(ref biased0, ref inputs, ref weight0, ref bias0, 0, count);
        // gelu1 = 0.5 * (biased0 * (erf(0.7071067811865476 * biased0) + 1))
        Gelu1MapForward(ref gelu1, ref biased0, 0, count);
        // biased3 = bias3 + Σ dropout2 · weight3
        Dense3Forward(ref biased3, ref dropout2, ref weight3, ref bias3, 0, count);
        // what the caller gets
        CopyOutput(ref outputs, ref biased3, 0, count);
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
        ref float samples = ref Unsafe.Add(ref workspace, 928);
        ref float weight3Packed = ref workspace, weight3 = ref Unsafe.Add(ref parameters, 672);
        ref float weight0Packed = ref Unsafe.Add(ref workspace, 160), weight0 = ref parameters, biased0 = ref samples;
        ref float bias0 = ref Unsafe.Add(ref parameters, 640), mask2 = ref Unsafe.Add(ref samples, capacity * 32);
        ref float gelu1Slope = ref Unsafe.Add(ref samples, capacity * 64);
        ref float dropout2 = ref Unsafe.Add(ref samples, capacity * 96);
        ref float biased3 = ref Unsafe.Add(ref samples, capacity * 128), bias3 = ref Unsafe.Add(ref parameters, 1056);
        ref float dBiased3 = ref Unsafe.Add(ref samples, capacity * 144), dBiased0 = ref samples;
        ref float dInput = ref Unsafe.Add(ref samples, capacity * 160), dBias3 = ref Unsafe.Add(ref gradient, 1056);
        ref float dWeight3 = ref Unsafe.Add(ref gradient, 672), dBias0 = ref Unsafe.Add(ref gradient, 640);
        ref float dWeight0 = ref gradient;

        int from, to;

        // Weights whose inputs lie along the lanes, for the gradients of inputs.
        (from, to) = worker.Share(24, 1);
        // weight3Packed: weight3 with its inputs along the lanes
        Pack3(ref weight3Packed, ref weight3, from, to);
        if (frame.WantsInputGradient)
        {
            (from, to) = worker.Share(24, 1);
            // weight0Packed: weight0 with its inputs along the lanes
            Pack0(ref weight0Packed, ref weight0, from, to);
        }
        worker.Barrier();

        // Forward and backward on this worker's share of the samples.
        (from, to) = worker.Share(count, 8);
        // biased0 = bias0 + Σ input · weight0
        Dense0Forward(ref biased0, ref inputs, ref weight0, ref bias0, from, to);
        // mask2: random factors
        global::NetGen.CompilerServices.DropoutMask.Fill(frame.Key, 0, 0.25f, ref mask2, 32, from, to);
        // gelu1Slope = 0.5 * (erf(0.7071067811865476 * biased0) + 0.7978845608028654 * (biased0 * exp(-0.5000000000000001 * (biased0 * biased0))) + 1); dropout2 = 0.5 * (mask2 * biased0 * (erf(0.7071067811865476 * biased0) + 1))
        Gelu1MapForward_2(ref gelu1Slope, ref dropout2, ref biased0, ref mask2, from, to);
        // biased3 = bias3 + Σ dropout2 · weight3
        Dense3Forward(ref biased3, ref dropout2, ref weight3, ref bias3, from, to);
        // Huber(0.5): its share of each sample, and dBiased3
        Loss(frame, ref dBiased3, ref biased3, ref targets, from, to);
        // dBiased0 = mask2 * gelu1Slope * z, where z = Σ dBiased3 · weight3Packed
        Dense3Backward(ref dBiased0, ref dBiased3, ref weight3Packed, ref mask2, ref gelu1Slope, from, to);
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
        // dBias3 = Σ dBiased3
        Dense3BiasGradient(ref dBias3, ref dBiased3, from, to, count);
        (from, to) = worker.Share(24, 8);
        // dWeight3 = Σ dropout2 · dBiased3
        Dense3Gradient(ref dWeight3, ref dropout2, ref dBiased3, from, to, count);
        (from, to) = worker.Share(1, 1);
        // dBias0 = Σ dBiased0
        Dense0BiasGradient(ref dBias0, ref dBiased0, from, to, count);
        (from, to) = worker.Share(20, 4);
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
