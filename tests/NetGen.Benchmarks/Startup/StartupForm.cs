using System.Diagnostics;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks.Startup;

/// <summary>A form in which the startup program can be published.</summary>
/// <param name="Name">How the table names it.</param>
/// <param name="IsNative">Whether it needs the NativeAOT compiler, which is not published everywhere for every framework.</param>
/// <param name="Options">What is handed to dotnet publish.</param>
internal sealed record StartupForm(string Name, bool IsNative, params string[] Options)
{
    private const string Project = "tests/NetGen.Benchmarks.Startup";
    private const string OlderFramework = "-p:NetGenFramework=net9.0";

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
    /// <returns>The executable and the framework it was published for, or nothing if this machine cannot publish it.</returns>
    public (string Program, string Framework)? Publish(string folder)
    {
        // No other linker than clang is looked for unless it is named.
        string[] linker = IsNative && OperatingSystem.IsLinux() && !IsInstalled("clang") ? ["-p:CppCompilerAndLinker=gcc"] : [];
        string own = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        if (Publish(folder, linker))
            return (Executable(folder), own);
        if (IsNative && Publish(folder, [.. linker, OlderFramework]))
            return (Executable(folder), "net9.0");
        return null;
    }

    private bool Publish(string folder, string[] more)
    {
        var info = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, WorkingDirectory = Repository() };
        foreach (string argument in (string[])
            ["publish", Project, "-c", "Release", "-r", RuntimeInformation.RuntimeIdentifier, "--artifacts-path", Path.Combine(folder, "artifacts"),
             "-o", Path.Combine(folder, "out"), .. Options, .. more])
            info.ArgumentList.Add(argument);
        using Process process = Process.Start(info) ?? throw new InvalidOperationException("dotnet did not start.");
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string Executable(string folder) =>
        Path.Combine(folder, "out", "NetGen.Benchmarks.Startup" + (OperatingSystem.IsWindows() ? ".exe" : ""));

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
