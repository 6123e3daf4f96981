using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace NetGen.Samples.Tests;

/// <summary>What a sample printed when it was run as a program of its own.</summary>
internal sealed class Sample(int exitCode, string output, string error)
{
    public int ExitCode { get; } = exitCode;

    public string Output { get; } = output;

    public string Error { get; } = error;

    public string[] Lines => Output.TrimEnd().Split('\n');

    public static Sample Run(string name, string[]? arguments = null, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{name}.dll"));
        foreach (string argument in arguments ?? [])
            start.ArgumentList.Add(argument);
        start.Environment.Remove("NETGEN_DATA");
        if (variable is { } set)
            start.Environment[set.Name] = set.Value;

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Sample(process.ExitCode, output.ReplaceLineEndings("\n"), error.Result);
    }

    /// <summary>The numbers that a line of the output holds, found by a pattern with a group for each.</summary>
    public double[] Numbers(string pattern)
    {
        Assert.True(ExitCode == 0, $"The sample ended with {ExitCode}.\n{Error}\n{Output}");
        Match match = Regex.Match(Output, pattern, RegexOptions.Multiline);
        Assert.True(match.Success, $"Nothing matches '{pattern}' in:\n{Output}");
        return [.. match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
    }
}
