namespace NetGen.Metrics;

/// <summary>How well scores order the samples of a class before the others: areas under two curves.</summary>
internal static class Ranking
{
    /// <summary>
    /// Measures class 1 of two; with more, or with several outputs of their own, the mean over those that can be measured, NaN if
    /// there is none.
    /// </summary>
    /// <param name="predictions">Predictions without NaN.</param>
    /// <param name="measure">Measures scores and which of them are of the class; NaN where that is not defined.</param>
    internal static double Mean(Predictions predictions, Func<double[], bool[], double> measure)
    {
        if (predictions.ClassCount == 2)
            return measure(Scores(predictions, 1), Members(predictions, 1));

        double sum = 0;
        int measured = 0;
        for (int id = 0; id < predictions.OutputLength; id++)
        {
            double area = measure(Scores(predictions, id), Members(predictions, id));
            if (double.IsNaN(area))
                continue;
            sum += area;
            measured++;
        }

        return measured == 0 ? double.NaN : sum / measured;
    }

    /// <summary>
    /// The area under the receiver operating characteristic: Mann and Whitney's U from ranks, equal scores sharing the mean of theirs.
    /// </summary>
    internal static double RocArea(double[] scores, bool[] members)
    {
        int[] order = Order(scores);
        long positives = 0;
        double ranks = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = EndOfTies(scores, order, start);
            double rank = (start + 1 + end) / 2.0;
            for (; start < end; start++)
            {
                if (members[order[start]])
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

    /// <summary>Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores as thresholds, from the highest down.</summary>
    internal static double AveragePrecision(double[] scores, bool[] members)
    {
        int positives = members.Count(isMember => isMember);
        if (positives == 0)
            return double.NaN;

        int[] order = Order(Array.ConvertAll(scores, score => -score));
        double sum = 0;
        int found = 0;
        for (int start = 0; start < order.Length;)
        {
            int end = EndOfTies(scores, order, start);
            int before = found;
            for (; start < end; start++)
                found += members[order[start]] ? 1 : 0;
            sum += (double)(found - before) * found / end;
        }

        return sum / positives;
    }

    private static double[] Scores(Predictions predictions, int id) =>
        [.. Enumerable.Range(0, predictions.Count).Select(sample => OutputReading.RankOf(predictions.Output(sample), predictions.Meaning, id))];

    private static bool[] Members(Predictions predictions, int id) =>
        [.. Enumerable.Range(0, predictions.Count).Select(sample => predictions.IsOf(sample, id))];

    private static int[] Order(double[] scores)
    {
        int[] order = [.. Enumerable.Range(0, scores.Length)];
        Array.Sort((double[])scores.Clone(), order);
        return order;
    }

    private static int EndOfTies(double[] scores, int[] order, int start)
    {
        int end = start + 1;
        while (end < order.Length && scores[order[end]] == scores[order[start]])
            end++;
        return end;
    }
}
