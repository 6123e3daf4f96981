internal static class GroupedKernels
{
    internal static void Infer(
        ref readonly float parametersStart, ref readonly float inputsStart, ref float outputs, ref float workspace, int count)
    {
        ref float parameters = ref Unsafe.AsRef(in parametersStart);
        ref float inputs = ref Unsafe.AsRef(in inputsStart);
        ref float input = ref workspace, relu61 = ref Unsafe.Add(ref workspace, 1664), weight0 = ref parameters;
        ref float bias0 = ref Unsafe.Add(ref parameters, 144), biased2 = ref Unsafe.Add(ref workspace, 2976);
        ref float weight2 = ref Unsafe.Add(ref parameters, 160), bias2 = ref Unsafe.Add(ref parameters, 1312);
        ref float silu3 = ref Unsafe.Add(ref workspace, 1664), mean4 = ref Unsafe.Add(ref workspace, 3232);
        ref float biased6 = ref Unsafe.Add(ref workspace, 1664), flat5 = ref Unsafe.Add(ref workspace, 3232);
        ref float weight6 = ref Unsafe.Add(ref parameters, 1328), bias6 = ref Unsafe.Add(ref parameters, 1520);

        // Image layers sample by sample, so that a sample's activations stay in the cache.
        for (int s = 0; s < count; s++)
        {
            ref float inputsS = ref Unsafe.Add(ref inputs, (nint)s * 800);
            ref float mean4S = ref Unsafe.Add(ref mean4, (nint)s * 16);
            // the input with room around it
            CopyInput(ref Unsafe.Add(ref input, 18), ref inputsS, 0, 1);
            // relu61 = min(max(z, 0), 6), where z = bias0 + Σ input · weight0
            Conv2D0Forward(ref relu61, ref input, ref weight0, ref bias0, 0, 1);
            // biased2 = bias2 + Σ relu61 · weight2
            Conv2D2Forward(ref biased2, ref relu61, ref weight2, ref bias2, 0, 1);
            // silu3 = biased2 * sigmoid(biased2)
            Silu3MapForward(ref silu3, ref biased2, 0, 1);
            // mean4 = z * 0.0625, where z = Σ silu3
            GlobalAveragePool4SumForwardOne(ref mean4S, ref silu3, 0, 1);
        }

        if (count == 1)
        {
            // biased6 = bias6 + Σ flat5 · weight6
            Dense6ForwardOne(ref biased6, ref flat5, ref weight6, ref bias6, 0, 1);
            // what the caller gets
            CopyOutput(ref outputs, ref biased6, 0, 1);
            return;
        }

        // biased6 = bias6 + Σ flat5 · weight6
        Dense6Forward(ref biased6, ref flat5, ref weight6, ref bias6, 0, count);
        // what the caller gets
        CopyOutput(ref outputs, ref biased6, 0, count);
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
        ref float weight6Packed = ref workspace, weight6 = ref Unsafe.Add(ref parameters, 1328), input = ref samples;
        ref float relu61 = ref Unsafe.Add(ref samples, capacity * 1664), weight0 = ref parameters;
        ref float bias0 = ref Unsafe.Add(ref parameters, 144), biased2 = ref Unsafe.Add(ref samples, capacity * 2976);
        ref float weight2 = ref Unsafe.Add(ref parameters, 160), bias2 = ref Unsafe.Add(ref parameters, 1312);
        ref float silu3 = ref Unsafe.Add(ref samples, capacity * 3232);
        ref float silu3Slope = ref Unsafe.Add(ref samples, capacity * 3488);
        ref float mean4 = ref Unsafe.Add(ref samples, capacity * 3744);
        ref float biased6 = ref Unsafe.Add(ref samples, capacity * 3760);
        ref float flat5 = ref Unsafe.Add(ref samples, capacity * 3744), bias6 = ref Unsafe.Add(ref parameters, 1520);
        ref float dBiased6 = ref Unsafe.Add(ref samples, capacity * 3776);
        ref float dFlat5 = ref Unsafe.Add(ref samples, capacity * 3792);
        ref float dBiased2 = ref Unsafe.Add(ref samples, capacity * 2976);
        ref float dMean4 = ref Unsafe.Add(ref samples, capacity * 3792);
        ref float dBiased2ByColumns = ref Unsafe.Add(ref samples, capacity * 3808);
        ref float dBiased0 = ref Unsafe.Add(ref samples, capacity * 6432);
        ref float dInput = ref Unsafe.Add(ref samples, capacity * 8096), dBias6 = ref Unsafe.Add(ref gradient, 1520);
        ref float dWeight6 = ref Unsafe.Add(ref gradient, 1328), dBias2 = ref Unsafe.Add(ref gradient, 1312);
        ref float dWeight2 = ref Unsafe.Add(ref gradient, 160), dBias0 = ref Unsafe.Add(ref gradient, 144);
        ref float dWeight0 = ref gradient;

        int from, to;

        // Weights whose inputs lie along the lanes, for the gradients of inputs.
        (from, to) = worker.Share(12, 1);
        // weight6Packed: weight6 with its inputs along the lanes
        Pack6(ref weight6Packed, ref weight6, from, to);
        worker.Barrier();

        // Forward and backward on this worker's share of the samples.
        (from, to) = worker.Share(count, 8);
        // A few samples at a time, so that what one layer hands to the next stays in the cache.
        for (int first = from; first < to; first += 8)
        {
            int last = Math.Min(first + 8, to);
            // the input with room around it
            CopyInput(ref Unsafe.Add(ref input, 18), ref inputs, first, last);
            // relu61 = min(max(z, 0), 6), where z = bias0 + Σ input · weight0
            Conv2D0Forward(ref relu61, ref input, ref weight0, ref bias0, first, last);
            // biased2 = bias2 + Σ relu61 · weight2
            Conv2D2Forward(ref biased2, ref relu61, ref weight2, ref bias2, first, last);
            // silu3 = biased2 * sigmoid(biased2); silu3Slope = sigmoid(biased2) + biased2 * sigmoid(biased2) * (1 - sigmoid(biased2))
            Silu3MapForward_2(ref silu3, ref silu3Slope, ref biased2, first, last);
            // mean4 = z * 0.0625, where z = Σ silu3
            GlobalAveragePool4SumForward(ref mean4, ref silu3, first, last);
        }
        // biased6 = bias6 + Σ flat5 · weight6
        Dense6Forward(ref biased6, ref flat5, ref weight6, ref bias6, from, to);
        // BinaryCrossEntropy: its share of each sample, and dBiased6
        Loss(frame, ref dBiased6, ref biased6, ref targets, from, to);
        // dFlat5 = Σ dBiased6 · weight6Packed
        Dense6Backward(ref dFlat5, ref dBiased6, ref weight6Packed, from, to);
        // A few samples at a time, so that what one layer hands to the next stays in the cache.
        for (int first = from; first < to; first += 8)
        {
            int last = Math.Min(first + 8, to);
            // dBiased2 = 0.0625 * (dMean4 * silu3Slope)
            Silu3MapBackward(ref dBiased2, ref silu3Slope, ref dMean4, first, last);
            // dBiased2ByColumns = dBiased2, laid out anew
            Copy2(ref Unsafe.Add(ref dBiased2ByColumns, 38), ref dBiased2, first, last);
            // dBiased0 = (relu61 < 6 ? (relu61 > 0 ? z : 0) : 0), where z = Σ dBiased2ByColumns · weight2
            Conv2D2Backward(ref Unsafe.Add(ref dBiased0, 18), ref Unsafe.Add(ref dBiased2ByColumns, 38), ref weight2, ref relu61, first, last);
        }
        if (frame.WantsInputGradient)
        {
            // A few samples at a time, so that what one layer hands to the next stays in the cache.
            for (int first = from; first < to; first += 8)
            {
                int last = Math.Min(first + 8, to);
                // dInput = Σ dBiased0 · weight0
                Conv2D0InputBackward(ref dInput, ref Unsafe.Add(ref dBiased0, 36), ref weight0, first, last);
                // the gradient of the input as the caller wants it
                CopyInput_2(ref inputGradient, ref dInput, first, last);
            }
        }
        worker.Barrier();

        // The parameters' gradients, each summed over all samples in order.
        (from, to) = worker.Share(1, 1);
        // dBias6 = Σ dBiased6
        Dense6BiasGradient(ref dBias6, ref dBiased6, from, to, count);
        (from, to) = worker.Share(12, 6);
        // dWeight6 = Σ flat5 · dBiased6
        Dense6Gradient(ref dWeight6, ref flat5, ref dBiased6, from, to, count);
        (from, to) = worker.Share(1, 1);
        // dBias2 = Σ dBiased2
        Conv2D2BiasGradient(ref dBias2, ref dBiased2, from, to, count);
        (from, to) = worker.Share(4, 1);
        // dWeight2 = Σ relu61 · dBiased2
        Conv2D2Gradient(ref dWeight2, ref relu61, ref dBiased2, from, to, count);
        (from, to) = worker.Share(8, 4);
        // dBias0 = Σ dBiased0
        Conv2D0BiasGradient(ref dBias0, ref Unsafe.Add(ref dBiased0, 18), from, to, count);
        (from, to) = worker.Share(8, 1);
        // dWeight0 = Σ input · dBiased0
        Conv2D0Gradient(ref dWeight0, ref input, ref Unsafe.Add(ref dBiased0, 18), from, to, count);
        worker.Barrier();
    }

    internal static void EvaluateLoss(TrainingFrame frame, ref readonly float outputsStart, ref float scratch)
    {
        ref float outputs = ref Unsafe.AsRef(in outputsStart);
        ref float targets = ref Unsafe.AsRef(in frame.Targets);
        LossOfOutputs(frame, ref scratch, ref outputs, ref targets, 0, frame.Count);
    }
