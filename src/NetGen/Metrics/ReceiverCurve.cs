namespace NetGen.Metrics;

/// <summary>The area under the receiver operating characteristic, from the ranks of the scores.</summary>
internal static class ReceiverCurve
{
    internal static double Area(Predictions predictions)
    {
        predictions.RequireClasses("auc");
        int length = predictions.OutputLength;
        if (length <= 2)
        {
            // With two scores, what orders the samples is by how much the second leads.
            var lead = new float[predictions.Count];
            for (int sample = 0; sample < lead.Length; sample++)
            {
                ReadOnlySpan<float> scores = predictions.Output(sample);
                lead[sample] = length == 1 ? scores[0] : scores[1] - scores[0];
            }

            return Area(lead, predictions.Classes.Span, 1);
        }

        double sum = 0;
        int classes = 0;
        for (int id = 0; id < length; id++)
        {
            double area = Area(Probabilities(predictions, id), predictions.Classes.Span, id);
            if (double.IsNaN(area))
                continue;
            sum += area;
            classes++;
        }

        return classes == 0 ? double.NaN : sum / classes;
    }

    /// <summary>The softmax probabilities of a class: raw scores of different samples are not comparable.</summary>
    private static float[] Probabilities(Predictions predictions, int id)
    {
        var result = new float[predictions.Count];
        for (int sample = 0; sample < result.Length; sample++)
        {
            double others = 0;
            ReadOnlySpan<float> scores = predictions.Output(sample);
            foreach (float score in scores)
                others += Math.Exp((double)score - scores[id]);
            result[sample] = (float)(1 / others);
        }

        return result;
    }

    /// <summary>Mann and Whitney's U from ranks, equal scores sharing the mean of theirs.</summary>
    private static double Area(float[] scores, ReadOnlySpan<int> classes, int id)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort(scores, order);
        long positives = 0;
        double ranks = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && scores[end] == scores[start])
                end++;
            double rank = (start + 1 + end) / 2.0;
            for (; start < end; start++)
            {
                if (classes[order[start]] == id)
                {
                    positives++;
                    ranks += rank;
                }
            }
        }

        long negatives = order.Length - positives;
        return positives == 0 || negatives == 0
            ? double.NaN
            : (ranks - positives * (positives + 1) / 2.0) / ((double)positives * negatives);
    }
}
