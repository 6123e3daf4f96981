namespace NetGen.Metrics;

/// <summary>Reads one sample's outputs by what they mean: classes, probabilities, values, and what orders samples.</summary>
internal static class OutputReading
{
    internal const int NoClass = Prediction.NoClass;

    /// <summary>The class that outputs decide for, or <see cref="NoClass"/> where one of them is NaN.</summary>
    internal static int ClassOf(ReadOnlySpan<float> outputs, OutputMeaning meaning) =>
        outputs.Length == 1 ? Prediction.Classify(outputs[0], meaning) : Prediction.Classify(outputs);

    /// <summary>
    /// What orders samples by how much they are of a class: the log-odds where the outputs are logits, because probabilities of
    /// certain samples are equal when rounded; the probability itself; or the lead over the best of the other classes.
    /// </summary>
    internal static double RankOf(ReadOnlySpan<float> outputs, OutputMeaning meaning, int id)
    {
        if (outputs.Length == 1)
            return id == 1 ? outputs[0] : -outputs[0];
        if (meaning is OutputMeaning.ClassProbabilities or OutputMeaning.Probabilities or OutputMeaning.Logits)
            return outputs[id];

        double lead = double.PositiveInfinity;
        double others = 0;
        double largest = LargestBut(outputs, id);
        if (outputs[id] != largest || double.IsFinite(largest))
            lead = outputs[id] - largest;
        else
            lead = 0; // Two that are equally infinite.
        if (meaning == OutputMeaning.ClassScores || double.IsInfinity(lead) || !double.IsFinite(largest))
            return lead;
        for (int i = 0; i < outputs.Length; i++)
            others += i == id ? 0 : Math.Exp(outputs[i] - largest);
        return lead - Math.Log(others);
    }

    /// <summary>The logarithm of a class's probability; NaN where outputs are no probabilities.</summary>
    internal static double LogProbability(ReadOnlySpan<float> outputs, OutputMeaning meaning, int id)
    {
        if (meaning == OutputMeaning.Logits)
            return -SoftPlus(id == 1 ? -(double)outputs[0] : outputs[0]);
        if (meaning == OutputMeaning.Probabilities)
            return Math.Log(id == 1 ? outputs[0] : 1 - (double)outputs[0]);
        if (meaning == OutputMeaning.ClassProbabilities)
            return Math.Log(outputs[id]);
        return meaning == OutputMeaning.ClassLogits ? -SoftPlus(-RankOf(outputs, meaning, id)) : double.NaN;
    }

    /// <summary>What outputs say in the terms of targets: probabilities of logits, rates of their logarithms, else themselves.</summary>
    internal static void Values(ReadOnlySpan<float> outputs, OutputMeaning meaning, Span<double> values)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            values[i] = meaning switch
            {
                OutputMeaning.LogRates => Math.Exp(outputs[i]),
                OutputMeaning.Logits => 1 / (1 + Math.Exp(-(double)outputs[i])),
                OutputMeaning.ClassLogits => Math.Exp(LogProbability(outputs, meaning, i)),
                _ => outputs[i],
            };
        }
    }

    /// <summary>ln(1 + eˣ), without overflow.</summary>
    private static double SoftPlus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : Math.Log(1 + Math.Exp(x));

    private static double LargestBut(ReadOnlySpan<float> outputs, int id)
    {
        double largest = double.NegativeInfinity;
        for (int i = 0; i < outputs.Length; i++)
            largest = i == id ? largest : Math.Max(largest, outputs[i]);
        return largest;
    }
}
