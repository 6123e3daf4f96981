using NetGen.Generators.Plans;

namespace NetGen.Generators.Planning.Placing;

/// <summary>
/// Whether the vectors of a product lie along what it sums instead of along its results: where these are few, most lanes would be empty. Each
/// result then takes a sum over the lanes.
/// </summary>
internal static class InputLanes
{
    // Multiply-adds in whose time lanes are added up and a single float is stored.
    private const int SumOfLanes = 24;

    // How many times as much the empty lanes have to cost, as results that are several vectors' worth need no sums over lanes.
    private const int Worth = 2;

    /// <param name="results">The results that would lie side by side in a vector.</param>
    /// <param name="terms">The products that each of them sums.</param>
    /// <param name="run">How many of these lie side by side in both factors.</param>
    public static bool Pay(int results, int terms, int run) => Worth * AlongTerms(results, terms, run) <= AlongResults(results, terms);

    /// <summary>The multiply-adds of whole vectors that the results of a pixel or a sample take, whichever way the vectors lie.</summary>
    /// <param name="results">The results.</param>
    /// <param name="terms">The products that each of them sums.</param>
    /// <param name="run">How many of these lie side by side in both factors.</param>
    public static int MultiplyAdds(int results, int terms, int run) =>
        Pay(results, terms, run) ? AlongTerms(results, terms, run) : AlongResults(results, terms);

    private static int AlongResults(int results, int terms) => terms * (Layout.RoundUp(results) / Layout.Lanes);

    private static int AlongTerms(int results, int terms, int run) =>
        results * (terms / run * (Layout.RoundUp(run) / Layout.Lanes) + SumOfLanes);
}
