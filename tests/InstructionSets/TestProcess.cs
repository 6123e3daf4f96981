namespace NetGen.Tests.InstructionSets;

/// <summary>The process that runs the tests of this assembly.</summary>
internal static class TestProcess
{
    /// <summary>
    /// Whether it runs tests again that the ordinary process ran, on other vectors (see tests/README.md): what is computed in doubles alone,
    /// the same way in each, is checked there.
    /// </summary>
    public static bool IsRepetition { get; } = new[] { "NETGEN_TESTED_WITHOUT", "NETGEN_TESTED_ON" }
        .Any(variable => Environment.GetEnvironmentVariable(variable) is not null);
}
