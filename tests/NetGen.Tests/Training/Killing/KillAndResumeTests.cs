using System.Diagnostics;
using System.Runtime.InteropServices;
using NetGen.Tests.Data;

namespace NetGen.Tests.Training.Killing;

public sealed class KillAndResumeTests : IDisposable
{
    private const int Kills = 4;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Runs_whose_process_is_killed_again_and_again_end_with_the_bits_of_runs_that_were_not()
    {
        string directory = _directory.Root;
        var random = new Random(Environment.TickCount);
        for (int kill = 1; kill <= Kills; kill++)
        {
            using Process process = Start(directory);
            // The moment is random: so many batches of any runs, and then some microseconds.
            int batches = random.Next(1, 300);
            string? line = "";
            for (int i = 0; i < batches && line is not null; i++)
                line = await process.StandardOutput.ReadLineAsync();
            Thread.SpinWait(random.Next(100_000));
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        using (Process process = Start(directory))
        {
            Task<string> errors = process.StandardError.ReadToEndAsync();
            await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"The last run failed: {await errors}");
        }

        int index = 0;
        foreach (string name in KilledRuns.Optimizers.Keys)
        {
            string expected = KilledRuns.Run(name, index++, checkpoint: null, pause: false);
            string actual = await File.ReadAllTextAsync(Path.Combine(directory, name + ".result"));
            Assert.True(expected == actual, $"{name} ends otherwise when it is killed and resumed.\nExpected:\n{expected}\nFound:\n{actual}");
        }
    }

    private static Process Start(string directory)
    {
        // The host that runs this framework: <root>/shared/Microsoft.NETCore.App/<version>/.
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var start = new ProcessStartInfo(Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"))
        {
            ArgumentList = { "exec", typeof(KillAndResumeTests).Assembly.Location, KilledRuns.Argument, directory },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The process did not start.");
    }
}
