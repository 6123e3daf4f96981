namespace NetGen.Numerics.Tests.Oracle;

/// <summary>One way through a network: what it is for, how exactly it counts, and which way it took where there were two.</summary>
/// <param name="isTraining">Whether statistics are those of the batch.</param>
/// <param name="noise">
/// Numbers for errors such as rounding to floats makes; none in a pass that counts in doubles as they are. (Monte Carlo arithmetic: D. S. Parker,
/// "Monte Carlo arithmetic: exploiting randomness in floating-point arithmetic", 1997.)
/// </param>
internal sealed class Pass(bool isTraining, Random? noise = null)
{
    // Four times what one rounding to a float may be: sums have several.
    private const double Error = 4.0 / (1 << 24);

    public bool IsTraining => isTraining;

    /// <summary>
    /// What gradients regard as constant, as it was when the pass first came to it, by the place where it stands; null in a pass that counts all anew. Difference
    /// quotients of a loss, all of one such pass, are then the gradients that are truncated there.
    /// </summary>
    public Dictionary<(object Layer, string Place), double[]>? Constants { get; init; }

    /// <summary>The smallest distance to a kink that the pass came across.</summary>
    public double NearestKink { get; private set; } = double.PositiveInfinity;

    /// <summary>Stands for all sides of kinks and all winners of maxima.</summary>
    public int Decisions { get; private set; }

    public void Saw(double distance)
    {
        NearestKink = Math.Min(NearestKink, Math.Abs(distance));
        Decided(Math.Sign(distance));
    }

    public void Decided(int way) => Decisions = HashCode.Combine(Decisions, way);

    public double Round(double value) => Round(value, value);

    /// <summary>A result as a float may be instead.</summary>
    /// <param name="value">The result.</param>
    /// <param name="magnitude">What it is made of: of a sum, the sum of its terms' magnitudes.</param>
    public double Round(double value, double magnitude) =>
        noise is null ? value : value + Error * magnitude * (2 * noise.NextDouble() - 1);
}
