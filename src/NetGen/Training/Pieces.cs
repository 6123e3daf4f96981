namespace NetGen;

/// <summary>How a batch that is too long to be worked on at once is cut.</summary>
internal static class Pieces
{
    // Generated code takes samples in turns of at most eight, and workers take whole turns: pieces give two workers the same number of those.
    private const int Turn = 8;

    /// <summary>No piece is longer: rounded up it is a number yet.</summary>
    public const int Most = 1 << 30;

    /// <summary>The samples that such a piece is taken for, and may have: whole turns for two workers, if it is longer than one turn.</summary>
    public static int RoundUp(int length) => length <= Turn ? length : (length + (2 * Turn) - 1) / (2 * Turn) * (2 * Turn);

    /// <summary>The samples of each piece, the last of which may have fewer.</summary>
    /// <param name="count">The samples of the batch.</param>
    /// <param name="longest">The most samples of a piece, rounded up.</param>
    public static int LengthOf(int count, int longest)
    {
        int pieces = (count + longest - 1) / longest;
        return Math.Min(count, RoundUp((count + pieces - 1) / pieces));
    }
}
