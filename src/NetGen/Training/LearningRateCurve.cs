using System.Globalization;
using System.Text;

namespace NetGen;

/// <summary>The loss over the learning rate, as a range test found it.</summary>
/// <remarks>
/// On the left nothing happens, then the loss falls, and on the right it rises, because steps overshoot. The method is L. N. Smith's,
/// "Cyclical Learning Rates for Training Neural Networks", 2017, section 3.3.
/// </remarks>
public sealed class LearningRateCurve
{
    internal LearningRateCurve(float[] rates, double[] losses, double smoothing, bool diverged)
    {
        Rates = rates;
        Losses = losses;
        Smoothed = Smooth(losses, smoothing);
        Diverged = diverged;
        int lowest = 0;
        for (int i = 1; i < Smoothed.Count; i++)
        {
            if (Smoothed[i] < Smoothed[lowest])
                lowest = i;
        }

        LowestAt = lowest == 0 ? null : rates[lowest];
        Suggestion = SteepestBefore(lowest);
    }

    /// <summary>The learning rates, ascending.</summary>
    public IReadOnlyList<float> Rates { get; }

    /// <summary>The mean loss of the batch that was learned at each rate, before its update.</summary>
    public IReadOnlyList<double> Losses { get; }

    /// <summary>The losses as means over their neighbours, on both sides alike so that the curve is not shifted.</summary>
    public IReadOnlyList<double> Smoothed { get; }

    /// <summary>Whether the test ended early because the loss grew without bounds.</summary>
    public bool Diverged { get; }

    /// <summary>
    /// A learning rate to start from: where the smoothed loss falls most steeply over the logarithm of the rate. Null if it never
    /// falls: then the rates were too large, or the loss depends on something else.
    /// </summary>
    public float? Suggestion { get; }

    /// <summary>
    /// Where the smoothed loss is lowest: training at or beyond this rate is likely to diverge, and the peak of a
    /// <see cref="OneCycleSchedule"/> lies below it. Null if the loss never falls.
    /// </summary>
    public float? LowestAt { get; }

    /// <summary>The curve as comma-separated values with a header, numbers in the invariant culture.</summary>
    public string ToCsv()
    {
        var text = new StringBuilder("learning rate,loss,smoothed loss\n");
        for (int i = 0; i < Rates.Count; i++)
            text.Append(CultureInfo.InvariantCulture, $"{Rates[i]:R},{Losses[i]:R},{Smoothed[i]:R}\n");
        return text.ToString();
    }

    private float? SteepestBefore(int lowest)
    {
        // The rates are evenly spaced in their logarithm, so differences compare as slopes do.
        int steepest = -1;
        double slope = 0;
        for (int i = 1; i < lowest; i++)
        {
            double difference = Smoothed[i + 1] - Smoothed[i - 1];
            if (difference < slope)
                (steepest, slope) = (i, difference);
        }

        return steepest < 0 ? null : Rates[steepest];
    }

    private static double[] Smooth(double[] losses, double smoothing)
    {
        // Two running means, one from each side; a loss itself is in both, and counts once.
        var sums = new double[losses.Length];
        var weights = new double[losses.Length];
        Run(Enumerable.Range(0, losses.Length));
        Run(Enumerable.Range(0, losses.Length).Reverse());
        for (int i = 0; i < losses.Length; i++)
            sums[i] = (sums[i] - losses[i]) / (weights[i] - 1);
        return sums;

        void Run(IEnumerable<int> order)
        {
            double sum = 0, weight = 0;
            foreach (int i in order)
            {
                sum = smoothing * sum + losses[i];
                weight = smoothing * weight + 1;
                sums[i] += sum;
                weights[i] += weight;
            }
        }
    }
}
