namespace NetGen;

/// <summary>
/// How exactly exponentials, logarithms, tangents and what is made of them are computed (docs/maths.md has the largest error of each). It is no
/// part of what a network is: files of one load into the other.
/// </summary>
public enum Precision
{
    /// <summary>To the last places of a float.</summary>
    Exact,

    /// <summary>To about one part in 50,000, in a half to three quarters of the time.</summary>
    Fast,
}
