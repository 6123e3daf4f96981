using System.CommandLine;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Peers.Onnx;
using NetGen.Benchmarks.Workloads;

namespace NetGen.Benchmarks.Quick;

/// <summary>The command that measures everything in a few minutes and prints one table.</summary>
internal static class QuickCommand
{
    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var filter = new Option<string>("--filter")
        {
            Description = "Workloads to measure, such as W1,W3; all if left out.",
            DefaultValueFactory = _ => "",
        };
        var sets = new Option<string>("--sets")
        {
            Description = "Vector widths in bits, such as 512,256,128; all that the processor has if left out.",
            DefaultValueFactory = _ => "512,256,128",
        };
        var threads = new Option<int>("--threads") { Description = "1 leaves out the rows for two threads.", DefaultValueFactory = _ => 2 };
        var repetitions = new Option<int>("--repetitions") { Description = "How many times each contender is timed.", DefaultValueFactory = _ => 30 };
        var markdown = new Option<bool>("--markdown") { Description = "Prints the table as Markdown." };
        var results = new Option<string?>(ChildProcess.ResultsOption) { Hidden = true };
        var command = new Command("quick", "Measures every workload beside its floor and its peers, and prints one table.")
        {
            filter, sets, threads, repetitions, markdown, results,
        };
        command.SetAction(parsed =>
        {
            string[] names = Split(parsed.GetValue(filter));
            try
            {
                return parsed.GetValue(results) is { } file
                    ? Child(names, parsed.GetValue(repetitions), file)
                    : Run(
                        names, [.. Split(parsed.GetValue(sets)).Select(int.Parse)], parsed.GetValue(threads), parsed.GetValue(repetitions),
                        parsed.GetValue(markdown));
            }
            catch (WrongOutputException exception)
            {
                Console.Error.WriteLine(exception.Message);
                return 1;
            }
        });
        return command;
    }

    private static int Run(string[] filter, int[] sets, int threads, int repetitions, bool markdown)
    {
        var results = new List<Results>();
        int own = InstructionSet.Bits;
        foreach (int bits in sets.Where(bits => bits <= own).OrderDescending())
        {
            results.Add(bits == own
                ? QuickRun.Measure(filter, repetitions, isChild: false, threads)
                : ChildProcess.Run(bits, filter, repetitions));
        }

        Report report = Report.Of(results, OnnxSession.Version);
        if (markdown)
            report.WriteMarkdown(Console.Out);
        else
            report.Show();
        return 0;
    }

    private static int Child(string[] filter, int repetitions, string file)
    {
        ChildProcess.Write(QuickRun.Measure(filter, repetitions, isChild: true, threads: 1), file);
        return 0;
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
