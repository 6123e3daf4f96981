using System.CommandLine;
using System.Diagnostics;
using NetGen.Benchmarks.Machine;
using NetGen.Benchmarks.Measuring;

namespace NetGen.Benchmarks.Maths;

/// <summary>
/// The command that measures elementary functions: both grades beside the base library's, and what the faster grade buys in networks. Each width in a
/// process of its own; all that a row compares is timed in turns.
/// </summary>
internal static class MathsCommand
{
    private const int Repetitions = 40;

    /// <summary>Makes the command.</summary>
    public static Command Create()
    {
        var sets = new Option<string>("--sets") { Description = "Vector widths in bits, such as 512,256,128.", DefaultValueFactory = _ => "512,256,128" };
        var command = new Command("maths", "Measures elementary functions and their two grades, and prints tables in Markdown.") { sets };
        command.SetAction(parsed =>
        {
            foreach (int bits in parsed.GetValue(sets)!.Split(',').Select(int.Parse).Where(bits => bits <= InstructionSet.Bits))
            {
                if (bits == InstructionSet.Bits)
                    Measure();
                else
                    RunNarrower(bits);
            }
        });
        return command;
    }

    private static void Measure()
    {
        using (Pinning.ToOneCore())
        {
            FunctionTable.Write(Console.Out, Repetitions);
            GradeTable.Write(Console.Out, Repetitions);
        }
    }

    private static void RunNarrower(int bits)
    {
        string program = Environment.ProcessPath ?? throw new InvalidOperationException("This process has no path.");
        var info = new ProcessStartInfo(program) { UseShellExecute = false };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            info.ArgumentList.Add(typeof(MathsCommand).Assembly.Location);
        foreach (string argument in new[] { "maths", "--sets", $"{bits}" })
            info.ArgumentList.Add(argument);
        foreach ((string name, string value) in InstructionSet.EnvironmentFor(bits))
            info.Environment[name] = value;
        Console.Out.Flush();
        using Process process = Process.Start(info) ?? throw new InvalidOperationException("The child process did not start.");
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"The child process for {bits} bits ended with {process.ExitCode}.");
    }
}
