internal static class DigitsKernels
{
    internal static void Infer(
        ref readonly float parametersStart, ref readonly float inputsStart, ref float outputs, ref float workspace, int count)
    {
        ref float parameters = ref Unsafe.AsRef(in parametersStart);
        ref float inputs = ref Unsafe.AsRef(in inputsStart);
        ref float input = ref Unsafe.Add(ref workspace, 5888), biased0 = ref Unsafe.Add(ref workspace, 4096);
        ref float weight0 = ref parameters, bias0 = ref Unsafe.Add(ref parameters, 144);
        ref float largest2 = ref Unsafe.Add(ref workspace, 5280), pool2 = ref Unsafe.Add(ref workspace, 4096);
        ref float relu4 = ref workspace, weight3 = ref Unsafe.Add(ref parameters, 160);
        ref float bias3 = ref Unsafe.Add(ref parameters, 1024), biased6 = ref Unsafe.Add(ref workspace, 4096);
        ref float flat5 = ref workspace, weight6 = ref Unsafe.Add(ref parameters, 1040);
        ref float bias6 = ref Unsafe.Add(ref parameters, 5136);

        // Image layers sample by sample, so that a sample's activations stay in the cache.
        for (int s = 0; s < count; s++)
        {
            ref float inputsS = ref Unsafe.Add(ref inputs, (nint)s * 144);
            ref float relu4S = ref Unsafe.Add(ref relu4, (nint)s * 256);
            // the input with room around it
            CopyInput(ref Unsafe.Add(ref input, 18), ref inputsS, 0, 1);
            // biased0 = bias0 + Σ input · weight0
            Conv2D0Forward(ref biased0, ref input, ref weight0, ref bias0, 0, 1);
            // largest2 = the largest of each window of biased0
            MaxPool2D2Forward(ref largest2, ref biased0, 0, 1);
            // pool2 = max(largest2, 0)
            Relu1MapForward(ref pool2, ref largest2, 0, 1);
            // relu4 = max(z, 0), where z = bias3 + Σ pool2 · weight3
            Conv2D3Forward(ref relu4S, ref pool2, ref weight3, ref bias3, 0, 1);
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
        ref float samples = ref Unsafe.Add(ref workspace, 2560);
        ref float weight6Packed = ref workspace, weight6 = ref Unsafe.Add(ref parameters, 1040), input = ref samples;
        ref float biased0 = ref Unsafe.Add(ref samples, capacity * 272), weight0 = ref parameters;
        ref float bias0 = ref Unsafe.Add(ref parameters, 144), largest2 = ref Unsafe.Add(ref samples, capacity * 1456);
        ref float pool2 = ref Unsafe.Add(ref samples, capacity * 2064);
        ref float relu4 = ref Unsafe.Add(ref samples, capacity * 2672), weight3 = ref Unsafe.Add(ref parameters, 160);
        ref float bias3 = ref Unsafe.Add(ref parameters, 1024), biased6 = ref Unsafe.Add(ref samples, capacity * 2928);
        ref float flat5 = ref Unsafe.Add(ref samples, capacity * 2672), bias6 = ref Unsafe.Add(ref parameters, 5136);
        ref float dBiased6 = ref Unsafe.Add(ref samples, capacity * 2944);
        ref float dBiased3 = ref Unsafe.Add(ref samples, capacity * 2960);
        ref float dBiased3ByColumns = ref Unsafe.Add(ref samples, capacity * 3216);
        ref float dLargest2 = ref Unsafe.Add(ref samples, capacity * 5552);
        ref float dBiased0 = ref Unsafe.Add(ref samples, capacity * 6160);
        ref float dInput = ref Unsafe.Add(ref samples, capacity * 7632), dBias6 = ref Unsafe.Add(ref gradient, 5136);
        ref float dWeight6 = ref Unsafe.Add(ref gradient, 1040), dBias3 = ref Unsafe.Add(ref gradient, 1024);
        ref float dWeight3 = ref Unsafe.Add(ref gradient, 160), dBias0 = ref Unsafe.Add(ref gradient, 144);
        ref float dWeight0 = ref gradient;

        int from, to;

        // Weights whose inputs lie along the lanes, for the gradients of inputs.
        (from, to) = worker.Share(8, 1);
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
            // biased0 = bias0 + Σ input · weight0
            Conv2D0Forward(ref biased0, ref input, ref weight0, ref bias0, first, last);
            // largest2 = the largest of each window of biased0
            MaxPool2D2Forward(ref largest2, ref biased0, first, last);
            // pool2 = max(largest2, 0)
            Relu1MapForward(ref pool2, ref largest2, first, last);
            // relu4 = max(z, 0), where z = bias3 + Σ pool2 · weight3
            Conv2D3Forward(ref relu4, ref pool2, ref weight3, ref bias3, first, last);
        }
        // biased6 = bias6 + Σ flat5 · weight6
        Dense6Forward(ref biased6, ref flat5, ref weight6, ref bias6, from, to);
        // SoftmaxCrossEntropy: its share of each sample, and dBiased6
        global::NetGen.CompilerServices.SoftmaxCrossEntropyLoss.Run(frame, ref biased6, ref dBiased6, 10, 16, from, to);
        // dBiased3 = (relu4 > 0 ? z : 0), where z = Σ dBiased6 · weight6Packed
        Dense6Backward(ref dBiased3, ref dBiased6, ref weight6Packed, ref relu4, from, to);
        // A few samples at a time, so that what one layer hands to the next stays in the cache.
        for (int first = from; first < to; first += 8)
        {
            int last = Math.Min(first + 8, to);
            // dBiased3ByColumns = dBiased3, laid out anew
            Copy3(ref Unsafe.Add(ref dBiased3ByColumns, 38), ref dBiased3, first, last);
            // dLargest2 = (pool2 > 0 ? z : 0), where z = Σ dBiased3ByColumns · weight3
            Conv2D3Backward(ref dLargest2, ref Unsafe.Add(ref dBiased3ByColumns, 38), ref weight3, ref pool2, first, last);
            // dBiased0: dLargest2 where each window's largest was
            MaxPool2D2Backward(ref dBiased0, ref dLargest2, ref biased0, ref largest2, first, last);
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
        (from, to) = worker.Share(256, 16);
        // dWeight6 = Σ flat5 · dBiased6
        Dense6Gradient(ref dWeight6, ref flat5, ref dBiased6, from, to, count);
        (from, to) = worker.Share(1, 1);
        // dBias3 = Σ dBiased3
        Conv2D3BiasGradient(ref dBias3, ref dBiased3, from, to, count);
        (from, to) = worker.Share(6, 6);
        // dWeight3 = Σ pool2 · dBiased3
        Conv2D3Gradient(ref dWeight3, ref pool2, ref dBiased3, from, to, count);
        (from, to) = worker.Share(6, 6);
        // dBias0 = Σ dBiased0
        Conv2D0BiasGradient(ref dBias0, ref Unsafe.Add(ref dBiased0, 18), from, to, count);
        (from, to) = worker.Share(6, 6);
        // dWeight0 = Σ input · dBiased0
        Conv2D0Gradient(ref dWeight0, ref input, ref Unsafe.Add(ref dBiased0, 18), from, to, count);
        worker.Barrier();
    }

    internal static void EvaluateLoss(TrainingFrame frame, ref readonly float outputsStart, ref float scratch)
    {
        ref float outputs = ref Unsafe.AsRef(in outputsStart);
        global::NetGen.CompilerServices.SoftmaxCrossEntropyLoss.Run(frame, ref outputs, ref scratch, 10, 10, 0, frame.Count);
    }
