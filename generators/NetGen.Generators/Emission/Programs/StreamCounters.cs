using NetGen.Generators.Graph.Streaming;

namespace NetGen.Generators.Emission.Programs;

/// <summary>What counts steps in the program of a stream.</summary>
internal static class StreamCounters
{
    /// <summary>What counts periods of so many steps.</summary>
    public static string Of(int period) => period == 1 ? "position" : $"turn{period}";

    /// <summary>The number of a clock's step, from 0, and so many more.</summary>
    public static string Plus(Clock clock, int more) => With(Of(clock.Period), more - clock.Latency);

    /// <summary>The number of a clock's step times a factor, and so many more.</summary>
    public static string Scaled(Clock clock, int factor, int more) =>
        With(factor == 1 ? Of(clock.Period) : $"{Of(clock.Period)} * {factor}", more - clock.Latency * factor);

    /// <summary>Whether a clock tells the present step of the input; null where it tells each.</summary>
    public static string? Condition(Clock clock)
    {
        string phase = clock.Period == 1 ? "" : $"position % {clock.Period} == {clock.Phase}";
        string begun = clock.Latency == 0 ? "" : $"position >= {clock.First}";
        return clock.IsInputs ? null : string.Join(" && ", new[] { begun, phase }.Where(part => part.Length > 0));
    }

    private static string With(string number, int more) => more == 0 ? number : more < 0 ? $"{number} - {-more}" : $"{number} + {more}";
}
