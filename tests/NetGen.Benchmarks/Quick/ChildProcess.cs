using System.Diagnostics;
using System.Text.Json;
using NetGen.Benchmarks.Machine;

namespace NetGen.Benchmarks.Quick;

/// <summary>The quick mode in a process of its own that is kept from using the widest instruction sets.</summary>
internal static class ChildProcess
{
    /// <summary>The option that makes a process write its results to a file instead of showing them.</summary>
    public const string ResultsOption = "--results";

    private static readonly JsonSerializerOptions s_json = new() { IncludeFields = false };

    /// <summary>Starts this program again at a smaller width and waits for its results.</summary>
    public static Results Run(int bits, IReadOnlyCollection<string> filter, int repetitions)
    {
        string file = Path.GetTempFileName();
        try
        {
            using Process process = Process.Start(StartInfo(bits, filter, repetitions, file))
                ?? throw new InvalidOperationException("The child process did not start.");
            process.WaitForExit();
            if (process.ExitCode != 0)
                throw new InvalidOperationException($"The child process for {bits} bits ended with {process.ExitCode}.");
            return JsonSerializer.Deserialize<Results>(File.ReadAllText(file), s_json)
                ?? throw new InvalidDataException("The child process wrote no results.");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Writes results for the process that started this one.</summary>
    public static void Write(Results results, string file) => File.WriteAllText(file, JsonSerializer.Serialize(results, s_json));

    private static ProcessStartInfo StartInfo(int bits, IReadOnlyCollection<string> filter, int repetitions, string file)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var info = new ProcessStartInfo(program) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            info.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        foreach (string argument in new[] { "quick", "--repetitions", $"{repetitions}", ResultsOption, file })
            info.ArgumentList.Add(argument);
        if (filter.Count > 0)
        {
            info.ArgumentList.Add("--filter");
            info.ArgumentList.Add(string.Join(',', filter));
        }

        foreach ((string name, string value) in InstructionSet.EnvironmentFor(bits))
            info.Environment[name] = value;
        return info;
    }
}
