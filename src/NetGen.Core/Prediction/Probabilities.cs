namespace NetGen.CompilerServices;

/// <summary>From a network's outputs to probabilities, by what the outputs are.</summary>
internal static class Probabilities
{
    /// <summary>Why outputs cannot become probabilities, and what to do; null if they can.</summary>
    /// <param name="subject">The network, or an output of one.</param>
    /// <param name="outputs">What its outputs are.</param>
    private static string? WhyNot(string subject, OutputMeaning outputs) => outputs switch
    {
        OutputMeaning.Logits or OutputMeaning.Probabilities or OutputMeaning.ClassLogits or OutputMeaning.ClassProbabilities => null,
        OutputMeaning.Values or OutputMeaning.LogRates =>
            $"{subject} is a regression: its outputs are {outputs}, not probabilities. Use Predict.",
        OutputMeaning.Signs =>
            $"The outputs of {subject} lie between -1 and 1 and are no probabilities. Use Predict or Classify, or train it with BinaryCrossEntropy.",
        OutputMeaning.Margins or OutputMeaning.ClassScores =>
            $"The outputs of {subject} are {outputs}: a hinge loss orders classes without saying how probable they are. "
            + "Use Predict or Classify, or train it with BinaryCrossEntropy or SoftmaxCrossEntropy.",
        _ =>
            $"Nobody said what the outputs of {subject} are: it has no loss, and its last layer bounds nothing. "
            + "Load it from a file that the trained network saved, or end it with Softmax or Sigmoid.",
    };

    /// <summary>Checks that there are probabilities, and room for them.</summary>
    /// <exception cref="InvalidOperationException">The outputs are no probabilities and cannot become any.</exception>
    /// <exception cref="ArgumentException">The room is that of neither the outputs nor the classes.</exception>
    /// <param name="subject">The network, or an output of one, in messages.</param>
    /// <param name="outputs">What its outputs are.</param>
    /// <param name="length">How many floats they are.</param>
    /// <param name="probabilities">The room.</param>
    internal static void Check(string subject, OutputMeaning outputs, int length, ReadOnlySpan<float> probabilities)
    {
        if (WhyNot(subject, outputs) is { } reason)
            throw new InvalidOperationException(reason);
        if (probabilities.Length == length || (length == 1 && probabilities.Length == 2))
            return;
        throw new ArgumentException(
            $"probabilities holds {probabilities.Length} floats; {subject} gives {length}"
            + (length == 1 ? ", that of class 1, or 2, one for each class." : "."),
            nameof(probabilities));
    }

    /// <summary>Makes probabilities of one sample's outputs.</summary>
    /// <param name="outputs">The outputs; may be the memory of <paramref name="probabilities"/>.</param>
    /// <param name="meaning">What they are.</param>
    /// <param name="probabilities">As many; or two for a single output, those of class 0 and class 1.</param>
    internal static void Of(ReadOnlySpan<float> outputs, OutputMeaning meaning, Span<float> probabilities)
    {
        if (meaning == OutputMeaning.ClassLogits)
        {
            Softmax(outputs, probabilities);
            return;
        }

        bool isLogit = meaning == OutputMeaning.Logits;
        if (outputs.Length == 1 && probabilities.Length == 2)
        {
            float output = outputs[0];
            // Not 1 − p of a rounded p, which would lose the small probabilities of class 0.
            probabilities[0] = isLogit ? Sigmoid(-(double)output) : 1 - output;
            probabilities[1] = isLogit ? Sigmoid(output) : output;
            return;
        }

        for (int i = 0; i < outputs.Length; i++)
            probabilities[i] = isLogit ? Sigmoid(outputs[i]) : outputs[i];
    }

    private static float Sigmoid(double logit) => (float)(1 / (1 + Math.Exp(-logit)));

    // In double precision: a handful of classes costs nothing, and the sum is 1 to the last bit that a float shows.
    private static void Softmax(ReadOnlySpan<float> logits, Span<float> probabilities)
    {
        float largest = float.NegativeInfinity;
        int infinite = 0;
        foreach (float logit in logits)
        {
            largest = Math.Max(largest, logit);
            infinite += float.IsPositiveInfinity(logit) ? 1 : 0;
        }

        if (float.IsPositiveInfinity(largest))
        {
            // The limit: certain, or shared by those that are equally so.
            for (int i = 0; i < logits.Length; i++)
                probabilities[i] = float.IsPositiveInfinity(logits[i]) ? 1f / infinite : 0f;
            return;
        }

        double sum = 0;
        foreach (float logit in logits)
            sum += Math.Exp((double)logit - largest);
        for (int i = 0; i < logits.Length; i++)
            probabilities[i] = (float)(Math.Exp((double)logits[i] - largest) / sum);
    }
}
