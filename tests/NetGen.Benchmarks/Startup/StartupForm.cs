using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Startup;

/// <summary>A form in which the startup program can be published.</summary>
/// <param name="Name">How the table names it.</param>
/// <param name="IsNative">Whether it needs the NativeAOT compiler, which needs a linker.</param>
/// <param name="Options">What is handed to dotnet publish.</param>
internal sealed record StartupForm(string Name, bool IsNative, params string[] Options)
{
    private const string Project = "tests/NetGen.Benchmarks.Startup";

    /// <summary>All forms.</summary>
    public static IReadOnlyList<StartupForm> All { get; } =
    [
        new("JIT", false, "--no-self-contained"),
        new("ReadyToRun", false, "--no-self-contained", "-p:PublishReadyToRun=true"),
        new("NativeAOT", true, "-p:PublishAot=true"),
        new("NativeAOT, IlcInstructionSet=native", true, "-p:PublishAot=true", "-p:IlcInstructionSet=native"),
    ];

    /// <summary>Publishes the program; the repository's own bin and obj stay as they are.</summary>
    /// <param name="folder">A folder of its own.</param>
    /// <returns>The executable, or null if this machine cannot publish it.</returns>
    public string? Publish(string folder)
    {
        // No other linker than clang is looked for unless it is named.
        string[] linker = IsNative && OperatingSystem.IsLinux() && !IsInstalled("clang") ? ["-p:CppCompilerAndLinker=gcc"] : [];
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Repository() };
        foreach (string argument in (string[])
            ["publish", Project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--artifacts-path", Path.Combine(folder, "artifacts"),
             "-o", Path.Combine(folder, "out"), .. Options, .. linker])
            info.ArgumentList.Add(argument);
        using Process process = Process.Start(info) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? Path.Combine(folder, "out", "NetGen.Benchmarks.Startup" + (OperatingSystem.IsWindows() ? ".exe" : "")) : null;
    }

    private static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(path => File.Exists(Path.Combine(path, program)));

    private static string Repository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder != null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"There is no NetGen.sln above {AppContext.BaseDirectory}; run this from a checkout.");
    }
}
