using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetGen.Benchmarks.Machine;

namespace NetGen.Benchmarks.Startup;

/// <summary>The command that measures the time from the start of a process to LeNet's first prediction.</summary>
internal static class StartupCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var starts = new Option<int>("--starts") { Description = "How many times each program is started.", DefaultValueFactory = _ => 20 };
        var command = new Command("startup", "Publishes one program in every form and measures the time to LeNet's first prediction.") { starts };
        command.SetAction(parsed => Run(parsed.GetValue(starts)));
        return command;
    }

    private static int Run(int starts)
    {
        string folder = Directory.CreateTempSubdirectory("netgen-startup").FullName;
        try
        {
            Console.WriteLine("| program | size | to Main | network and first prediction | from start to first prediction | median | second | fourth |");
            Console.WriteLine("|---|--:|--:|--:|--:|--:|--:|--:|");
            foreach (StartupForm form in StartupForm.All)
            {
                if (form.Publish(Directory.CreateDirectory(Path.Combine(folder, Path.GetRandomFileName())).FullName) is not { } program)
                {
                    Console.WriteLine($"| {form.Name} | cannot be published here | | | | | | |");
                    continue;
                }

                var runs = new List<double[]>();
                for (int start = 0; start < starts; start++)
                    runs.Add(Start(program));
                Console.WriteLine(Line(form.Name, new DirectoryInfo(Path.GetDirectoryName(program)!), runs));
            }

            Console.WriteLine();
            Console.WriteLine($"{ProcessorName.Read()}; best of {starts} starts, milliseconds of wall time.");
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Starts the program.</summary>
    /// <returns>Milliseconds from before the start to Main and to the end of each prediction.</returns>
    private static double[] Start(string program)
    {
        var info = new ProcessStartInfo(program) { RedirectStandardOutput = true };
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info) ?? throw new InvalidOperationException($"{program} did not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
        string[] moments = output.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..^1];
        return [.. moments.Select(moment => Stopwatch.GetElapsedTime(start, long.Parse(moment, CultureInfo.InvariantCulture)).TotalMilliseconds)];
    }

    private static string Line(string name, DirectoryInfo folder, List<double[]> runs)
    {
        // Symbols are beside a native program for debuggers and are not shipped.
        long bytes = folder.EnumerateFiles().Where(file => file.Extension is not (".pdb" or ".dbg" or ".xml")).Sum(file => file.Length);
        double[] first = [.. runs.Select(run => run[1]).Order()];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {bytes / 1e6:0.0} MB | {Best(run => run[0]):0.0} | {Best(run => run[1] - run[0]):0.00} | "
            + $"{first[0]:0.0} | {first[first.Length / 2]:0.0} | {Best(run => run[2] - run[1]):0.000} | {Best(run => run[4] - run[3]):0.000} |");

        double Best(Func<double[], double> time) => runs.Min(time);
    }
}
